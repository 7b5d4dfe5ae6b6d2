"""Turn rules into Cedar policies and elements into Cedar entities, and ask Cedar which policies permit each.

* One `permit` a rule, under its own id: one request an element, and the reasons of the answer are the rules that apply.
* The principal is the operator, the resource the element. Facts are attributes of these, read by Cedar beforehand, or of the
  context that comes with each request.
* Cedar has whole numbers only and no quantifier over a set, so tests of numbers are answered beforehand and given as the
  set of those that are met. Designations are given as the set that the maker meets.
"""

from __future__ import annotations

import json
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from time import perf_counter
from typing import Any as Anything

from benchmarks.peers.elements import Element, Given
from benchmarks.peers.rules import Form, Inexpressible, Rule, attribute, form_of
from telvet.model.condition import All, Any, Condition, Not, Test, Uses, tests_of

__all__ = ["available", "judged", "policies"]

Held = Callable[[str], str]
"""How a policy reaches a fact."""
_COMPARED: dict[str, Callable[[float, float], bool]] = {
    "at least": operator.ge,
    "at most": operator.le,
    "above": operator.gt,
    "below": operator.lt,
}


def available() -> bool:
    """Tell whether Cedar is installed."""
    return find_spec("cedarpy") is not None


def policies(rules: Iterable[Rule], *, loaded: bool = True) -> str:
    """Return the rules as Cedar text; facts are attributes of entities that are loaded, or of the request's context."""
    held = _of_entity if loaded else _of_context
    return "\n".join(
        f"@id({json.dumps(rule.id)})\npermit(principal, action, resource)\nwhen {{ {_text(rule.condition, held)} }};"
        for rule in rules
    )


def _of_entity(fact: str) -> str:
    return f"{'resource' if fact.startswith('equipment.') else 'principal'}.{attribute(fact)}"


def _of_context(fact: str) -> str:
    return f"context.{attribute(fact)}"


def _text(condition: Condition, held: Held) -> str:
    match condition:
        case All(parts):
            return " && ".join(_closed(part, held) for part in parts) or "true"
        case Any(parts):
            return " || ".join(_closed(part, held) for part in parts) or "false"
        case Not(part):
            return f"!({_text(part, held)})"
        case Uses(part):
            return _text(part, held)
        case Test(fact):
            return _test(condition, held(fact))


def _closed(part: Condition, held: Held) -> str:
    return f"({_text(part, held)})" if isinstance(part, All | Any) else _text(part, held)


def _test(test: Test, held: str) -> str:
    match form_of(test), test.operand:
        case Form.WORD, str() | tuple():
            return _of_word(test, held)
        case Form.WORDS, str() | tuple():
            return _of_words(test, held)
        case Form.DAY, date() as day:
            return f"{held} >= {day.toordinal()}" if test.operator == "on or after" else _by(held, day)
        case Form.NUMBERS, _:
            return f"{held}.contains({json.dumps(_named(test))})"
        case _:
            raise Inexpressible(f"Cedar is not told how to ask {test}")


def _of_word(test: Test, held: str) -> str:
    match test.operator:
        case "is":
            return f"{held} == {json.dumps(test.operand)}"
        case "any of":
            return f"{json.dumps(test.operand)}.contains({held})"
        case _:
            raise Inexpressible(f"Cedar is not told how to ask {test}")


def _of_words(test: Test, held: str) -> str:
    match test.operator:
        case "is" | "has" | "permits":
            return f"{held}.contains({json.dumps(test.operand)})"
        case "denies":
            return f"!({held}.contains({json.dumps(test.operand)}))"
        case "any of" | "designated":
            return f"{held}.containsAny({json.dumps(test.operand)})"
        case "all of":
            return f"{held}.containsAll({json.dumps(test.operand)})"
        case _:
            raise Inexpressible(f"Cedar is not told how to ask {test}")


def _by(held: str, day: date) -> str:
    return f"({held} >= 1 && {held} <= {day.toordinal()})"


def _named(test: Test) -> str:
    return f"{test.operator} {test.operand}"


def _facts(given: Mapping[str, Given], numbers: Sequence[Test]) -> dict[str, object]:
    asked: dict[str, list[Test]] = {}
    for test in numbers:
        asked.setdefault(attribute(test.fact), []).append(test)
    return {key: _given(value, asked.get(key, ())) for key, value in given.items()}


def _given(value: Given, numbers: Sequence[Test]) -> object:
    match value:
        case frozenset():
            return sorted(value)
        case tuple():
            return sorted({_named(test) for test in numbers if any(_fits(number, test) for number in value)})
        case _:
            return value


def _fits(number: float, test: Test) -> bool:
    match test.operand:
        case float() | int() as bound:
            return _COMPARED[test.operator](number, bound)
        case tuple(pairs) if test.operator == "between":
            return any(pair[0] <= number <= pair[1] for pair in pairs if isinstance(pair, tuple))
        case _:
            raise Inexpressible(f"{test} is no test of numbers")


def judged(
    elements: Sequence[Element], rules: Sequence[Rule], *, loaded: bool = True, prepared: bool = True, times: int = 3
) -> tuple[float, set[tuple[str, str]]]:
    """Return the least seconds that Cedar took of several times, and which rules apply to which elements.

    Args:
        elements: What to judge.
        rules: By which law.
        loaded: The elements are entities that Cedar has read before the clock starts; otherwise each comes, as JSON that is
            written before the clock starts, with its request.
        prepared: Policies and entities are read before the clock starts; otherwise the call is given them as text and as
            a list, as its documentation does.
        times: How often to measure.
    """
    cedar = import_module("cedarpy")
    law, entities = policies(rules, loaded=loaded), list[object]()
    numbers = [test for rule in rules for test in tests_of(rule.condition) if form_of(test) is Form.NUMBERS]
    entities.extend(_entities(elements, numbers) if loaded else ())
    if prepared:
        law, entities = cedar.PolicySet.from_str(law), cedar.Entities.from_json_str(json.dumps(entities))
    requests = [_request(element, numbers, loaded=loaded) for element in elements]
    spent: list[float] = []
    answers: Sequence[Anything] = []
    for _ in range(times):
        begun = perf_counter()
        answers = cedar.is_authorized_batch(requests, law, entities)
        spent.append(perf_counter() - begun)
    return min(spent), set(_applying(elements, answers))


def _entities(elements: Sequence[Element], numbers: Sequence[Test]) -> Iterator[dict[str, object]]:
    operators = {element.operator: element.operators for element in elements}
    for kind, entities in (("Operator", operators), ("Element", {element.id: element.own for element in elements})):
        for name, given in entities.items():
            yield {"uid": {"type": kind, "id": name}, "attrs": _facts(given, numbers), "parents": []}


def _request(element: Element, numbers: Sequence[Test], *, loaded: bool) -> dict[str, object]:
    request: dict[str, object] = {
        "principal": {"type": "Operator", "id": element.operator},
        "action": 'Action::"judge"',
        "resource": {"type": "Element", "id": element.id},
    }
    facts = {} if loaded else _facts({**element.own, **element.operators}, numbers)
    return request if loaded else {**request, "context": json.dumps(facts)}


def _applying(elements: Sequence[Element], answers: Sequence[Anything]) -> Iterator[tuple[str, str]]:
    for element, answer in zip(elements, answers, strict=True):
        if answer.diagnostics.errors:
            raise ValueError(f"Cedar could not judge {element.id}: {answer.diagnostics.errors[0]}")
        for rule in answer.diagnostics.id_annotations_by_reason.values():
            yield element.id, rule
