"""The table of spec/semantics.md, section 3, row by row."""

from __future__ import annotations

from datetime import date

import pytest

from telvet.model.condition import Operand, Test
from telvet.model.dates import Span, read_span
from telvet.model.facts import Dated, Fact, Maker, Members, Quantity, Single
from telvet.model.truth import Truth
from telvet.rules.ask import ask

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN


class Book:
    """Answers as told, and notes what it was asked."""

    def __init__(self, designated: Truth = U, members: frozenset[str] = frozenset()) -> None:
        self.says, self.members = designated, members
        self.asked: list[tuple[str, ...]] = []

    def designated(self, maker: Maker, designations: tuple[str, ...]) -> Truth:
        del maker
        self.asked.append(designations)
        return self.says

    def member(self, country: str, union: str) -> Truth:
        self.asked.append((country, union))
        return Truth.of(country in self.members)


def told(operator: str, operand: Operand, fact: Fact | None) -> Truth:
    return ask(Test("equipment.some_fact", operator, operand), fact, Book())


def listed(*stated: str, denied: tuple[str, ...] = (), complete: bool = True) -> Members:
    return Members(frozenset(stated), frozenset(denied), complete)


@pytest.mark.parametrize(
    ("operator", "operand", "candidates", "answer"),
    [
        ("is", "a", ("a",), T),
        ("is", "a", ("b",), F),
        ("is", "a", (), U),
        ("any of", ("a", "b"), ("b",), T),
        ("any of", ("a", "b"), ("c",), F),
        ("any of", ("a", "b"), (), U),
        ("is", "a", ("a", "a"), T),
        ("is", "a", ("a", "b"), U),
        ("is", "a", ("b", "c"), F),
        ("any of", ("a", "b"), ("a", "b"), T),
    ],
)
def test_a_single_value_is_asked_what_it_is(
    operator: str, operand: Operand, candidates: tuple[str, ...], answer: Truth
) -> None:
    assert told(operator, operand, Single(candidates)) is answer


@pytest.mark.parametrize(
    ("operator", "operand", "fact", "answer"),
    [
        ("is", "x", listed("x", "y"), T),
        ("has", "x", listed("y"), F),
        ("has", "x", listed("y", complete=False), U),
        ("has", "x", listed("y", denied=("x",), complete=False), F),
        ("has", "x", Members(), U),
        ("has", "x", listed(), F),
        ("any of", ("x", "y"), listed("y", complete=False), T),
        ("any of", ("x", "y"), listed("z"), F),
        ("any of", ("x", "y"), listed("z", denied=("x",), complete=False), U),
        ("any of", ("x", "y"), listed(denied=("x", "y"), complete=False), F),
        ("all of", ("x", "y"), listed("x", "y", "z"), T),
        ("all of", ("x", "y"), listed("x"), F),
        ("all of", ("x", "y"), listed("x", complete=False), U),
        ("all of", ("x", "y"), listed(denied=("y",), complete=False), F),
        ("denies", "x", listed("x"), F),
        ("denies", "x", listed("y"), T),
        ("denies", "x", listed("y", complete=False), U),
        ("denies", "x", listed(denied=("x",), complete=False), T),
        ("permits", "acme/5G", listed("acme/5G", complete=False), T),
        ("permits", "acme/5G", listed(denied=("acme/5G",), complete=False), F),
        ("permits", "acme/5G", listed("acme/4G", complete=False), U),
        ("deploys", "acme/5G", listed("acme/5G", complete=False), T),
        ("deploys", "acme/5G", listed(denied=("acme/5G",), complete=False), F),
        ("deploys", "acme", listed(complete=False), U),
    ],
)
def test_a_list_is_asked_for_its_members(operator: str, operand: Operand, fact: Members, answer: Truth) -> None:
    assert told(operator, operand, fact) is answer


