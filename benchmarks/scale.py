"""Turn an inventory into two ratios: judging it against all packs, over letting DuckDB copy the same file.

* Both are whole processes of one run, on the same file, findings written as Parquet.
* The copy is let do its best: memory without a bound, rows in any order. telvet keeps to its own bound.
* Peak memory is the operating system's own count for the process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.elements import JUDGED_ON

__all__ = ["Scaled", "copied", "generated", "judged"]

_ROOT = Path(__file__).parents[1]

_COPY = """
import duckdb, sys
engine = duckdb.connect()
engine.execute("SET enable_progress_bar = false")
engine.execute("SET preserve_insertion_order = false")
engine.execute("COPY (FROM read_parquet($source)) TO $target (FORMAT parquet, COMPRESSION zstd)",
               {"source": sys.argv[1], "target": sys.argv[2]})
"""
_CLASSES = """
import duckdb, sys
marks = duckdb.execute("SELECT decode(value) FROM parquet_kv_metadata(?) WHERE decode(key) = 'telvet-counts'", sys.argv[1:2])
print(marks.fetchone()[0])
"""


@dataclass(frozen=True, slots=True)
class Scaled:
    """One whole process."""

    seconds: float
    peak_mib: float


def _run(command: list[str]) -> Scaled:
    begun = time.perf_counter()
    process = subprocess.Popen(command)  # noqa: S603 - our own commands
    _, status, used = os.wait4(process.pid, 0)
    spent = time.perf_counter() - begun
    if status:
        raise subprocess.CalledProcessError(os.waitstatus_to_exitcode(status), command)
    return Scaled(spent, used.ru_maxrss / 1024)


def generated(target: Path, rows: int, *, attributed: bool) -> None:
    """Write an inventory, in a process of its own: what it takes is not counted as what others take."""
    asked = [sys.executable, "-m", "benchmarks.generate", str(target), "--rows", str(rows)]
    subprocess.run([*asked, *(["--attributed"] if attributed else [])], check=True, cwd=_ROOT)  # noqa: S603 - our own command


def copied(source: Path, target: Path) -> Scaled:
    """Copy a Parquet file with zstd."""
    return _run([sys.executable, "-c", _COPY, str(source), str(target)])


def judged(source: Path, operators: Path, target: Path) -> tuple[Scaled, dict[str, int]]:
    """Judge a snapshot against all packs; return the process and its counts of rows, classes and findings."""
    telvet = str(Path(sys.executable).with_name("telvet"))
    asked = ["assess", str(source), "--operators", str(operators), "--as-of", JUDGED_ON.isoformat(), "-o", str(target)]
    scaled = _run([telvet, *asked])
    told = subprocess.run([sys.executable, "-c", _CLASSES, str(target)], check=True, capture_output=True, text=True)  # noqa: S603
    counts: dict[str, int] = json.loads(told.stdout)
    return scaled, counts
