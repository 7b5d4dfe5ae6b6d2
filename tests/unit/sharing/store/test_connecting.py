from __future__ import annotations

import stat
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from telvet.errors import SourceError, WorkspaceError
from telvet.sharing.store.connecting import connected
from telvet.workspace.ledger import Ledger


def test_a_commit_is_on_the_disk_and_readers_do_not_wait(tmp_path: Path) -> None:
    database = connected(tmp_path, patience=0.1)

    def told(connection: Connection) -> tuple[object, object]:
        synchronous = connection.exec_driver_sql("PRAGMA synchronous").scalar()
        return connection.exec_driver_sql("PRAGMA journal_mode").scalar(), synchronous

    assert database.read(told) == ("wal", 2)
    with database.engine.execution_options(telvet_writes=True).begin():
        assert database.read(lambda connection: connection.scalar(text("SELECT only FROM store_changes"))) == 1
    database.close()


def test_the_journal_too_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    database = connected(tmp_path, patience=1)
    database.write(lambda connection: connection.execute(text("UPDATE store_changes SET added = 1")))
    with database.engine.connect():
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes
    assert set(modes.values()) == {0o600}
    database.close()


def test_a_ledger_is_one_still_when_objects_lie_in_it(tmp_path: Path) -> None:
    database = connected(tmp_path, patience=1)
    with Ledger.open(tmp_path) as ledger:
        assert not ledger.dispositions()
    database.close()


def test_work_is_done_once_more_where_the_connection_was_dropped(tmp_path: Path) -> None:
    database = connected(tmp_path, patience=1)
    tries: list[int] = []

    def dropped(_: Connection) -> str:
        tries.append(1)
        if len(tries) == 1:
            raise OperationalError("SELECT", {}, Exception("gone"), connection_invalidated=True)
        return "done"

    assert database.read(dropped) == "done"
    tries.clear()

    def ever(_: Connection) -> str:
        tries.append(1)
        raise OperationalError("SELECT", {}, Exception("gone"), connection_invalidated=True)

    with pytest.raises(SourceError) as caught:
        database.write(ever)
    assert (caught.value.code, len(tries)) == ("source-busy", 2)
    database.close()


@pytest.mark.parametrize(
    ("detail", "code"),
    [
        ("database or disk is full", "source-busy"),
        ("database is locked", "source-busy"),
        ("the database system is shutting down", "source-busy"),
        ("database disk image is malformed", "source-failed"),
        ("no such table: objects", "source-failed"),
    ],
)
def test_what_may_pass_is_busy_and_what_may_not_has_failed(tmp_path: Path, detail: str, code: str) -> None:
    database = connected(tmp_path, patience=1)

    def work(_: Connection) -> None:
        raise OperationalError("SELECT", {}, Exception(detail))

    with pytest.raises(SourceError) as caught:
        database.read(work)
    assert (caught.value.code, caught.value.why) == (code, detail)
    assert caught.value.fix
    database.close()


def test_nothing_is_half_written(tmp_path: Path) -> None:
    database = connected(tmp_path, patience=1)

    def half(connection: Connection) -> None:
        connection.execute(text("UPDATE store_changes SET added = 5"))
        raise KeyError

    with pytest.raises(KeyError):
        database.write(half)
    assert database.read(lambda connection: connection.scalar(text("SELECT added FROM store_changes"))) == 0
    database.close()


def test_an_address_without_a_driver_is_told(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError):
        connected("nosuch://host/db", patience=1)
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(WorkspaceError):
        connected(tmp_path / "file", patience=1)
