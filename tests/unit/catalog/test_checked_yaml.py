from __future__ import annotations

from pathlib import Path

import pytest

from telvet.catalog.checked_yaml import CheckedYaml, entries, read_checked
from telvet.errors import Fault


def checked(tmp_path: Path, text: str) -> CheckedYaml:
    (tmp_path / "some.yaml").write_text(text)
    file = read_checked(tmp_path / "some.yaml", "some.yaml", [])
    assert file is not None
    return file


def test_a_fault_has_the_line_and_the_last_key_of_its_place(tmp_path: Path) -> None:
    file = checked(tmp_path, "top:\n- a: 1\n- b:\n  - x\n")
    file.fault(("top", 1, "b", 0), "odd", "this is odd", value="x")
    assert file.faults == [Fault("some.yaml", 4, "b", "odd", "this is odd", "", "x")]


def test_a_value_outside_a_list_is_told_with_the_nearest_or_with_all(tmp_path: Path) -> None:
    file = checked(tmp_path, "a: rde")
    assert file.one_of(("a",), "red", ("red", "green"), "colour")
    assert not file.one_of(("a",), "rde", ("red", "green"), "colour")
    assert not file.one_of(("a",), 7, ("red", "green"), "colour")
    assert not file.one_of(("a",), ["red"], ("red", "green"), "colour")
    assert [fault.fix for fault in file.faults] == ["did you mean red?", *["use one of red, green"] * 2]


@pytest.mark.parametrize("value", ["", "  ", None, 5, []])
def test_what_is_not_text_is_told(tmp_path: Path, value: object) -> None:
    file = checked(tmp_path, "a: b")
    assert file.text(("a",), "b")
    assert not file.text(("a",), value)
    assert len(file.faults) == 1


def test_keys_that_are_missing_or_unknown_are_all_told(tmp_path: Path) -> None:
    file = checked(tmp_path, "a: 1\nbb: 2\n")
    assert file.keys((), {"a": 1}, ("a",), ("b",))
    assert not file.keys((), {"bb": 2, "c": 3}, ("a",), ("b",))
    assert [(fault.field, fault.code) for fault in file.faults] == [
        ("bb", "unknown-code"), ("c", "unknown-code"), ("a", "missing"),
    ]  # fmt: skip
    assert not file.keys((), 5, ("a",), ())


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"a: [", "yaml"), (b"a: \xff", "encoding"), (b"a: 1\na: 2", "yaml-twice"), (None, "unreadable")],
)
def test_a_file_that_cannot_be_read_leaves_its_faults(tmp_path: Path, content: bytes | None, code: str) -> None:
    if content is not None:
        (tmp_path / "some.yaml").write_bytes(content)
    faults: list[Fault] = []
    assert read_checked(tmp_path / "some.yaml", "some.yaml", faults) is None
    assert [fault.code for fault in faults] == [code]


def test_entries_stand_below_the_one_key_of_a_file(tmp_path: Path) -> None:
    assert entries(checked(tmp_path, "things: {a: 1}"), "things") == {"a": 1}
    for text in ("other: {a: 1}", "things: []", "things: {}", "5"):
        file = checked(tmp_path, text)
        assert entries(file, "things") == {}
        assert len(file.faults) >= 1