@pytest.mark.parametrize(
    ("fact", "answer"),
    [
        (listed("3400"), T),
        (listed("3800"), T),
        (listed("3399.9"), F),
        (listed("3800.5", "700"), F),
        (listed("700", "3500"), T),
        (listed("2300"), T),
        (listed(), F),
        (Members(), U),
    ],
)
def test_both_ends_of_a_range_belong_to_it(fact: Members, answer: Truth) -> None:
    assert told("between", ((3400.0, 3800.0), (2300.0, 2300.0)), fact) is answer


@pytest.mark.parametrize(
    ("operator", "at_limit", "over", "under"),
    [("at least", T, T, F), ("at most", T, F, T), ("above", F, T, F), ("below", F, F, T)],
)
def test_a_quantity_is_compared_with_a_limit(operator: str, at_limit: Truth, over: Truth, under: Truth) -> None:
    answers = [told(operator, 1000.0, Quantity(value)) for value in (1000, 1000.5, 999.5, None)]
    assert answers == [at_limit, over, under, U]


@pytest.mark.parametrize(
    ("operator", "span", "answer"),
    [
        ("on or after", "2020-03-01", T),
        ("on or after", "2020-02-29", F),
        ("on or after", "2020-03", T),
        ("on or after", "2020", U),
        ("on or after", "2019", F),
        ("on or before", "2020-03-01", T),
        ("on or before", "2020-03-02", F),
        ("on or before", "2020-02", T),
        ("on or before", "2020-03", U),
        ("on or before", "2020Q2", F),
    ],
)
def test_a_date_counts_with_every_day_it_may_be(operator: str, span: str, answer: Truth) -> None:
    assert told(operator, date(2020, 3, 1), Dated(read_span(span))) is answer


def test_a_date_that_is_not_known_is_unknown_and_one_that_never_was_is_false() -> None:
    assert told("on or after", date(2020, 3, 1), Dated()) is U
    assert told("on or after", date(2020, 3, 1), Dated(never=True)) is F


def test_a_maker_is_put_to_the_designations_that_the_test_names() -> None:
    book = Book(T)
    assert ask(Test("equipment.vendor", "designated", ("p#a", "p#b")), Maker(), book) is T
    assert ask(Test("equipment.vendor", "designated", "p#a"), Maker(), book) is T
    assert book.asked == [("p#a", "p#b"), ("p#a",)]


def test_a_country_is_looked_up_in_a_union() -> None:
    book = Book(members=frozenset({"XAA"}))
    within = Test("equipment.country", "member of", "XU")
    assert ask(within, Single(("XAA",)), book) is T
    assert ask(within, Single(("XBB",)), book) is F
    assert ask(within, Single(("XAA", "XBB")), book) is U
    assert book.asked[0] == ("XAA", "XU")


@pytest.mark.parametrize(
    ("operator", "operand", "fact"),
    [
        ("is", "a", None),
        ("is", "a", Maker()),
        ("designated", ("p#a",), Single(("a",))),
        ("between", ((1.0, 2.0),), Single(("a",))),
        ("member of", "XU", listed("XAA")),
        ("between", ((1.0, 2.0),), Dated(Span(date(2020, 1, 1), date(2020, 1, 1)))),
        ("on or after", "2020", Dated(Span(date(2020, 1, 1), date(2020, 1, 1)))),
        ("is", "a", Quantity(1.0)),
        ("has", 1.0, Quantity(1.0)),
    ],
)
def test_a_question_that_does_not_fit_the_fact_is_unknown_and_never_true_or_false(
    operator: str, operand: Operand, fact: Fact | None
) -> None:
    assert told(operator, operand, fact) is U


@pytest.mark.parametrize(
    ("candidates", "answer"),
    [
        (("acme=banned",), T),
        (("acme=permitted",), F),
        ((), U),
        (("acme=banned", "acme=restricted"), T),
        (("acme=banned", "acme=permitted"), U),
    ],
)
def test_a_position_is_one_of_those_asked_for(candidates: tuple[str, ...], answer: Truth) -> None:
    assert told("position", ("acme=banned", "acme=restricted"), Single(candidates)) is answer
