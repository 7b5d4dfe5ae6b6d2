"""What is DuckDB's own: names and values that look like SQL, tables kept or not. The rest: tests/unit/tables/test_judging.py."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from telvet.backends.duckdb import DuckDB
from telvet.tables.relation import Relation
from tests.unit.backends.engines import hold, whole_key

HOSTILE = ("'; DROP TABLE held_1; --", 'a"b', "a;b", "NULL", "\\", "100%_", "é\N{SNOWMAN}", "line\nbreak")


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckDB]:
    with DuckDB(threads=1) as opened:
        yield opened


def test_values_that_look_like_sql_are_values(engine: DuckDB) -> None:
    held = hold(engine, [{"id": text, "operator": text, "site": text} for text in HOSTILE])
    amended = engine.amended(held, [(HOSTILE[0], "region", HOSTILE[1])], [(HOSTILE[0], HOSTILE[2])], [(text, text) for text in HOSTILE])  # fmt: skip
    assert sorted(value for (value,), _ in engine.counts(amended, ["notes"]) if isinstance(value, str)) == sorted(
        HOSTILE
    )
    (first,) = engine.pick(amended, HOSTILE[0])
    assert (first["region"], first["site_tags"]) == (HOSTILE[1], HOSTILE[2])
    key = whole_key(engine, amended, "operator")
    classes = engine.classify(amended, [key])
    assert sum(rows for _, rows in classes) == len(HOSTILE)
    found = engine.judged(amended, [key], [(tokens, 0) for tokens, _ in classes], keep=False)
    assert len(list(engine.rows(found, ("id",), file_order=HOSTILE))) == len(HOSTILE)
    assert engine.counts(engine.named(held, HOSTILE[0]), ["operator"]) == [((HOSTILE[0],), len(HOSTILE))]


def test_rows_stream_in_batches_and_lose_none(engine: DuckDB) -> None:
    many = 10_001
    engine.session.connection.execute(
        f"CREATE OR REPLACE TABLE lots AS SELECT CAST(range AS VARCHAR) AS id, 'f' AS origin_file, "  # noqa: S608 - a number
        f"{many} - range AS origin_row, 0 AS outcome FROM range({many})"
    )
    rows = list(engine.rows(Relation("lots", ("id", "origin_row")), ("id", "origin_row"), file_order=("f",)))
    assert len(rows) == many
    assert rows[0] == (str(many - 1), 1)


def test_two_parquet_files_hold_the_same_rows_in_whatever_order_but_as_often(engine: DuckDB, tmp_path: Path) -> None:
    first, empty, other = (1, "a"), (2, None), (2, "b")
    files = {
        "one": [first, empty, empty], "turned": [empty, first, empty], "fewer": [first, empty],
        "changed": [first, empty, other],
    }  # fmt: skip
    for name, rows in files.items():
        engine.session.connection.execute("CREATE OR REPLACE TABLE few (x INTEGER, y VARCHAR)")
        engine.session.connection.executemany("INSERT INTO few VALUES (?, ?)", rows)
        engine.session.connection.table("few").write_parquet(str(tmp_path / name))
    answers = {name: engine.same_rows(tmp_path / "one", tmp_path / name) for name in files}
    assert answers == {"one": True, "turned": True, "fewer": False, "changed": False}
