"""Semantics, sections 1 and 6: the truth of a condition, and the facts that would settle an unknown one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tests.oracle.facts import Case
from tests.oracle.tests_of_facts import answer
from tests.oracle.truth import Truth, all_of, any_of, negate

__all__ = ["Condition", "flat", "joined", "missing_sets", "tests_in", "truth_of", "uses_in"]

Condition = Mapping[str, Any]
Facts = list[str]


def truth_of(case: Case, condition: Condition) -> Truth:
    """Return the truth of a condition."""
    [(key, body)] = condition.items()
    if key == "all":
        return all_of(truth_of(case, part) for part in body)
    if key == "any":
        return any_of(truth_of(case, part) for part in body)
    if key == "not":
        return negate(truth_of(case, body))
    if key == "operator.uses":
        return truth_of(case, body)  # judged per element: this one
    return answer(case, key, body)


def missing_sets(case: Case, condition: Condition) -> list[Facts]:
    """Return the sets of facts that could settle a condition that is unknown, in order; none where it is settled."""
    if truth_of(case, condition) is not None:
        return []
    [(key, body)] = condition.items()
    if key == "all":
        return joined([missing_sets(case, part) for part in body])
    if key == "any":
        sets = [facts for part in body for facts in missing_sets(case, part)]
        return sorted(sets, key=len)
    if key in ("not", "operator.uses"):
        return missing_sets(case, body)
    return [[key]]


def joined(parts: list[list[Facts]]) -> list[Facts]:
    """Return the sets of an `all`: the union of its parts' first sets, then with one of them exchanged for another."""
    open_parts = [sets for sets in parts if sets]
    if not open_parts:
        return []
    firsts = [sets[0] for sets in open_parts]
    result = [flat(firsts)]
    for place, sets in enumerate(open_parts):
        result.extend(flat([*firsts[:place], other, *firsts[place + 1 :]]) for other in sets[1:])
    return result


def flat(sets: list[Facts]) -> Facts:
    """List the facts of all sets in order, each once."""
    listed: Facts = []
    for facts in sets:
        for fact in facts:
            if fact not in listed:
                listed.append(fact)
    return listed


def tests_in(condition: Condition) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield every (fact, test) of a condition in reading order."""
    [(key, body)] = condition.items()
    if key in ("all", "any"):
        for part in body:
            yield from tests_in(part)
    elif key in ("not", "operator.uses"):
        yield from tests_in(body)
    else:
        yield key, body


def uses_in(condition: Condition) -> list[Condition]:
    """Return what stands under `operator.uses`, which is the whole condition or a part of its top `all`."""
    parts = condition.get("all", [condition])
    return [part["operator.uses"] for part in parts if "operator.uses" in part]
