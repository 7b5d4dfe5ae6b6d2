from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from telvet.cli.review_desk import Desk
from telvet.cli.review_keys import LineKeys
from telvet.evidence.reviewing.review import Review
from telvet.model.evidence import Verdict
from telvet.workspace.evidence_ledger import EvidenceLedger
from tests.unit.evidence.reviewing.reviewed import candidates, document

NOW = "2024-01-15T09:30:00.000000Z"
Work = Callable[..., Desk]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[EvidenceLedger]:
    with EvidenceLedger.open(tmp_path / "work", create=True) as ledger:
        ledger.add_document(document(), document().text.encode(), by="ada", now=NOW)
        ledger.add_statements(candidates(), proposed_by="proposer rules")
        yield ledger


@pytest.fixture
def work(ledger: EvidenceLedger) -> Work:
    def worked(*lines: str) -> Desk:
        known, held = ledger.documents(), ledger.statements()
        begun = Review.of("ada", held, ledger.judgements(), known)
        desk = Desk(ledger, begun, LineKeys(io.StringIO("".join(f"{line}\n" for line in lines))), known, held)
        desk.work()
        return desk

    return worked


def judged(ledger: EvidenceLedger) -> list[tuple[Verdict, str]]:
    return [(one.verdict, one.why) for one in ledger.judgements()]


def test_each_key_is_written_at_once(work: Work, ledger: EvidenceLedger, capsys: pytest.CaptureFixture[str]) -> None:
    desk = work("a", "r", "not so", "s", "q")
    assert judged(ledger) == [(Verdict.CONFIRMED, ""), (Verdict.REJECTED, "not so")]
    assert desk.summary() == "1 accepted, 0 mended, 1 rejected, 1 skipped, 0 left"
    shown = capsys.readouterr().out
    assert [f"{number} of 3 \u2500" in shown for number in (1, 2, 3)] == [True] * 3
    assert "accepted: AUS, Huawei: BANNED (done)" in shown
    assert "that was the last of 3" in shown


def test_the_last_decision_can_be_taken_back_behind_the_end(
    work: Work, ledger: EvidenceLedger, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = work("s", "s", "a", "x", "u", "s")
    assert judged(ledger) == [(Verdict.CONFIRMED, ""), (Verdict.REOPENED, "undone in review")]
    assert desk.summary() == "0 accepted, 0 mended, 0 rejected, 3 skipped, 0 left"
    assert "'x' is no key here; press u undo, q quit" in capsys.readouterr().out


def test_no_key_but_those_shown_decides(work: Work, ledger: EvidenceLedger, capsys: pytest.CaptureFixture[str]) -> None:
    desk = work("x", "aa", "A", "u", "?", "q")
    shown = capsys.readouterr().out
    assert judged(ledger) == []
    assert desk.summary().endswith("3 left")
    assert "'x' is no key here; press a accept" in shown
    assert "more than one key at once (2 characters) is no answer" in shown
    assert "there is nothing to undo in this review" in shown
    assert "skip: nothing is recorded" in shown


def test_a_mended_statement_is_shown_and_confirmed_by_a_key_of_its_own(
    work: Work, ledger: EvidenceLedger, capsys: pytest.CaptureFixture[str]
) -> None:
    mend = ["measure=BANED", "measure=NEW_EQUIPMENT_BAN", "country=Atlantis", "country=New Zealand", ""]
    desk = work("e", *mend, "z", "a", "q")
    shown = capsys.readouterr().out
    assert "not taken: measure: this is no measure ('BANED'); did you mean BANNED?" in shown
    assert "note: country: this is no country that is known" in shown
    assert "proposed by proposer rules, mended by ada" in shown
    assert "'z' is no key here; press a accept as mended" in shown
    assert desk.summary() == "0 accepted, 1 mended, 0 rejected, 0 skipped, 2 left"
    new = ledger.statements()[-1]
    assert (new.proposed_by, new.statement.measure, new.statement.country) == (
        "mended by ada",
        "NEW_EQUIPMENT_BAN",
        "NZL",
    )
    old, confirmed = sorted(ledger.judgements(), key=lambda one: one.verdict, reverse=True)
    assert (old.statement, old.verdict, old.replaced_by) == (candidates()[0].id, Verdict.REJECTED, new.statement.id)
    assert (confirmed.statement, confirmed.recorded_at) == (new.statement.id, new.statement.recorded_at)


def test_changes_can_be_gone_on_with_dropped_and_undone(
    work: Work, ledger: EvidenceLedger, capsys: pytest.CaptureFixture[str]
) -> None:
    dropped = ["e", "note=one", "", "e", "note=two", "", "u"]
    desk = work(*dropped, "e", "", "e", "note=three", "", "a", "u", "q")
    assert "nothing was changed" in capsys.readouterr().out
    assert [one.statement.raw.note for one in ledger.statements() if one.statement.raw and one.statement.raw.note] == [
        "three"
    ]
    assert sorted(verdict for verdict, _ in judged(ledger)) == ["confirmed", "rejected", "rejected", "reopened"]
    assert desk.summary().endswith("3 left")


@pytest.mark.parametrize(
    "lines", [(), ("q",), ("r",), ("e",), ("e", "note=x"), ("e", "note=x", ""), ("e", "note=x", "", "q")]
)
def test_whoever_leaves_half_way_has_decided_nothing(
    work: Work, ledger: EvidenceLedger, lines: tuple[str, ...]
) -> None:
    assert work(*lines).summary().endswith("3 left")
    assert (judged(ledger), len(ledger.statements())) == ([], 3)


def test_what_stands_already_is_told(work: Work, capsys: pytest.CaptureFixture[str]) -> None:
    work("e", "quote=Australia has banned Huawei", "", "a", "u", "a", "q")
    capsys.readouterr()
    work("e", "country=Australia", "level=state", "measure=ALLOWED", "modality=done", "", "q")
    assert "the opposite is confirmed: BANNED (done), 5g" in " ".join(capsys.readouterr().out.split())
