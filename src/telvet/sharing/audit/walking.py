"""A log -> its blocks, each checked against everything before it and against the keys that had to sign it.

* The first record names the first key; a later key counts from the record that names it, which the key before it signed too.
* Nothing is skipped: every byte of every block is hashed or signed, and every signature is verified.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from telvet.sharing.audit.checkpoints import Checkpoint
from telvet.sharing.audit.commits import Commit, unpacked
from telvet.sharing.audit.keys import VerifierKey, verifier_of
from telvet.sharing.audit.merkle import Frontier, leaf_hash
from telvet.sharing.audit.notes import Note
from telvet.sharing.audit.storage import Storage, Stored
from telvet.sharing.audit.troubles import altered, missing, truncated, wrong_key

__all__ = ["Scan", "Step", "check_size", "keys_named", "published_size", "scan", "signed_by_all", "walk"]


@dataclass(frozen=True, slots=True)
class Step:
    """One block that is as it was signed."""

    commit: Commit
    hashes: tuple[bytes, ...]
    """Of its records."""
    new_keys: tuple[VerifierKey, ...]


@dataclass(frozen=True, slots=True)
class Scan:
    """A whole log that is as it was signed."""

    hashes: tuple[bytes, ...]
    keys: tuple[VerifierKey, ...]
    """Every key that signed, first to last."""
    rotations: tuple[Commit, ...]
    """The blocks that name the second key and those after it."""
    note: Note


def walk(storage: Storage) -> Iterator[Step]:
    """Yield the blocks.

    Raises:
        WorkspaceError: There is no log, or it is not as it was signed.
    """
    frontier, key = Frontier(), None
    for stored in storage.commits():
        step = _step(stored, frontier, key)
        frontier, key = step.commit.frontier, (key, *step.new_keys)[-1]
        yield step
    if key is None:
        raise missing(storage.where)


def scan(storage: Storage, key: VerifierKey) -> Scan:
    """Walk a log to its end; `key` is one that the caller trusts.

    Raises:
        WorkspaceError: The log is not as it was signed, or not by this key.
    """
    acknowledged = published_size(storage)
    hashes: list[bytes] = []
    keys: list[VerifierKey] = []
    rotations = []
    for step in walk(storage):
        if keys and step.new_keys:
            rotations.append(step.commit)
        hashes.extend(step.hashes)
        keys.extend(step.new_keys)
        note = step.commit.note
    if key not in keys:
        raise wrong_key(storage.where, key.text(), why="no record of the log names it")
    check_size(storage.where, len(hashes), acknowledged)
    return Scan(tuple(hashes), tuple(keys), tuple(rotations), note)


def published_size(storage: Storage) -> int:
    """Return how many records the checkpoint beside a log says that it has, at the least; ask before the log is read.

    Raises:
        WorkspaceError: The checkpoint cannot be read.
    """
    text = storage.published()
    try:
        return 0 if text is None else Checkpoint.of(Note.read(text)).size
    except ValueError as problem:
        raise altered(storage.where, "the checkpoint beside the records cannot be read") from problem


def check_size(where: str, size: int, acknowledged: int) -> None:
    """Make sure that no acknowledged record is missing at the end.

    Raises:
        WorkspaceError: One is.
    """
    if acknowledged > size:
        raise truncated(where, size, acknowledged, by="the checkpoint beside them")


def keys_named(commit: Commit) -> tuple[VerifierKey, ...]:
    """Return the keys that the records of a block name.

    Raises:
        ValueError: One is no key.
    """
    return tuple(verifier_of(str(entry.told.get("key"))) for entry in commit.logged if entry.told["kind"] == "key")


def signed_by_all(note: Note, keys: Sequence[VerifierKey]) -> bool:
    """Tell whether just these keys signed, in this order."""
    lines = [(line.name, line.key_id) for line in note.signatures]
    return lines == [(key.name, key.key_id) for key in keys] and all(key.signed(note) for key in keys)


def _step(stored: Stored, before: Frontier, key: VerifierKey | None) -> Step:
    try:
        commit = unpacked(stored.data)
        new_keys = keys_named(commit)
    except ValueError as problem:
        raise altered(stored.place, str(problem)) from problem
    if new_keys and len(commit.logged) != 1:
        raise altered(stored.place, "the record of a key does not stand alone")
    if commit.first != before.size:
        raise altered(stored.place, f"it continues after {commit.first} records, and {before.size} came before")
    hashes = tuple(leaf_hash(entry.record) for entry in commit.logged)
    if before.with_leaves(hashes) != commit.frontier:
        raise altered(stored.place, "its records do not make the root that was signed")
    signers = new_keys if key is None else (key, *new_keys)
    if not signers or commit.checkpoint.origin != signers[0].name or not signed_by_all(commit.note, signers):
        raise altered(stored.place, "the keys that had to sign it did not")
    return Step(commit, hashes, new_keys)
