"""What is DuckDB's own: names and values that look like SQL, tables kept or not. The rest: tests/unit/tables/test_judging.py."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from telvet.backends.duckdb import DuckDB
from telvet.backends.duckdb_classes import quoted
from telvet.tables.judging import Key, Part, ShareCode, ShareUnit, Source
from telvet.tables.relation import Relation
from tests.unit.backends.engines import hold

HOSTILE = ("'; DROP TABLE held_1; --", 'a"b', "a;b", "NULL", "\\", "100%_", "é\N{SNOWMAN}", "line\nbreak")


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckDB]:
    with DuckDB(threads=1) as opened:
        yield opened


def whole_key(engine: DuckDB, relation: Relation, column: str) -> Key:
    raws = engine.distinct(relation, [Source(column)])
    return Key(column, (Source(column),), tuple((raw, place, place) for place, raw in enumerate(raws)))


def kind_of(engine: DuckDB, relation: Relation) -> str:
    found = engine.session.connection.execute(
        "SELECT table_type FROM information_schema.tables WHERE table_name = ?", [relation.name]
    ).fetchone()
    assert found is not None
    return str(found[0])


@pytest.mark.parametrize(("name", "shown"), [("site", '"site"'), ('a"b', '"a""b"'), ("a; DROP", '"a; DROP"')])
def test_a_name_is_quoted_whole(name: str, shown: str) -> None:
    assert quoted(name) == shown


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


def test_findings_that_are_kept_are_a_table_and_the_others_a_view(engine: DuckDB) -> None:
    held = hold(engine, [{"id": "1", "operator": "a"}])
    key = whole_key(engine, held, "operator")
    kept, seen = (engine.judged(held, [key], [((0,), 0)], keep=keep) for keep in (True, False))
    assert (kind_of(engine, kept), kind_of(engine, seen)) == ("LOCAL TEMPORARY", "VIEW")


def test_an_address_has_no_block_before_any_is_known() -> None:
    with DuckDB(threads=1) as fresh:
        held = hold(fresh, [{"id": "1", "mac": "a00001000001"}])
        assert fresh.distinct(held, [Source("mac", Part.BLOCK)]) == [(None,)]


def test_rows_stream_in_batches_and_lose_none(engine: DuckDB) -> None:
    many = 10_001
    engine.session.connection.execute(
        f"CREATE OR REPLACE TABLE lots AS SELECT CAST(range AS VARCHAR) AS id, 'f' AS origin_file, "  # noqa: S608 - a number
        f"{many} - range AS origin_row, 0 AS outcome FROM range({many})"
    )
    rows = list(engine.rows(Relation("lots", ("id", "origin_row")), ("id", "origin_row"), file_order=("f",)))
    assert len(rows) == many
    assert rows[0] == (str(many - 1), 1)


def test_numbers_are_compared_as_the_text_they_were_told_apart_by(engine: DuckDB) -> None:
    held = hold(engine, [{"id": str(place), "traffic": traffic} for place, traffic in enumerate(("2", "2.0", "0.1", "1e20", None))])  # fmt: skip
    key = whole_key(engine, held, "traffic")
    assert sorted(rows for _, rows in engine.classify(held, [key])) == [1, 1, 1, 2]


def test_large_weights_are_summed_exactly(engine: DuckDB) -> None:
    rows = [{"id": "1", "operator": "a", "traffic": "999999999999999"}, {"id": "2", "operator": "a", "traffic": "0.000001"}]  # fmt: skip
    held = hold(engine, rows)
    key = whole_key(engine, held, "operator")
    (found,) = engine.shares(held, [key], [ShareCode((0,), 2, 2, 0)], ShareUnit(("operator",), None, "traffic"))
    assert str(found.sure) == "999999999999999.000001"


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
