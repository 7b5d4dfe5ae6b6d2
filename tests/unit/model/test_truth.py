from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telvet.model.truth import Truth, all_of, any_of, negate, over_candidates

T, U, F = Truth.TRUE, Truth.UNKNOWN, Truth.FALSE
TRUTHS = st.lists(st.sampled_from(Truth), max_size=5)


@pytest.mark.parametrize(
    ("a", "b", "both", "either"),
    [(T, T, T, T), (T, U, U, T), (T, F, F, T), (U, U, U, U), (U, F, F, U), (F, F, F, F)],
)
def test_kleenes_tables(a: Truth, b: Truth, both: Truth, either: Truth) -> None:
    assert all_of([a, b]) is all_of([b, a]) is both
    assert any_of([a, b]) is any_of([b, a]) is either


def test_all_of_nothing_is_true_and_any_of_nothing_is_false() -> None:
    assert (all_of([]), any_of([])) == (T, F)


@given(TRUTHS)
def test_de_morgan(parts: list[Truth]) -> None:
    assert negate(all_of(parts)) is any_of(map(negate, parts))


@given(TRUTHS)
def test_order_and_repetition_do_not_matter(parts: list[Truth]) -> None:
    assert all_of(parts) is all_of([*reversed(parts), *parts])
    assert any_of(parts) is any_of([*reversed(parts), *parts])


@pytest.mark.parametrize(("parts", "expected"), [([T, T], T), ([F], F), ([T, F], U), ([T, U], U), ([F, U], U), ([], U)])
def test_a_disputed_fact_needs_all_its_candidates(parts: list[Truth], expected: Truth) -> None:
    assert over_candidates(parts) is expected


def test_a_bool_becomes_a_truth() -> None:
    assert (Truth.of(True), Truth.of(False)) == (T, F)
