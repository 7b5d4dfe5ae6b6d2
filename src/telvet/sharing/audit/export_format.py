"""Parts of a log -> the lines of an export, and a line -> its parts.

* One line of canonical JSON for the keys and the checkpoint, then one for each record: a reader never needs the whole file.
* What a line may hold is checked here, whether it is true in `checking`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from telvet.sharing.audit.canonical import Json, canonical, parsed
from telvet.sharing.audit.keys import VerifierKey, verifier_of
from telvet.sharing.audit.notes import from_base64, to_base64
from telvet.sharing.audit.proving import LeafProof

__all__ = ["FORMAT", "Head", "Line", "Rotation", "read_head", "read_line"]

FORMAT = "telvet audit export 1"


@dataclass(frozen=True, slots=True)
class Rotation:
    """The record that names a later key, in the tree that both keys signed."""

    record: bytes
    path: tuple[bytes, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Head:
    """What the records of an export are checked against."""

    checkpoint: str
    keys: tuple[VerifierKey, ...]
    rotations: tuple[Rotation, ...]
    records: int
    kept: str | None
    """An earlier checkpoint that somebody else holds."""
    grown: tuple[bytes, ...]
    """The proof that the log grew from it."""

    def written(self) -> bytes:
        """Return the first line."""
        rotations: list[Json] = [
            {"note": one.note, "path": _hashes(one.path), "record": one.record.decode()} for one in self.rotations
        ]
        told: dict[str, Json] = {"checkpoint": self.checkpoint, "format": FORMAT, "grown": _hashes(self.grown)}
        told |= {"keys": [key.text() for key in self.keys], "kept": self.kept, "records": self.records}
        return canonical({**told, "rotations": rotations}) + b"\n"


@dataclass(frozen=True, slots=True)
class Line:
    """One record of an export, with all of its leaves or with chosen ones."""

    index: int
    record: bytes
    path: tuple[bytes, ...]
    every: tuple[bytes, ...] | None
    chosen: tuple[LeafProof, ...] = ()

    def written(self) -> bytes:
        """Return the line."""
        chosen: list[Json] = [
            {"leaf": one.leaf.decode(), "path": _hashes(one.path), "place": one.place} for one in self.chosen
        ]
        every = None if self.every is None else [leaf.decode() for leaf in self.every]
        told: dict[str, Json] = {"chosen": chosen, "every": every, "index": self.index, "path": _hashes(self.path)}
        return canonical({**told, "record": self.record.decode()}) + b"\n"


def read_head(line: bytes) -> Head:
    """Read the first line.

    Raises:
        ValueError: It is none.
    """
    told = _object(line, {"checkpoint", "format", "grown", "keys", "kept", "records", "rotations"})
    if told["format"] != FORMAT:
        raise ValueError(f"the format is {told['format']!r}, and this telvet reads {FORMAT!r}")
    rotations = tuple(
        Rotation(_bytes(one["record"]), _read_hashes(one["path"]), _text(one["note"]))
        for one in map(_mapping, _list(told["rotations"]))
    )
    return Head(
        checkpoint=_text(told["checkpoint"]),
        keys=tuple(verifier_of(_text(key)) for key in _list(told["keys"])),
        rotations=rotations,
        records=_count(told["records"]),
        kept=None if told["kept"] is None else _text(told["kept"]),
        grown=_read_hashes(told["grown"]),
    )


def read_line(line: bytes) -> Line:
    """Read the line of a record.

    Raises:
        ValueError: It is none.
    """
    told = _object(line, {"chosen", "every", "index", "path", "record"})
    every = None if told["every"] is None else tuple(_bytes(leaf) for leaf in _list(told["every"]))
    chosen = tuple(
        LeafProof(_count(one["place"]), _bytes(one["leaf"]), _read_hashes(one["path"]))
        for one in map(_mapping, _list(told["chosen"]))
    )
    return Line(_count(told["index"]), _bytes(told["record"]), _read_hashes(told["path"]), every, chosen)


def _object(line: bytes, keys: set[str]) -> Mapping[str, Json]:
    if not line.endswith(b"\n"):
        raise ValueError("the line has no end")
    told = _mapping(parsed(line[:-1]))
    if set(told) != keys:
        raise ValueError("the line has other parts than an export has")
    return told


def _mapping(value: Json) -> Mapping[str, Json]:
    if not isinstance(value, Mapping):
        raise ValueError("this is no object")  # noqa: TRY004 - what was read is wrong, not the call
    return _Complete(value)


class _Complete(dict[str, Json]):
    """An object whose missing parts are faults of the file."""

    def __missing__(self, key: str) -> Json:
        raise ValueError(f"{key} is missing")


def _list(value: Json) -> Sequence[Json]:
    if not isinstance(value, list):
        raise ValueError("this is no list")  # noqa: TRY004 - what was read is wrong, not the call
    return value


def _text(value: Json) -> str:
    if not isinstance(value, str):
        raise ValueError("this is no text")  # noqa: TRY004 - what was read is wrong, not the call
    return value


def _bytes(value: Json) -> bytes:
    return _text(value).encode("utf-8")


def _count(value: Json) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError("this is no number of things")
    return value


def _hashes(path: Sequence[bytes]) -> list[str]:
    return [to_base64(hashed) for hashed in path]


def _read_hashes(value: Json) -> tuple[bytes, ...]:
    return tuple(from_base64(_text(hashed)) for hashed in _list(value))
