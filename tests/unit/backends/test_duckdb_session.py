from __future__ import annotations

import stat
from pathlib import Path

import duckdb
import pytest

from telvet.backends.duckdb_session import Session


def test_names_are_fresh_each_time() -> None:
    with Session() as session:
        assert [session.name("held"), session.name("held"), session.name("key")] == ["held_1", "held_2", "key_3"]


def test_scratch_is_private_and_goes_with_the_session() -> None:
    with Session() as session:
        scratch = session.scratch
        assert stat.S_IMODE(scratch.stat().st_mode) == 0o700
        (scratch / "spill").mkdir(exist_ok=True)
        (scratch / "spill" / "some.tmp").write_text("rows", "utf-8")
    assert not scratch.exists()
    with pytest.raises(duckdb.ConnectionException):
        session.connection.execute("SELECT 1")


def test_scratch_goes_when_something_fails_too() -> None:
    session = Session()

    def fail() -> None:
        with session:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert not session.scratch.exists()


def setting(session: Session, name: str) -> str:
    found = session.connection.execute("SELECT current_setting(?)", [name]).fetchone()
    assert found is not None
    return str(found[0])


def test_nothing_is_fetched_and_memory_is_bounded() -> None:
    with Session(memory="200MiB", threads=1) as session:
        assert setting(session, "autoinstall_known_extensions") == "False"
        assert setting(session, "autoload_known_extensions") == "False"
        assert setting(session, "memory_limit").startswith("200.0 MiB")
        assert setting(session, "threads") == "1"
        assert Path(setting(session, "temp_directory")).parent == session.scratch


def test_sessions_do_not_see_each_other() -> None:
    with Session() as one, Session() as other:
        one.connection.execute("CREATE TABLE mine AS SELECT 1 AS x")
        with pytest.raises(duckdb.CatalogException):
            other.connection.execute("SELECT * FROM mine")
        assert one.scratch != other.scratch
