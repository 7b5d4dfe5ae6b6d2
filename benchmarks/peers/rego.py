"""Turn rules into a Rego module and elements into Rego inputs, and ask regorus which rules apply to each.

* One engine holds the module; an element is one input and one query, whose answer is the set of the rules that apply.
* `any` and a denied composite become rules of their own, for Rego has neither within an expression.
* Nothing is answered beforehand but designations, which are given as the set that the maker meets.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from time import perf_counter
from typing import Any as Anything

from benchmarks.peers.elements import Element, Given
from benchmarks.peers.rules import Form, Inexpressible, Rule, attribute, form_of
from telvet.model.condition import All, Any, Condition, Not, Test, Uses

__all__ = ["available", "judged", "module", "stated"]

_COMPARED = {"at least": ">=", "at most": "<=", "above": ">", "below": "<"}


def available() -> bool:
    """Tell whether Rego is installed."""
    return find_spec("lakera_regorus") is not None


def module(rules: Iterable[Rule]) -> str:
    """Return the rules as Rego text."""
    writer = _Writer()
    heads = [f"applies contains {json.dumps(rule.id)} if {{ {writer.body(rule.condition)} }}" for rule in rules]
    return "\n".join(("package telvet", "import rego.v1", *writer.named.values(), *heads, ""))


class _Writer:
    """Writes conditions as bodies of rules; what needs a rule of its own is named once and kept."""

    def __init__(self) -> None:
        self.named: dict[Condition, str] = {}
        self._names: dict[Condition, str] = {}

    def body(self, condition: Condition) -> str:
        """Return expressions that are all true where the condition is."""
        match condition:
            case All(parts):
                return "; ".join(self.body(part) for part in parts) or "true"
            case Any():
                return self._name(condition)
            case Not(part):
                return f"not {self._one(part)}"
            case Uses(part):
                return self.body(part)
            case Test() if form_of(condition) is Form.NUMBERS:
                return self._name(condition)
            case Test():
                return _asked(condition)

    def _one(self, condition: Condition) -> str:
        """Return a single expression that `not` can be put before."""
        body = self.body(condition)
        single = isinstance(condition, Test | Any) and ";" not in body and not body.startswith("not ")
        return body if single else self._name(condition)

    def _name(self, condition: Condition) -> str:
        if condition not in self._names:
            name = self._names[condition] = f"part_{len(self._names)}"
            parts = condition.parts if isinstance(condition, Any) else (condition,)
            bodies = [
                _asked(part) if part is condition and isinstance(part, Test) else self.body(part) for part in parts
            ]
            self.named[condition] = "\n".join(f"{name} if {{ {body} }}" for body in bodies or ["false"])
        return self._names[condition]


def _asked(test: Test) -> str:
    return f"not {_test(test)}" if test.operator == "denies" else _test(test)


def _test(test: Test) -> str:
    held = f"input.{attribute(test.fact)}"
    match form_of(test), test.operand:
        case Form.WORD, str() | tuple():
            return _of_word(test, held)
        case Form.WORDS, str() | tuple():
            return _of_words(test, held)
        case Form.DAY, date() as day:
            first = f"{held} >= 1; {held} <=" if test.operator == "on or before" else f"{held} >="
            return f"{first} {day.toordinal()}"
        case Form.NUMBERS, _:
            return f"some number in {held}; {_of_number(test)}"
        case _:
            raise Inexpressible(f"Rego is not told how to ask {test}")


def _of_word(test: Test, held: str) -> str:
    match test.operator, test.operand:
        case "is", str(word):
            return f"{held} == {_quoted(word)}"
        case "any of", tuple(words):
            return f"{held} in {_set(words)}"
        case _:
            raise Inexpressible(f"Rego is not told how to ask {test}")


def _of_words(test: Test, held: str) -> str:
    match test.operator, test.operand:
        case "is" | "has" | "permits" | "denies", str(word):
            return f"{_quoted(word)} in {held}"
        case "any of" | "designated", tuple(words):
            return f"count({held} & {_set(words)}) > 0"
        case "all of", tuple(words):
            return f"count({_set(words)} - {held}) == 0"
        case _:
            raise Inexpressible(f"Rego is not told how to ask {test}")


def _of_number(test: Test) -> str:
    match test.operand:
        case float() | int() as bound if test.operator in _COMPARED:
            return f"number {_COMPARED[test.operator]} {bound}"
        case tuple(pairs) if test.operator == "between":
            return f"some pair in {json.dumps(pairs)}; number >= pair[0]; number <= pair[1]"
        case _:
            raise Inexpressible(f"Rego is not told how to ask {test}")


def _set(words: Sequence[object]) -> str:
    return f"{{{', '.join(_quoted(word) for word in words)}}}" if words else "set()"


def _quoted(word: object) -> str:
    """Return a string of Rego; this regorus takes a `#` within one for the beginning of a comment."""
    return json.dumps(word).replace("#", "\\u0023")


def stated(element: Element) -> dict[str, object]:
    """Return an element and its operator as Rego's input."""
    return {key: _given(value) for key, value in (*element.own.items(), *element.operators.items())}


def _given(value: Given) -> object:
    match value:
        case frozenset():
            return set(value)
        case tuple():
            return list(value)
        case _:
            return value


def judged(elements: Sequence[Element], rules: Sequence[Rule], times: int = 3) -> tuple[float, set[tuple[str, str]]]:
    """Return the least seconds that Rego took of several times, and which rules apply to which elements."""
    engine = import_module("lakera_regorus").Engine()
    engine.add_policy("telvet.rego", module(rules))
    inputs = [stated(element) for element in elements]
    spent: list[float] = []
    answers: list[Anything] = []
    for _ in range(times):
        answers, begun = [], perf_counter()
        for one in inputs:
            engine.set_input(one)
            answers.append(engine.eval_query("data.telvet.applies"))
        spent.append(perf_counter() - begun)
    found = zip(elements, answers, strict=True)
    return min(spent), {
        (element.id, rule) for element, answer in found for rule in answer["result"][0]["expressions"][0]["value"]
    }
