"""Moments as TAXII writes them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telvet.sharing.taxii.moments import microseconds, read_moment, write_moment

_LAST = microseconds(datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC))
_FIRST = microseconds(datetime(1, 1, 1, tzinfo=UTC))


@given(st.integers(_FIRST, _LAST))
def test_what_is_written_is_read_back_and_has_six_decimals(when: int) -> None:
    text = write_moment(when)
    assert read_moment(text) == when
    assert len(text) == len("2024-01-15T09:30:00.000000Z")


@given(st.integers(_FIRST, _LAST), st.integers(_FIRST, _LAST))
def test_text_is_in_the_order_of_time(one: int, other: int) -> None:
    assert (write_moment(one) < write_moment(other)) == (one < other)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("2024-01-15T09:30:00Z", "2024-01-15T09:30:00.000000Z"),
        ("2024-01-15T09:30:00.5Z", "2024-01-15T09:30:00.500000Z"),
        ("2024-01-15T09:30:00.123456789Z", "2024-01-15T09:30:00.123456Z"),
        ("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999000Z"),
    ],
)
def test_fewer_and_more_decimals_are_read(text: str, same: str) -> None:
    assert write_moment(read_moment(text)) == same


@pytest.mark.parametrize(
    "text",
    [
        "", "now", "2024-01-15", "2024-01-15T09:30:00", "2024-01-15T09:30:00.Z", "2024-01-15T09:30:00+00:00",
        "2024-01-15t09:30:00z", "2024-02-30T00:00:00Z", "2024-01-15T24:00:00Z", "2024-01-15T09:30:60Z", "0000-01-01T00:00:00Z",
        " 2024-01-15T09:30:00Z", "2024-01-15T09:30:00Z\n", "２024-01-15T09:30:00Z", "2024-01-15 09:30:00Z", "1705311000",
    ],
)  # fmt: skip
def test_anything_else_is_no_moment(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_moment(text)
