"""Turn the conditions of a pack's documents into trees of tests.

* `in: set` becomes the codes of the pack's own function set; there is no set beside the pack's.
* A designation is named by its full id, pack and own name, from here on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any as Anything

from telvet.model.condition import All, Any, Condition, Not, Operand, Test, Uses
from telvet.model.dates import read_day

__all__ = ["ConditionReader", "always"]

always: Condition = All(())
"""The condition that everything satisfies."""


class ConditionReader:
    """Reads conditions of one pack; collects what it cannot resolve in `unresolved`."""

    def __init__(self, pack: str, functions: Mapping[str, tuple[str, ...]], designations: frozenset[str]) -> None:
        self.pack, self.functions, self.designations = pack, functions, designations
        self.unresolved: list[str] = []

    def read(self, document: Mapping[str, Anything] | None) -> Condition:
        """Return the tree of a condition; nothing at all is always true."""
        if document is None:
            return always
        ((word, inside),) = document.items()
        match word:
            case "all":
                return All(tuple(self.read(part) for part in inside))
            case "any":
                return Any(tuple(self.read(part) for part in inside))
            case "not":
                return Not(self.read(inside))
            case "operator.uses":
                return Uses(self.read(inside))
            case _:
                ((operator, operand),) = inside.items()
                return self._test(word, operator, operand)

    def _test(self, fact: str, operator: str, operand: Anything) -> Test:  # noqa: ANN401 - a checked document
        match operator:
            case "in":
                return Test(fact, "any of", self._set(operand))
            case "designated":
                names = [operand] if isinstance(operand, str) else operand
                return Test(fact, operator, tuple(self._designation(name) for name in names))
            case "permits":
                return Test(fact, operator, f"{operand['vendor']}/{operand['generation']}")
            case "on or after" | "on or before":
                return Test(fact, operator, read_day(operand))
            case "between":
                return Test(fact, operator, tuple((float(low), float(high)) for low, high in operand))
            case "at least" | "at most" | "above" | "below":
                return Test(fact, operator, float(operand))
            case _:
                return Test(fact, operator, _words(operand))

    def _set(self, name: str) -> tuple[str, ...]:
        if name not in self.functions:
            self.unresolved.append(f"function set {name!r} is not declared in pack.yaml")
        return self.functions.get(name, ())

    def _designation(self, name: str) -> str:
        if name not in self.designations:
            self.unresolved.append(f"designation {name!r} is not declared in designations.yaml")
        return f"{self.pack}#{name}"


def _words(operand: Anything) -> Operand:  # noqa: ANN401 - a checked document
    return tuple(str(value) for value in operand) if isinstance(operand, list) else str(operand)
