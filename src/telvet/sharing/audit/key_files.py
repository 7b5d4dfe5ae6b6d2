"""A file -> the key in it; a new key -> a file that only its owner can read.

* A private key's file is made with mode 0600 and never written over; one that others may read is refused.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from telvet.errors import UsageError
from telvet.sharing.audit.keys import Signer, VerifierKey, signer_of, verifier_of

__all__ = ["keep_signer", "read_signer", "read_verifier"]

_MOST_BYTES = 10_000
_OTHERS = 0o077


def keep_signer(path: Path, signer: Signer) -> None:
    """Write a private key to a new file.

    Raises:
        UsageError: Something is there already, or the place cannot be written.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(signer.text() + "\n")
            stream.flush()
            os.fsync(stream.fileno())
    except FileExistsError as problem:
        raise UsageError(
            "a file is here already",
            code="audit-key-exists",
            where=str(path),
            why="a key that is written over is lost, and what it signed can no longer be continued",
            fix="name another file",
        ) from problem
    except OSError as problem:
        raise UsageError(
            f"the key cannot be written: {(problem.strerror or str(problem)).lower()}",
            code="audit-key-unwritable",
            where=str(path),
            fix="name a file in a folder that you may write to",
        ) from problem


def read_signer(path: Path) -> Signer:
    """Read a private key.

    Raises:
        UsageError: It cannot be read, is none, or others may read it.
    """
    text = _text(path)
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & _OTHERS:
        raise UsageError(
            "others may read this private key",
            code="audit-key-open",
            where=str(path),
            why="whoever has the key can sign another history",
            fix=f"chmod 600 {path}; if others had access, make a new key and rotate to it",
        )
    try:
        return signer_of(text)
    except ValueError as problem:
        raise _no_key(path, str(problem), "a private key") from problem


def read_verifier(path: Path) -> VerifierKey:
    """Read a public key.

    Raises:
        UsageError: It cannot be read, or is none.
    """
    try:
        return verifier_of(_text(path))
    except ValueError as problem:
        raise _no_key(path, str(problem), "a public key") from problem


def _text(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return stream.read(_MOST_BYTES).decode("utf-8").removesuffix("\n")
    except UnicodeDecodeError as problem:
        raise _no_key(path, "it is no text", "a key") from problem
    except OSError as problem:
        raise UsageError(
            f"the key cannot be read: {(problem.strerror or str(problem)).lower()}",
            code="audit-key-unreadable",
            where=str(path),
            fix="check the file's name, and that you may read it",
        ) from problem


def _no_key(path: Path, why: str, wanted: str) -> UsageError:
    return UsageError(
        f"this is not {wanted} of an audit log",
        code="audit-key-text",
        where=str(path),
        why=why,
        fix="give the file as it was made; a key is one line",
    )
