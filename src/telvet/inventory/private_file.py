"""Turn a scratch file into one at its place, whole or not at all, that only its owner can read."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

from telvet.errors import UsageError

__all__ = ["put_private"]


def put_private(passing: Path, target: Path, *, before: bytes = b"") -> None:
    """Move the bytes of a scratch file to `target`, after `before`; mode 0600, replaced at once."""
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as stream, passing.open("rb") as source:
            stream.write(before)
            shutil.copyfileobj(source, stream, 1024 * 1024)
        beside.replace(target)
    except OSError as problem:
        with contextlib.suppress(OSError):
            beside.unlink()
        reason = (problem.strerror or str(problem)).lower()
        raise UsageError(
            f"{target.name} cannot be written: {reason}", code="unwritable", fix="check the path"
        ) from None
    finally:
        passing.unlink(missing_ok=True)
