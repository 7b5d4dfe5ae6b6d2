"""Turn what was written aside into a file at its place, whole or not at all, that only its owner can read.

* A link stays a link: what it leads to is replaced. A device or a pipe is written into and stays what it is.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from telvet.errors import UsageError

__all__ = ["check_place", "private_path", "put_private"]


@contextmanager
def private_path(target: Path) -> Iterator[Path]:
    """Yield a path to write to; it takes the target's place, mode 0600, when all went well.

    Raises:
        UsageError: The place cannot be written.
    """
    with _teaching(target):
        special = _is_special(target)
        place = Path(os.path.realpath(target))
        with _passing(None if special else place) as passing:
            yield passing
            if special:
                with passing.open("rb") as source, target.open("wb") as stream:
                    shutil.copyfileobj(source, stream, 1024 * 1024)
            else:
                passing.replace(place)


def check_place(target: Path) -> None:
    """Raise UsageError where a file could not be written; before long work, not after it."""
    with _teaching(target), _passing(None if _is_special(target) else Path(os.path.realpath(target))):
        pass


@contextmanager
def _teaching(target: Path) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as problem:
        reason = (problem.strerror or str(problem)).lower()
        raise UsageError(
            f"{target} cannot be written: {reason}",
            code="unwritable",
            fix="name a file in a folder that you may write to",
        ) from problem


def put_private(passing: Path, target: Path, *, before: bytes = b"") -> None:
    """Move the bytes of a scratch file to `target`, after `before`; mode 0600, replaced at once."""
    try:
        with private_path(target) as beside, beside.open("wb") as stream, passing.open("rb") as source:
            stream.write(before)
            shutil.copyfileobj(source, stream, 1024 * 1024)
    finally:
        passing.unlink(missing_ok=True)


def _is_special(target: Path) -> bool:
    """Tell whether something that is no regular file stands at a place; a folder is an error."""
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return False
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(None, "is a folder")
    return not stat.S_ISREG(mode)


@contextmanager
def _passing(place: Path | None) -> Iterator[Path]:
    """Yield an empty private file beside a place, or somewhere; it is removed if it is still there."""
    handle, name = tempfile.mkstemp(
        prefix=f".{place.name if place else 'telvet'}.", dir=place.parent if place else None
    )
    os.close(handle)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)
