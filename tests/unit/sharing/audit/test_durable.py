from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from telvet.errors import WorkspaceError
from telvet.sharing.audit.durable import locked_file, placed, prepared, write_all


def test_every_byte_is_written_though_the_system_takes_them_in_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handle = os.open(tmp_path / "file", os.O_WRONLY | os.O_CREAT)
    whole = os.write
    monkeypatch.setattr(os, "write", lambda to, data: whole(to, data[:3]))
    write_all(handle, b"0123456789")
    os.close(handle)
    assert (tmp_path / "file").read_bytes() == b"0123456789"


def test_a_file_gets_its_bytes_at_once_and_is_private(tmp_path: Path) -> None:
    placed(tmp_path / "file", b"a")
    placed(tmp_path / "file", b"b")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("file", b"b")]
    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o600
    assert prepared(tmp_path / "file", b"c").name == "file.new"
    assert (tmp_path / "file").read_bytes() == b"b"


def test_a_lock_is_held_by_one_and_freed_when_closed(tmp_path: Path) -> None:
    handle = locked_file(tmp_path / "lock")
    with pytest.raises(WorkspaceError) as caught:
        locked_file(tmp_path / "lock")
    assert caught.value.code == "audit-locked"
    os.close(handle)
    os.close(locked_file(tmp_path / "lock"))
