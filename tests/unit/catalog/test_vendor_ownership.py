"""Edges hold from their first day until the day before their last, and days in doubt are edges of their own."""

from __future__ import annotations

from datetime import date

import pytest

from telvet.catalog.vendor_ownership import read_ownership
from telvet.catalog.vendor_rows import RegisterFiles
from telvet.model.organisation import Organisation, Ownership
from telvet.model.status import Grade

HEADER = "owner,asset,percentage,role,start_date,end_date,source,grade\n"
KNOWN = {one: Organisation(one, one, None, None, "made up", Grade.VERIFIED) for one in ("owner", "asset")}


def read(*rows: str) -> tuple[tuple[Ownership, ...], list[str]]:
    files = RegisterFiles("vendors", {"ownership.csv": (HEADER + "\n".join(rows) + "\n").encode()})
    edges = read_ownership(files, KNOWN)
    return edges, [fault.code for fault in files.faults]


def days(edges: tuple[Ownership, ...]) -> list[tuple[float | None, date | None, date | None]]:
    return [(edge.percentage, edge.start_date, edge.end_date) for edge in edges]


def test_days_that_are_sure_give_one_edge() -> None:
    edges, faults = read("owner,asset,100,owns,2010-01-01,2020-11-17,source,verified")
    assert days(edges) == [(100, date(2010, 1, 1), date(2020, 11, 17))]
    assert not faults


def test_an_end_known_to_the_month_leaves_that_month_in_doubt() -> None:
    edges, _ = read("owner,asset,100,owns,,2020-11,source,verified")
    assert days(edges) == [(100, None, date(2020, 11, 1)), (None, date(2020, 11, 1), date(2020, 11, 30))]
    assert (edges[1].role, edges[1].grade) == ("owns", Grade.UNVERIFIED)
    assert edges[1].source == "source; the day lies in 2020-11-01/2020-11-30"


def test_a_start_known_to_the_year_leaves_that_year_in_doubt() -> None:
    edges, _ = read("owner,asset,,controls,2016,,source,secondary")
    assert [(edge.role, edge.start_date, edge.end_date) for edge in edges] == [
        ("owns", date(2016, 1, 1), date(2016, 12, 31)),
        ("controls", date(2016, 12, 31), None),
    ]


def test_spans_that_meet_leave_no_sure_day() -> None:
    edges, _ = read("owner,asset,51,owns,2016,2016,source,secondary")
    assert [edge.percentage for edge in edges] == [None]


def test_a_supplier_has_no_days_in_doubt() -> None:
    edges, _ = read("owner,asset,,supplies,,2018,source,secondary")
    assert days(edges) == [(None, None, date(2018, 1, 1))]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("nobody,asset,51,owns,,,source,verified", "unknown-id"),
        ("owner,nobody,51,owns,,,source,verified", "unknown-id"),
        ("owner,owner,51,owns,,,source,verified", "owns-itself"),
        ("owner,asset,151,owns,,,source,verified", "bad-percentage"),
        ("owner,asset,51,likes,,,source,verified", "unknown-code"),
        ("owner,asset,51,owns,,,source,sure", "unknown-code"),
        ("owner,asset,51,owns,,,,verified", "empty-cell"),
        ("owner,asset,51,owns,2020,2019,source,verified", "bad-date"),
        ("owner,asset,51,owns,1.1.2020,,source,verified", "bad-date"),
    ],
)
def test_a_faulty_row_is_noted_and_left_out(row: str, code: str) -> None:
    edges, faults = read(row, "owner,asset,100,owns,,,source,verified")
    assert len(edges) == 1
    assert faults == [code]
