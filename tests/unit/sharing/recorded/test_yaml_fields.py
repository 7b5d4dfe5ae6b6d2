from __future__ import annotations

from typing import Any

import pytest

from telvet.catalog.checked_yaml import CheckedYaml
from telvet.catalog.yaml_reading import Document
from telvet.sharing.recorded.shapes import Shape
from telvet.sharing.recorded.yaml_fields import Fields, is_id

UUID = "8C6AF861-7b20-41ef-9b59-6344fd872a8f"
OBJECT = f"identity--{UUID.lower()}"

GOOD: list[tuple[Shape, Any, Any]] = [
    (Shape.TEXT, "a b", "a b"),
    (Shape.ID, OBJECT, OBJECT),
    (Shape.ID, "event 7", "event 7"),
    (Shape.PARTNER, "north", "north"),
    (Shape.COUNTRY, "GBR", "GBR"),
    (Shape.COUNTRIES, ["GBR", "NOR"], ["GBR", "NOR"]),
    (Shape.COUNTRIES, [], []),
    (Shape.UUIDS, [UUID], [UUID.lower()]),
    (Shape.SPAN, 2024, "2024"),
    (Shape.SPAN, "2024-02", "2024-02"),
    (Shape.DAY, "2024-02-29", "2024-02-29"),
    (Shape.FLAG, True, True),
    (Shape.FLAG, "No", False),
    (Shape.OBJECTS, "all", "all"),
    (Shape.OBJECTS, [OBJECT], [OBJECT]),
    (Shape.NAMES, ["a--b"], ["a--b"]),
    (Shape.PARTNERS, ["north"], ["north"]),
    (Shape.TLP, "amber+strict", "amber+strict"),
    (Shape.CLASSIFICATION, "TS", "TS"),
    (Shape.REACH, "this-community", "this-community"),
    (Shape.THIRD_PARTY, "as marked", "as marked"),
    (Shape.SENTENCES, ["b", "a", "b"], ["b", "a", "b"]),
]
BAD: list[tuple[Shape, Any, str, str]] = [
    (Shape.TEXT, 12, "missing", "in quotes"),
    (Shape.TEXT, "  ", "missing", "write it"),
    (Shape.TEXT, "\ud800", "not-text", "whole characters"),
    (Shape.ID, " a", "bad-id", "correct it"),
    (Shape.ID, "a\nb", "bad-id", "correct it"),
    (Shape.ID, "x" * 251, "bad-id", "correct it"),
    (Shape.ID, "identity--7", "bad-id", "a UUID"),
    (Shape.PARTNER, "nort", "unknown-partner", "did you mean north?"),
    (Shape.PARTNER, "zzz", "unknown-partner", "add it"),
    (Shape.COUNTRY, "gbr", "unknown-country", "did you mean GBR"),
    (Shape.COUNTRY, "Deutschlnad", "unknown-country", "did you mean DEU"),
    (Shape.COUNTRY, 7, "unknown-country", "alpha-3"),
    (Shape.COUNTRIES, "GBR", "not-a-list", "write [GBR]"),
    (Shape.WORDS, 7, "not-a-list", "in brackets"),
    (Shape.UUIDS, ["x"], "not-a-uuid", "in MISP"),
    (Shape.SPAN, True, "not-a-date", "YYYY"),
    (Shape.SPAN, 20240101, "not-a-date", "YYYY"),
    (Shape.SPAN, [], "not-a-date", "YYYY"),
    (Shape.DAY, "2024-02", "not-a-date", "YYYY-MM-DD"),
    (Shape.FLAG, "perhaps", "not-a-flag", "`yes` or `no`"),
    (Shape.FLAG, 1, "not-a-flag", "`yes` or `no`"),
    (Shape.OBJECTS, [], "scope", "`all`"),
    (Shape.NAMES, ["all", "x"], "scope", "without brackets"),
    (Shape.NAMES, "files", "not-a-list", "[files]"),
    (Shape.PARTNERS, ["zzz"], "unknown-partner", "add it"),
    (Shape.TLP, "ambr", "unknown-code", "did you mean amber?"),
    (Shape.REACH, {}, "unknown-code", "all-communities"),
]


def fields() -> Fields:
    return Fields(CheckedYaml("x.yaml", Document(None), []), {"north"})


@pytest.mark.parametrize(("shape", "value", "plain"), GOOD)
def test_what_is_right_is_taken_as_it_is_meant(shape: Shape, value: object, plain: object) -> None:
    checker = fields()
    assert checker.checked(shape, ("x",), value) == plain
    assert checker.file.faults == []


@pytest.mark.parametrize(("shape", "value", "code", "fix"), BAD)
def test_what_is_wrong_is_told_with_what_is_wanted(shape: Shape, value: object, code: str, fix: str) -> None:
    checker = fields()
    assert checker.checked(shape, ("x",), value) is None
    (fault,) = checker.file.faults
    assert fault.code == code
    assert fix in fault.fix


def test_every_faulty_part_of_a_list_is_told() -> None:
    checker = fields()
    assert checker.checked(Shape.COUNTRIES, ("x",), ["GBR", "Q", 3]) is None
    assert len(checker.file.faults) == 2


def test_nothing_begins_never() -> None:
    checker = fields()
    assert checker.checked(Shape.SPAN, ("to",), "never") == "never"
    assert checker.checked(Shape.SPAN, ("from",), "never") is None


@pytest.mark.parametrize("value", ["", " a", "a\0", None, 3, "a\u2028"])
def test_what_cannot_be_looked_up_is_no_id(value: object) -> None:
    assert not is_id(value)
