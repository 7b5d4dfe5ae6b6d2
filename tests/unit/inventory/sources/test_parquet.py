from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from telvet.backends.duckdb_reading import DuckDBReader
from telvet.backends.duckdb_session import Session
from telvet.errors import InventoryError
from telvet.inventory.read import read_inventory
from telvet.inventory.reading import Inventory

Rows = Callable[[Inventory], list[dict[str, Any]]]


@pytest.fixture
def path(session: Session, tmp_path: Path) -> Path:
    path = tmp_path / "kit.parquet"
    session.connection.execute(
        "COPY (SELECT 'dev-' || n AS \"Device \"\"Name\"\"\", 'Acme' AS vendor, DATE '2020-04-03' AS installed,"
        " TIMESTAMP '2020-04-03 12:00:00' AS procured_on, n * 1.5 AS traffic, ['b', 'a'] AS tags, 2011::DOUBLE AS pen,"
        " n % 2 = 0 AS us_sanctions_affected, {'x': 1} AS nested FROM range(1, 4) AS t(n)) TO $path (FORMAT parquet)",
        {"path": str(path)},
    )
    return path


def test_typed_columns_are_read_as_the_texts_they_show(reader: DuckDBReader, rows: Rows, path: Path) -> None:
    inventory = read_inventory(reader, [path], maps={'Device "Name"': "id"})
    assert rows(inventory)[1] == {
        "id": "dev-2", "manufacturer": "Acme", "installed_on": "2020-04-03", "procured_on": "2020-04-03", "traffic": 3.0,
        "tags": "a;b", "vendor_id": "2011", "us_sanctions_affected": "yes", "origin_file": "kit.parquet", "origin_row": 2,
    }  # fmt: skip
    assert [row["origin_row"] for row in rows(inventory)] == [1, 2, 3]
    assert inventory.files[0].format == "parquet"


def test_a_file_cut_off_is_damaged(reader: DuckDBReader, path: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.parquet"
    cut.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(InventoryError) as caught:
        read_inventory(reader, [cut])
    assert caught.value.code == "damaged"


def test_a_file_damaged_within_is_damaged(reader: DuckDBReader, path: Path, tmp_path: Path) -> None:
    bad = bytearray(path.read_bytes())
    bad[4:200] = b"\xff" * 196
    (tmp_path / "bad.parquet").write_bytes(bytes(bad))
    with pytest.raises(InventoryError) as caught:
        read_inventory(reader, [tmp_path / "bad.parquet"])
    assert caught.value.code == "damaged"
