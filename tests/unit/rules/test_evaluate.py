"""Kleene's tables over trees, what is missing, and what decided."""

from __future__ import annotations

from itertools import product

import pytest

from telvet.model.condition import All, Any, Condition, Not, Test, Uses
from telvet.model.truth import Truth
from telvet.rules.evaluate import evaluate, join_routes, routes, support


def asked(fact: str) -> Test:
    return Test(fact, "is", "x")


YES, YES_TOO, NO, NO_TOO = (asked(fact) for fact in ("yes", "yes too", "no", "no too"))
A, B, C, D = (asked(fact) for fact in "abcd")
SAMPLES = {Truth.TRUE: YES, Truth.FALSE: NO, Truth.UNKNOWN: A}


def answer(test: Test) -> Truth:
    return {"yes": Truth.TRUE, "no": Truth.FALSE}.get(test.fact.split()[0], Truth.UNKNOWN)


@pytest.mark.parametrize(("left", "right"), list(product(Truth, Truth)))
def test_all_is_the_weaker_and_any_the_stronger_of_its_parts(left: Truth, right: Truth) -> None:
    order = [Truth.FALSE, Truth.UNKNOWN, Truth.TRUE]
    parts = (SAMPLES[left], SAMPLES[right])
    assert evaluate(All(parts), answer) is min(left, right, key=order.index)
    assert evaluate(Any(parts), answer) is max(left, right, key=order.index)


def test_nothing_is_true_of_all_and_false_of_any() -> None:
    assert evaluate(All(()), answer) is Truth.TRUE
    assert evaluate(Any(()), answer) is Truth.FALSE


def test_not_turns_true_and_false_and_leaves_the_unknown() -> None:
    assert [evaluate(Not(part), answer) for part in (YES, NO, A)] == [Truth.FALSE, Truth.TRUE, Truth.UNKNOWN]


def test_what_an_operator_uses_is_judged_by_its_part() -> None:
    assert [evaluate(Uses(part), answer) for part in (YES, NO, A)] == [Truth.TRUE, Truth.FALSE, Truth.UNKNOWN]


@pytest.mark.parametrize("settled", [YES, NO, All((A, NO)), Any((A, YES)), Not(All((A, NO))), All(()), Any(())])
def test_a_settled_condition_misses_nothing(settled: Condition) -> None:
    assert routes(settled, answer) == []


@pytest.mark.parametrize(
    ("condition", "missing"),
    [
        (A, [("a",)]),
        (Not(A), [("a",)]),
        (Uses(A), [("a",)]),
        (All((A, YES, B)), [("a", "b")]),
        (All((A, A)), [("a",)]),
        (Any((A, NO, B)), [("a",), ("b",)]),
        (Any((All((A, B)), C)), [("c",), ("a", "b")]),
        (Any((All((A, NO)), B)), [("b",)]),
        (All((Any((A, YES)), B)), [("b",)]),
        (All((Any((A, B)), C)), [("a", "c"), ("b", "c")]),
        (All((Any((A, B)), Any((C, D)))), [("a", "c"), ("b", "c"), ("a", "d")]),
        (Not(Any((A, All((B, C))))), [("a",), ("b", "c")]),
    ],
)
def test_what_would_settle_an_unknown_comes_by_the_fewest_facts_first(
    condition: Condition, missing: list[tuple[str, ...]]
) -> None:
    assert routes(condition, answer) == missing


def test_routes_of_several_conditions_are_joined_as_those_of_conjuncts() -> None:
    assert join_routes([[], [("a",), ("b", "c")], [("d",)]]) == [("a", "d"), ("b", "c", "d")]
    assert join_routes([[], []]) == []
    assert join_routes([]) == []


@pytest.mark.parametrize(
    ("condition", "decided"),
    [
        (YES, ["yes"]),
        (A, []),
        (All((YES, YES_TOO)), ["yes", "yes too"]),
        (All((YES, NO, A, NO_TOO)), ["no", "no too"]),
        (All((YES, A)), ["yes"]),
        (Any((NO, YES, YES_TOO, A)), ["yes", "yes too"]),
        (Any((NO, NO_TOO)), ["no", "no too"]),
        (Any((NO, A)), []),
        (Not(All((YES, NO))), ["no"]),
        (Uses(Any((NO, YES))), ["yes"]),
        (All((YES, Any((A, All((YES_TOO, A)))))), ["yes", "yes too"]),
    ],
)
def test_a_truth_rests_on_the_settled_tests_that_make_it(condition: Condition, decided: list[str]) -> None:
    assert [test.fact for test in support(condition, answer)] == decided
