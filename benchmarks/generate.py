"""Turn a number of rows and a seed into an inventory: a checked snapshot in Parquet, streamed by DuckDB.

    python -m benchmarks.generate FILE.parquet --rows 1000000 [--attributed] [--complete] [--seed 1]

* Everything about row i follows from i and the seed, so the same call gives the same rows on any number of threads.
* Cells are spelt canonically; two in a hundred are empty, in five patterns, as exports of different systems leave them.
* `operators.yaml` of the vocabulary is the operators table that goes with it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import duckdb

from benchmarks.elements import Wanted, cells_of, elements, gap_of
from benchmarks.networks import Choices, operator_table, slot_table
from telvet.inventory.snapshot import VERSION
from telvet.tables.columns import Column, Kind
from telvet.tables.equipment import EQUIPMENT

__all__ = ["generate"]

_CHUNK = 16


def generate(path: Path, wanted: Wanted, *, memory: str = "600MiB") -> None:
    """Write an inventory."""
    with duckdb.connect(":memory:", config={"memory_limit": memory}) as engine:
        choices = Choices()
        for name, columns, rows in (operator_table(choices), slot_table(choices, wanted.seed), choices.table()):
            _table(engine, name, columns, rows)
        engine.execute(
            f"CREATE TABLE chunks AS SELECT range AS chunk FROM range((? + {_CHUNK} - 1) // {_CHUNK})",  # noqa: S608
            [wanted.rows],
        )
        chosen, joins = _columns(wanted)
        numbered = f"SELECT unnest(range(chunk * {_CHUNK}, least(chunk * {_CHUNK} + {_CHUNK}, {wanted.rows}))) AS i FROM chunks"  # noqa: S608
        marks = {"telvet.equipment": VERSION, "telvet.headers": json.dumps({"network.csv": {}})}
        engine.execute(
            f"COPY (SELECT {chosen} FROM ({elements(wanted, numbered)}) {joins}) TO $path (FORMAT parquet, COMPRESSION zstd, KV_METADATA $marks)",  # noqa: S608
            {"path": str(path), "marks": marks},
        )


def _table(
    engine: duckdb.DuckDBPyConnection, name: str, columns: Sequence[str], rows: Sequence[Sequence[object]]
) -> None:
    heads = ", ".join(
        f"unnest(CAST(? AS {column.partition(' ')[2]}[])) AS {column.partition(' ')[0]}" for column in columns
    )
    engine.execute(
        f"CREATE TABLE {name} AS SELECT {heads}", [[row[place] for row in rows] for place in range(len(columns))]
    )


def _columns(wanted: Wanted) -> tuple[str, str]:
    """Return the columns of the table and the joins that they need."""
    cells, drawn = cells_of(wanted)
    joins = " ".join(f"LEFT JOIN words AS {name} ON {name}.place = {place}" for name, place in drawn.items())
    return ", ".join(_cast(column, cells, wanted) for column in EQUIPMENT.columns), joins


def _cast(column: Column, cells: dict[str, str], wanted: Wanted) -> str:
    cell, gap = cells.get(column.name, "NULL"), gap_of(column.name)
    if gap is not None and not wanted.complete:
        cell = f"CASE WHEN gap <> {gap} THEN {cell} END"
    return f"CAST({cell} AS {'DOUBLE' if column.kind is Kind.NUMBER else 'VARCHAR'}) AS {column.name}"


def main() -> None:
    """Run from a command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--rows", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--attributed", action="store_true")
    parser.add_argument("--complete", action="store_true")
    given = parser.parse_args()
    generate(given.path, Wanted(given.rows, attributed=given.attributed, complete=given.complete, seed=given.seed))


if __name__ == "__main__":
    main()
