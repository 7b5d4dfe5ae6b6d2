# ruff: noqa: DTZ001 - a spreadsheet knows no zone
from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from telvet.errors import InventoryError
from telvet.inventory.reading import Inventory
from telvet.inventory.sources.xlsx import cell_text

Read = Callable[..., Inventory]
Rows = Callable[[Inventory], list[dict[str, Any]]]


def workbook(*rows: list[Any], more: dict[str, list[list[Any]]] | None = None, mac: bool = False) -> bytes:
    book = openpyxl.Workbook()
    if mac:
        book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for name, others in (more or {}).items():
        other = book.create_sheet(name)
        for row in others:
            other.append(row)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("mac", [False, True])
def test_rows_keep_their_numbers_and_dates_are_dates(read: Read, rows: Rows, mac: bool) -> None:
    content = workbook(
        ["id", "vendor", "installed", "pen", "bands", "sanctions affected"],
        [1, "Acme", date(2020, 4, 3), 2011, 3500.0, True],
        [],
        ["b", " Acme ", datetime(2020, 4, 3, 23, 30), None, "700;3.5 GHz", "no"],
        mac=mac,
    )
    inventory = read({"kit.xlsx": content})
    assert rows(inventory) == [
        {"id": "1", "manufacturer": "Acme", "installed_on": "2020-04-03", "vendor_id": "2011", "bands": "3500",
         "us_sanctions_affected": "yes", "origin_file": "kit.xlsx", "origin_row": 2},
        {"id": "b", "manufacturer": "Acme", "installed_on": "2020-04-03", "bands": "700;3500",
         "us_sanctions_affected": "no", "origin_file": "kit.xlsx", "origin_row": 4},
    ]  # fmt: skip
    assert inventory.files[0].format == "xlsx"


def test_a_day_number_in_a_cell_that_is_no_date_is_refused(read: Read) -> None:
    inventory = read({"kit.xlsx": workbook(["id", "vendor", "installed"], ["a", "Acme", 43924])})
    assert "day number" in inventory.faults[0].what


def test_a_header_below_blank_rows_is_found(read: Read, rows: Rows) -> None:
    inventory = read({"kit.xlsx": workbook([], [], ["id", "vendor"], ["a", "Acme"])})
    assert rows(inventory)[0]["origin_row"] == 4
    assert any("row 3" in note for note in inventory.notes)


def test_the_first_sheet_with_cells_is_read_unless_one_is_named(read: Read, rows: Rows) -> None:
    content = workbook(more={"Kit": [["id", "vendor"], ["a", "Acme"]], "Old": [["id", "vendor"], ["z", "Acme"]]})
    first = read({"kit.xlsx": content})
    assert [row["id"] for row in rows(first)] == ["a"]
    assert any("'Kit'" in note for note in first.notes)
    assert [row["id"] for row in rows(read({"kit.xlsx": content}, sheet="Old"))] == ["z"]
    with pytest.raises(InventoryError) as caught:
        read({"kit.xlsx": content}, sheet="Kitt")
    assert caught.value.faults[0].fix == "did you mean 'Kit'?"


def test_a_formula_without_a_computed_value_is_a_fault_of_its_row(read: Read, rows: Rows) -> None:
    inventory = read({"kit.xlsx": workbook(["id", "vendor"], ["a", "Acme"], ["b", '=CONCAT("A","B")'])})
    assert [row["id"] for row in rows(inventory)] == ["a"]
    assert [(fault.record, fault.code) for fault in inventory.faults] == [(3, "formula")]
    assert "B3" in inventory.faults[0].what
    assert inventory.notes == ()


def test_a_formula_in_a_column_that_is_not_read_spoils_nothing(read: Read, rows: Rows) -> None:
    content = workbook(["price", "id", "vendor"], ["=1+1", "a", "Acme"], ["=2+2", "b", "=A1"])
    inventory = read({"kit.xlsx": content})
    assert [row["id"] for row in rows(inventory)] == ["a"]
    assert [fault.what for fault in inventory.faults] == ["the formula in C3 has no computed value"]


@pytest.mark.parametrize("content", [workbook(), workbook(["", None])])
def test_a_workbook_without_cells_is_an_error(read: Read, content: bytes) -> None:
    with pytest.raises(InventoryError) as caught:
        read({"kit.xlsx": content})
    assert caught.value.code == "empty"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("x", "x"), (True, "yes"), (12.0, "12"), (12.5, "12.5"), (1e20, "100000000000000000000"), (3, "3"),
        (date(2020, 4, 3), "2020-04-03"), (datetime(2020, 4, 3), "2020-04-03"), (datetime(2020, 4, 3, 1), "2020-04-03 01:00:00"),
        (time(1, 2), "01:02:00"), (timedelta(hours=1), "1:00:00"), (float("inf"), "inf"),
    ],
)  # fmt: skip
def test_a_cell_is_written_as_text(cell: Any, text: str) -> None:
    assert cell_text(cell) == text
