"""Conditions as trees of `all`, `any`, `not` over tests of single facts: data, never code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

__all__ = ["All", "Any", "Condition", "Not", "Operand", "Test", "Uses", "facts_of", "tests_of"]

Operand = str | float | date | tuple[str, ...] | tuple[tuple[float, float], ...] | None


@dataclass(frozen=True, slots=True)
class All:
    """True when every part is."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """True when some part is."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """True when its part is false."""

    part: Condition


@dataclass(frozen=True, slots=True)
class Uses:
    """True of an operator when some equipment in use by it satisfies the part; that equipment is the evidence."""

    part: Condition


@dataclass(frozen=True, slots=True)
class Test:
    """One question put to one fact, e.g. `equipment.generation is 5G`.

    `operator` is one of the words listed in spec/semantics.md, section 3.
    """

    fact: str
    operator: str
    operand: Operand


Condition = All | Any | Not | Uses | Test


def tests_of(condition: Condition) -> Iterator[Test]:
    """Yield every test of a condition, in reading order."""
    match condition:
        case Test():
            yield condition
        case Not(part) | Uses(part):
            yield from tests_of(part)
        case All(parts) | Any(parts):
            for part in parts:
                yield from tests_of(part)


def facts_of(condition: Condition) -> frozenset[str]:
    """Return the names of the facts that a condition looks at."""
    return frozenset(test.fact for test in tests_of(condition))
