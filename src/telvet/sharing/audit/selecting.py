"""The logs of a folder and what somebody asks about -> a file of proofs from each log that holds something of it.

* Files are named after their logs where there are several; one alone has the name that was asked for.
* Every log is verified before anything leaves it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path

from telvet.sharing.audit.checkpoints import Checkpoint
from telvet.sharing.audit.exporting import export
from telvet.sharing.audit.keys import VerifierKey
from telvet.sharing.audit.logs import MAIN, Log, key_of, logs, trusted_key
from telvet.sharing.audit.notes import Note
from telvet.sharing.audit.proving import chosen_leaves
from telvet.sharing.audit.troubles import gone
from telvet.sharing.audit.walking import scan, walk
from telvet.workspace.entries import moment

__all__ = ["export_logs"]


def export_logs(
    folder: Path,
    key: VerifierKey,
    target: Path,
    *,
    records: Collection[int] | None = None,
    objects: Collection[str] | None = None,
    since: datetime | None = None,
    only: str | None = None,
    kept: Sequence[str] = (),
) -> list[tuple[Path, int]]:
    """Write the exports; return the files with how many records each has.

    Args:
        folder: That of all logs.
        key: That of `main`.
        target: The file to write.
        records: The places of the records wanted.
        objects: Only records with decisions about these, and only those decisions.
        since: Only records of this moment or later.
        only: Only this log.
        kept: Checkpoints that the reader holds; the last one of each log is shown to have grown into it.

    Raises:
        UsageError: A file cannot be written.
        WorkspaceError: A log is not as it was signed.
    """
    wanted = [
        (log, own, places)
        for log, own in _trusted(folder, key)
        if only in {None, log.name} and (places := _places(log, records, objects, since))
    ]
    written = []
    for log, own, places in wanted:
        path = target if len(wanted) == 1 else target.with_name(f"{target.stem}.{log.name}{target.suffix}")
        note = _kept(kept, key_of(key, log.name).name)
        written.append((path, export(log.storage, own, path, records=places, objects=objects, kept=note)))
    return written


def _trusted(folder: Path, key: VerifierKey) -> list[tuple[Log, VerifierKey]]:
    """Return the logs, each with a key of its own that the key of `main` vouches for."""
    found = logs(folder)
    if found[0].name != MAIN:
        raise gone(str(folder), key.name, by="the key")
    chain = scan(found[0].storage, key).keys
    return [(log, key if log.name == MAIN else trusted_key(log, chain)) for log in found]


def _places(
    log: Log, records: Collection[int] | None, objects: Collection[str] | None, since: datetime | None
) -> set[int]:
    least = "" if since is None else moment(since)
    return {
        index
        for step in walk(log.storage)
        for index, one in enumerate(step.commit.logged, start=step.commit.first)
        if (records is None or index in records)
        and str(one.told.get("at")) >= least
        and (objects is None or chosen_leaves(one, objects))
    }


def _kept(notes: Sequence[str], origin: str) -> str | None:
    """Return the last of the checkpoints that are of a log."""
    return next((text for text in reversed(notes) if Checkpoint.of(Note.read(text)).origin == origin), None)
