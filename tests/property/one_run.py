"""Assess what lies in a folder and write every report beside it: `python -m tests.property.one_run FOLDER OUT THREADS`."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

from telvet import pipeline
from telvet.backends.duckdb import DuckDB

__all__ = ["FORMS", "main"]

FORMS = ("json", "jsonl", "csv", "html", "table")


def main(folder: Path, out: Path, threads: int) -> None:
    """Run the pipeline on `boxes.csv`, `operators.yaml` and `overlays.yaml`, with the law and register of the folder."""
    os.environ["XDG_CACHE_HOME"] = str(out / "cache")
    pipeline.shipped = lambda name: folder / name  # type: ignore[attr-defined]
    pipeline.DuckDB = lambda memory: DuckDB(memory=memory, threads=threads)  # type: ignore[attr-defined,assignment,misc]
    request = pipeline.Request(
        inputs=(folder / "boxes.csv", folder / "more.csv"),
        as_of=date(2021, 6, 15),
        operators=(folder / "operators.yaml",),
        overlays=(folder / "overlays.yaml",),
    )
    with pipeline.running(request) as run:
        for form in FORMS:
            with (out / form).open("w", encoding="utf-8") as file:
                pipeline.write_report(run, form, file)
        pipeline.write_parquet(run, out / "parquet")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
