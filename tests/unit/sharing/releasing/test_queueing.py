from __future__ import annotations

import json
from dataclasses import replace

import pytest

from telvet.model.release import Outcome, Verdict
from telvet.model.sharing import Decision, Effect, Reason
from telvet.sharing.objects.thing import Thing
from telvet.sharing.releasing.queueing import State, judged_by, rules_of, standing, standings, waiting

HELD = {"type": "tool", "id": "tool--1", "modified": "2024-01-01T00:00:00Z"}
THING = Thing(json.dumps(HELD).encode(), HELD)
REASONS = (
    Reason("authority", Effect.REFER, "none", unless=("approval",)),
    Reason("tlp-onward", Effect.WITHHOLD, "no", excused_by="consent c"),
)
OTHER = (Reason("together", Effect.REFER, "too many", unless=("approval",)),)
OUTCOME = Outcome(Decision(Effect.REFER, REASONS, unless=(("approval",),)), persons=2)
ENTRY = waiting("p", THING, OUTCOME, origin="feed.json", by="Ann", now="2024-06-01T00:00:00.000000Z")


def test_an_entry_tells_what_waits_and_why() -> None:
    assert (ENTRY.object, ENTRY.version, ENTRY.digest, ENTRY.type) == (
        "tool--1",
        HELD["modified"],
        THING.digest,
        "tool",
    )
    assert rules_of(ENTRY) == {"authority"}
    assert json.loads(ENTRY.unless) == [["approval"]]


def test_an_entry_stands_where_the_last_words_of_persons_put_it() -> None:
    ann = judged_by(ENTRY, Verdict.APPROVE, by=" Ann ", why=" fine ", now="1")
    ben = judged_by(ENTRY, Verdict.APPROVE, by="Ben", why="", now="2")
    no = judged_by(ENTRY, Verdict.REFUSE, by="ben", why="", now="3")
    back = judged_by(ENTRY, Verdict.RETURN, by="Cy", why="", now="4")
    assert (ann.by, ann.why, ann.rules) == ("Ann", "fine", frozenset({"authority"}))
    assert standing(ENTRY, []).state is State.WAITING
    half = standing(ENTRY, [ann])
    assert (half.state, half.approvals) == (State.WAITING, 1)
    assert standing(ENTRY, [ann, ben]).state is State.APPROVED
    assert standing(ENTRY, [ann, ben, no]).state is State.REFUSED
    assert standing(ENTRY, [ann, ben, back]).state is State.RETURNED


def test_what_was_said_of_other_bytes_or_for_others_does_not_count() -> None:
    other = waiting("q", THING, OUTCOME, origin="feed.json", by="Ann", now="1")
    said = [judged_by(ENTRY, Verdict.APPROVE, by=name, why="", now="1") for name in ("Ann", "Ben")]
    found = standings([ENTRY, other], said)
    assert [each.state for each in found] == [State.APPROVED, State.WAITING]


def test_who_approved_for_one_reason_has_seen_it_when_approving_for_another() -> None:
    more = waiting("p", THING, replace(OUTCOME, decision=Decision(Effect.REFER, OTHER)), origin="x", by="Ann", now="2")
    first = judged_by(ENTRY, Verdict.APPROVE, by="Ann", why="", now="1")
    assert standing(more, [first]).approvals == 0
    then = judged_by(more, Verdict.APPROVE, by=" ann", why="", now="2", before=[first])
    assert then.rules == {"authority", "together"}
    assert (standing(ENTRY, [first, then]).approvals, standing(more, [first, then]).approvals) == (1, 1)


@pytest.mark.parametrize(("by", "earlier", "later"), [
    ("Ben", Verdict.APPROVE, Verdict.APPROVE), ("Ann", Verdict.REFUSE, Verdict.APPROVE), ("Ann", Verdict.APPROVE, Verdict.REFUSE),
])  # fmt: skip
def test_nothing_is_taken_for_seen_of_another_person_or_another_word(by: str, earlier: Verdict, later: Verdict) -> None:
    more = waiting("p", THING, replace(OUTCOME, decision=Decision(Effect.REFER, OTHER)), origin="x", by="Ann", now="2")
    first = judged_by(ENTRY, earlier, by="Ann", why="", now="1")
    assert judged_by(more, later, by=by, why="", now="2", before=[first]).rules == {"together"}
