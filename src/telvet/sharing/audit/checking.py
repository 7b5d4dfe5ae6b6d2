"""An export and a trusted key -> what it proves, offline, or an `InputError` with everything in it that is false.

* The trusted key comes from elsewhere: a key that is only in the file proves nothing.
* What is in the file is proved to be in the log. That nothing was left out is proved only where every record is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from telvet.errors import Fault, InputError
from telvet.sharing.audit.checkpoints import Checkpoint
from telvet.sharing.audit.export_format import Head, Line, read_head, read_line
from telvet.sharing.audit.keys import VerifierKey
from telvet.sharing.audit.merkle import leaf_hash, root
from telvet.sharing.audit.notes import Note
from telvet.sharing.audit.proofs import grew_from, is_included
from telvet.sharing.audit.records import leaves_below, told_by
from telvet.sharing.audit.walking import signed_by_all

__all__ = ["VerifiedExport", "verify_export"]

_MOST_LINE_BYTES = 1_000_000_000
_MOST_FAULTS = 100


@dataclass(frozen=True, slots=True)
class VerifiedExport:
    """An export that is true."""

    records: int
    objects: int
    size: int
    """How many records the log had."""
    root: bytes
    note: str
    keys: tuple[VerifierKey, ...]

    @property
    def complete(self) -> bool:
        """Whether every record of the log is here."""
        return self.records == self.size


def verify_export(path: Path, key: VerifierKey, kept: str | None = None) -> VerifiedExport:
    """Check an export; `kept` is a checkpoint of the log that the reader had before.

    Raises:
        InputError: The file cannot be read, or something in it is false.
    """
    try:
        with path.open("rb") as stream:
            lines = iter(lambda: stream.readline(_MOST_LINE_BYTES), b"")
            head, checkpoint = _checked_head(path, next(lines, b""), key, kept)
            found = _Found([], 0, 0, -1)
            for number, line in enumerate(lines, start=2):
                found.take(path, number, line, checkpoint)
    except OSError as problem:
        raise InputError(
            f"the export cannot be read: {(problem.strerror or str(problem)).lower()}",
            code="audit-export-unreadable",
            where=str(path),
            fix="check the file's name, and that you may read it",
        ) from problem
    if found.records != head.records:
        found.faults.append(
            _fault(path, 1, "records", f"{head.records} records are announced, {found.records} are here")
        )
    if found.faults:
        raise _false(path, found.faults)
    return VerifiedExport(found.records, found.objects, checkpoint.size, checkpoint.root, head.checkpoint, head.keys)


@dataclass(slots=True)
class _Found:
    """What the lines so far hold."""

    faults: list[Fault]
    records: int
    objects: int
    last: int

    def take(self, path: Path, number: int, text: bytes, checkpoint: Checkpoint) -> None:
        """Check a line and count it."""
        self.records += 1
        try:
            line = read_line(text)
            said = list(_untrue(line, checkpoint))
            if line.index <= self.last:
                said.append("the record stands out of order")
            self.last, self.objects = line.index, self.objects + len(line.every or line.chosen)
        except ValueError as problem:
            said = [str(problem)]
        if len(self.faults) < _MOST_FAULTS:
            self.faults.extend(_fault(path, number, None, what) for what in said)


def _untrue(line: Line, checkpoint: Checkpoint) -> Iterator[str]:
    told = told_by(line.record)
    count = leaves_below(told)
    top = bytes.fromhex(str(told.get("root"))) if told["kind"] == "decisions" else b""
    if not is_included(line.record, line.index, checkpoint.size, line.path, checkpoint.root):
        yield "the record is not in the log that was signed"
    if line.every is not None and (
        len(line.every) != count or (top and root([leaf_hash(leaf) for leaf in line.every]) != top)
    ):
        yield "the decisions are not those of the record"
    for one in line.chosen:
        if not is_included(one.leaf, one.place, count, one.path, top):
            yield f"decision {one.place} is not in the record"


def _checked_head(path: Path, line: bytes, key: VerifierKey, kept: str | None) -> tuple[Head, Checkpoint]:
    try:
        head = read_head(line)
        note = Note.read(head.checkpoint)
        checkpoint = Checkpoint.of(note)
        said = list(_untrue_head(head, note, checkpoint, key))
        if not said:
            said = list(_not_grown(head, checkpoint, kept))
    except ValueError as problem:
        said = [str(problem)]
    if said:
        raise _false(path, [_fault(path, 1, None, what) for what in said])
    return head, checkpoint


def _untrue_head(head: Head, note: Note, checkpoint: Checkpoint, key: VerifierKey) -> Iterator[str]:
    """Follow the keys: each was named in a record that the key before it signed, and the last one signed the checkpoint."""
    if key not in head.keys:
        yield f"the log is not of the key that you trust, {key.text()}"
        return
    if len(head.rotations) != len(head.keys) - 1:
        yield "a change of key is not shown"
        return
    signers = head.keys[-1:]
    for before, after, shown in zip(head.keys, head.keys[1:], head.rotations, strict=False):
        signed = Note.read(shown.note)
        tree = Checkpoint.of(signed)
        told = told_by(shown.record)
        if (
            tree.origin != checkpoint.origin
            or (told["kind"], told.get("key")) != ("key", after.text())
            or not signed_by_all(signed, (before, after))
            or not is_included(shown.record, tree.size - 1, tree.size, shown.path, tree.root)
        ):
            yield f"nothing shows that {after.text()} followed {before.text()}"
        if tree.size == checkpoint.size:
            signers = (before, after)
    if checkpoint.origin != head.keys[-1].name or not signed_by_all(note, signers):
        yield "the last key has not signed the checkpoint"


def _not_grown(head: Head, checkpoint: Checkpoint, kept: str | None) -> Iterator[str]:
    """Compare with the checkpoint that the reader holds, and with the one that the file says it grew from."""
    shown = None if head.kept is None else Checkpoint.of(Note.read(head.kept))
    for text in (kept, head.kept):
        if text is None:
            continue
        note = Note.read(text)
        old = Checkpoint.of(note)
        path = head.grown if old == shown else ()
        if old.origin != checkpoint.origin or not any(key.signed(note) for key in head.keys):
            yield "the kept checkpoint is of another log"
        elif old.size > checkpoint.size:
            yield f"the log was rolled back: it has {checkpoint.size} records, and had {old.size} at the kept checkpoint"
        elif old != shown and old.size not in {0, checkpoint.size}:
            yield f"the file does not show that the log grew from {old.size} records; export it with that checkpoint"
        elif not grew_from(old.size, checkpoint.size, path, old.root, checkpoint.root):
            yield f"the log was forked: its first {old.size} records are not those of the kept checkpoint"
    if head.kept is None and head.grown:
        yield "there is a proof of growth from nothing"


def _fault(path: Path, number: int, field: str | None, what: str) -> Fault:
    return Fault(str(path), number, field, "audit-export-false", what, "ask for the export again, over another way")


def _false(path: Path, faults: list[Fault]) -> InputError:
    return InputError(
        "the export does not prove what it says",
        tuple(faults),
        code="audit-export",
        where=str(path),
        why="it was changed after it was made, is of another log, or the log itself was changed",
        fix="do not rely on it; compare it with another copy and with a checkpoint that you kept",
    )
