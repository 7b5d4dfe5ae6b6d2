from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from telvet.backends.duckdb_reading import DuckDBReader
from telvet.backends.duckdb_session import Session
from telvet.errors import InventoryError
from telvet.inventory.read import read_inventory, show_mappings
from telvet.inventory.reading import Inventory
from telvet.inventory.snapshot import headers_of, is_snapshot, write_parquet

Read = Callable[..., Inventory]
Rows = Callable[[Inventory], list[dict[str, Any]]]


def test_a_snapshot_gives_the_same_rows_origins_and_headers_back(
    read: Read, reader: DuckDBReader, rows: Rows, tmp_path: Path
) -> None:
    first = read("Hostname,Vendor,Lat,Install Date\na,Acme,51.5,2020\nb,Acme,bad,\nc,Acme,,\n")
    target = tmp_path / "kit.parquet"
    write_parquet(reader, first, target)
    again = read_inventory(reader, [target])
    assert rows(again) == rows(first)
    assert again.headers == first.headers
    assert again.files[0].format == "snapshot"
    assert (again.rows_in, again.rows_judged, again.rows_rejected) == (2, 2, 0)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert reader.content_digest(again.relation) == reader.content_digest(first.relation)
    assert ("Hostname", "id", "snapshot") in show_mappings(reader, [target])[0].rows


def test_a_snapshot_is_looked_at_in_place(read: Read, reader: DuckDBReader, session: Session, tmp_path: Path) -> None:
    write_parquet(reader, read("id,vendor\na,Acme\n"), tmp_path / "kit.parquet")
    tables = "SELECT count(*) FROM duckdb_tables()"
    before = session.connection.execute(tables).fetchone()
    read_inventory(reader, [tmp_path / "kit.parquet"])
    assert session.connection.execute(tables).fetchone() == before


def test_a_snapshot_beside_another_file_still_rejects_namesakes(
    read: Read, reader: DuckDBReader, tmp_path: Path
) -> None:
    write_parquet(reader, read("id,vendor\na,Acme\nb,Acme\n"), tmp_path / "old.parquet")
    (tmp_path / "new.csv").write_text("id,vendor\nb,Other\nc,Other\n")
    both = read_inventory(reader, [tmp_path / "old.parquet", tmp_path / "new.csv"])
    assert [(fault.file, fault.record) for fault in both.faults] == [("new.csv", 2)]
    turned = read_inventory(reader, [tmp_path / "new.csv", tmp_path / "old.parquet"])
    assert [(fault.file, fault.record) for fault in turned.faults] == [("kit.csv", 3)]
    assert turned.rows_in == turned.rows_judged + turned.rows_rejected == 4


def test_only_a_known_version_is_trusted() -> None:
    assert is_snapshot({"telvet.equipment": "1"})
    assert not is_snapshot({"telvet.equipment": "0"})
    assert not is_snapshot({})
    assert headers_of({"telvet.headers": "no json"}) == {}


def test_a_file_that_only_claims_to_be_a_snapshot_is_refused(
    reader: DuckDBReader, session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "false.parquet"
    session.connection.execute(
        "COPY (SELECT 'a' AS id, 'Acme' AS vendor) TO $path (FORMAT parquet, KV_METADATA {'telvet.equipment': '1'})",
        {"path": str(path)},
    )
    with pytest.raises(InventoryError) as caught:
        read_inventory(reader, [path])
    assert "equipment table" in caught.value.faults[0].what
