"""The two engines that judge, and a table of rows held by either, so that one test asks both."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from telvet.backends.duckdb import DuckDB
from telvet.lawcheck.rows import Rows
from telvet.tables.columns import Kind
from telvet.tables.equipment import EQUIPMENT
from telvet.tables.judging import Judging, Key, Source
from telvet.tables.relation import Relation

__all__ = ["ENGINES", "Cells", "Engine", "hold", "in_duckdb", "in_memory", "whole_key"]

Cells = Mapping[str, str | int | None]
TYPES = {Kind.NUMBER: "DOUBLE"}


@dataclass(frozen=True)
class Engine:
    """An engine and the way to hand it rows."""

    backend: Judging
    hold: Callable[[Sequence[Cells]], Relation]


def in_memory() -> Engine:
    """Return the engine that judges the cases of packs."""
    rows = Rows()
    return Engine(rows, rows.table)


def in_duckdb(engine: DuckDB) -> Engine:
    """Return the default engine."""
    return Engine(engine, lambda rows: hold(engine, rows))


ENGINES = ("memory", "duckdb")


def hold(engine: DuckDB, rows: Sequence[Cells]) -> Relation:
    """Make a table of canonical rows as READ leaves them."""
    name = engine.session.name("held")
    lists = [[row.get(column) for row in rows] for column in EQUIPMENT.names]
    heads = ", ".join(
        f'unnest(CAST(? AS VARCHAR[]))::{TYPES.get(each.kind, "VARCHAR")} AS "{each.name}"'
        for each in EQUIPMENT.columns
    )
    texts = [[None if cell is None else str(cell) for cell in cells] for cells in lists]
    engine.session.connection.execute(f"CREATE TABLE {name} AS SELECT {heads}", texts)
    return Relation(name, EQUIPMENT.names)


def whole_key(engine: DuckDB, relation: Relation, column: str) -> Key:
    """Return a key that gives each value of a column a token of its own."""
    raws = engine.distinct(relation, [Source(column)])
    return Key(column, (Source(column),), tuple((raw, place, place) for place, raw in enumerate(raws)))
