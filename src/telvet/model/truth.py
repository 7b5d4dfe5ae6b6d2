"""Three-valued truth by Kleene's strong tables: a missing fact makes a condition unknown."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

__all__ = ["Truth", "all_of", "any_of", "negate", "over_candidates"]


class Truth(Enum):
    """True, false, or not known."""

    FALSE = "false"
    UNKNOWN = "unknown"
    TRUE = "true"

    @classmethod
    def of(cls, value: bool) -> Truth:  # noqa: FBT001 - a conversion of a bool takes a bool
        """Turn a bool into a truth value."""
        return cls.TRUE if value else cls.FALSE


def all_of(parts: Iterable[Truth]) -> Truth:
    """Return the conjunction: false settles it, else unknown spreads; the empty one is true."""
    result = Truth.TRUE
    for part in parts:
        if part is Truth.FALSE:
            return part
        if part is Truth.UNKNOWN:
            result = part
    return result


def any_of(parts: Iterable[Truth]) -> Truth:
    """Return the disjunction: true settles it, else unknown spreads; the empty one is false."""
    result = Truth.FALSE
    for part in parts:
        if part is Truth.TRUE:
            return part
        if part is Truth.UNKNOWN:
            result = part
    return result


def negate(part: Truth) -> Truth:
    """Return the negation; unknown stays unknown."""
    return {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE, Truth.UNKNOWN: Truth.UNKNOWN}[part]


def over_candidates(parts: Iterable[Truth]) -> Truth:
    """Judge a disputed fact: true if all its candidates satisfy, false if none does, else unknown."""
    seen = set(parts)
    return seen.pop() if len(seen) == 1 else Truth.UNKNOWN
