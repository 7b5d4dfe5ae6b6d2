"""Rows come back sound, and every fault is noted."""

from __future__ import annotations

from datetime import date

import pytest

from telvet.catalog.vendor_rows import RegisterFiles, Row
from telvet.model.dates import Span

COLUMNS = ("a", "b")


def files(text: str | bytes) -> RegisterFiles:
    return RegisterFiles("vendors", {"t.csv": text if isinstance(text, bytes) else text.encode()})


def row(a: str, b: str = "") -> Row:
    return Row("vendors/t.csv", 2, {"a": a, "b": b})


def codes(read: RegisterFiles) -> list[str]:
    return [fault.code for fault in read.faults]


def test_a_record_is_numbered_as_a_spreadsheet_shows_it() -> None:
    assert [(one.record, one.cells["b"]) for one in files("a,b\n1,2\n3,4\n").rows("t.csv", COLUMNS)] == [
        (2, "2"),
        (3, "4"),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [("a,c\n1,2\n", "wrong-header"), ("", "wrong-header"), (b"\xff\xfe", "not-utf-8"), ("a,b\n1\n", "wrong-width")],
)
def test_a_file_that_is_not_the_table_is_a_fault(text: str | bytes, code: str) -> None:
    read = files(text)
    assert list(read.rows("t.csv", COLUMNS)) == []
    assert codes(read) == [code]


def test_a_missing_file_is_a_fault() -> None:
    read = files("")
    assert list(read.rows("other.csv", COLUMNS)) == []
    assert codes(read) == ["missing-file"]


@pytest.mark.parametrize(
    ("cell", "span"),
    [
        ("", None),
        ("2020-11-17", Span(date(2020, 11, 17), date(2020, 11, 17))),
        ("2020-11", Span(date(2020, 11, 1), date(2020, 11, 30))),
        ("2020-11/2021", Span(date(2020, 11, 1), date(2021, 12, 31))),
    ],
)
def test_a_date_may_be_as_wide_as_the_source(cell: str, span: Span | None) -> None:
    read = files("")
    assert read.span(row(cell), "a") == span
    assert codes(read) == []


@pytest.mark.parametrize("cell", ["17.11.2020", "2020-13", "2021/2020", "x/2020"])
def test_a_date_that_cannot_be_read_is_a_fault(cell: str) -> None:
    read = files("")
    read.span(row(cell), "a")
    assert codes(read) == ["bad-date"]


def test_days_that_run_backwards_are_a_fault() -> None:
    read = files("")
    read.days(row("2021", "2020"), "a", "b")
    assert codes(read) == ["bad-date"]


@pytest.mark.parametrize("cell", ["0", "-1", "100.5", "half", "nan"])
def test_a_share_is_a_percentage(cell: str) -> None:
    read = files("")
    assert read.share(row(cell), "a") is None
    assert codes(read) == ["bad-percentage"]


def test_checks_note_what_is_wrong_and_pass_what_is_right() -> None:
    read = files("")
    assert read.filled(row("x", "y"), "a", "b")
    assert read.one_of(row("x"), "a", ("x",))
    assert read.known(row("x"), "a", {"x": 1})
    assert read.share(row("51"), "a") == 51
    assert not read.faults
    assert not read.filled(row("x", " "), "a", "b")
    assert not read.one_of(row("z"), "a", ("x",))
    assert not read.known(row("z"), "a", {"x": 1})
    assert codes(read) == ["empty-cell", "unknown-code", "unknown-id"]
