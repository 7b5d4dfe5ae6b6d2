from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from telvet.errors import InventoryError
from telvet.inventory.files import examine, examine_all, unchanged


def given_kind(tmp_path: Path, name: str, content: bytes) -> str:
    path = tmp_path / name
    path.write_bytes(content)
    return examine(path).kind


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.csv", b"id,vendor\n", "delimited"),
        ("a.xlsx.csv", b"\xef\xbb\xbfid;vendor\n", "delimited"),
        ("a.csv", b'{"id": 1}\n', "json"),
        ("a.csv", b"[id],vendor\n", "delimited"),
        ("a.json", b' [{"id": 1}]', "json"),
        ("a.txt", b'{"id": 1}\n', "json"),
        ("a.csv", b"PAR1rest", "parquet"),
        ("a.csv", b"PK\x03\x04rest", "xlsx"),
        ("a", b"id,vendor\n", "delimited"),
    ],
)
def test_content_tells_what_a_file_is(tmp_path: Path, name: str, content: bytes, kind: str) -> None:
    assert given_kind(tmp_path, name, content) == kind


def test_the_digest_is_of_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"id,vendor\r\n")
    assert examine(path).digest == hashlib.sha256(b"id,vendor\r\n").hexdigest()


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InventoryError) as caught:
        examine(tmp_path / "pipe")
    assert caught.value.code == "not-a-file"


def test_a_file_with_a_new_content_or_none_is_not_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,vendor\n")
    given = examine(path)
    unchanged(given)
    path.write_text("id,vendor\nx")
    with pytest.raises(InventoryError):
        unchanged(given)
    path.unlink()
    with pytest.raises(InventoryError):
        unchanged(given)


def test_all_faults_of_all_files_come_together(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").touch()
    with pytest.raises(InventoryError) as caught:
        examine_all([tmp_path / "missing.csv", tmp_path / "empty.csv"])
    assert [fault.code for fault in caught.value.faults] == ["no-file", "empty"]
