from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from telvet.workspace.entries import moment


def test_a_moment_is_written_in_utc() -> None:
    local = datetime(2024, 1, 15, 1, 30, tzinfo=timezone(timedelta(hours=2)))
    assert moment(local) == "2024-01-14T23:30:00.000000Z"


def test_moments_sort_as_text() -> None:
    start = datetime(2024, 1, 15, tzinfo=UTC)
    moments = [start + timedelta(microseconds=step) for step in (0, 1, 999_999, 1_000_000, 86_400_000_000)]
    assert sorted(map(moment, moments)) == list(map(moment, moments))


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        moment(datetime(2024, 1, 15))  # noqa: DTZ001 - the fault under test
