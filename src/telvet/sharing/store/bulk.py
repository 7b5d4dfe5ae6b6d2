"""Turns many rows into one statement that adds them, without what it costs to look at each value.

* Values are bound; the statement is the table's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

__all__ = ["insert_many"]


def insert_many(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Add rows, each with the values of all columns in their order, as a driver takes them."""
    if not rows:
        return
    if connection.dialect.positional:
        statement = str(table.insert().compile(dialect=connection.dialect))
        connection.exec_driver_sql(statement, list(rows))
        return
    names = [column.name for column in table.columns]
    connection.execute(table.insert(), [dict(zip(names, row, strict=True)) for row in rows])
