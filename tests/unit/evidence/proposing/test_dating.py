from __future__ import annotations

from datetime import date

import pytest

from telvet.evidence.proposing.dating import Dated, dates_in, show
from telvet.model.dates import Span

THURSDAY = Span(date(2020, 1, 9), date(2020, 1, 9))


def shown(text: str, *, ahead: bool = False, published: Span | None = THURSDAY) -> list[str | None]:
    return [show(each.first, each.last) for each in dates_in(text, published, ahead=ahead)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on 28 january 2019", "2019-01-28"), ("on january 28, 2019", "2019-01-28"), ("on the 3rd of may 2018", "2018-05-03"),
        ("2018-12-24", "2018-12-24"), ("in december 2018", "2018-12"), ("in december", "2019-12"), ("in january", "2020-01"),
        ("last month", "2019-12"), ("last year", "2019"), ("in february last year", "2019-02"),
        ("on wednesday", "2020-01-08"), ("on thursday", "2020-01-09"), ("yesterday", "2020-01-08"), ("today", "2020-01-09"),
        ("this week", "2020-01-06/2020-01-12"), ("earlier this week", "2020-01-06/2020-01-09"),
        ("earlier this month", "2020-01-01/2020-01-09"), ("later this month", "2020-01-09/2020-01-31"),
        ("two years ago", "2017-07-01/2018-12-31"), ("three months ago", "2019-09-01/2019-11-30"),
        ("in 2012", "2012"), ("in the third quarter of 2019", "2019-07-01/2019-09-30"),
        ("last december", "2019-12"),
        ("in late 2018", "2018-09-01/2018-12-31"), ("in august 31", "2019-08-31"), ("last autumn", "2019-09-01/2019-12-31"),
    ],
)  # fmt: skip
def test_what_is_past_is_resolved_against_publication(text: str, expected: str) -> None:
    assert shown(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on friday", "2020-01-10"), ("on thursday", "2020-01-09"), ("on wednesday", "2020-01-15"), ("next month", "2020-02"),
        ("in december", "2020-12"), ("next year", "2021"), ("on 1 july", "2020-07-01"), ("this year", "2020"),
    ],
)  # fmt: skip
def test_what_is_ahead_is_the_next_of_its_kind(text: str, expected: str) -> None:
    assert shown(text, ahead=True) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "recently",
        "it may ban",
        "they march on",
        "the 2020 defence spending law",
        "2000 people",
        "a day earlier",
        "in $2018",
    ],
)
def test_what_gives_no_date_gives_none(text: str) -> None:
    assert shown(text) in ([], [None])


@pytest.mark.parametrize(
    "text", ["last month", "on wednesday", "two years ago", "in december", "yesterday", "in recent weeks"]
)
def test_nothing_relative_is_resolved_without_a_day_of_publication(text: str) -> None:
    assert shown(text, published=None) == []


def test_an_absolute_date_needs_no_publication() -> None:
    assert shown("on 28 january 2019", published=None) == ["2019-01-28"]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("by the end of 2026", date(2026, 12, 31)),
        ("no later than 1 july 2027", date(2027, 7, 1)),
        ("until june 2024", date(2024, 6, 30)),
    ],
)
def test_by_when_is_a_deadline(text: str, last: date) -> None:
    (found,) = dates_in(text, THURSDAY, ahead=False)
    assert found.deadline
    assert found.last == last


def test_since_leaves_the_end_open() -> None:
    (found,) = dates_in("since october", THURSDAY, ahead=False)
    assert (found.first, found.last, found.since) == (date(2019, 10, 1), None, True)


def test_recent_weeks_reach_up_to_publication_and_beyond_what_is_sure() -> None:
    (found,) = dates_in("in recent weeks", THURSDAY, ahead=False)
    assert found.first is not None
    assert found.last is not None
    assert found.first <= date(2019, 12, 1)
    assert found.last >= THURSDAY.last


def test_an_uncertain_day_of_publication_widens_what_is_relative() -> None:
    span = Span(date(2020, 1, 1), date(2020, 1, 31))
    assert shown("yesterday", published=span) == ["2019-12-31/2020-01-30"]


def test_a_date_that_does_not_exist_is_none() -> None:
    assert shown("on 31 february 2019", published=None) in ([], ["2019-02"])


def test_dates_are_told_from_left_to_right() -> None:
    found: list[Dated] = dates_in("in 2012 and on 3 may 2018", None, ahead=False)
    assert [each.start for each in found] == sorted(each.start for each in found)
    assert len(found) == 2
