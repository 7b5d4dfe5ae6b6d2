"""Turns many rows into one statement that adds them, without what it costs to look at each value.

* Values are bound; the statement is made of the names and types of the table's own columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import Connection, Dialect, Table

__all__ = ["insert_many"]

_MANY = 1000
"""How many rows go to PostgreSQL at once."""


def insert_many(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Add rows, each with the values of all columns in their order, as a driver takes them."""
    if not rows:
        return
    if connection.dialect.name != "postgresql":
        statement = str(table.insert().compile(dialect=connection.dialect))
        connection.exec_driver_sql(statement, list(rows))
        return
    statement = _of_columns(table, connection.dialect)
    for place in range(0, len(rows), _MANY):
        columns = zip(*rows[place : place + _MANY], strict=True)
        connection.exec_driver_sql(statement, tuple(list(column) for column in columns))


@lru_cache(maxsize=16)
def _of_columns(table: Table, dialect: Dialect) -> str:
    """Return the statement that takes a list of values for each column: rows one by one take several times as long."""
    quoted = dialect.identifier_preparer.quote
    names = ", ".join(quoted(column.name) for column in table.columns)
    lists = ", ".join(f"%s::{column.type.compile(dialect=dialect)}[]" for column in table.columns)
    return f"INSERT INTO {quoted(table.name)} ({names}) SELECT * FROM unnest({lists})"  # noqa: S608 - our own names
