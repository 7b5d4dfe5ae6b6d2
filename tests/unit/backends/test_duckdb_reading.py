"""The reader on DuckDB: its patterns say what `inventory/cells.py` says, and its order and counts are those of the file."""

# ruff: noqa: S608 - the session made the names
from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telvet.backends.duckdb_reading import DuckDBReader
from telvet.backends.duckdb_session import Session
from telvet.inventory.cells import CellFault, canonical, shipped_words
from telvet.inventory.numbers import RANGES
from telvet.inventory.spelling import spell_file
from telvet.tables.columns import Kind
from telvet.tables.equipment import EQUIPMENT
from telvet.tables.reading import Plan, Reader, Take
from telvet.tables.relation import Relation


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    with Session(memory="300MiB", threads=1) as session:
        yield session


@pytest.fixture(scope="module")
def reader(session: Session) -> DuckDBReader:
    return DuckDBReader(session)


def planned(reader: DuckDBReader, session: Session, name: str, texts: list[str]) -> Plan:
    path = session.scratch / session.name("given")
    session.connection.execute(
        "COPY (SELECT 'id' || generate_subscripts(texts, 1) AS id, unnest(texts) AS text FROM (SELECT $texts AS texts))"
        " TO $path (FORMAT parquet)",
        {"texts": texts, "path": str(path)},
    )
    raw = reader.load_parquet(path)
    takes = (Take(EQUIPMENT.column("id"), 0), Take(EQUIPMENT.column(name), 1, *RANGES.get(name, (0.0, 1e300))))
    return Plan(0, "given", raw, takes, tuple(sorted(shipped_words().headers.blanks)))


def by_engine(reader: DuckDBReader, session: Session, name: str, texts: list[str]) -> list[object]:
    plan = planned(reader, session, name, texts)
    spell_file(reader, plan, set(), shipped_words())
    united = reader.unite([reader.stage(plan)], shown=1000)
    kept = dict(session.connection.execute(f"SELECT id, {name} FROM {united.relation.name}").fetchall())
    assert len(kept) + sum(united.rejected) == len(texts)
    return [kept.get(f"id{place}", "refused") for place in range(1, len(texts) + 1)]


def by_cells(name: str, text: str) -> object:
    column = EQUIPMENT.column(name)
    try:
        spelling = canonical(column, text)
    except CellFault:
        return "refused"
    return float(spelling) if spelling is not None and column.kind is Kind.NUMBER else spelling


TRICKY = [
    "", " ", "x", " x ", "\u00a0x\u202f", "N/A", "none", "None", "unknown", "-", "'-x", "a;b", "b;-a", "-a", "a\nb", "\tq",
    "1", "01", "1.5", "1.", ".5", "-1", "+1", "1e3", "1_0", "1.234", "12.345", "1234.567", "inf", "nan", "1,5", "91", "-181",
    "2020-04-03", "2020-02-30", "2020-4-3", "1969-12-31", "2100-12-31", "2101-01-01", "2020-04-03 10:20:30", "2020-04-03T10:20Z",
    "2020-04-03x", "20200403", "2020", "03.04.2020",
    "001122aabbcc", "00:11:22:AA:BB:CC", "00-11-22-AA-BB-CC", "0011.22aa.bbcc", "000000000000", "FF:FF:FF:FF:FF:FF", "00:11:22",
    "1.3.6.1.4.1.9", ".1.3.6.1", "1.3.06", "0", "7", "2011", "002011", "4294967296", "4294967295", "2011.0",
    "GB", "yes", "5G", "live", "AMF", "HSS;-li", "700;3500", "3.5 GHz",
]  # fmt: skip
NAMES = ("manufacturer", "traffic", "latitude", "installed_on", "mac", "sys_object_id", "vendor_id", "tags", "country", "bands",
         "function", "us_sanctions_affected", "lifecycle", "generation")  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_the_engine_spells_as_cells_spell(reader: DuckDBReader, session: Session, name: str) -> None:
    assert dict(zip(TRICKY, by_engine(reader, session, name, TRICKY), strict=True)) == {
        text: by_cells(name, text) for text in TRICKY
    }


SIGNS = st.text("0123456789abcdefABCDEF.:-/ ,;_'+TZ\u00a0", max_size=20)


@pytest.mark.parametrize("name", ["traffic", "latitude", "installed_on", "mac", "sys_object_id", "vendor_id", "tags"])
@settings(max_examples=10, deadline=None)
@given(texts=st.lists(SIGNS, min_size=1, max_size=40, unique=True))
def test_the_engine_spells_random_signs_as_cells_spell_them(
    reader: DuckDBReader, session: Session, name: str, texts: list[str]
) -> None:
    column = EQUIPMENT.column(name)
    if column.kind in (Kind.DATE, Kind.NUMBER):  # one text at a time, for others settle it
        texts = texts[:1]
    assert by_engine(reader, session, name, texts) == [by_cells(name, text) for text in texts]


def test_it_is_a_reader(reader: DuckDBReader) -> None:
    checked: Reader = reader
    assert checked.scratch.is_dir()


def test_odd_texts_come_once_each_with_their_rows_and_can_be_asked_again(
    reader: DuckDBReader, session: Session
) -> None:
    plan = planned(reader, session, "function", ["AMF", "AMF", " HSS "])
    first = [one for batch in reader.odd_texts(plan) for one in batch]
    assert [(one.text, one.rows) for one in first] == [("AMF", 2), ("HSS", 1)]
    assert [one for batch in reader.odd_texts(plan) for one in batch] == first


def test_the_content_digest_knows_rows_but_not_their_order(reader: DuckDBReader, session: Session) -> None:
    session.connection.execute("CREATE VIEW up AS SELECT * FROM (VALUES ('a', 1.5), ('b', NULL)) AS t(x, y)")
    session.connection.execute("CREATE VIEW down AS SELECT * FROM (VALUES ('b', NULL), ('a', 1.5)) AS t(x, y)")
    session.connection.execute("CREATE VIEW other AS SELECT * FROM (VALUES ('b', NULL), ('a', 2.5)) AS t(x, y)")
    up, down, other = (reader.content_digest(Relation(name, ("x", "y"))) for name in ("up", "down", "other"))
    assert up == down != other


def test_rows_of_a_large_table_keep_their_record_numbers(tmp_path: Path) -> None:
    path = tmp_path / "kit.csv"
    path.write_text("id,vendor\n" + "".join(f'dev-{n},"Acme {n}"\n' for n in range(2, 200_002)))
    with Session(memory="300MiB", threads=2) as session:
        reader = DuckDBReader(session)
        from telvet.inventory.read import read_inventory  # noqa: PLC0415 - only this test reads whole files

        inventory = read_inventory(reader, [path])
        wrong = session.connection.execute(
            f"SELECT count(*) FROM {inventory.relation.name} WHERE id <> 'dev-' || origin_row"
        ).fetchone()
    assert (inventory.rows_judged, wrong) == (200_000, (0,))
