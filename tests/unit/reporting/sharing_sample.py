"""Decisions, gates and outcomes for the tests of the reports on sharing; everybody in here is invented."""

from __future__ import annotations

from datetime import date

from telvet.model.release import Outcome
from telvet.model.sharing import Decision, Effect, LawAnswer, LawOutcome, Obligation, Partner, Reason
from telvet.model.status import Force
from telvet.sharing.objects.thing import Thing
from telvet.sharing.recorded.known import Known
from telvet.sharing.releasing.gate import Gate
from telvet.sharing.releasing.gates import gate_of, shipped_rules

__all__ = ["CONTROL", "PERMIT", "REDACT", "REFER", "WITHHOLD", "a_gate", "a_thing", "outcome"]

CONTROL = "\x1b[31m\u202e"
PERMIT = Decision(
    Effect.PERMIT,
    (Reason("arrangement", Effect.PERMIT, "A is in force"),),
    (Obligation("onward", "keep it", ("a letter",)), Obligation("tlp", "observe TLP:GREEN")),
    arrangement="A",
)
REDACT = Decision(Effect.REDACT, (Reason("parts", Effect.REDACT, "x goes missing"),), redacted=("x",), arrangement="A")
REFER = Decision(
    Effect.REFER,
    (
        Reason("partner", Effect.REFER, "its country is not known", unless=("fact partner.country",)),
        Reason("tlp-cap", Effect.WITHHOLD, "it is too high", ("clause 4",), excused_by="waiver W"),
    ),
    unless=(("fact partner.country",),),
    arrangement="A",
)
WITHHOLD = Decision(
    Effect.WITHHOLD,
    (Reason("law toy.rule", Effect.WITHHOLD, "toy.rule bars it", ("toy, clause 1",), unless=("waiver of law",)),),
    unless=(("waiver of law",),),
    scenario=("toy.rule",),
)


def a_gate(partner: str = "p", *, scenario: bool = False) -> Gate:
    laws = {LawAnswer("toy.rule", LawOutcome.BARRED, force=Force.SCENARIO)} if scenario else set()
    known = Known(partners={"p": Partner("p", "XBB")})
    return gate_of(partner, date(2024, 6, 1), known, shipped_rules(), frozenset(laws), "d" * 64)


def a_thing(number: int, kind: str = "tool", **more: object) -> Thing:
    held = {
        "type": kind,
        "id": f"{kind}--00000000-0000-4000-8000-{number:012}",
        "modified": "2024-03-01T00:00:00Z",
        **more,
    }
    return Thing(b"{}", held)


def outcome(decision: Decision, *acts: str) -> Outcome:
    return Outcome(decision, acts)
