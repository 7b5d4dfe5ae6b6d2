from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telvet.evidence.statements.when import read_when
from telvet.model.evidence import When


def when(first: str | None, last: str | None) -> When:
    return When(*(date.fromisoformat(day) if day else None for day in (first, last)))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2019-01-28", "2019-01-28", "2019-01-28"),
        (" 2018-12 ", "2018-12-01", "2018-12-31"),
        ("2019Q3", "2019-07-01", "2019-09-30"),
        ("2019", "2019-01-01", "2019-12-31"),
        ("2012/..", "2012-01-01", "2012-12-31"),
        ("2012/", "2012-01-01", "2012-12-31"),
        ("2018-12-05 / ..", "2018-12-05", "2018-12-05"),
        ("../2019", None, "2019-12-31"),
        ("/2019-02", None, "2019-02-28"),
        ("2018-11/2019-02", "2018-11-01", "2019-02-28"),
        ("2018-11-01/2018-11-29", "2018-11-01", "2018-11-29"),
        ("2019-01-28/2019-01-28", "2019-01-28", "2019-01-28"),
        ("2019/2019", "2019-01-01", "2019-12-31"),
        ("../..", None, None),
        ("/", None, None),
        ("9999-12", "9999-12-01", "9999-12-31"),
    ],
)
def test_a_date_is_the_days_within_which_it_began(text: str, first: str | None, last: str | None) -> None:
    assert read_when(text) == when(first, last)


@pytest.mark.parametrize(
    "text",
    [
        "", "..", "last week", "2019-13", "2019-02-30", "28/01/2019", "2019-01-28T10:00:00Z", "2019-01-01/P1M", "2019/2018",
        "2019-02/2019-01-31", "2018/2019/2020", "0000", "2019-1", "2019/soon", "soon/2019", "٢٠١٩-13", "2012/...",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_when(text)


@given(st.none() | st.dates(), st.none() | st.dates())
def test_what_is_shown_of_a_date_is_read_as_the_same(one: date | None, other: date | None) -> None:
    first, last = (one, other) if not one or not other or one <= other else (other, one)
    shown = When(first, last).shown()
    assert read_when(shown) == (When(first, last) if last or not first else When(first, first))


@given(st.text(alphabet="0123456789-/.Q ", max_size=16))
def test_whatever_is_written_is_days_in_order_or_no_date(text: str) -> None:
    try:
        read = read_when(text)
    except ValueError:
        return
    assert not read.first or not read.last or read.first <= read.last
    assert read.shown()
