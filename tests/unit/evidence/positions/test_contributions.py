from __future__ import annotations

import pytest

from telvet.catalog.evidence_codes import read_codes
from telvet.catalog.folding import read_folding
from telvet.evidence.positions.contributions import contributions_of, weighed
from telvet.model.evidence import Level, Statement
from tests.unit.evidence.positions.toy_statements import day, said


def told(one: Statement) -> list[tuple[str, ...]]:
    """Return what a statement comes to: scope, kind, leaning, the day before which it did not hold, and its beginning."""
    return [
        (each.scope, each.kind, each.leaning or "", each.first.isoformat(), each.begins.isoformat())
        for each in contributions_of(one, read_codes(), read_folding())
    ]


@pytest.mark.parametrize(
    ("kind", "counts", "way", "comes_to"),
    [
        ("prohibits", "as", "as", ("prohibits", None)),
        ("prohibits", "permission", "as", ("deliberates", "prohibits")),
        ("prohibits", "condition", "as", ("deliberates", "prohibits")),
        ("prohibits", "as", "leaning", ("deliberates", "prohibits")),
        ("prohibits", "nothing", "as", None),
        ("prohibits", "as", "nothing", None),
        ("permits", "permission", "as", ("permits", None)),
        ("permits", "permission", "leaning", ("deliberates", "permits")),
        ("permits", "condition", "as", ("conditions", None)),
        ("permits", "condition", "leaning", ("deliberates", "permits")),
        ("conditions", "condition", "as", ("conditions", None)),
        ("restricts", "condition", "as", ("deliberates", "restricts")),
        ("uses", "as", "as", ("uses", None)),
        ("uses", "permission", "as", ("uses", None)),
        ("uses", "leaning", "as", None),
        ("uses", "as", "leaning", None),
        ("lifts", "as", "as", ("lifts", None)),
        ("lifts", "permission", "as", None),
        ("lifts", "condition", "as", None),
        ("suspends", "leaning", "as", None),
        ("deliberates", "as", "as", ("deliberates", None)),
        ("deliberates", "leaning", "leaning", ("deliberates", None)),
        ("speaks", "as", "as", None),
    ],
)
def test_a_kind_is_weighed_by_modality_and_by_whose_word_it_is(
    kind: str, counts: str, way: str, comes_to: tuple[str, str | None] | None
) -> None:
    assert weighed(kind, counts, way) == comes_to


def test_an_undated_statement_holds_from_the_last_day_on_which_it_may_have_come_out() -> None:
    assert told(said("a", published="2019-06")) == [("all", "prohibits", "", "2019-06-01", "2019-06-30")]


@pytest.mark.parametrize(
    ("when", "first", "begins"),
    [
        ("2019-05-02", "2019-05-02", "2019-05-02"),
        ("2019", "2019-01-01", "2019-06-30"),
        ("/2019-03-01", "2019-03-01", "2019-03-01"),
        ("/2020-03-01", "2019-06-30", "2019-06-30"),
        ("2012-01-01/", "2012-01-01", "2019-06-30"),
        ("/", "2019-06-30", "2019-06-30"),
        ("2019-06-30", "2019-06-30", "2019-06-30"),
    ],
)
def test_what_is_told_as_past_had_begun_when_it_was_published(when: str, first: str, begins: str) -> None:
    assert told(said("a", when=when, published="2019-06")) == [("all", "prohibits", "", first, begins)]


@pytest.mark.parametrize(
    ("when", "first", "begins"),
    [("2020", "2020-01-01", "2020-12-31"), ("2020-02-01/", "2020-02-01", "2020-02-01")],
)
def test_what_lies_ahead_is_deliberated_until_its_day(when: str, first: str, begins: str) -> None:
    assert told(said("a", when=when, published="2019-06")) == [
        ("all", "deliberates", "prohibits", "2019-06-01", "2019-06-30"),
        ("all", "prohibits", "", first, begins),
    ]


def test_a_deliberation_about_what_lies_ahead_stays_one() -> None:
    plan = said("a", modality="planned", when="2020", published="2019-06")
    assert told(plan) == [("all", "deliberates", "prohibits", "2019-06-01", "2019-06-30")]


def test_a_measure_of_several_parts_says_something_of_each() -> None:
    assert [each[:2] for each in told(said("a", "RESTRICTED_NONCORE"))] == [
        ("core", "prohibits"), ("noncore", "restricts"),
    ]  # fmt: skip


@pytest.mark.parametrize("level", [Level.COMPANY, Level.OTHER])
@pytest.mark.parametrize("measure", ["BANNED", "ALLOWED", "IN_USE", "UNDECIDED", "LEGISLATION_REPEALED"])
def test_companies_and_others_decide_nothing(level: Level, measure: str) -> None:
    assert told(said("a", measure, level=level)) == []


@pytest.mark.parametrize("measure", ["ALLEGATION", "DENIAL", "VENDOR_COMMITMENT", "PRESSURE", "WARNING", "CLAIM"])
def test_allegation_denial_and_assurance_decide_nothing(measure: str) -> None:
    assert told(said("a", measure)) == []


def test_it_holds_from_its_beginning_to_the_last_day_named() -> None:
    (one,) = contributions_of(said("a", when="2019-01-01", until="2019-03-31"), read_codes(), read_folding())
    held = [text for text in ("2018-12-31", "2019-01-01", "2019-03-31", "2019-04-01") if one.holds(day(text))]
    assert held == ["2019-01-01", "2019-03-31"]
