from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from telvet.errors import WorkspaceError
from telvet.workspace.database import migration_config, open_database
from telvet.workspace.ledger import Ledger
from telvet.workspace.schema import APPEND_ONLY, METADATA, VERSION_TABLE

NOW = datetime(2024, 1, 15, 9, 30, tzinfo=UTC)


def code_of(place: Path | str, *, create: bool = False) -> str:
    with pytest.raises(WorkspaceError) as caught:
        Ledger.open(place, create=create)
    assert caught.value.fix
    return caught.value.code


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_folder_and_ledger_are_readable_by_their_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        Ledger.open(tmp_path / "a" / "workspace", create=True).close()
    finally:
        os.umask(before)
    assert (mode(tmp_path / "a" / "workspace"), mode(tmp_path / "a" / "workspace" / "ledger.db")) == (0o700, 0o600)


def test_a_ledger_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    Ledger.open(tmp_path, create=True).close()
    (tmp_path / "ledger.db").chmod(0o644)
    Ledger.open(tmp_path).close()
    assert mode(tmp_path / "ledger.db") == 0o600


def test_opening_a_missing_ledger_makes_nothing(tmp_path: Path) -> None:
    assert code_of(tmp_path / "nowhere") == "workspace-missing"
    assert not (tmp_path / "nowhere").exists()


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "ledger.db").write_text("a shopping list, " * 100, encoding="utf-8")
    assert code_of(tmp_path, create=True) == "workspace-foreign"
    assert (tmp_path / "ledger.db").read_text(encoding="utf-8").startswith("a shopping list")


def test_a_database_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "ledger.db") as connection:
        connection.execute("CREATE TABLE songs (title TEXT)")
    connection.close()
    assert code_of(tmp_path, create=True) == "workspace-foreign"


def test_a_ledger_of_a_newer_telvet_is_not_guessed_at(tmp_path: Path) -> None:
    Ledger.open(tmp_path, create=True).close()
    with sqlite3.connect(tmp_path / "ledger.db") as connection:
        connection.execute(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")  # noqa: S608 - our own table
    connection.close()
    assert code_of(tmp_path) == "workspace-newer"


def test_a_locked_ledger_is_told_after_some_patience(tmp_path: Path) -> None:
    with Ledger.open(tmp_path, create=True, patience=0.1) as ledger:
        other = sqlite3.connect(tmp_path / "ledger.db", isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(WorkspaceError) as caught:
            ledger.record("f-7c1d0a", "confirmed", by="ana", why="seen", now=NOW)
        other.execute("ROLLBACK")
        other.close()
        ledger.record("f-7c1d0a", "confirmed", by="ana", why="seen", now=NOW)
    assert caught.value.code == "workspace-locked"


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert code_of(tmp_path / "file", create=True) == "workspace-unusable"


def test_a_folder_with_odd_letters_in_its_name_serves(tmp_path: Path) -> None:
    place = tmp_path / "100 % of #1? &"
    with Ledger.open(place, create=True) as ledger:
        ledger.record("f-7c1d0a", "confirmed", by="ana", why="seen", now=NOW)
    assert (place / "ledger.db").exists()


def test_a_copied_ledger_is_a_whole_ledger(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "a", create=True) as ledger:
        ledger.record("f-7c1d0a", "confirmed", by="ana", why="seen", now=NOW)
        shutil.copytree(tmp_path / "a", tmp_path / "b")
    with Ledger.open(tmp_path / "b") as copy:
        assert list(copy.dispositions()) == ["f-7c1d0a"]


@pytest.mark.parametrize("address", ["nosuch://host/db", "postgresql+nosuch://u:secret@host/db"])
def test_an_address_without_a_driver_is_told_without_its_password(address: str) -> None:
    with pytest.raises(WorkspaceError) as caught:
        Ledger.open(address)
    assert caught.value.code == "workspace-driver"
    assert "secret" not in "".join(caught.value.lines())


def test_the_steps_lead_to_the_tables_that_are_declared(tmp_path: Path) -> None:
    database = open_database(tmp_path, create=True, patience=1)
    with database.reader.begin() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE, "compare_type": True})
        assert compare_metadata(context, METADATA) == []
    database.close()


def test_on_postgresql_rows_are_guarded_too() -> None:
    config = migration_config()
    config.output_buffer = script = StringIO()
    config.attributes["dialect"] = "postgresql"
    command.upgrade(config, "head", sql=True)
    text = script.getvalue()
    assert text.count("BEFORE UPDATE OR DELETE OR TRUNCATE") == len(APPEND_ONLY)
    assert "seq SERIAL NOT NULL" in text
