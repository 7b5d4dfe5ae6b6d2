from __future__ import annotations

from pathlib import Path

import pytest

from telvet.backends.duckdb import DuckDB
from telvet.cli.set_aside import keep_rejects
from telvet.errors import InventoryError
from telvet.inventory.read import read_inventory


def kept(folder: Path, text: str, rejects: Path | None) -> None:
    (folder / "list.csv").write_text(text)
    with DuckDB() as engine:
        keep_rejects(engine.reader, read_inventory(engine.reader, [folder / "list.csv"]), rejects)


def test_the_first_faults_are_told_and_the_others_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    faulty = "".join(f"{number},Acme,7G\n" for number in range(12))
    kept(tmp_path, f"id,vendor,generation\na,Acme,5G\n{faulty}", tmp_path / "rejects.csv")
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == f"12 of 13 rows were set aside as faulty (kept in {tmp_path / 'rejects.csv'}):"
    assert (len(lines), lines[-1]) == (12, "  ... and 2 more")
    assert (tmp_path / "rejects.csv").read_text("utf-8").count("7G") == 24


def test_no_good_row_is_an_error_and_no_bad_row_is_silence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept(tmp_path, "id,vendor\na,Acme\n", None)
    assert capsys.readouterr().err == ""
    with pytest.raises(InventoryError, match=r"none of 1 rows can be judged \(keep them with --rejects FILE\)"):
        kept(tmp_path, "id,vendor,generation\na,Acme,7G\n", None)
