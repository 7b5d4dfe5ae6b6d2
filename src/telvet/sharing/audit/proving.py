"""A log -> proofs for somebody who does not have it: a record is in it, a decision is in a record, it grew from what it was.

* Proofs are made from a log that was checked to its end.
* A decision is shown with its record, and without the other decisions of its page.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from telvet.errors import UsageError
from telvet.sharing.audit.canonical import parsed, quoted
from telvet.sharing.audit.checkpoints import Checkpoint
from telvet.sharing.audit.commits import Logged
from telvet.sharing.audit.keys import VerifierKey
from telvet.sharing.audit.merkle import leaf_hash
from telvet.sharing.audit.notes import Note
from telvet.sharing.audit.proofs import Tree, consistency_path, grew_from, is_included
from telvet.sharing.audit.records import leaves_below, told_by
from telvet.sharing.audit.storage import Storage
from telvet.sharing.audit.troubles import forked, truncated
from telvet.sharing.audit.verifying import kept_checkpoint
from telvet.sharing.audit.walking import Scan, scan, walk

__all__ = [
    "Consistency",
    "Inclusion",
    "LeafProof",
    "chosen_leaves",
    "growth_path",
    "prove_consistency",
    "prove_inclusion",
]


@dataclass(frozen=True, slots=True)
class LeafProof:
    """One decision, and the way from it to the root in its record."""

    place: int
    leaf: bytes
    path: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Inclusion:
    """One record, the way from it to the root, and the checkpoint that signs the root."""

    index: int
    record: bytes
    path: tuple[bytes, ...]
    leaves: tuple[LeafProof, ...]
    note: str

    def holds(self, key: VerifierKey) -> bool:
        """Tell whether the key has signed a log with this record, and the record holds these decisions."""
        try:
            note = Note.read(self.note)
            checkpoint, told = Checkpoint.of(note), told_by(self.record)
            objects, top = leaves_below(told), bytes.fromhex(str(told.get("root", "")))
        except ValueError:
            return False
        return (
            key.signed(note)
            and is_included(self.record, self.index, checkpoint.size, self.path, checkpoint.root)
            and all(is_included(one.leaf, one.place, objects, one.path, top) for one in self.leaves)
        )


@dataclass(frozen=True, slots=True)
class Consistency:
    """An earlier and a later checkpoint, and that the one's log is the beginning of the other's."""

    kept: str
    note: str
    path: tuple[bytes, ...]

    def holds(self, key: VerifierKey, kept_key: VerifierKey | None = None) -> bool:
        """Tell whether the key has signed the later one, and it or the other key the earlier one, and nothing was replaced."""
        try:
            notes = Note.read(self.kept), Note.read(self.note)
            old, new = map(Checkpoint.of, notes)
        except ValueError:
            return False
        return (
            key.signed(notes[1])
            and (kept_key or key).signed(notes[0])
            and old.origin == new.origin
            and grew_from(old.size, new.size, self.path, old.root, new.root)
        )


def prove_inclusion(storage: Storage, key: VerifierKey, index: int, objects: Collection[str] = ()) -> Inclusion:
    """Prove that a record is in the log, and of the decisions in it those about the objects named.

    Raises:
        UsageError: The log has no such record.
        WorkspaceError: The log is not as it was signed.
    """
    scanned = scan(storage, key)
    if not 0 <= index < len(scanned.hashes):
        raise UsageError(
            f"there is no record {index}",
            code="audit-no-record",
            where=storage.where,
            fix=f"the log has the records 0 to {len(scanned.hashes) - 1}",
        )
    for step in walk(storage):
        if index < step.commit.checkpoint.size:
            logged = step.commit.logged[index - step.commit.first]
            break
    path = Tree.over(scanned.hashes).path(index)
    return Inclusion(index, logged.record, path, chosen_leaves(logged, objects), scanned.note.written())


def prove_consistency(storage: Storage, key: VerifierKey, kept: str) -> Consistency:
    """Prove that the log holds unchanged what it held at a checkpoint that was kept elsewhere.

    Raises:
        WorkspaceError: It does not, or it is not as it was signed.
    """
    scanned = scan(storage, key)
    return Consistency(kept, scanned.note.written(), growth_path(storage.where, scanned, kept))


def growth_path(where: str, scanned: Scan, kept: str) -> tuple[bytes, ...]:
    """Return the proof that a log grew from a kept checkpoint.

    Raises:
        WorkspaceError: It did not, or the checkpoint is of another log.
    """
    old, size = kept_checkpoint(where, kept, scanned.keys), len(scanned.hashes)
    if old.size > size:
        raise truncated(where, size, old.size, by="a kept checkpoint")
    path = consistency_path(scanned.hashes, old.size)
    if not grew_from(old.size, size, path, old.root, Checkpoint.of(scanned.note).root):
        raise forked(where, old.size, by="a kept checkpoint")
    return path


def chosen_leaves(logged: Logged, objects: Collection[str]) -> tuple[LeafProof, ...]:
    """Return proofs of the decisions about these objects."""
    named = [quoted(one).encode() for one in objects]
    places = [
        place
        for place, leaf in enumerate(logged.leaves)
        if any(name in leaf for name in named) and _object_of(leaf) in objects
    ]
    return _leaf_proofs(logged.leaves, places) if places else ()


def _leaf_proofs(leaves: Sequence[bytes], places: Sequence[int]) -> tuple[LeafProof, ...]:
    tree = Tree.over([leaf_hash(leaf) for leaf in leaves])
    return tuple(LeafProof(place, leaves[place], tree.path(place)) for place in places)


def _object_of(leaf: bytes) -> str:
    told = parsed(leaf)
    return str(told.get("object")) if isinstance(told, dict) else ""
