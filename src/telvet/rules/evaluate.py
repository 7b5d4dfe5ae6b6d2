"""Turn a condition and the answers to its tests into a truth value, what is missing, and what decided.

* This is the only evaluator: assessment, cases, explain and sharing all call it (spec/semantics.md, sections 1 and 6).
* It sees no fact: whoever calls gives the answer to each single test, so that a class of a million rows costs one call.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from telvet.model.condition import All, Any, Condition, Not, Test, Uses
from telvet.model.truth import Truth, all_of, any_of, negate

__all__ = ["Answer", "Route", "evaluate", "join_routes", "routes", "support"]

Answer = Callable[[Test], Truth]
Route = tuple[str, ...]
"""Facts that together would settle a condition."""


def evaluate(condition: Condition, answer: Answer) -> Truth:
    """Return the truth of a condition."""
    match condition:
        case Test():
            return answer(condition)
        case All(parts):
            return all_of(evaluate(part, answer) for part in parts)
        case Any(parts):
            return any_of(evaluate(part, answer) for part in parts)
        case Not(part):
            return negate(evaluate(part, answer))
        case Uses(part):
            return evaluate(part, answer)


def join_routes(firsts: list[list[Route]]) -> list[Route]:
    """Join the routes of unknown conjuncts: the union of each one's first, then with one exchanged for its others."""
    open_ = [found for found in firsts if found]
    if not open_:
        return []
    heads = [found[0] for found in open_]
    exchanged = [
        [*heads[:place], other, *heads[place + 1 :]] for place, found in enumerate(open_) for other in found[1:]
    ]
    return [tuple(dict.fromkeys(fact for route in choice for fact in route)) for choice in (heads, *exchanged)]


def routes(condition: Condition, answer: Answer) -> list[Route]:
    """Return the sets of facts that could settle an unknown condition, smallest first; nothing where it is settled."""
    if evaluate(condition, answer) is not Truth.UNKNOWN:
        return []
    match condition:
        case Test():
            return [(condition.fact,)]
        case All(parts):
            return join_routes([routes(part, answer) for part in parts])
        case Any(parts):
            return sorted((route for part in parts for route in routes(part, answer)), key=len)
        case Not(part) | Uses(part):
            return routes(part, answer)


def support(condition: Condition, answer: Answer) -> Iterator[Test]:
    """Yield the settled tests on which the truth of a condition rests, in reading order."""
    truth = evaluate(condition, answer)
    match condition:
        case Test():
            if truth is not Truth.UNKNOWN:
                yield condition
        case All(parts):
            for part in parts:
                if truth is not Truth.FALSE or evaluate(part, answer) is Truth.FALSE:
                    yield from support(part, answer)
        case Any(parts):
            for part in parts:
                if evaluate(part, answer) is truth:
                    yield from support(part, answer)
        case Not(part) | Uses(part):
            yield from support(part, answer)
