"""Turn the conditions of a pack's documents into trees of tests.

* `in: set` becomes the codes of the pack's own function set; there is no set beside the pack's.
* A designation is named by its full id, pack and own name, from here on.
* What a country permits or deploys is named `vendor/generation`, its position `vendor=position`, as overlays name them.
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
            case _:
                return Test(fact, operator, _operand(operator, operand))

    def _set(self, name: str) -> tuple[str, ...]:
        if name not in self.functions:
            self.unresolved.append(f"function set {name!r} is not declared in pack.yaml")
        return self.functions.get(name, ())

    def _designation(self, name: str) -> str:
        if name not in self.designations:
            self.unresolved.append(f"designation {name!r} is not declared in designations.yaml")
        return f"{self.pack}#{name}"


def _operand(operator: str, operand: Anything) -> Operand:  # noqa: ANN401 - a checked document
    match operator:
        case "permits" | "deploys" | "position":
            return _of_country(operand)
        case "on or after" | "on or before":
            return read_day(operand)
        case "between":
            return tuple((float(low), float(high)) for low, high in operand)
        case "at least" | "at most" | "above" | "below":
            return float(operand)
        case _:
            return _words(operand)


def _of_country(operand: Mapping[str, Anything]) -> Operand:
    """Return `vendor=position` of each position asked for, else `vendor/generation`, or the vendor alone."""
    vendor = operand["vendor"]
    if "any of" in operand:
        return tuple(f"{vendor}={position}" for position in operand["any of"])
    return f"{vendor}/{operand['generation']}" if "generation" in operand else str(vendor)


def _words(operand: Anything) -> Operand:  # noqa: ANN401 - a checked document
    return tuple(str(value) for value in operand) if isinstance(operand, list) else str(operand)
