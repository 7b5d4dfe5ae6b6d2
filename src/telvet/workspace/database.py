"""Open the ledger's database, SQLite in a folder or PostgreSQL by its address, and bring its tables up to date.

* A SQLite ledger and its folder are readable by their owner alone.
* Writers take the write lock when they begin, so that two runs wait for each other in place of failing midway.
* An upgrade is one transaction: it happens wholly or not at all, and once if two runs start together.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import NullPool

from telvet.errors import WorkspaceError
from telvet.workspace import troubles
from telvet.workspace.schema import VERSION_TABLE

__all__ = ["FILE", "Database", "migration_config", "open_database"]

FILE = "ledger.db"
_MIGRATIONS = Path(__file__).parent / "migrations"
_UPGRADE_LOCK = 0x74656C76
"""What two upgrades on PostgreSQL wait for each other on; any number that nobody else uses."""


@dataclass(frozen=True, slots=True)
class Database:
    """An engine for reading, one for writing, and how to name the place in a message."""

    reader: Engine
    writer: Engine
    where: str

    def close(self) -> None:
        """Let go of every connection."""
        self.reader.dispose()


def open_database(place: Path | str, *, create: bool, patience: float) -> Database:
    """Open a folder's `ledger.db`, or the database at an address such as `postgresql+psycopg://...`."""
    shared = isinstance(place, str) and "://" in place
    database = _at_address(str(place)) if shared else _in_folder(Path(place), create=create, patience=patience)
    with troubles.teaching(database.where):
        _bring_up_to_date(database, create=create)
    return database


def migration_config() -> Config:
    """Return Alembic's configuration: the steps lie beside this file."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _in_folder(folder: Path, *, create: bool, patience: float) -> Database:
    """Return the database in a folder; the file is made by hand so that it is never open to others."""
    path = folder / FILE
    try:
        if not path.exists():
            if not create:
                raise troubles.missing(str(path))
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)
    except OSError as error:
        raise WorkspaceError(
            "the folder cannot be used as a workspace",
            code="workspace-unusable",
            where=str(folder),
            why=str(error.strerror or error),
            fix="name a folder of your own on a disk with room",
        ) from error
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool, connect_args={"timeout": patience})
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return Database(engine, engine.execution_options(telvet_writes=True), str(path))


def _at_address(address: str) -> Database:
    """Return the database at an address; a password in it never reaches a message."""
    try:
        engine = create_engine(address, poolclass=NullPool)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise WorkspaceError(
            "no driver for this address, or the address is malformed",
            code="workspace-driver",
            where=address.partition("://")[0],
            why="a shared ledger needs a driver that telvet does not bring along",
            fix="install psycopg, and write postgresql+psycopg://user@host/database",
        ) from error
    return Database(engine, engine, engine.url.render_as_string(hide_password=True))


def _on_connect(connection: Any, _record: object) -> None:  # noqa: ANN401 - any driver's connection
    """Leave beginning and ending of transactions to us, and make commits durable."""
    connection.isolation_level = None
    connection.execute("PRAGMA synchronous = FULL")


def _on_begin(connection: Connection) -> None:
    """Begin; a writer takes the write lock at once."""
    writes = connection.get_execution_options().get("telvet_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN DEFERRED")


def _bring_up_to_date(database: Database, *, create: bool) -> None:
    """Run the steps that are missing; refuse what is not ours or not yet known to us."""
    with database.reader.begin() as connection:
        if _stands_at(connection, database.where, create=create) == _head():
            return
    with database.writer.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _UPGRADE_LOCK})
        if _stands_at(connection, database.where, create=create) != _head():
            config = migration_config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def _stands_at(connection: Connection, where: str, *, create: bool) -> str | None:
    """Return the revision of the tables, None for an empty database."""
    tables = inspect(connection).get_table_names()
    if VERSION_TABLE not in tables:
        if tables:
            raise troubles.foreign(where)
        if not create:
            raise troubles.missing(where)
        return None
    revision = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE}).get_current_revision()
    known = {script.revision for script in ScriptDirectory(str(_MIGRATIONS)).walk_revisions()}
    if revision is not None and revision not in known:
        raise troubles.newer(where, revision)
    return revision


def _head() -> str | None:
    """Return the newest revision that this telvet knows."""
    return ScriptDirectory(str(_MIGRATIONS)).get_current_head()
