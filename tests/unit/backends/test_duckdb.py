from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from telvet.backends.duckdb import DuckDB
from telvet.inventory.read import read_inventory
from telvet.tables.judging import Source
from tests.unit.backends.engines import hold


def test_what_is_read_can_be_judged_on_the_same_session(tmp_path: Path) -> None:
    file = tmp_path / "boxes.csv"
    file.write_text("id,vendor\ne1,Acme Ltd\ne2,Borea AG\n", "utf-8")
    with DuckDB() as engine:
        inventory = read_inventory(engine.reader, [file])
        assert engine.distinct(inventory.relation, [Source("manufacturer")]) == [("Acme Ltd",), ("Borea AG",)]
        assert engine.counts(inventory.relation, ["origin_file"]) == [(("boxes.csv",), 2)]


def test_leaving_closes_the_session() -> None:
    with DuckDB() as engine:
        scratch = engine.session.scratch
    assert not scratch.exists()
    with pytest.raises(duckdb.ConnectionException):
        hold(engine, [{"id": "1"}])


def test_memory_and_threads_are_handed_to_the_session() -> None:
    with DuckDB(memory="150MiB", threads=1) as engine:
        shown = engine.session.connection.execute("SELECT current_setting('memory_limit')").fetchone()
        assert shown is not None
        assert str(shown[0]).startswith("150.0 MiB")
