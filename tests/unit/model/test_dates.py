from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telvet.model.dates import Duration, Span, brief_span, read_day, read_span, show_span
from telvet.model.truth import Truth


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2019-10-03", "2019-10-03", "2019-10-03"),
        ("2019-10", "2019-10-01", "2019-10-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2019Q1", "2019-01-01", "2019-03-31"),
        ("2019-Q4", "2019-10-01", "2019-12-31"),
        ("2019", "2019-01-01", "2019-12-31"),
    ],
)
def test_less_than_a_day_is_a_span(text: str, first: str, last: str) -> None:
    assert read_span(text) == Span(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("text", ["", "03/04/2020", "2019-13", "2019-02-30", "20191003", "2019Q5", " 2019", "٢٠١٩-13"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_span(text)


def test_a_day_is_a_day_and_nothing_else() -> None:
    assert read_day("2019-10-03") == date(2019, 10, 3)
    with pytest.raises(ValueError, match="not a day"):
        read_day("2019-10")


@pytest.mark.parametrize(
    ("day", "after", "before"),
    [
        ("2019-09-30", Truth.TRUE, Truth.FALSE),
        ("2019-10-01", Truth.TRUE, Truth.UNKNOWN),
        ("2019-10-15", Truth.UNKNOWN, Truth.UNKNOWN),
        ("2019-10-31", Truth.UNKNOWN, Truth.TRUE),
        ("2019-11-01", Truth.FALSE, Truth.TRUE),
    ],
)
def test_a_span_is_after_or_before_a_day_if_all_of_it_is(day: str, after: Truth, before: Truth) -> None:
    span = read_span("2019-10")
    assert (span.on_or_after(date.fromisoformat(day)), span.on_or_before(date.fromisoformat(day))) == (after, before)


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        ("2020-01-31", Duration(months=1), "2020-02-29"),
        ("2020-02-29", Duration(years=1), "2021-02-28"),
        ("2019-11-30", Duration(months=3), "2020-02-29"),
        ("2020-12-31", Duration(days=1), "2021-01-01"),
        ("2020-01-31", Duration(years=1, months=1, days=1), "2021-03-01"),
    ],
)
def test_a_month_ends_on_its_last_day_where_the_day_is_missing(start: str, length: Duration, end: str) -> None:
    assert length.after(date.fromisoformat(start)) == date.fromisoformat(end)


@given(st.dates(date(1970, 1, 1), date(2100, 12, 31)))
def test_a_day_is_read_as_it_is_shown(day: date) -> None:
    assert read_span(show_span(Span(day, day))) == Span(day, day)


def test_a_span_is_shown_by_its_ends() -> None:
    assert show_span(read_span("2019-10")) == "2019-10-01/2019-10-31"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2019-10-03", "2019-10-03"), ("2019-10", "2019-10"), ("2020-02", "2020-02"), ("2019", "2019"),
        ("2019Q4", "2019-10/2019-12"), ("9999-12-31", "9999-12-31"), ("9999-12", "9999-12"), ("9999", "9999"),
        ("0001", "0001"), ("0001-01-01", "0001-01-01"),
    ],
)  # fmt: skip
def test_a_span_is_shown_in_brief_as_the_day_month_or_year_that_it_is(text: str, shown: str) -> None:
    assert brief_span(read_span(text)) == shown


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        ("2019-01-01", "2020-12-31", "2019/2020"),
        ("2019-02-01", "2020-12-31", "2019-02/2020-12"),
        ("2019-02-01", "2019-02-27", "2019-02-01/2019-02-27"),
        ("2020-02-01", "2020-02-28", "2020-02-01/2020-02-28"),
        ("2019-02-02", "2019-02-28", "2019-02-02/2019-02-28"),
        ("2019-01-01", "2019-01-01", "2019-01-01"),
    ],
)
def test_other_spans_are_shown_in_brief_by_their_ends(first: str, last: str, shown: str) -> None:
    assert brief_span(Span(date.fromisoformat(first), date.fromisoformat(last))) == shown


@given(st.dates(), st.dates())
def test_what_is_shown_in_brief_stands_for_the_same_days(one: date, other: date) -> None:
    first, last = sorted((one, other))
    ends = [read_span(end) for end in brief_span(Span(first, last)).split("/")]
    assert (ends[0].first, ends[-1].last) == (first, last)
