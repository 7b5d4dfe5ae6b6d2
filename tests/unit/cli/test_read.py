from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from telvet.cli.read import command

if TYPE_CHECKING:
    import pytest


def test_rows_are_counted_and_notes_stand_aside(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "list.csv").write_text("Asset Tag;Vendor;Colour\n1;Huawei;red\n")
    assert command.main([str(tmp_path / "list.csv")], standalone_mode=False) == 0
    shown = capsys.readouterr()
    assert shown.out == "1 row read: 1 good, 0 set aside\n"
    assert shown.err == "note: list.csv: not read: Colour\n"


def test_the_mapping_is_shown_and_nothing_else_is_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "list.csv").write_text("Asset Tag;Vendor;Colour\n")
    line = [str(tmp_path / "list.csv"), "--show-mapping", "--map", "Colour=name", "-o", str(tmp_path / "kept.parquet")]
    assert command.main(line, standalone_mode=False) == 0
    rows = {tuple(text.split()[:2]) for text in capsys.readouterr().out.splitlines()[1:]}
    assert {("Vendor", "manufacturer"), ("Colour", "name")} <= rows
    assert not (tmp_path / "kept.parquet").exists()
