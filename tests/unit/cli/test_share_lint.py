from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from telvet.cli.share_lint import command, content
from telvet.errors import SharingError
from tests.unit.sharing.marking.bundles import FAULTY


def test_a_file_that_cannot_be_read_is_a_fault_of_that_file(tmp_path: Path) -> None:
    (tmp_path / "b.json").write_bytes(b"x")
    assert content(tmp_path / "b.json") == b"x"
    for path in (tmp_path, tmp_path / "none"):
        with pytest.raises(SharingError) as caught:
            content(path)
        assert [(fault.file, fault.code) for fault in caught.value.faults] == [(str(path), "unreadable")]


@pytest.mark.parametrize(("fail_on", "code"), [("any", 1), ("none", 0)])
def test_the_code_says_whether_anything_is_wrong(tmp_path: Path, fail_on: str, code: int) -> None:
    (tmp_path / "b.json").write_bytes(FAULTY)
    assert (
        command.main([str(tmp_path / "b.json"), "--fail-on", fail_on, "-o", str(tmp_path / "o")], standalone_mode=False)
        == code
    )
    assert (tmp_path / "o").read_text("utf-8").startswith(str(tmp_path))


def test_a_file_is_wanted() -> None:
    assert CliRunner().invoke(command, []).exit_code == 2
