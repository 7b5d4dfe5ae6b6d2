"""Put one test to one fact: the table of spec/semantics.md, section 3, row by row.

* A fact whose form does not fit the test is unknown, never true and never false.
* What needs knowledge from outside (designations, unions) is asked of a `Lookup`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Protocol

from telvet.model.condition import Test
from telvet.model.facts import Dated, Fact, Maker, Members, Quantity, Single
from telvet.model.truth import Truth, all_of, any_of, negate, over_candidates

__all__ = ["Lookup", "ask"]


class Lookup(Protocol):
    """Knowledge that a test needs beside its fact, as of the day of judgement."""

    def designated(self, maker: Maker, designations: tuple[str, ...]) -> Truth:
        """Tell whether one of the designations, by full id, meets this maker."""

    def member(self, country: str, union: str) -> Truth:
        """Tell whether a country is a member of a union."""


def ask(test: Test, fact: Fact | None, lookup: Lookup) -> Truth:
    """Return the answer of a fact to a test."""
    match fact:
        case Maker():
            return lookup.designated(fact, _words(test)) if test.operator == "designated" else Truth.UNKNOWN
        case Single(candidates):
            return (
                over_candidates(_single(test, value, lookup) for value in candidates) if candidates else Truth.UNKNOWN
            )
        case Members():
            return _members(test, fact)
        case Quantity(value):
            return Truth.UNKNOWN if value is None else _quantity(test, value)
        case Dated():
            return _dated(test, fact)
        case None:
            return Truth.UNKNOWN


def _words(test: Test) -> tuple[str, ...]:
    match test.operand:
        case str(word):
            return (word,)
        case tuple(words):
            return tuple(str(word) for word in words)
        case operand:
            return (str(operand),)


def _single(test: Test, value: str, lookup: Lookup) -> Truth:
    match test.operator:
        case "is":
            return Truth.of(value == _words(test)[0])
        case "any of" | "position":
            return Truth.of(value in _words(test))
        case "member of":
            return lookup.member(value, _words(test)[0])
        case _:
            return Truth.UNKNOWN


def _has(fact: Members, member: str) -> Truth:
    if member in fact.stated:
        return Truth.TRUE
    return Truth.FALSE if member in fact.denied or fact.complete else Truth.UNKNOWN


def _members(test: Test, fact: Members) -> Truth:
    if isinstance(test.operand, float | int):
        return _numbers(test, fact)
    match test.operator:
        case "is" | "has" | "any of" | "permits" | "deploys":
            return any_of(_has(fact, word) for word in _words(test))
        case "all of":
            return all_of(_has(fact, word) for word in _words(test))
        case "denies":
            return negate(_has(fact, _words(test)[0]))
        case "between" | "at least" | "at most" | "above" | "below":
            return _numbers(test, fact)
        case _:
            return Truth.UNKNOWN


_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "at least": float.__ge__,
    "at most": float.__le__,
    "above": float.__gt__,
    "below": float.__lt__,
    "is": float.__eq__,
}


def _numbers(test: Test, fact: Members) -> Truth:
    """Judge a stated list of numbers: some number must fit."""
    if not fact.stated and not fact.complete:
        return Truth.UNKNOWN
    return any_of([Truth.FALSE, *(_quantity(test, float(number)) for number in sorted(fact.stated))])


def _quantity(test: Test, value: float) -> Truth:
    match test.operand:
        case float() | int():
            compare = _COMPARE.get(test.operator)
            return Truth.of(compare(float(value), float(test.operand))) if compare else Truth.UNKNOWN
        case tuple(pairs) if test.operator == "between":
            return any_of(Truth.of(pair[0] <= value <= pair[1]) for pair in pairs if isinstance(pair, tuple))
        case _:
            return Truth.UNKNOWN


def _dated(test: Test, fact: Dated) -> Truth:
    if fact.span is None:
        return Truth.FALSE if fact.never else Truth.UNKNOWN
    match test.operand:
        case date() as day if test.operator == "on or after":
            return fact.span.on_or_after(day)
        case date() as day if test.operator == "on or before":
            return fact.span.on_or_before(day)
        case _:
            return Truth.UNKNOWN
