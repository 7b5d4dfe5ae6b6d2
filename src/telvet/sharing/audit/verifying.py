"""A log and a trusted key -> what was verified, or a `WorkspaceError` that says what is wrong with it.

* A log by itself proves that it is whole up to its last block. That the last block is the last one that was ever acknowledged
  is proved only by a checkpoint that was kept elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from telvet.sharing.audit.checkpoints import Checkpoint
from telvet.sharing.audit.keys import VerifierKey
from telvet.sharing.audit.notes import Note
from telvet.sharing.audit.storage import Storage
from telvet.sharing.audit.troubles import altered, forked, truncated, unfit, wrong_key
from telvet.sharing.audit.walking import walk

__all__ = ["Verified", "kept_checkpoint", "verify"]

_BESIDE = "the checkpoint beside them"
_KEPT = "a kept checkpoint"


@dataclass(frozen=True, slots=True)
class Verified:
    """A log that is as it was signed."""

    records: int
    objects: int
    """Decisions about single objects."""
    blocks: int
    root: bytes
    note: str
    keys: tuple[VerifierKey, ...]
    """Every key that signed, first to last."""
    unsettled: int
    """Bytes beyond the last whole block: being written now, or left by a writer that was killed."""


def verify(storage: Storage, key: VerifierKey, kept: Sequence[str] = ()) -> Verified:
    """Check every byte of a log; `kept` are checkpoints of it that were stored elsewhere.

    Raises:
        WorkspaceError: The log was altered, truncated, rolled back or forked, or is not of this key.
    """
    published = storage.published()
    wanted = {checkpoint.size for text in (published, *kept) if (checkpoint := _read(text))}
    notes: dict[int, Note] = {}
    keys: list[VerifierKey] = []
    objects = blocks = 0
    for step in walk(storage):
        last = step.commit
        if last.checkpoint.size in wanted:
            notes[last.checkpoint.size] = last.note
        keys.extend(step.new_keys)
        blocks, objects = blocks + 1, objects + sum(len(entry.leaves) for entry in last.logged)
    if key not in keys:
        raise wrong_key(storage.where, key.text(), why="no record of the log names it")
    size, root = last.checkpoint.size, last.checkpoint.root
    _check_published(storage.where, published, notes, size, blocks)
    for text in kept:
        _check_kept(storage.where, kept_checkpoint(storage.where, text, keys), notes, size)
    return Verified(size, objects, blocks, root, last.note.written(), tuple(keys), storage.unsettled())


def kept_checkpoint(where: str, text: str, keys: Sequence[VerifierKey]) -> Checkpoint:
    """Read a checkpoint that was kept elsewhere; one of the log's keys must have signed it.

    Raises:
        WorkspaceError: It is none, or of another log.
    """
    try:
        note = Note.read(text)
        checkpoint = Checkpoint.of(note)
    except ValueError as problem:
        raise unfit(where, str(problem)) from problem
    if checkpoint.origin != keys[0].name or not any(key.signed(note) for key in keys):
        raise unfit(where, f"it is of {checkpoint.origin}, and no key of this log has signed it")
    return checkpoint


def _read(text: str | None) -> Checkpoint | None:
    """Return the checkpoint in a text that is not yet believed, if it is one."""
    try:
        return None if text is None else Checkpoint.of(Note.read(text))
    except ValueError:
        return None


def _check_published(where: str, text: str | None, notes: dict[int, Note], size: int, blocks: int) -> None:
    """Compare the log with the checkpoint beside it; only one that was killed while it began has none."""
    if text is None:
        if blocks > 1:
            raise altered(where, "the checkpoint beside the records is missing")
        return
    checkpoint = _read(text)
    if checkpoint is None:
        raise altered(where, "the checkpoint beside the records cannot be read")
    if checkpoint.size > size:
        raise truncated(where, size, checkpoint.size, by=_BESIDE)
    if checkpoint.size not in notes or notes[checkpoint.size].written() != text:
        raise altered(where, "the checkpoint beside the records is none of theirs")


def _check_kept(where: str, checkpoint: Checkpoint, notes: dict[int, Note], size: int) -> None:
    if checkpoint.size > size:
        raise truncated(where, size, checkpoint.size, by=_KEPT)
    if checkpoint.size not in notes or notes[checkpoint.size].text != checkpoint.text():
        raise forked(where, checkpoint.size, by=_KEPT)
