"""Records that are acknowledged together -> one block of bytes, with the signed checkpoint over everything so far, and back.

* Whatever was acknowledged is signed: there is no record on disk that waits for a later checkpoint.
* A block is lines of text, so that a person can search it. It carries the tree's frontier: the next block needs no earlier one.
* Reading a block checks what it says of itself: leaves against the record above them, the frontier against the checkpoint.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from telvet.sharing.audit.canonical import Json
from telvet.sharing.audit.checkpoints import Checkpoint
from telvet.sharing.audit.merkle import HASH_BYTES, Frontier, leaf_hash, root
from telvet.sharing.audit.notes import Note, from_base64, to_base64
from telvet.sharing.audit.records import Written, leaves_below, told_by

__all__ = ["Commit", "Logged", "packed", "unpacked"]


@dataclass(frozen=True, slots=True)
class Logged:
    """One record as it was read back."""

    record: bytes
    told: Mapping[str, Json]
    leaves: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Commit:
    """Records, the tree after them, and the signed checkpoint over it."""

    logged: tuple[Logged, ...]
    frontier: Frontier
    note: Note
    checkpoint: Checkpoint

    @property
    def first(self) -> int:
        """The place of the first record in the log."""
        return self.frontier.size - len(self.logged)


def packed(entries: Sequence[Written], frontier: Frontier, note: Note) -> bytes:
    """Write a block."""
    lines = [line for entry in entries for line in (entry.record, *entry.leaves)]
    hashes = " ".join(map(to_base64, frontier.hashes))
    return b"\n".join([*lines, b"", hashes.encode(), note.written().encode()])


def unpacked(data: bytes) -> Commit:
    """Read a block.

    Raises:
        ValueError: It is none, or contradicts itself.
    """
    head, _, foot = data.partition(b"\n\n")
    hashes, _, signed = foot.partition(b"\n")
    note = Note.read(signed.decode("utf-8"))
    checkpoint = Checkpoint.of(note)
    kept = tuple(from_base64(text) for text in hashes.decode("ascii").split(" "))
    if any(len(hashed) != HASH_BYTES for hashed in kept):
        raise ValueError("the frontier holds what is no hash")
    frontier = Frontier(checkpoint.size, kept)
    if frontier.root() != checkpoint.root:
        raise ValueError("the frontier does not make the root that was signed")
    logged = tuple(_logged(head.split(b"\n")))
    if len(logged) > frontier.size:
        raise ValueError("the block holds more records than the log")
    return Commit(logged, frontier, note, checkpoint)


def _logged(lines: Sequence[bytes]) -> list[Logged]:
    found, here = [], 0
    while here < len(lines):
        record = lines[here]
        told = told_by(record)
        end = here + 1 + leaves_below(told)
        leaves = tuple(lines[here + 1 : end])
        if end > len(lines):
            raise ValueError("leaves of a record are missing")
        if told["kind"] == "decisions" and root([leaf_hash(leaf) for leaf in leaves]).hex() != told.get("root"):
            raise ValueError("the leaves of a record do not make its root")
        found.append(Logged(record, told, leaves))
        here = end
    return found
