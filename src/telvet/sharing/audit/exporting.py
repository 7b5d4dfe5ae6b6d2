"""A log -> a file with records, their proofs, the checkpoint and the keys, for somebody who is offline.

* The log is checked to its end first; the file is private, and there whole or not at all.
* Where objects are named, only the decisions about them leave, each with its own proof.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from telvet.inventory.private_file import private_path
from telvet.sharing.audit.commits import Logged
from telvet.sharing.audit.export_format import Head, Line, Rotation
from telvet.sharing.audit.keys import VerifierKey
from telvet.sharing.audit.proofs import Tree
from telvet.sharing.audit.proving import chosen_leaves, growth_path
from telvet.sharing.audit.storage import Storage
from telvet.sharing.audit.walking import Scan, scan, walk

__all__ = ["export"]


def export(
    storage: Storage,
    key: VerifierKey,
    target: Path,
    *,
    records: Collection[int] | None = None,
    objects: Collection[str] | None = None,
    kept: str | None = None,
) -> int:
    """Write an export; return how many records are in it.

    Args:
        storage: Where the log is.
        key: A key of the log that the caller trusts.
        target: The file to write.
        records: The places of the records wanted; all when None.
        objects: Leave out records without a decision about one of these, and all other decisions.
        kept: A checkpoint that the reader holds; the file then proves that the log grew from it.

    Raises:
        UsageError: The file cannot be written.
        WorkspaceError: The log is not as it was signed, or did not grow from `kept`.
    """
    scanned = scan(storage, key)
    grown = () if kept is None else growth_path(storage.where, scanned, kept)
    wanted = [index for index, _ in _wanted(storage, len(scanned.hashes), records, objects)]
    head = Head(scanned.note.written(), scanned.keys, _rotations(scanned), len(wanted), kept, grown)
    tree = Tree.over(scanned.hashes)
    with private_path(target) as passing, passing.open("wb") as stream:
        stream.write(head.written())
        for index, logged in _wanted(storage, len(scanned.hashes), set(wanted), None):
            every, chosen = (logged.leaves, ()) if objects is None else (None, chosen_leaves(logged, objects))
            stream.write(Line(index, logged.record, tree.path(index), every, chosen).written())
    return len(wanted)


def _wanted(
    storage: Storage, size: int, records: Collection[int] | None, objects: Collection[str] | None
) -> Iterator[tuple[int, Logged]]:
    """Yield the records wanted among the first `size`; the log may have grown since it was scanned."""
    for step in walk(storage):
        if step.commit.first >= size:
            return
        for index, logged in enumerate(step.commit.logged, start=step.commit.first):
            if (records is None or index in records) and (objects is None or chosen_leaves(logged, objects)):
                yield index, logged


def _rotations(scanned: Scan) -> tuple[Rotation, ...]:
    """Return each change of key with its place at the end of the tree that both keys signed."""
    return tuple(
        Rotation(
            commit.logged[-1].record,
            Tree.over(scanned.hashes[: commit.checkpoint.size]).path(commit.checkpoint.size - 1),
            commit.note.written(),
        )
        for commit in scanned.rotations
    )
