from __future__ import annotations

import stat
from pathlib import Path

import pytest

from telvet.errors import UsageError
from telvet.inventory.private_file import put_private


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
