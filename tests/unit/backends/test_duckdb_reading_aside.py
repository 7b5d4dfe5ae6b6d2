# ruff: noqa: S608 - the session made the names
from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from telvet.backends.duckdb_reading import DuckDBReader
from telvet.backends.duckdb_session import Session
from telvet.tables.equipment import EQUIPMENT
from telvet.tables.reading import Plan, SetAside, Staged, Take


@pytest.fixture
def session() -> Iterator[Session]:
    with Session(memory="300MiB", threads=1) as session:
        yield session


def staged(reader: DuckDBReader, tmp_path: Path, *texts: str) -> list[Staged]:
    found = []
    for number, text in enumerate(texts):
        path = tmp_path / f"{number}"
        path.write_text(text)
        raw = reader.load_pumped(path, ("x", "o"))
        plan = Plan(
            number, f"{number}.csv", raw, (Take(EQUIPMENT.column("id"), 0), Take(EQUIPMENT.column("operator"), 1)), ()
        )
        found.append(reader.stage(plan))
    return found


def united(session: Session, tmp_path: Path, *texts: str, shown: int = 10) -> SetAside:
    reader = DuckDBReader(session)
    return reader.unite(staged(reader, tmp_path, *texts), shown=shown)


def test_files_are_united_under_all_columns(session: Session, tmp_path: Path) -> None:
    found = united(session, tmp_path, "2,,a,n\n", "2,,a,m\n3,,b,\n")
    rows = session.connection.execute(
        f"SELECT id, operator, origin_file FROM {found.relation.name} ORDER BY ALL"
    ).fetchall()
    assert rows == [("a", "m", "1.csv"), ("a", "n", "0.csv"), ("b", None, "1.csv")]
    assert (found.judged, found.rejected, found.rejects) == ((1, 2), (0, 0), None)
    assert found.relation.columns == EQUIPMENT.names


def test_an_unknown_operator_is_one_operator(session: Session, tmp_path: Path) -> None:
    found = united(session, tmp_path, "2,,a,\n3,,a,\n4,,a,n\n")
    assert (found.judged, found.rejected) == ((2,), (1,))
    assert found.flaws[0].code == "id-twice"


def test_only_so_many_faults_are_shown_but_all_are_counted(session: Session, tmp_path: Path) -> None:
    found = united(session, tmp_path, "".join(f"{n},,,n\n" for n in range(2, 30)) + "30,,a,n\n", shown=5)
    assert (len(found.flaws), found.flaw_count, found.rejected) == (5, 28, (28,))
    assert [flaw.record for flaw in found.flaws] == [2, 3, 4, 5, 6]


def test_rejects_keep_their_raw_cells(session: Session, tmp_path: Path) -> None:
    found = united(session, tmp_path, "2,,,n\n3,,a,n\n")
    assert found.rejects is not None
    assert session.connection.execute(f"SELECT file, record, cells FROM {found.rejects.name}").fetchall() == [
        ("0.csv", 2, [None, "n"])
    ]


def test_raw_cells_are_let_go_once_united(session: Session, tmp_path: Path) -> None:
    united(session, tmp_path, "2,,a,n\n", "2,,b,m\n")
    names = [row[0] for row in session.connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
    assert [name for name in names if name.startswith(("raw", "cells", "odd", "spelt"))] == []
