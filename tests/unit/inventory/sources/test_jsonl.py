from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from telvet.errors import InventoryError
from telvet.inventory.reading import Inventory

Read = Callable[..., Inventory]
Rows = Callable[[Inventory], list[dict[str, Any]]]


def test_each_line_is_a_row_with_its_line_number(read: Read, rows: Rows) -> None:
    inventory = read({"kit.jsonl": '{"id": 1, "vendor": "Acme"}\n\n{"id": "b", "vendor": null, "lat": 51.5}\n'})
    assert [(row["id"], row["origin_row"]) for row in rows(inventory)] == [("1", 1), ("b", 3)]
    assert rows(inventory)[1]["latitude"] == 51.5
    assert inventory.files[0].format == "jsonl"


def test_nested_names_are_joined_by_dots_and_lists_by_semicolons(read: Read, rows: Rows) -> None:
    device = {
        "id": 7,
        "device_type": {"manufacturer": {"name": "Acme, Ltd"}, "model": "M1"},
        "role": {"name": "OLT"},
        "status": {"value": "active", "label": "Active"},
        "tags": ["b", "a"],
        "a/b~c": {"d": 1},
    }
    inventory = read({"kit.json": json.dumps({"count": 1, "next": None, "results": [device]})})
    row = rows(inventory)[0]
    assert (row["manufacturer"], row["model"], row["function"], row["lifecycle"], row["tags"]) == (
        "Acme, Ltd",
        "M1",
        "fixed.olt",
        "live",
        "a;b",
    )
    assert "a/b~c.d" in inventory.raw_headers["kit.json"]


def test_the_objects_of_an_array_are_counted_from_one(read: Read, rows: Rows) -> None:
    inventory = read({"kit.json": '[{"id": "a", "vendor": "x"},\n\n {"id": "b", "vendor": "y"}]'})
    assert [(row["id"], row["origin_row"]) for row in rows(inventory)] == [("a", 1), ("b", 2)]
    assert inventory.files[0].format == "json"


def test_a_single_pretty_object_is_one_row(read: Read, rows: Rows) -> None:
    assert rows(read({"kit.json": json.dumps({"id": "a", "vendor": "Acme"}, indent=2)}))[0]["origin_row"] == 1


def test_a_line_that_is_no_object_is_set_aside_alone(read: Read, rows: Rows) -> None:
    inventory = read(
        {
            "kit.jsonl": '{"id": "a", "vendor": "x"}\nnot json\n[1]\n{"id": "b", "vendor": "x"}\n{"id": "c", "vendor": "x"}\n'
        }
    )
    assert [row["id"] for row in rows(inventory)] == ["a", "b", "c"]
    assert [(fault.record, fault.code, fault.value) for fault in inventory.faults] == [
        (2, "not-an-object", "not json"),
        (3, "not-an-object", "[1]"),
    ]
    assert inventory.rows_in == 5


def test_a_mixed_column_is_read_as_text(read: Read, rows: Rows) -> None:
    inventory = read(
        {"kit.jsonl": '{"id": "a", "vendor": "x", "tags": "one"}\n{"id": "b", "vendor": "x", "tags": ["p", "q"]}\n'}
    )
    assert [row["tags"] for row in rows(inventory)] == ["one", "p;q"]


def test_utf16_and_a_byte_order_mark_are_read(read: Read, rows: Rows) -> None:
    text = '{"id": "é", "vendor": "x"}\n'
    assert rows(read({"kit.jsonl": text.encode("utf-16")}))[0]["id"] == "é"
    assert rows(read({"kit.jsonl": text.encode("utf-8-sig")}))[0]["id"] == "é"


@pytest.mark.parametrize(
    ("name", "content", "record"),
    [
        ("a.json", b'{\n"id": 1,\n"vendor" 2}', 3),
        ("a.json", b'[{"id": 1},', None),
        ("a.jsonl", b'{"id": 1, "vendor": "x"}\n{"id": "' + b"x" * 5_000_000 + b'"}\n', 2),
        ("a.json", b"[]", None),
        ("a.json", b"{}", None),
        ("a.json", b'{"a":' * 5000, None),
    ],
)
def test_bad_json_is_one_clear_error(read: Read, name: str, content: bytes, record: int | None) -> None:
    with pytest.raises(InventoryError) as caught:
        read({name: content})
    assert caught.value.faults[0].record == record


def test_of_lines_that_are_mostly_no_objects_the_first_is_named(read: Read) -> None:
    with pytest.raises(InventoryError) as caught:
        read({"kit.jsonl": '{"id": "a"}\n\n{"id": "b"}\n[1, 2]\nno json\n'})
    [fault] = caught.value.faults
    assert (fault.record, fault.what) == (4, "this is not JSON: the line holds no object")


def test_an_object_without_end_is_told_in_our_words(read: Read) -> None:
    with pytest.raises(InventoryError) as caught:
        read({"kit.json": '[{"id": "1", "vendor": "' + "x" * 17 * 1024 * 1024 + '"}]'})
    assert caught.value.faults[0].what == "an object is too long"
    assert caught.value.code == "long-record"
