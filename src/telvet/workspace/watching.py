"""Tells cheaply whether anything was written to a workspace since it was last asked, so that a server need not read it each time.

* On SQLite one connection is kept, and asked for the number that every write of another connection changes.
* On a shared database there is no such number: then everything is asked each time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

from telvet.errors import WorkspaceError

__all__ = ["Watched"]

T = TypeVar("T")
_FILE = "ledger.db"


class Watched(Generic[T]):
    """What is read of a workspace, read again only after something was written to it."""

    def __init__(self, place: Path | str, read: Callable[[], T]) -> None:
        """Take a folder or a database's address, and what reads it; the folder must hold a ledger."""
        self._read, self._lock = read, Lock()
        self._kept: tuple[int, T] | None = None
        self._connection: sqlite3.Connection | None = None
        if not (isinstance(place, str) and "://" in place):
            self._connection = sqlite3.connect(Path(place) / _FILE, isolation_level=None, check_same_thread=False)

    def __call__(self) -> T:
        """Return what is read of it now.

        Raises:
            WorkspaceError: It cannot be read.
        """
        if self._connection is None:
            return self._read()
        with self._lock:
            before = self._version(self._connection)
            if self._kept is None or self._kept[0] != before:
                # Read after the number was asked for: what is written meanwhile has another number next time.
                self._kept = (before, self._read())
            return self._kept[1]

    def close(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            self._connection.close()

    @staticmethod
    def _version(connection: sqlite3.Connection) -> int:
        try:
            (number,) = connection.execute("PRAGMA data_version").fetchone()
        except sqlite3.Error as problem:
            raise WorkspaceError(
                "the ledger cannot be asked",
                code="workspace-unusable",
                why=str(problem),
                fix="check the disk and the file",
            ) from problem
        return int(number)
