"""Turn a condition and its answers into a tree that shows how each part came out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from telvet.model.condition import All, Any, Condition, Not, Test, Uses
from telvet.model.truth import Truth
from telvet.rules.evaluate import Answer, evaluate

__all__ = ["Explained", "explain", "words"]


@dataclass(frozen=True, slots=True)
class Explained:
    """A part of a condition, its truth, and its own parts."""

    text: str
    truth: Truth
    test: Test | None = None
    parts: tuple[Explained, ...] = ()

    def tests(self) -> Iterator[Explained]:
        """Yield the tests below, in reading order."""
        if self.test is not None:
            yield self
        for part in self.parts:
            yield from part.tests()


def explain(condition: Condition, answer: Answer) -> Explained:
    """Return how a condition and each of its parts came out."""
    truth = evaluate(condition, answer)
    match condition:
        case Test():
            return Explained(words(condition), truth, condition)
        case All(parts):
            return Explained("all of", truth, None, tuple(explain(part, answer) for part in parts))
        case Any(parts):
            return Explained("any of", truth, None, tuple(explain(part, answer) for part in parts))
        case Not(part):
            return Explained("not", truth, None, (explain(part, answer),))
        case Uses(part):
            return Explained("the operator uses", truth, None, (explain(part, answer),))


_SHOW: dict[type, Callable[[object], str]] = {date: str, float: lambda value: f"{value:g}"}


def words(test: Test) -> str:
    """Return a test as people read it: `equipment.generation is 5G`."""
    operand = test.operand
    if isinstance(operand, tuple):
        shown = ", ".join(
            f"{part[0]:g} to {part[1]:g}" if isinstance(part, tuple) else part.rpartition("#")[2] for part in operand
        )
    else:
        shown = _SHOW.get(type(operand), str)(operand)
    return f"{test.fact} {test.operator} {shown}"
