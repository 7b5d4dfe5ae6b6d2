from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from telvet.errors import InputError
from telvet.sharing.audit.canonical import canonical
from telvet.sharing.audit.checking import verify_export
from telvet.sharing.audit.exporting import export
from telvet.sharing.audit.storage import MemoryStorage
from tests.unit.sharing.audit.logs import in_memory, signer

KEY = signer().key
Told = dict[str, Any]


def refused(path: Path, kept: str | None = None) -> str:
    with pytest.raises(InputError) as caught:
        verify_export(path, KEY, kept=kept)
    assert caught.value.code == "audit-export"
    return "\n".join(caught.value.lines())


def test_every_byte_of_an_export_counts(tmp_path: Path) -> None:
    storage, notes = in_memory(rotate_after=2)
    path = tmp_path / "export"
    export(storage, KEY, path, records=[0, 1, 7], objects=None, kept=notes[1])
    data = path.read_bytes()
    for place in range(len(data)):
        path.write_bytes(data[:place] + bytes([data[place] ^ (1 << place % 8)]) + data[place + 1 :])
        refused(path)
    path.write_bytes(data)
    assert verify_export(path, KEY, kept=notes[1]).records == 3


def test_every_byte_of_a_chosen_decision_counts(tmp_path: Path) -> None:
    path = tmp_path / "export"
    export(in_memory()[0], KEY, path, objects=["indicator--2"])
    data = path.read_bytes()
    for place in range(len(data)):
        path.write_bytes(data[:place] + bytes([data[place] ^ (1 << place % 8)]) + data[place + 1 :])
        refused(path)


def test_lines_that_were_removed_moved_or_repeated_are_found(tmp_path: Path) -> None:
    path = tmp_path / "export"
    export(in_memory()[0], KEY, path)
    first, *lines = path.read_bytes().splitlines(keepends=True)
    for changed in (
        lines[:-1],
        lines[1:],
        [lines[1], lines[0], *lines[2:]],
        [*lines, lines[-1]],
        [*lines[:-1], lines[0]],
    ):
        path.write_bytes(first + b"".join(changed))
        refused(path)
    for changed in (lines, [b""]):
        path.write_bytes(b"".join(changed))
        refused(path)


def test_every_line_that_is_false_is_told_with_its_number(tmp_path: Path) -> None:
    path = tmp_path / "export"
    export(in_memory()[0], KEY, path)
    lines = path.read_bytes().splitlines(keepends=True)
    for number in (2, 5):
        lines[number] = lines[number].replace(b"partner-a", b"partner-b").replace(b"ana", b"eva")
    path.write_bytes(b"".join(lines))
    said = refused(path)
    assert "record 3: the record is not in the log that was signed" in said
    assert "record 6: the record is not in the log that was signed" in said


def test_an_export_of_another_key_proves_nothing(tmp_path: Path) -> None:
    export(in_memory()[0], KEY, tmp_path / "export")
    with pytest.raises(InputError) as caught:
        verify_export(tmp_path / "export", signer(3).key)
    assert "the key that you trust" in "\n".join(caught.value.lines())


def test_a_rollback_and_a_fork_are_found_against_a_kept_checkpoint(tmp_path: Path) -> None:
    storage, notes = in_memory()
    path = tmp_path / "export"
    export(MemoryStorage(storage.blocks[:3]), KEY, path)
    assert "rolled back" in refused(path, notes[-1])
    export(storage, KEY, path)
    assert "forked" in refused(path, in_memory()[1][-1])
    assert "does not show" in refused(path, notes[1])
    assert verify_export(path, KEY, kept=notes[-1]).complete
    other = MemoryStorage()
    assert other.blocks == []
    assert "audit-export" in refused(path, "x")


def without_rotation(told: Told) -> None:
    told["rotations"] = []


def with_keys_turned(told: Told) -> None:
    told["keys"].reverse()


def without_first_key(told: Told) -> None:
    told["keys"].pop()
    told["rotations"] = []


def with_growth_of_nothing(told: Told) -> None:
    told["kept"] = None


def with_other_growth(told: Told) -> None:
    told["grown"] = told["grown"][1:]


@pytest.mark.parametrize(
    "change", [without_rotation, with_keys_turned, without_first_key, with_growth_of_nothing, with_other_growth]
)
def test_keys_must_follow_one_another_and_growth_must_be_shown(tmp_path: Path, change: Callable[[Told], None]) -> None:
    storage, notes = in_memory(rotate_after=2)
    path = tmp_path / "export"
    export(storage, KEY, path, kept=notes[1])
    first, *lines = path.read_bytes().splitlines(keepends=True)
    told = json.loads(first)
    change(told)
    path.write_bytes(canonical(told) + b"\n" + b"".join(lines))
    refused(path)


def test_an_export_that_ends_with_a_rotation_is_signed_by_both_keys(tmp_path: Path) -> None:
    storage, notes = in_memory(rotate_after=2)
    export(MemoryStorage(storage.blocks[:4]), KEY, tmp_path / "export")
    assert verify_export(tmp_path / "export", KEY).note == notes[3]


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        verify_export(tmp_path / "none", KEY)
    assert caught.value.code == "audit-export-unreadable"
    (tmp_path / "empty").write_bytes(b"")
    refused(tmp_path / "empty")
