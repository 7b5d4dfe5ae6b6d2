from __future__ import annotations

from datetime import date

import pytest

from telvet.model.condition import All, Any, Not, Test, Uses
from telvet.model.truth import Truth
from telvet.rules.explain import explain, words

MADE = Test("equipment.vendor", "designated", ("xa.toy#acme", "xa.toy#borea"))
FAST = Test("equipment.generation", "is", "5G")
CORE = Test("equipment.function", "any of", ("core.auth", "li"))


def answer(test: Test) -> Truth:
    return {MADE: Truth.TRUE, FAST: Truth.FALSE}.get(test, Truth.UNKNOWN)


@pytest.mark.parametrize(
    ("test", "text"),
    [
        (MADE, "equipment.vendor designated acme, borea"),
        (FAST, "equipment.generation is 5G"),
        (CORE, "equipment.function any of core.auth, li"),
        (
            Test("equipment.bands", "between", ((700.0, 700.0), (3400.0, 3800.5))),
            "equipment.bands between 700 to 700, 3400 to 3800.5",
        ),
        (Test("operator.customers", "above", 1000.0), "operator.customers above 1000"),
        (
            Test("equipment.installed_on", "on or after", date(2020, 1, 2)),
            "equipment.installed_on on or after 2020-01-02",
        ),
        (Test("partner.country.permits", "permits", "acme/5G"), "partner.country.permits permits acme/5G"),
    ],
)
def test_a_test_is_put_into_words(test: Test, text: str) -> None:
    assert words(test) == text


def test_a_tree_shows_how_each_part_came_out() -> None:
    tree = explain(Uses(All((MADE, Any((Not(FAST), CORE))))), answer)
    assert (tree.text, tree.truth, tree.test) == ("the operator uses", Truth.TRUE, None)
    (every,) = tree.parts
    assert (every.text, every.truth) == ("all of", Truth.TRUE)
    made, some = every.parts
    assert (made.test, made.truth) == (MADE, Truth.TRUE)
    assert (some.text, some.truth) == ("any of", Truth.TRUE)
    assert [(part.text, part.truth) for part in some.parts] == [("not", Truth.TRUE), (words(CORE), Truth.UNKNOWN)]
    assert [part.truth for part in some.parts[0].parts] == [Truth.FALSE]


def test_the_tests_of_a_tree_come_in_reading_order() -> None:
    tree = explain(All((CORE, Not(Any((FAST, MADE))))), answer)
    assert [part.test for part in tree.tests()] == [CORE, FAST, MADE]


def test_an_empty_condition_is_a_tree_without_parts() -> None:
    assert explain(All(()), answer).parts == ()
    assert list(explain(All(()), answer).tests()) == []
