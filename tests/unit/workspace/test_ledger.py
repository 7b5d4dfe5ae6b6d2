from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from telvet.errors import UsageError
from telvet.workspace.ledger import Ledger

NOW = datetime(2024, 1, 15, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)
FINDING = "f-7c1d0a7c1d0a7c1d"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "workspace", create=True) as opened:
        yield opened


def test_what_is_recorded_is_there_the_next_time(tmp_path: Path) -> None:
    with Ledger.open(tmp_path, create=True) as first:
        said = first.record(FINDING, "confirmed", by="ana", why="seen on site", now=NOW, ticket="NET-7")
    with Ledger.open(tmp_path) as second:
        assert second.dispositions() == {FINDING: said}
    assert (said.state, said.on, said.ticket) == ("confirmed", "2024-01-15T09:30:00.000000Z", "NET-7")


def test_the_latest_state_counts_and_the_earlier_stay(ledger: Ledger) -> None:
    ledger.record(FINDING, "confirmed", by="ana", why="seen on site", now=NOW)
    ledger.record(FINDING, "remediated", by="bo", why="swapped", now=NOW + DAY)
    assert ledger.dispositions()[FINDING].state == "remediated"
    assert [said.state for said in ledger.history(FINDING)] == ["confirmed", "remediated"]


def test_a_note_changes_no_state(ledger: Ledger) -> None:
    ledger.record(FINDING, "note", by="ana", why="asked the site", now=NOW)
    assert ledger.dispositions() == {}
    ledger.record(FINDING, "confirmed", by="ana", why="seen on site", now=NOW)
    ledger.record(FINDING, "note", by="bo", why="parts ordered", now=NOW + DAY)
    assert ledger.dispositions()[FINDING].why == "seen on site"
    assert len(ledger.history(FINDING)) == 3


def test_what_was_recorded_later_can_be_left_out(ledger: Ledger) -> None:
    ledger.record(FINDING, "confirmed", by="ana", why="seen on site", now=NOW)
    ledger.record(FINDING, "remediated", by="bo", why="swapped", now=NOW + DAY)
    assert ledger.dispositions(NOW - DAY) == {}
    assert ledger.dispositions(NOW)[FINDING].state == "confirmed"
    assert ledger.dispositions(NOW + DAY)[FINDING].state == "remediated"


def test_a_finding_without_rows_has_no_history(ledger: Ledger) -> None:
    assert ledger.history(FINDING) == ()


@pytest.mark.parametrize("finding", ["", "7c1d0a", "f-XYZ", "f-7c1d0a; DROP TABLE dispositions"])
def test_what_is_no_finding_is_refused(ledger: Ledger, finding: str) -> None:
    with pytest.raises(UsageError, match="not the id"):
        ledger.record(finding, "confirmed", by="ana", why="seen", now=NOW)
    with pytest.raises(UsageError, match="not the id"):
        ledger.history(finding)


def test_an_unknown_state_names_the_nearest(ledger: Ledger) -> None:
    with pytest.raises(UsageError) as caught:
        ledger.record(FINDING, "confirm", by="ana", why="seen", now=NOW)
    assert caught.value.fix == "did you mean 'confirmed'?"


def test_a_state_that_is_near_nothing_lists_them_all(ledger: Ledger) -> None:
    with pytest.raises(UsageError) as caught:
        ledger.record(FINDING, "zzz", by="ana", why="seen", now=NOW)
    assert "accepted risk" in caught.value.fix


@pytest.mark.parametrize(("by", "why"), [("", "seen"), ("ana", "  ")])
def test_person_and_reason_are_needed(ledger: Ledger, by: str, why: str) -> None:
    with pytest.raises(UsageError, match="person and a reason"):
        ledger.record(FINDING, "confirmed", by=by, why=why, now=NOW)


def test_the_module_loads_no_database_library() -> None:
    program = "import sys, telvet.workspace.ledger; print('sqlalchemy' in sys.modules, 'alembic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
