"""Decisions and deeds -> records of an audit log that are durable and signed when the call returns.

* An answer goes out after its record was acknowledged, never before.
* Opening reads the last segment alone, so that a long log opens as quickly as a short one; `verify` reads all of it.
* Several threads may append; each call is one block, and one wait for the disk.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from telvet.errors import TelvetError, UsageError
from telvet.sharing.audit.checkpoints import Checkpoint, signed_checkpoint
from telvet.sharing.audit.commits import Commit, packed, unpacked
from telvet.sharing.audit.keys import Signer
from telvet.sharing.audit.merkle import Frontier, leaf_hash
from telvet.sharing.audit.notes import Note
from telvet.sharing.audit.records import Entry, KeyChange, Written, written
from telvet.sharing.audit.storage import Storage
from telvet.sharing.audit.troubles import altered, closed, exists, missing, truncated, wrong_key

__all__ = ["AuditLog", "Receipt"]

_SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was acknowledged: the records from `first` on, and the checkpoint that covers them."""

    first: int
    size: int
    note: str


class AuditLog:
    """A log that can be appended to; make one with `begin` or `resume`."""

    def __init__(self, storage: Storage, signer: Signer, frontier: Frontier, note: str, cut: int) -> None:
        self._storage, self._signer, self._frontier, self._note = storage, signer, frontier, note
        self._lock, self._settled = Lock(), True
        self.cut = cut
        """How many bytes a killed writer had left unfinished; they were never acknowledged."""

    @staticmethod
    def begin(storage: Storage, signer: Signer, *, at: datetime, by: str) -> AuditLog:
        """Begin a log; its first record names its key.

        Raises:
            WorkspaceError: A log is there already, or the place cannot be written.
        """
        storage.lock()
        with _closing(storage):
            if storage.last() or storage.published():
                raise exists(storage.where)
            log = AuditLog(storage, signer, Frontier(), "", storage.settle())
            log._append([KeyChange(at, by, signer.key, "the log begins")], [signer])
            return log

    @staticmethod
    def resume(storage: Storage, signer: Signer) -> AuditLog:
        """Open a log to append to it.

        Raises:
            WorkspaceError: There is none, another program writes it, the key is another, or acknowledged records are missing.
        """
        storage.lock()
        with _closing(storage):
            last = storage.last()
            if last is None:
                raise missing(storage.where)
            try:
                commit = unpacked(last.data)
            except ValueError as problem:
                raise altered(last.place, str(problem)) from problem
            _check_key(storage.where, commit, signer)
            _check_published(storage, commit)
            return AuditLog(storage, signer, commit.frontier, commit.note.written(), storage.settle())

    @property
    def size(self) -> int:
        """How many records there are."""
        return self._frontier.size

    @property
    def note(self) -> str:
        """The checkpoint over everything so far; keep it elsewhere, and the log cannot be rolled back unseen."""
        return self._note

    def append(self, *entries: Entry) -> Receipt:
        """Record what was decided or done; on return it is durable and signed.

        Raises:
            UsageError: A value cannot be recorded exactly.
            WorkspaceError: There is no room, or the place has failed; nothing was recorded.
        """
        if not entries or any(isinstance(entry, KeyChange) for entry in entries):
            raise UsageError(
                "there is nothing here to append",
                code="audit-nothing",
                fix="give at least one page or event; a key is changed by `rotate`",
            )
        with self._lock:
            return self._append(entries, [self._signer])

    def rotate(self, signer: Signer, *, at: datetime, by: str, why: str) -> Receipt:
        """Let another key sign from here on; both keys sign the record that says so.

        Raises:
            UsageError: The new key has another name, or is the old one.
            WorkspaceError: Nothing was recorded.
        """
        with self._lock:
            if signer.key.name != self._signer.key.name or signer.key == self._signer.key:
                raise UsageError(
                    f"{signer.key.text()} cannot follow {self._signer.key.text()}",
                    code="audit-rotation",
                    why="a log keeps its name, and a new key is another key",
                    fix=f"make a new key that is named {self._signer.key.name}",
                )
            return self._append([KeyChange(at, by, signer.key, why)], [self._signer, signer])

    def close(self) -> None:
        """Let others write."""
        self._storage.close()

    def _append(
        self, entries: Sequence[Entry], signers: Sequence[Signer], entropy: Callable[[int], bytes] = os.urandom
    ) -> Receipt:
        if not self._settled:
            raise closed(self._storage.where, "an earlier call was interrupted")
        records = [_recorded(entry, entropy(_SECRET_BYTES)) for entry in entries]
        frontier = self._frontier.with_leaves(leaf_hash(entry.record) for entry in records)
        note = signed_checkpoint(frontier, signers)
        receipt = Receipt(self._frontier.size, frontier.size, note.written())
        self._settled = False
        try:
            self._storage.append(packed(records, frontier, note), receipt.note)
            self._frontier, self._note, self._signer = frontier, receipt.note, signers[-1]
        except TelvetError:
            self._settled = True
            raise
        self._settled = True
        return receipt


def _recorded(entry: Entry, secret: bytes) -> Written:
    try:
        return written(entry, secret)
    except ValueError as problem:
        raise UsageError(
            f"this cannot be recorded exactly: {problem}",
            code="audit-value",
            why="what the log says is hashed, and must have one spelling",
            fix="give text, whole numbers below 2^53, and moments with a time zone",
        ) from problem


def _check_key(where: str, commit: Commit, signer: Signer) -> None:
    changed = [entry.told["key"] for entry in commit.logged if entry.told["kind"] == "key"]
    if changed and changed[-1] != signer.key.text():
        raise wrong_key(where, signer.key.text(), why=f"the log has been rotated to {changed[-1]}")
    if not signer.key.signed(commit.note):
        raise wrong_key(where, signer.key.text(), why="it did not sign the last checkpoint")


def _check_published(storage: Storage, commit: Commit) -> None:
    text, size = storage.published(), commit.checkpoint.size
    if text is None:
        if commit.first:
            raise altered(storage.where, "the checkpoint beside the records is missing")
        return
    try:
        published = Checkpoint.of(Note.read(text))
    except ValueError as problem:
        raise altered(storage.where, f"the checkpoint beside the records cannot be read: {problem}") from problem
    if published.size > size:
        raise truncated(storage.where, size, published.size, by="the checkpoint beside them")
    if published.size == size and published != commit.checkpoint:
        raise altered(storage.where, "the checkpoint beside the records is another")


@contextmanager
def _closing(storage: Storage) -> Iterator[None]:
    """Close a storage if what is within fails."""
    try:
        yield
    except BaseException:
        storage.close()
        raise
