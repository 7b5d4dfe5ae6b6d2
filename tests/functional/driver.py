"""Run telvet as a user would: in this process with its output caught, or as the installed command."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from telvet.cli.entry import main

__all__ = ["EXAMPLE", "ROOT", "TELVET", "Ran", "command", "parquet_marks", "parquet_rows", "telvet"]

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples"
TELVET = str(Path(sys.executable).with_name("telvet"))


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def findings(self) -> list[dict[str, Any]]:
        """Return the findings of JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def document(self) -> dict[str, Any]:
        """Return the JSON document."""
        held: dict[str, Any] = json.loads(self.out)
        return held


def telvet(*arguments: object) -> Ran:
    """Run a command in this process."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 1
    said = Ran(code, out.getvalue(), err.getvalue())
    assert "Traceback" not in said.out + said.err
    return said


def command(
    *arguments: object, cwd: Path | None = None, env: Mapping[str, str] | None = None, run: Sequence[str] = (TELVET,)
) -> Ran:
    """Run the installed command in a process of its own."""
    done = subprocess.run(
        [*run, *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in done.stdout + done.stderr
    return Ran(done.returncode, done.stdout, done.stderr)


def parquet_rows(path: Path) -> list[tuple[Any, ...]]:
    """Return all cells of all rows of a Parquet file."""
    return duckdb.read_parquet(str(path)).fetchall()


def parquet_marks(path: Path) -> list[tuple[Any, ...]]:
    """Return the metadata of a Parquet file."""
    with duckdb.connect() as connection:
        return connection.execute(
            "SELECT decode(key), decode(value) FROM parquet_kv_metadata(?)", [str(path)]
        ).fetchall()
