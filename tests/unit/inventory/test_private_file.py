from __future__ import annotations

import os
import stat
from pathlib import Path
from threading import Thread

import pytest

from telvet.errors import UsageError
from telvet.inventory.private_file import check_place, private_path, put_private


def test_a_file_is_put_whole_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    passing, target = tmp_path / "passing", tmp_path / "target.csv"
    passing.write_bytes(b"rest")
    target.write_bytes(b"older")
    put_private(passing, target, before=b"head,")
    assert target.read_bytes() == b"head,rest"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["target.csv"]


def test_a_place_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "passing").write_bytes(b"x")
    with pytest.raises(UsageError) as caught:
        put_private(tmp_path / "passing", tmp_path / "missing" / "target.csv")
    assert caught.value.code == "unwritable"


def test_a_pipe_is_written_into_and_stays_what_it_is(tmp_path: Path) -> None:
    pipe, heard = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = Thread(target=lambda: heard.append(pipe.read_bytes()))
    reader.start()
    with private_path(pipe) as passing:
        passing.write_bytes(b"all of it")
    reader.join(timeout=10)
    assert heard == [b"all of it"]
    assert pipe.is_fifo()


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("real")
    with private_path(tmp_path / "link") as passing:
        passing.write_bytes(b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_what_fails_on_the_way_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "kept").write_bytes(b"old")
    with pytest.raises(UsageError, match="no space left"), private_path(tmp_path / "kept") as passing:  # noqa: PT012
        passing.write_bytes(b"half")
        raise OSError(28, "No space left on device")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("kept", b"old")]
    with pytest.raises(UsageError, match="is a folder"), private_path(tmp_path):
        pass


def test_a_place_is_tried_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "held.csv").write_bytes(b"older")
    check_place(tmp_path / "held.csv")
    check_place(tmp_path / "new.csv")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("held.csv", b"older")]
    for place in (tmp_path, tmp_path / "missing" / "new.csv"):
        with pytest.raises(UsageError, match="cannot be written"):
            check_place(place)
