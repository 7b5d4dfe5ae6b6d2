from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telvet.catalog.headers import read_headers
from telvet.inventory.cell_fault import CellFault
from telvet.inventory.dates import canonical_date, settle_day_first

MONTHS = read_headers().months
DAYS = st.dates(min_value=date(1970, 1, 1), max_value=date(2100, 12, 31))
SPELLINGS = (
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y%m%d",
    "%d.%m.%Y",
    "%d %b %Y",
    "%d-%b-%Y",
    "%B %d, %Y",
    "%Y-%m-%dT%H:%M:%SZ",
    "%d. %B %Y",
)


def code_of(text: str, *, day_first: bool | None = None) -> str:
    with pytest.raises(CellFault) as caught:
        canonical_date(text, MONTHS, day_first=day_first)
    return caught.value.code


@given(DAYS, st.sampled_from(SPELLINGS))
def test_a_day_in_any_unambiguous_spelling_comes_back_as_itself(day: date, spelling: str) -> None:
    assert canonical_date(day.strftime(spelling).replace("%Y", str(day.year)), MONTHS) == day.isoformat()


@given(DAYS, st.booleans())
def test_a_settled_column_reads_every_day_back(day: date, day_first: bool) -> None:
    text = day.strftime("%d/%m/%Y" if day_first else "%m/%d/%Y")
    assert canonical_date(text, MONTHS, day_first=day_first) == day.isoformat()


@given(DAYS)
def test_an_unsettled_day_is_right_or_refused_never_wrong(day: date) -> None:
    text = day.strftime("%d/%m/%Y")
    if day.day > 12 or day.day == day.month:
        assert canonical_date(text, MONTHS) == day.isoformat()
    else:
        assert code_of(text) == "ambiguous-date"


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("April 2020", "2020-04"),
        ("2019-10", "2019-10"),
        ("10/2019", "2019-10"),
        ("2019Q3", "2019Q3"),
        ("2019-Q3", "2019Q3"),
        ("Q3 2019", "2019Q3"),
        ("3Q2019", "2019Q3"),
        ("2019", "2019"),
        ("3. März 2020", "2020-03-03"),
        ("3 de abril de 2020", "2020-04-03"),
        ("1er août 2021", "2021-08-01"),
        ("4/13/2020 1:30 PM", "2020-04-13"),
        ("13/04/2020", "2020-04-13"),
        ("05/05/2020", "2020-05-05"),
        ("2020-04-03 00:00:00.000", "2020-04-03"),
        ("2020-04-03T23:59:59+02:00", "2020-04-03"),
        ("2020-04-03 23:59:59.845819+00", "2020-04-03"),
    ],
)
def test_usual_spellings_are_read(text: str, canonical: str) -> None:
    assert canonical_date(text, MONTHS) == canonical


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2020-02-30", "impossible-date"),
        ("31.04.2020", "impossible-date"),
        ("2020-13", "impossible-date"),
        ("0201-01-01", "date-range"),
        ("2999-01-01", "date-range"),
        ("1969", "date-range"),
        ("03/04/2020", "ambiguous-date"),
        ("3/4/20", "short-year"),
        ("43567", "not-a-date"),
        ("soon", "not-a-date"),
    ],
)
def test_what_is_no_date_is_refused(text: str, code: str) -> None:
    assert code_of(text) == code


def test_a_columns_other_cells_settle_the_order() -> None:
    assert settle_day_first(["03/04/2020", "25/12/2019"]) is True
    assert settle_day_first(["03/04/2020", "12/25/2019 10:00"]) is False


def test_a_column_that_disagrees_with_itself_settles_nothing() -> None:
    assert settle_day_first(["25/12/2019", "12/25/2019"]) is None
    assert settle_day_first(["03/04/2020", "2020-01-01"]) is None
