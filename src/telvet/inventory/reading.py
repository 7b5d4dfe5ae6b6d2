"""What READ yields: plain declarations of an inventory, and of a file opened on the way to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from telvet.errors import Fault
from telvet.model.finding import InputRead
from telvet.tables.reading import Raw
from telvet.tables.relation import Relation

__all__ = ["Inventory", "Opened", "Progress", "Shown", "plainly"]

_KIND_OF_ERROR = re.compile(r"^(?:[A-Z][\w-]* )+Error: ")
_SCRATCH = re.compile(r"""(?: (?:while reading|reading|in|from|of))? file:? (["'])[^"']*\1""")


class Progress(Protocol):
    """Hears what is being read; file `done` of `total`."""

    def __call__(self, what: str, done: int, total: int) -> None:
        """Hear it."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A file whose cells the engine holds."""

    raw: Raw
    format: str
    """csv, tsv, xlsx, parquet, jsonl or json."""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """How a file's headers are read: their header, our column or None, and how; and which column is lacking."""

    rows: tuple[tuple[str, str | None, str], ...]
    faults: tuple[Fault, ...] = ()


def plainly(problem: Exception) -> str:
    """Return what an engine says without its name for the kind of error and its path of a copy."""
    return _SCRATCH.sub("", _KIND_OF_ERROR.sub("", str(problem))).strip().rstrip(".:;, ")


@dataclass(frozen=True, slots=True)
class Inventory:
    """A canonical equipment relation, and what became of every record of every file."""

    relation: Relation
    files: tuple[InputRead, ...]
    headers: Mapping[str, Mapping[str, str]]
    """For each file, the header that each column of ours was taken from."""
    faults: tuple[Fault, ...]
    """The first faults, in the order of files and records."""
    fault_count: int
    rejects: Relation | None
    rows_in: int
    rows_judged: int
    rows_rejected: int
    notes: tuple[str, ...]
    """Everything that a reader of the report should know, each with its file's name."""
    raw_headers: Mapping[str, tuple[str, ...]]
    """For each file, all its headers in order."""
