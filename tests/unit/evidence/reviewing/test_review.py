from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telvet.evidence.positions.record import Record
from telvet.evidence.reviewing.review import Choice, Review, Tally, Writing
from telvet.model.evidence import Annotation, Judgement, Statement, Verdict
from tests.unit.evidence.reviewing.reviewed import BAN, candidate, candidates, document, held

NEWS = document()
FIRST, SECOND, THIRD = candidates(NEWS)
MENDED = candidate(Annotation("-", BAN, country="Australia", measure="PROCUREMENT_BAN", modality="done"))


def at(second: int) -> str:
    return f"2024-02-01T09:00:{second:02}.000000Z"


def begun(*judgements: Judgement, of: tuple[Statement, ...] = (FIRST, SECOND, THIRD)) -> Review:
    return Review.of("ada", held(*of), judgements, {NEWS.digest: NEWS})


def judged(statement: Statement, verdict: Verdict, second: int = 0) -> Judgement:
    return Judgement(statement.id, verdict, "bob", at(second))


def verdicts(writing: Writing) -> list[tuple[str, Verdict]]:
    return [(one.statement, one.verdict) for one in writing.judgements]


def test_what_nobody_judged_waits_in_the_order_of_the_text() -> None:
    review = begun(of=(THIRD, FIRST, SECOND))
    assert [one.statement for one in review.queue] == [FIRST, SECOND, THIRD]
    assert review.current
    assert (review.current.statement, review.number) == (FIRST, 1)


def test_documents_come_in_the_order_of_their_publication_and_name() -> None:
    late, early, other = document("a.txt", date(2020, 1, 1)), document("z.txt", date(2018, 1, 1)), document("b.txt")
    said = [candidates(one)[0] for one in (late, NEWS, early, other)]
    known = {one.digest: one for one in (late, NEWS, early, other)}
    names = [
        known[one.statement.quote.document].name
        for one in Review.of("ada", held(*said), (), known).queue
        if one.statement.quote
    ]
    assert names == ["z.txt", "b.txt", "news.txt", "a.txt"]
    only = Review.of("ada", held(*said), (), known, frozenset({late.digest}))
    assert [one.statement for one in only.queue] == [said[0]]


def test_only_what_was_reopened_last_waits_again() -> None:
    review = begun(
        judged(FIRST, Verdict.CONFIRMED, 1),
        judged(SECOND, Verdict.REOPENED, 3),
        judged(SECOND, Verdict.REJECTED, 2),
        judged(THIRD, Verdict.REOPENED, 1),
        judged(THIRD, Verdict.RETRACTED, 2),
    )
    assert [one.statement for one in review.queue] == [SECOND]


def test_each_decision_is_written_with_who_and_when() -> None:
    review, first = begun().accept(at(1))
    review, second = review.reject(at(2), "not said")
    review = review.skip()
    assert first.judgements == (Judgement(FIRST.id, Verdict.CONFIRMED, "ada", at(1)),)
    assert second.judgements == (Judgement(SECOND.id, Verdict.REJECTED, "ada", at(2), "not said"),)
    assert first.statements == second.statements == ()
    assert (review.current, review.number, review.tally()) == (None, 4, Tally(1, 0, 1, 1, 0))
    assert review.confirmed() == {FIRST.id}


def test_nothing_can_be_decided_behind_the_end_or_undone_before_the_beginning() -> None:
    with pytest.raises(ValueError, match="no candidate"):
        begun(of=()).accept(at(1))
    with pytest.raises(ValueError, match="nothing to undo"):
        begun().undo(at(1))


def test_a_mended_statement_takes_the_place_of_the_old_one() -> None:
    review, writing = begun().mend(MENDED, at(1))
    assert writing.statements == (MENDED,)
    assert verdicts(writing) == [(MENDED.id, Verdict.CONFIRMED), (FIRST.id, Verdict.REJECTED)]
    assert writing.judgements[1].replaced_by == MENDED.id
    assert (review.verdict(FIRST.id), review.verdict(MENDED.id)) == (Verdict.REJECTED, Verdict.CONFIRMED)


def test_a_mend_that_changes_nothing_is_an_acceptance() -> None:
    review, writing = begun().mend(replace(FIRST, recorded_at=at(1)), at(1))
    assert verdicts(writing) == [(FIRST.id, Verdict.CONFIRMED)]
    assert review.steps[-1].choice is Choice.ACCEPTED


def test_a_candidate_that_another_was_mended_into_is_decided_with_it() -> None:
    review, _ = begun().mend(SECOND, at(1))
    assert review.current
    assert review.current.statement == THIRD
    assert review.tally() == Tally(0, 1, 0, 0, 1)
    _, writing = review.undo(at(2))
    assert verdicts(writing) == [(FIRST.id, Verdict.REOPENED), (SECOND.id, Verdict.REOPENED)]


@pytest.mark.parametrize("verdict", [Verdict.CONFIRMED, Verdict.RETRACTED])
def test_mending_into_what_was_settled_leaves_that_as_it_was(verdict: Verdict) -> None:
    review, writing = begun(judged(SECOND, verdict)).mend(SECOND, at(1))
    assert verdicts(writing) == [(FIRST.id, Verdict.REJECTED)]
    assert review.verdict(SECOND.id) is verdict
    assert verdicts(review.undo(at(2))[1]) == [(FIRST.id, Verdict.REOPENED)]


def test_mending_into_what_was_rejected_confirms_it_and_undoing_rejects_it_again() -> None:
    review, writing = begun(judged(SECOND, Verdict.REJECTED)).mend(SECOND, at(1))
    assert verdicts(writing)[0] == (SECOND.id, Verdict.CONFIRMED)
    assert verdicts(review.undo(at(2))[1])[1] == (SECOND.id, Verdict.REJECTED)


def test_undoing_goes_back_step_by_step_and_only_adds_judgements() -> None:
    review, _ = begun().accept(at(1))
    review, _ = review.mend(MENDED, at(2))
    review = review.skip()
    review, skipped = review.undo(at(3))
    assert skipped == Writing()
    review, mended = review.undo(at(4))
    assert verdicts(mended) == [(SECOND.id, Verdict.REOPENED), (MENDED.id, Verdict.REJECTED)]
    review, accepted = review.undo(at(5))
    assert verdicts(accepted) == [(FIRST.id, Verdict.REOPENED)]
    assert review == begun()


@given(st.lists(st.sampled_from("armsu"), max_size=12))
def test_what_counts_in_the_ledger_is_what_the_review_shows_after_any_keys(pressed: list[str]) -> None:
    review, statements, judgements = begun(), [FIRST, SECOND, THIRD], list[Judgement]()
    for second, key in enumerate(pressed):
        writing = Writing()
        if key == "u" and review.steps:
            review, writing = review.undo(at(second))
        elif review.current and key == "a":
            review, writing = review.accept(at(second))
        elif review.current and key == "r":
            review, writing = review.reject(at(second))
        elif review.current and key == "m":
            review, writing = review.mend(MENDED, at(second))
        elif review.current and key == "s":
            review = review.skip()
        statements += [one for one in writing.statements if one not in statements]
        judgements += writing.judgements
    record = Record.of(statements, judgements)
    assert {one.id for one in statements if record.stands(one, None, None)} == review.confirmed()
    again = Review.of("ada", held(*statements), judgements, {NEWS.digest: NEWS})
    tally = review.tally()
    assert len(again.queue) == tally.left + tally.skipped
    assert sum((tally.accepted, tally.mended, tally.rejected, tally.skipped, tally.left)) == 3
