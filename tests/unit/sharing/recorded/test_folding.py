from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telvet.errors import WorkspaceError
from telvet.model.release import Judgement
from telvet.model.sharing import Arrangement, Partner
from telvet.sharing.recorded.bodies import entry_of, ours_entry
from telvet.sharing.recorded.folding import fold, known_at
from telvet.sharing.recorded.known import Known
from telvet.workspace.sharing_ledger import SharingLedger
from telvet.workspace.sharing_rows import Entry, FactRow
from tests.unit.sharing.recorded.facts import IDENTITY, JUDGED, MOMENTS, PARTNER, files


def rows(*entries: Entry, by: str = "ana", at: str = MOMENTS[0]) -> list[FactRow]:
    return [FactRow(seq, one.kind, one.id, one.body, one.published, by, at) for seq, one in enumerate(entries, 1)]


def test_nothing_on_record_is_nothing_known() -> None:
    empty = fold([])
    assert replace(empty, digest="") == Known()
    assert len(empty.digest) == 64


def test_each_fact_finds_its_place() -> None:
    known = fold(rows(entry_of(PARTNER), ours_entry(IDENTITY), entry_of(Arrangement("A", "north")), entry_of(JUDGED)))
    assert known.partners == {"north": PARTNER}
    assert known.ours == {IDENTITY}
    assert known.arrangements == {Arrangement("A", "north")}
    assert known.judgements == (JUDGED,)


@given(files(), st.randoms())
def test_neither_order_nor_recorder_nor_moment_matters(entries: list[Entry], chance: object) -> None:
    shuffled = list(entries)
    chance.shuffle(shuffled)  # type: ignore[attr-defined] # Hypothesis gives a random.Random
    assert fold(rows(*entries)) == fold(rows(*shuffled, by="bo", at=MOMENTS[5]))


@given(files(), files())
def test_equal_digests_are_equal_facts(one: list[Entry], other: list[Entry]) -> None:
    first, second = fold(rows(*one)), fold(rows(*other))
    assert (first.digest == second.digest) == (replace(first, digest="") == replace(second, digest=""))


def test_judgements_stay_in_the_order_in_which_they_were_made() -> None:
    made = [replace(JUDGED, by=name) for name in ("zoe", "ana", "bo")]
    one, other = (fold(rows(*map(entry_of, order))) for order in (made, made[::-1]))
    assert list(one.judgements) == made
    assert one.digest != other.digest


@pytest.mark.parametrize("row", [Entry("partner", "a", "{"), Entry("song", "a", "{}"), Entry("recall", "R", "{}")])
def test_what_cannot_be_read_is_told_and_not_left_out(row: Entry) -> None:
    with pytest.raises(WorkspaceError) as caught:
        fold(rows(row))
    assert caught.value.code == "workspace-unreadable"
    assert caught.value.fix


def test_a_ledger_is_known_as_of_a_moment_and_a_day(tmp_path: Path) -> None:
    with SharingLedger.open(tmp_path, create=True) as ledger:
        ledger.write([entry_of(Partner("a"), "2025-06-01")], "ana", MOMENTS[0])
        ledger.write([entry_of(Partner("a", "GBR"))], "ana", MOMENTS[1])
        ledger.write([entry_of(JUDGED)], "ana", MOMENTS[2])
        ledger.retract("partner", "a", "bo", "left", MOMENTS[3])
        now = known_at(ledger)
        assert (now.partners, now.judgements) == ({}, (JUDGED,))
        assert known_at(ledger, MOMENTS[2]).partners == {"a": Partner("a", "GBR")}
        assert known_at(ledger, MOMENTS[0]).partners == {"a": Partner("a")}
        assert known_at(ledger, known_by=date(2026, 1, 1)).partners == {"a": Partner("a")}
        assert known_at(ledger, known_by=date(2025, 5, 31)).partners == {}
        assert known_at(ledger, MOMENTS[0]).digest == known_at(ledger, known_by=date(2026, 1, 1)).digest != now.digest
        assert all(isinstance(each, Judgement) for each in now.judgements)
