# ruff: noqa: S608 - the session made the names
from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from telvet.backends.duckdb_reading_load import Loader, stand_in
from telvet.backends.duckdb_session import Session
from telvet.tables.reading import BETWEEN_FLAWS, Raw, ReadingRefused, Spaces


@pytest.fixture
def session() -> Iterator[Session]:
    with Session(memory="300MiB", threads=1) as session:
        yield session


def held(session: Session, raw: Raw | None) -> list[tuple[object, ...]]:
    assert raw is not None
    return session.connection.execute(f"SELECT * FROM {raw.name} ORDER BY record").fetchall()


def test_well_formed_text_is_loaded_with_its_record_numbers(session: Session, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('x,y\n1,"a\nb"\n2,\n')
    raw = Loader(session).delimited(tmp_path / "a.csv", ("x", "y"), ",", 2, Spaces.ANY)
    assert held(session, raw) == [(2, None, "1", "a\nb"), (3, None, "2", None)]


@pytest.mark.parametrize("text", ["x,y\n1\n2,3\n", "x,y\n1,2\n\n3,4\n", "x,y\n1,2,3\n4,5\n", 'x,y\n1,"2"3\n4,5\n'])
def test_what_is_not_well_formed_is_left_to_the_pump(session: Session, tmp_path: Path, text: str) -> None:
    (tmp_path / "a.csv").write_text(text)
    records = text.count("\n") - 1
    assert Loader(session).delimited(tmp_path / "a.csv", ("x", "y"), ",", records, Spaces.ANY) is None


def test_pumped_records_bring_numbers_and_flaws(session: Session, tmp_path: Path) -> None:
    flaw = BETWEEN_FLAWS.join(("code", "what", "fix", "value"))
    (tmp_path / "a").write_text(f'2,,a,b\n5,"{flaw}",c,\n')
    raw = Loader(session).pumped(tmp_path / "a", ("x", "y"))
    assert raw.flawed
    assert held(session, raw) == [(2, None, "a", "b"), (5, flaw, "c", None)]


def test_json_lines_are_flattened(session: Session, tmp_path: Path) -> None:
    (tmp_path / "a").write_text('{"a": {"b": 1}, "l": [1, "x"], "o": [{"k": 1}], "n": null}\n\n3\n')
    raw = Loader(session).json_lines(tmp_path / "a")
    assert raw.header == ("a.b", "l", "n")
    assert [row[0] for row in held(session, raw)] == [1, 3]
    assert held(session, raw)[0][2:] == ("1", "1;x", None)
    assert raw.flawed


def test_an_array_is_counted_from_one(session: Session, tmp_path: Path) -> None:
    (tmp_path / "a").write_text('[{"a": "x"}, {"a": "y"}]')
    assert held(session, Loader(session).json_array(tmp_path / "a")) == [(1, None, "x"), (2, None, "y")]


def test_what_the_engine_says_becomes_a_refusal(session: Session, tmp_path: Path) -> None:
    (tmp_path / "a").write_text("no json, no parquet")
    for load in (Loader(session).parquet, Loader(session).json_array, Loader(session).marks):
        with pytest.raises(ReadingRefused):
            load(tmp_path / "a")


def test_a_stand_in_leads_to_the_file_where_links_are_not_allowed(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "it's [1].csv"
    path.write_text("x")

    def forbid(*_: object, **__: object) -> None:
        raise OSError

    assert stand_in(session, path).read_text() == "x"
    monkeypatch.setattr(Path, "symlink_to", forbid)
    assert stand_in(session, path).read_text() == "x"
    monkeypatch.setattr("os.link", forbid)
    assert stand_in(session, path).read_text() == "x"
