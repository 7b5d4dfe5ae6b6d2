from __future__ import annotations

from pathlib import Path

import pytest

from telvet.cli.law import command
from telvet.errors import UsageError


def said(capsys: pytest.CaptureFixture[str], *line: str) -> str:
    assert command.main([*line], standalone_mode=False) == 0
    return capsys.readouterr().out


def test_list_is_a_table_of_packs(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "list").split()[:4] == ["pack", "force", "enacted", "title"]


def test_show_is_one_pack_or_provision(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "show", "usa.s3153-116").startswith("usa.s3153-116: ")


def test_test_counts_cases(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "test", "usa.s3153-116").endswith(" cases, 0 failed\n")


@pytest.mark.parametrize("line", [["lint", "{}"], ["test", "--packs", "{}"]])
def test_a_folder_that_is_none_is_a_usage_error(tmp_path: Path, line: list[str]) -> None:
    with pytest.raises(UsageError, match="is no folder"):
        command.main([part.format(tmp_path / "none") for part in line], standalone_mode=False)


def test_a_folder_without_any_pack_is_not_sound(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no pack of law lies in"):
        command.main(["lint", str(tmp_path)], standalone_mode=False)
