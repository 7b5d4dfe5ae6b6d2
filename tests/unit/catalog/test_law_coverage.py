"""For which countries and days all law on vendors is known."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from telvet.catalog.law_coverage import LAW_COVERAGE, Covered, covering, read_law_coverage
from telvet.errors import CatalogError
from telvet.model.status import Grade

HEADER = "country,from,to,grade,source\n"


def written(folder: Path, text: str) -> Path:
    (folder / "countries.csv").write_text("alpha3,alpha2,name,also\nXAA,XA,Aaland,\n", "utf-8")
    (folder / "memberships.csv").write_text("union,country,from,to\n", "utf-8")
    (folder / "unions.csv").write_text("union,name,also,grade,source\n", "utf-8")
    (folder / LAW_COVERAGE).write_text(text, "utf-8")
    return folder


def test_a_row_covers_a_country_from_its_first_day_to_its_last(tmp_path: Path) -> None:
    (row,) = read_law_coverage(written(tmp_path, HEADER + "XAA,2020-01-02,2020-01-03,secondary,a gazette\n"))
    assert row == Covered("XAA", date(2020, 1, 2), date(2020, 1, 3), Grade.SECONDARY, "a gazette", 2)
    assert row.origin == f"catalog/places/{LAW_COVERAGE} record 2: a gazette"
    assert [covering([row], "XAA", date(2020, 1, day)) for day in (1, 2, 3, 4)] == [None, row, row, None]
    assert covering([row], "XBB", date(2020, 1, 2)) is None


def test_either_end_may_be_open(tmp_path: Path) -> None:
    rows = read_law_coverage(written(tmp_path, HEADER + "XAA,,2019-12-31,verified,x\nXAA,2021-01-01,,verified,y\n"))
    assert [covering(rows, "XAA", day) for day in (date.min, date(2020, 6, 1), date.max)] == [rows[0], None, rows[1]]


def test_every_cell_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    text = HEADER + "XYZ,2020,2020-01-01,sure,\nXAA,2020-02-01,2020-01-01,verified,x\n"
    with pytest.raises(CatalogError) as caught:
        read_law_coverage(written(tmp_path, text))
    assert [(fault.record, fault.field, fault.code) for fault in caught.value.faults] == [
        (2, "country", "unknown-country"),
        (2, "source", "empty-cell"),
        (2, "grade", "unknown-code"),
        (2, "from", "not-a-date"),
        (3, "to", "dates-crossed"),
    ]


def test_another_header_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogError) as caught:
        read_law_coverage(written(tmp_path, "country,to\nXAA,\n"))
    assert [fault.code for fault in caught.value.faults] == ["wrong-header"]


@pytest.mark.parametrize(
    ("country", "first", "last"),
    [
        ("GBR", date(2020, 1, 1), date(2022, 10, 12)),
        ("DEU", date(2020, 1, 1), date(2021, 5, 26)),
        ("ARE", date(2020, 1, 1), date(2020, 1, 31)),
    ],
)
def test_what_ships_claims_no_more_than_was_found(country: str, first: date, last: date) -> None:
    rows = [row for row in read_law_coverage() if row.country == country]
    assert [(row.from_, row.to, row.grade) for row in rows] == [(first, last, Grade.SECONDARY)]
    assert read_law_coverage() is read_law_coverage()
