"""Turns the place of a workspace into pooled connections on which many threads read and write objects at once.

* On SQLite readers see the last commit while another thread writes, and a commit is on the disk when it returns.
* All that is read in one piece of work is read as of one moment; writers wait for each other.
* A connection that was dropped is replaced and the work done once more, so work must bear being done twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, func, select
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import QueuePool

from telvet.errors import SourceError
from telvet.workspace import troubles
from telvet.workspace.database import FILE, open_database

__all__ = ["Connected", "connected"]

T = TypeVar("T")

_POOL = 8
_OVERFLOW = 56
_ATTEMPTS = 2
_SYNCING = 0x74737677
"""What two processes that decide a view on PostgreSQL wait for each other on; any number that nobody else uses."""
_CACHE_KIB, _CHECKPOINT_PAGES = 65_536, 4_096
_DAMAGE = ("malformed", "not a database", "no such", "does not exist", "corrupt")


@dataclass(frozen=True, slots=True)
class Connected:
    """Connections to one database."""

    engine: Engine
    where: str

    def read(self, work: Callable[[Connection], T]) -> T:
        """Do work that reads.

        Raises:
            SourceError: The database cannot answer.
        """
        return self._done(work, self._reader)

    def write(self, work: Callable[[Connection], T]) -> T:
        """Do work that writes, wholly or not at all; it is durable when this returns.

        Raises:
            SourceError: The database cannot take it.
        """
        return self._done(work, self._writer)

    @contextmanager
    def alone(self, partner: str) -> Iterator[None]:
        """Keep other processes from deciding the view of a partner; on SQLite whoever comes second finds out by himself."""
        if not self._shared:
            yield
            return
        with _teaching(self.where), self.engine.begin() as connection:
            connection.execute(select(func.pg_advisory_xact_lock(_SYNCING, func.hashtext(partner))))
            yield

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()

    @property
    def _shared(self) -> bool:
        return self.engine.dialect.name == "postgresql"

    @property
    def _reader(self) -> Engine:
        return self.engine.execution_options(isolation_level="REPEATABLE READ") if self._shared else self.engine

    @property
    def _writer(self) -> Engine:
        return self.engine if self._shared else self.engine.execution_options(telvet_writes=True)

    def _done(self, work: Callable[[Connection], T], engine: Engine) -> T:
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                with engine.begin() as connection:
                    return work(connection)
            except DBAPIError as error:
                if attempt == _ATTEMPTS or not error.connection_invalidated:
                    raise _told(self.where, error) from error
            except PoolTimeoutError as error:
                raise _busy(self.where, "too many ask at once") from error
        raise AssertionError  # the last attempt has returned or raised


def connected(place: Path | str, *, patience: float) -> Connected:
    """Connect to a workspace, made or brought up to date where needed.

    Args:
        place: Its folder, or an address such as `postgresql+psycopg://user@host/database`.
        patience: For how many seconds to wait for another writer.

    Raises:
        WorkspaceError: It is damaged, foreign, locked, or of a newer telvet.
    """
    database = open_database(place, create=True, patience=patience)
    database.close()
    if isinstance(place, str) and "://" in place:
        engine = create_engine(
            place, pool_pre_ping=True, pool_size=_POOL, max_overflow=_OVERFLOW, pool_timeout=patience
        )
        return Connected(engine, database.where)
    engine = create_engine(
        f"sqlite:///{Path(place) / FILE}",
        poolclass=QueuePool,
        pool_size=_POOL,
        max_overflow=_OVERFLOW,
        pool_timeout=patience,
        connect_args={"timeout": patience, "check_same_thread": False},
    )
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    with troubles.teaching(database.where), engine.connect():  # it gets its journal now, while nobody writes
        return Connected(engine, database.where)


def _on_connect(connection: Any, _record: object) -> None:  # noqa: ANN401 - any driver's connection
    """Leave beginning and ending of transactions to us; keep a journal beside the file, and make commits durable."""
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")


def _on_begin(connection: Connection) -> None:
    """Begin; a writer takes the write lock at once."""
    writes = connection.get_execution_options().get("telvet_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN DEFERRED")


@contextmanager
def _teaching(where: str) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise _told(where, error) from error
    except PoolTimeoutError as error:
        raise _busy(where, "too many ask at once") from error


def _told(where: str, error: DBAPIError) -> SourceError:
    """Choose the error by what the database says; the wording is that of SQLite and PostgreSQL."""
    detail = str(error.orig).strip()
    passing = isinstance(error, OperationalError) or error.connection_invalidated
    if passing and not any(word in detail for word in _DAMAGE):
        return _busy(where, detail)
    return SourceError(
        "the store of objects has failed",
        code="source-failed",
        where=where,
        why=detail,
        fix="restore the database from a backup if it is damaged; otherwise report what stands here",
    )


def _busy(where: str, detail: str) -> SourceError:
    return SourceError(
        "the store of objects cannot answer now",
        code="source-busy",
        where=where,
        why=detail,
        fix="ask again later; if this goes on, see that the disk has room and the database runs",
    )
