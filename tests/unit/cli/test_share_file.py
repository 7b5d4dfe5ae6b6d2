from __future__ import annotations

from pathlib import Path

import pytest

from telvet.cli.share_file import beside, file_of, read_bytes
from telvet.errors import SharingError
from telvet.sharing.objects.plain_file import SIDECAR
from telvet.sharing.releasing.offering import Kind
from tests.unit.cli.share_room import a_bundle, a_tool


def test_marks_stand_beside_a_file_under_its_whole_name() -> None:
    assert beside(Path("a/note.tar.gz")) == Path(f"a/note.tar.gz{SIDECAR}")


def test_a_file_is_what_its_content_says_or_what_the_caller_says(tmp_path: Path) -> None:
    path = a_bundle(tmp_path / "b.json", a_tool(1), a_tool(2))
    assert (file_of(path, None).kind, len(file_of(path, None).things)) == (Kind.STIX, 2)
    beside(path).write_text("tlp: green\n", encoding="utf-8-sig")
    plain = file_of(path, "plain")
    assert (plain.kind, plain.beside, plain.data, plain.things) == (Kind.PLAIN, "tlp: green\n", path.read_bytes(), ())
    assert file_of(path, "stix").kind is Kind.STIX
    with pytest.raises(SharingError) as caught:
        file_of(path, None)
    assert caught.value.code == "kind-unclear"


def test_what_cannot_be_read_is_told_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(SharingError) as caught:
        read_bytes(tmp_path, "name a file")
    assert (caught.value.code, caught.value.where, caught.value.fix) == ("unreadable", str(tmp_path), "name a file")
    note = tmp_path / "note.txt"
    note.write_text("x")
    with pytest.raises(SharingError) as caught:
        file_of(note, "plain")
    assert caught.value.where == str(beside(note))
    beside(note).write_bytes(b"\xff")
    with pytest.raises(SharingError) as caught:
        file_of(note, "plain")
    assert "UTF-8" in caught.value.what
