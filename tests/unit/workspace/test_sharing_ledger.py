from __future__ import annotations

import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from telvet.errors import UsageError, WorkspaceError
from telvet.workspace.evidence_ledger import EvidenceLedger
from telvet.workspace.ledger import Ledger
from telvet.workspace.sharing_ledger import SharingLedger
from telvet.workspace.sharing_rows import Entry, Waiting

MOMENTS = tuple(f"2026-01-{day:02}T09:30:00.000000Z" for day in range(1, 29))
A, B = Entry("partner", "a", '{"country":"GBR"}'), Entry("partner", "b", "{}")
ITEM = Waiting(
    "north", "x", "1", "ab" * 32, "indicator", "refer", "[]", "[[]]", "files", 2, "gate", MOMENTS[0], b'{"id":"x"}'
)

ADDS = """
import sys
from telvet.workspace.sharing_ledger import SharingLedger
from telvet.workspace.sharing_rows import Entry, Waiting
place, by = sys.argv[1:]
new = 0
for number in range(20):
    with SharingLedger.open(place, create=True) as ledger:
        new += ledger.write([Entry("partner", f"p{number}", "{}")], by, "2026-01-01T00:00:00.000000Z")
        item = Waiting("p", f"o{number}", "1", "d", "t", "refer", "[]", "[]", "files", 1, by, "2026-01-01T00:00:00.000000Z")
        new += ledger.queue_up([item])
print(new)
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    SharingLedger.open(tmp_path / "w", create=True).close()
    return tmp_path / "w"


def test_only_what_is_new_is_recorded(place: Path) -> None:
    with SharingLedger.open(place) as ledger:
        assert ledger.write([A, B], "ana", MOMENTS[0]) == 2
        assert ledger.write([A, B], "bo", MOMENTS[1]) == 0
        assert ledger.write([A, replace(B, body='{"country":"DEU"}')], "bo", MOMENTS[2]) == 1
        assert [(row.id, row.by) for row in ledger.facts()] == [("a", "ana"), ("b", "bo")]
        assert [row.body for row in ledger.history("partner", "b")] == ["{}", '{"country":"DEU"}']


def test_a_day_from_which_it_was_known_makes_another_record(place: Path) -> None:
    with SharingLedger.open(place) as ledger:
        assert ledger.write([A], "ana", MOMENTS[5]) == 1
        assert ledger.facts(known_by="2025-12-31") == []
        assert ledger.write([replace(A, published="2025-06-01")], "ana", MOMENTS[6]) == 1
        assert [row.seq for row in ledger.facts(known_by="2025-12-31")] == [2]


def test_the_same_id_given_twice_counts_as_it_stands_last(place: Path) -> None:
    with SharingLedger.open(place) as ledger:
        assert ledger.write([A, replace(A, body="{}"), replace(A, body="{}")], "ana", MOMENTS[0]) == 2
        assert [row.body for row in ledger.facts()] == ["{}"]


def test_a_kind_and_an_id_together_tell_facts_apart(place: Path) -> None:
    with SharingLedger.open(place) as ledger:
        assert ledger.write([A, Entry("recall", "a", "{}")], "ana", MOMENTS[0]) == 2
        ledger.retract("recall", "a", "bo", "a mistake", MOMENTS[1])
        assert [row.kind for row in ledger.facts()] == ["partner"]


def test_what_is_taken_back_stays_on_record_and_earlier_days_are_as_they_were(place: Path) -> None:
    with SharingLedger.open(place) as ledger:
        ledger.write([A], "ana", MOMENTS[0])
        ledger.retract("partner", "a", " bo ", " left ", MOMENTS[4])
        assert ledger.facts() == []
        assert [row.entry for row in ledger.facts(recorded_by=MOMENTS[3])] == [A]
        assert [row.entry for row in ledger.facts(known_by="2026-01-04")] == [A]
        told = [(row.by, row.retracted, row.why) for row in ledger.history("partner", "a")]
        assert told == [("ana", False, None), ("bo", True, "left")]
        assert ledger.write([A], "ana", MOMENTS[5]) == 1
        assert [row.entry for row in ledger.facts()] == [A]


def test_what_is_not_on_record_cannot_be_taken_back(place: Path) -> None:
    with SharingLedger.open(place) as ledger:
        ledger.write([Entry("partner", "northland", "{}")], "ana", MOMENTS[0])
        with pytest.raises(UsageError) as caught:
            ledger.retract("partner", "northlnd", "bo", "left", MOMENTS[1])
        assert (caught.value.code, caught.value.fix) == ("not-on-record", "did you mean 'northland'?")
        ledger.retract("partner", "northland", "bo", "left", MOMENTS[1])
        with pytest.raises(UsageError):
            ledger.retract("partner", "northland", "bo", "left", MOMENTS[1])
        assert ledger.mark() == 2


@pytest.mark.parametrize("by", ["", "  "])
def test_every_record_names_somebody(place: Path, by: str) -> None:
    with SharingLedger.open(place) as ledger:
        with pytest.raises(UsageError) as caught:
            ledger.write([A], by, MOMENTS[0])
        ledger.write([A], "ana", MOMENTS[0])
        with pytest.raises(UsageError):
            ledger.retract("partner", "a", by, "left", MOMENTS[0])
        with pytest.raises(UsageError) as unreasoned:
            ledger.retract("partner", "a", "bo", " ", MOMENTS[0])
        assert (caught.value.code, unreasoned.value.code) == ("no-name", "no-reason")
        assert ledger.mark() == 1


def test_half_a_character_is_told_and_nothing_is_recorded(place: Path) -> None:
    with SharingLedger.open(place) as ledger:
        with pytest.raises(UsageError) as caught:
            ledger.write([A, B], "ana\udc80", MOMENTS[0])
        assert caught.value.code == "not-text"
        assert ledger.mark() == 0


def test_a_mark_is_another_one_after_each_record(place: Path) -> None:
    with SharingLedger.open(place) as ledger:
        marks = [ledger.mark()]
        ledger.write([A, B], "ana", MOMENTS[0])
        marks.append(ledger.mark())
        ledger.write([A, B], "ana", MOMENTS[1])
        marks.append(ledger.mark())
        ledger.retract("partner", "a", "bo", "left", MOMENTS[2])
        marks.append(ledger.mark())
    assert marks == [0, 2, 2, 3]


def test_many_facts_are_looked_up_in_parts(place: Path) -> None:
    many = [Entry("partner", f"p{number}", "{}") for number in range(1234)]
    with SharingLedger.open(place) as ledger:
        assert ledger.write(many, "ana", MOMENTS[0]) == 1234
        assert ledger.write(many, "ana", MOMENTS[1]) == 0


def test_what_waits_is_queued_once(place: Path) -> None:
    other = replace(ITEM, partner="south")
    with SharingLedger.open(place) as ledger:
        assert ledger.queue_up([ITEM, ITEM]) == 1
        assert ledger.queue_up([replace(ITEM, by="x", recorded_at=MOMENTS[3]), other]) == 1
        assert ledger.queue_up([ITEM, other]) == 0
        assert ledger.queue_up([replace(ITEM, reasons='["other"]')]) == 1
        assert [item.seq for item in ledger.queue()] == [1, 2, 3]
        assert ledger.mark() == 0


def test_the_queue_is_asked_by_partner_object_and_place(place: Path) -> None:
    items = [replace(ITEM, partner=partner, object=name) for partner in ("north", "south") for name in ("x", "y")]
    with SharingLedger.open(place) as ledger:
        ledger.queue_up(items)
        assert [item.object for item in ledger.queue("north")] == ["x", "y"]
        assert [item.partner for item in ledger.queue(object_="y")] == ["north", "south"]
        assert [item.seq for item in ledger.queue(after=2)] == [3, 4]
        assert [item.seq for item in ledger.queue(after=1, limit=2)] == [2, 3]
        assert {item.body for item in ledger.queue()} == {None}


def test_one_that_waits_is_found_by_place_or_id_with_its_body(place: Path) -> None:
    with SharingLedger.open(place) as ledger:
        ledger.queue_up([ITEM])
        assert ledger.queued(1) == ledger.queued(ITEM.id) == replace(ITEM, seq=1)
        assert ledger.queued(2) is ledger.queued("w-0") is None


def test_other_parts_of_the_ledger_lie_beside_it(place: Path) -> None:
    with SharingLedger.open(place) as ledger, Ledger.open(place) as decided, EvidenceLedger.open(place) as evidence:
        assert (ledger.facts(), decided.dispositions(), evidence.statements()) == ([], {}, [])


def test_a_missing_record_is_told_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError) as caught:
        SharingLedger.open(tmp_path / "nowhere")
    assert caught.value.code == "workspace-missing"


def test_two_processes_that_add_the_same_both_succeed_and_it_is_recorded_once(tmp_path: Path) -> None:
    line = [sys.executable, "-c", ADDS, str(tmp_path / "w")]
    both = [subprocess.Popen([*line, by], stdout=subprocess.PIPE, text=True) for by in ("ana", "bo")]
    added = [int(process.communicate(timeout=120)[0]) for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert sum(added) == 40
    with SharingLedger.open(tmp_path / "w") as ledger:
        assert (len(ledger.facts()), ledger.mark(), len(ledger.queue())) == (20, 20, 20)


def test_threads_share_an_open_record(place: Path) -> None:
    with SharingLedger.open(place) as ledger:
        threads = [threading.Thread(target=ledger.write, args=([A, B], name, MOMENTS[0])) for name in "abcd"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert ledger.mark() == 2
