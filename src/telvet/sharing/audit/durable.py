"""Bytes -> a disk that has them when the call returns; a folder -> one writer.

* A name that another program may read is only ever given to a file that is whole.
"""

from __future__ import annotations

import os
from pathlib import Path

from telvet.sharing.audit.troubles import locked

__all__ = ["PRIVATE", "locked_file", "placed", "prepared", "sync_folder", "write_all"]

PRIVATE = 0o600


def write_all(handle: int, data: bytes) -> None:
    """Write every byte; the system may take them in parts."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def prepared(path: Path, data: bytes) -> Path:
    """Write a file beside its place, durably; return where."""
    beside = path.with_name(f"{path.name}.new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE)
    try:
        write_all(handle, data)
        os.fsync(handle)
    finally:
        os.close(handle)
    return beside


def placed(path: Path, data: bytes) -> None:
    """Give a file its bytes, all or none of them, durably."""
    prepared(path, data).replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def locked_file(path: Path) -> int:
    """Lock a file; the lock lasts until the handle is closed or the process ends, however it ends.

    Raises:
        WorkspaceError: Another holds it.
    """
    import fcntl  # noqa: PLC0415 - not there on every system; only writing needs it

    handle = os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as problem:
        os.close(handle)
        raise locked(str(path.parent)) from problem
    except OSError:
        os.close(handle)
        raise
    return handle
