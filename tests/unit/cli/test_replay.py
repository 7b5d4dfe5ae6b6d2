from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from telvet.cli import assess, replay

if TYPE_CHECKING:
    import pytest


def test_a_report_is_run_again_and_kept_where_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "list.csv").write_text("id,manufacturer\nhss-1,Huawei\n")
    asked = ["--law", "gbr.huawei-direction-2022.core", "--as-of", "2024-01-15", "-o", str(tmp_path / "report.json")]
    assert assess.command.main([str(tmp_path / "list.csv"), *asked], standalone_mode=False) == 0
    line = [str(tmp_path / "report.json"), "-o", str(tmp_path / "again.json")]
    assert replay.command.main(line, standalone_mode=False) == 0
    assert capsys.readouterr().out == "the same bytes\n"
    assert (tmp_path / "again.json").read_bytes() == (tmp_path / "report.json").read_bytes()


def test_a_replayed_report_in_parquet_is_kept_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "list.csv").write_text("id,manufacturer\nhss-1,Huawei\n")
    report, again = tmp_path / "report.parquet", tmp_path / "again.parquet"
    asked = [str(tmp_path / "list.csv"), "--law", "gbr.huawei-direction-2022.core", "--as-of", "2024-01-15"]
    assert assess.command.main([*asked, "-o", str(report)], standalone_mode=False) == 0
    assert replay.command.main([str(report), "-o", str(again)], standalone_mode=False) == 0
    assert capsys.readouterr().out == "the same findings\n"
    assert replay.command.main([str(again)], standalone_mode=False) == 0


def test_loading_the_command_loads_no_engine() -> None:
    program = "import sys, telvet.cli.replay; print('duckdb' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
