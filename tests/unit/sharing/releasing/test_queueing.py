from __future__ import annotations

import json

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
