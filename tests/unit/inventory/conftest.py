"""An engine to read with, and files to read."""

# ruff: noqa: S608 - the session made the names
from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from telvet.backends.duckdb_reading import DuckDBReader
from telvet.backends.duckdb_session import Session
from telvet.inventory.read import read_inventory
from telvet.inventory.reading import Inventory


@pytest.fixture
def session() -> Iterator[Session]:
    """Open a small engine."""
    with Session(memory="300MiB", threads=1) as session:
        yield session


@pytest.fixture
def reader(session: Session) -> DuckDBReader:
    """Return a reader on it."""
    return DuckDBReader(session)


Rows = Callable[[Inventory], list[dict[str, Any]]]


@pytest.fixture
def rows(session: Session) -> Rows:
    """Return an inventory's rows in order, without unknown facts."""

    def rows_of(inventory: Inventory) -> list[dict[str, Any]]:
        found = session.connection.execute(
            f"SELECT * FROM {inventory.relation.name} ORDER BY origin_file, origin_row"
        ).fetchall()
        named = [dict(zip(inventory.relation.columns, row, strict=True)) for row in found]
        return [{name: value for name, value in row.items() if value is not None} for row in named]

    return rows_of


Read = Callable[..., Inventory]


@pytest.fixture
def read(reader: DuckDBReader, tmp_path: Path) -> Read:
    """Read files of these contents: text, or bytes, by name."""

    def read_contents(contents: dict[str, str | bytes] | str | bytes, **options: Any) -> Inventory:
        named = contents if isinstance(contents, dict) else {"kit.csv": contents}
        paths = []
        for name, content in named.items():
            path = tmp_path / name
            path.write_bytes(content.encode() if isinstance(content, str) else content)
            paths.append(path)
        return read_inventory(reader, paths, **options)

    return read_contents
