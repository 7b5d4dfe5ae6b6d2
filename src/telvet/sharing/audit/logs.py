"""A folder -> the logs in it, one for each process that writes, under one key; a name -> its log, open to append.

* One key file serves all: each log signs as `NAME/LOG`, so that no two logs ever sign checkpoints of one origin.
* The log `main` is made by a person with its key and is never made anew in silence; others begin when a process first opens them.
* That a whole log is missing is proved only by a checkpoint of it that was kept elsewhere.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from telvet.errors import UsageError, WorkspaceError
from telvet.sharing.audit.checkpoints import Checkpoint
from telvet.sharing.audit.commits import unpacked
from telvet.sharing.audit.export_format import read_head
from telvet.sharing.audit.file_storage import FileStorage
from telvet.sharing.audit.keys import Signer, VerifierKey
from telvet.sharing.audit.log import AuditLog
from telvet.sharing.audit.notes import Note
from telvet.sharing.audit.troubles import altered, gone, missing, teaching, unfit, wrong_key
from telvet.sharing.audit.verifying import Verified, verify
from telvet.sharing.audit.walking import keys_named

__all__ = [
    "MAIN",
    "Log",
    "begin_logs",
    "key_of",
    "logs",
    "notes_in",
    "open_log",
    "signer_for",
    "trusted_key",
    "verify_logs",
]

MAIN = "main"
"""The log of commands; servers give each of their processes another name."""
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_DASH = "\u2014 "
_PAUSE = 0.1
_MOST_HEAD_BYTES = 100_000_000


@dataclass(frozen=True, slots=True)
class Log:
    """One log of a folder."""

    name: str
    folder: Path

    @property
    def storage(self) -> FileStorage:
        """Return where it is kept."""
        return FileStorage(self.folder)


def logs(folder: Path) -> list[Log]:
    """Return the logs in a folder, `main` first, then by name.

    Raises:
        WorkspaceError: There is no log.
    """
    with teaching(str(folder)):
        found = [path for path in folder.iterdir() if path.is_dir()] if folder.is_dir() else []
    named = sorted((path.name != MAIN, path.name) for path in found if _NAME.fullmatch(path.name))
    if not named:
        raise missing(str(folder))
    return [Log(name, folder / name) for _, name in named]


def begin_logs(folder: Path, signer: Signer, *, at: datetime, by: str) -> AuditLog:
    """Begin the log `main` in a folder.

    Raises:
        WorkspaceError: It is there already, or the place cannot be written.
    """
    with teaching(str(folder)):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return AuditLog.begin(FileStorage(folder / MAIN), signer, at=at, by=by)


def open_log(
    folder: Path, signer: Signer, name: str = MAIN, *, at: datetime | None = None, by: str = "", patience: float = 0
) -> AuditLog:
    """Open a log to append to it.

    Args:
        folder: That of all logs.
        signer: The key of `main`, whatever the name.
        name: Which log; small letters, digits and hyphens.
        at: Another log than `main` begins at this moment if it is not there; None begins none.
        by: Who begins it.
        patience: How many seconds to wait for another program that writes it.

    Raises:
        UsageError: No log may have this name.
        WorkspaceError: It cannot be opened.
    """
    if not _NAME.fullmatch(name):
        fix = "use small letters, digits and hyphens"
        raise UsageError(f"a log cannot be named {name!r}", code="audit-name", where=str(folder), fix=fix)
    main = FileStorage(folder / MAIN)
    storage, own = FileStorage(folder / name), signer_for(signer, name)
    until = time.monotonic() + patience
    while True:
        try:
            if at is not None and name != MAIN and main.published() and _is_empty(storage):
                return AuditLog.begin(storage, own, at=at, by=by)
            return AuditLog.resume(storage, own)
        except WorkspaceError as problem:
            if problem.code != "audit-locked" or time.monotonic() >= until:
                raise
        time.sleep(_PAUSE)


def key_of(key: VerifierKey, name: str) -> VerifierKey:
    """Return the key that verifies a log, of the key of `main`."""
    return key if name == MAIN else replace(key, name=f"{key.name}/{name}")


def key_in_export(path: Path, key: VerifierKey) -> VerifierKey:
    """Return the key that an export must be of, the key of `main` being trusted; where it says nothing, that one."""
    try:
        with path.open("rb") as stream:
            origin = Checkpoint.of(Note.read(read_head(stream.readline(_MOST_HEAD_BYTES)).checkpoint)).origin
    except (OSError, ValueError):
        return key
    name = origin.removeprefix(f"{key.name}/")
    return key_of(key, name) if name != origin and _NAME.fullmatch(name) else key


def signer_for(signer: Signer, name: str) -> Signer:
    """Return the key that signs a log, of the key of `main`."""
    return Signer(key_of(signer.key, name), signer.seed)


def verify_logs(folder: Path, key: VerifierKey, kept: Sequence[str] = ()) -> list[tuple[Log, Verified]]:
    """Check every byte of every log; `kept` are checkpoints that were stored elsewhere, of any of them.

    Raises:
        WorkspaceError: One is not as it was signed, is not of this key, or is gone.
    """
    found = logs(folder)
    origins = {key_of(key, log.name).name for log in found}
    of: dict[str, list[str]] = {origin: [] for origin in origins}
    for text in kept:
        origin = _origin(str(folder), text)
        if origin != key.name and not origin.startswith(f"{key.name}/"):
            raise unfit(str(folder), f"it is of {origin}, and the key is of {key.name}")
        if origin not in of:
            raise gone(str(folder), origin, by="a kept checkpoint")
        of[origin].append(text)
    if found[0].name != MAIN:
        raise gone(str(folder), key.name, by="the key")
    main = verify(found[0].storage, key, of[key.name])
    verified = [(found[0], main)]
    for log in found[1:]:
        own = trusted_key(log, main.keys)
        verified.append((log, verify(log.storage, own, of[key_of(key, log.name).name])))
    return verified


def trusted_key(log: Log, chain: Sequence[VerifierKey]) -> VerifierKey:
    """Return the key of a log's first record, if it is one of those that signed `main`.

    Raises:
        WorkspaceError: The log cannot be read, or its key is another.
    """
    first = next(log.storage.commits(), None)
    if first is None:
        raise missing(str(log.folder))
    try:
        named = keys_named(unpacked(first.data))
    except ValueError as problem:
        raise altered(first.place, str(problem)) from problem
    for key in chain:
        if key_of(key, log.name) in named:
            return key_of(key, log.name)
    shown = named[0].text() if named else "none"
    raise wrong_key(str(log.folder), shown, why="no key of the log `main` has made it")


def notes_in(text: str) -> list[str]:
    """Return the checkpoints in a file that holds one or several, with or without empty lines between them."""
    found: list[str] = []
    lines: list[str] = []
    for line in text.split("\n"):
        if lines and lines[-1].startswith(_DASH) and not line.startswith(_DASH):
            found.append("\n".join(lines) + "\n")
            lines = []
        if line or lines:
            lines.append(line)
    if lines:
        found.append("\n".join(lines))
    return found


def _is_empty(storage: FileStorage) -> bool:
    return storage.published() is None and storage.last() is None


def _origin(where: str, text: str) -> str:
    try:
        return Checkpoint.of(Note.read(text)).origin
    except ValueError as problem:
        raise unfit(where, str(problem)) from problem
