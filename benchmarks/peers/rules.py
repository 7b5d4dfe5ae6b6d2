"""Turn the law that is in force on a day into rules that an engine of two truth values can judge, one element at a time.

* Nothing is written for a pack: a rule is a provision's own condition tree, joined with what spec/semantics.md, section 5,
  asks of the element's life and dates, which is a tree of the same kind of tests.
* A rule holds where telvet has a finding, of whatever status, for an element all of whose facts are known.
* A date that is not stated makes its test false, so `on or after` the first day of all asks whether a date is stated.
* Membership of a union is put as its members on the day. What no tree can say is refused (`Inexpressible`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto

from telvet.assessment.deadlines import Anchors, resolve
from telvet.assessment.facts import COLUMNS
from telvet.assessment.judging import designated_tests, needs_use
from telvet.assessment.knowledge import Knowledge
from telvet.assessment.use import event_fact
from telvet.model.condition import All, Any, Condition, Not, Test, Uses, facts_of, tests_of
from telvet.model.law import EffectKind, Provision, Subject
from telvet.tables.columns import Kind

__all__ = ["Form", "Inexpressible", "Rule", "attribute", "form_of", "rules_of"]

_LIFE, _REMOVED, _INSTALLED = "equipment.lifecycle", "equipment.removed_on", "equipment.installed_on"


class Inexpressible(ValueError):  # noqa: N818 - the rule is at fault for nothing
    """A rule that cannot be put as a tree of tests of one element."""


class Form(Enum):
    """How an engine is given a fact."""

    WORD = auto()
    """One string; empty where nothing is stated."""
    WORDS = auto()
    """The strings that are stated; of a maker, the designations that it meets."""
    DAY = auto()
    """The day's ordinal number; 0 where no day is stated."""
    NUMBERS = auto()
    """The numbers that are stated."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A provision, and what must be true of an element for it to apply."""

    id: str
    condition: Condition


def attribute(fact: str) -> str:
    """Return the name under which an engine is given a fact."""
    return fact.replace(".", "_")


def form_of(test: Test) -> Form:
    """Return how an engine is given the fact of a test."""
    if test.operator == "designated":
        return Form.WORDS
    match COLUMNS[test.fact].kind:
        case Kind.CODES | Kind.LABELS:
            return Form.WORDS
        case Kind.NUMBER | Kind.NUMBERS:
            return Form.NUMBERS
        case Kind.DATE:
            return Form.DAY
        case _:
            return Form.WORD


def rules_of(knowledge: Knowledge) -> tuple[Rule, ...]:
    """Return the rules that look at single elements, by the ids of their provisions."""
    return tuple(_rule(provision, knowledge) for provision in knowledge.provisions if _per_element(provision))


def _per_element(provision: Provision) -> bool:
    looks = any(fact.startswith("equipment.") for fact in facts_of(provision.when))
    return provision.share is None and (
        provision.subject is Subject.EQUIPMENT or (provision.subject is Subject.OPERATOR and looks)
    )


def _rule(provision: Provision, knowledge: Knowledge) -> Rule:
    needed = All(tuple(_needed(provision, knowledge)))
    condition = _plain(All((provision.binds, provision.when, needed)), knowledge)
    if any(not test.fact.startswith(("equipment.", "operator.")) for test in tests_of(condition)):
        raise Inexpressible(f"{provision.id} asks for what no element has")
    return Rule(provision.id, condition)


def _plain(condition: Condition, knowledge: Knowledge) -> Condition:
    """Return the same condition flat, without `uses`, and with unions as their members."""
    match condition:
        case All(parts):
            plain = [_plain(part, knowledge) for part in parts]
            return All(tuple(inner for part in plain for inner in (part.parts if isinstance(part, All) else (part,))))
        case Any(parts):
            return Any(tuple(_plain(part, knowledge) for part in parts))
        case Not(part):
            return Not(_plain(part, knowledge))
        case Uses(part):
            return _plain(part, knowledge)
        case Test(fact, "member of", operand):
            return Test(fact, "any of", tuple(sorted(knowledge.places.members(str(operand), knowledge.on))))
        case Test():
            return condition


def _needed(provision: Provision, knowledge: Knowledge) -> Iterator[Condition]:
    """Yield what section 5 asks of the element's life and dates."""
    if not needs_use(provision) and provision.effect.kind is EffectKind.EVENT:
        yield _happened(provision, knowledge)
        return
    if needs_use(provision):
        yield Not(Test(_LIFE, "any of", ("planned", "stock", "off")))
        yield Not(Test(_INSTALLED, "on or after", knowledge.on + timedelta(days=1)))
    elif provision.subject is not Subject.EQUIPMENT:
        return
    yield Not(All((Test(_LIFE, "is", "removed"), Not(Test(_REMOVED, "on or after", date.min)))))
    yield Not(Test(_REMOVED, "on or before", knowledge.on))


def _happened(provision: Provision, knowledge: Knowledge) -> Condition:
    """Return what an event rule asks of the event's day, past or planned: that it lies in the rule's window."""
    fact = event_fact(provision.effect.act)
    starts = tuple(_starts(provision, knowledge, fact))
    window: Condition = starts[0] if len(starts) == 1 else Any(starts)
    return All((window, Test(fact, "on or before", provision.to))) if provision.to else window


def _starts(provision: Provision, knowledge: Knowledge, fact: str) -> Iterator[Condition]:
    """Yield the first day from which the rule bites; where it hangs on the designation met, one for each of them."""
    if provision.from_ is None:
        yield Test(fact, "on or after", provision.enacted)
    elif provision.from_.anchor == "designation":
        for test in designated_tests(provision):
            for name in test.operand if isinstance(test.operand, tuple) else ():
                day = _resolved(provision, knowledge.lookup.begins(str(name)))
                yield All((Test(test.fact, "designated", (str(name),)), Test(fact, "on or after", day)))
    else:
        yield Test(fact, "on or after", _resolved(provision, None))


def _resolved(provision: Provision, begun: date | None) -> date:
    due = resolve(provision.from_, provision, Anchors(lambda: begun, (), lambda _fact: None))
    if due is None or due.span is None:
        raise Inexpressible(f"{provision.id} begins on a day that follows from another date of the element")
    return due.span.first
