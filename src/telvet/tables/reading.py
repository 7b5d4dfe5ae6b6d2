"""What READ asks of an engine, in plain values: hold raw cells, spell them canonically, set faulty rows aside.

* A raw table has one text column for each header, the record's number, and a flaw where its record is broken.
* Texts that a pattern of their kind settles stay inside the engine; all others come out once each (`odd_texts`), and go
  back as `Spelling`s, which the engine joins to the rows.
* No SQL above this protocol, no engine in this module; `ReadingRefused` is all that an engine may raise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from telvet.tables.columns import Column
from telvet.tables.relation import Relation

__all__ = [
    "BETWEEN_FLAWS", "ID_TWICE", "NOT_AN_OBJECT", "NO_ID", "Flaw", "OddText", "Plan", "Raw", "Reader", "ReadingRefused",
    "SetAside", "Spaces", "Spelling", "Staged", "Take", "Trouble",
]  # fmt: skip

BETWEEN_FLAWS = "\x1f"
"""Stands between code, what, fix and value in the flaw of a pumped record."""


class ReadingRefused(Exception):  # noqa: N818 - it is refused, whoever erred
    """The engine cannot read the file; the message is its own, for people to search."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What an engine finds wrong by itself, in the words that people read."""

    code: str
    what: str
    """May hold `{record}` and `{file}`."""
    fix: str


NO_ID = Trouble(code="no-id", what="the row has no id", fix="give every element a name of its own")
ID_TWICE = Trouble(
    code="id-twice",
    what="this id is taken: record {record} of {file} has it",
    fix="keep one of them, or give the other an id of its own",
)
NOT_AN_OBJECT = Trouble(code="not-an-object", what="this is no JSON object", fix="write one object on each line")


class Spaces(StrEnum):
    """What is known of the spaces in a file's cells."""

    TIDY = "tidy"
    """Cells neither begin nor end with a space, and hold none but the common one."""
    COMMON = "common"
    """Cells hold no space but the common one."""
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Raw:
    """A file's cells as text, held by the engine."""

    name: str
    header: tuple[str, ...]
    """The columns' names as the file spells them; the engine holds them by position."""
    flawed: bool = False
    """True when some record may carry a flaw."""
    spaces: Spaces = Spaces.ANY


@dataclass(frozen=True, slots=True)
class Take:
    """A column of ours and the position that it is taken from."""

    column: Column
    position: int
    low: float = 0.0
    high: float = 1e300
    """The range of a number."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How one file becomes rows of the table."""

    number: int
    """The file's place among those given, from 0."""
    file: str
    raw: Raw
    takes: tuple[Take, ...]
    blanks: tuple[str, ...]
    """Texts, in lower case, that say no more than an empty cell."""

    def taken(self, name: str) -> Take:
        """Return where a column comes from; KeyError where it comes from nowhere."""
        return next((take for take in self.takes if take.column.name == name), None) or _missing(name)


@dataclass(frozen=True, slots=True)
class OddText:
    """A text of a column that no pattern settles, and how many rows have it."""

    column: str
    text: str
    rows: int


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a text of a column is spelt canonically (None: an unknown fact), or why it cannot be."""

    column: str
    text: str
    canonical: str | None
    code: str = ""
    """The fault's code; empty where there is none."""
    what: str = ""
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Staged:
    """The good rows of one file, and how many there are of the others."""

    plan: Plan | None
    """None for a snapshot, which needs none."""
    number: int
    file: str
    name: str
    faults: str | None
    """The engine's table of the faults found so far, if any."""
    rows_in: int
    """All rows of the file but blank ones."""
    blank: int = 0


@dataclass(frozen=True, slots=True)
class Flaw:
    """One fault of one record, as shown."""

    file: str
    record: int
    position: int | None
    """The position of the raw column; None for the whole record."""
    column: str | None
    code: str
    what: str
    fix: str
    value: str | None


@dataclass(frozen=True, slots=True)
class SetAside:
    """What united files yield: the relation, the records set aside, and counts for each file."""

    relation: Relation
    judged: tuple[int, ...]
    rejected: tuple[int, ...]
    flaws: tuple[Flaw, ...]
    """The first of them, in the order of files and records."""
    flaw_count: int
    rejects: Relation | None
    """file number, file, record, faults, cells; None where nothing was set aside."""


class Reader(Protocol):
    """An engine that reads inventories."""

    @property
    def scratch(self) -> Path:
        """A folder of the session that only its owner can read."""

    def load_delimited(
        self, path: Path, header: tuple[str, ...], delimiter: str, records: int, spaces: Spaces
    ) -> Raw | None:
        """Load well-formed UTF-8 text with so many records after the header; None where it is not that."""

    def load_pumped(self, path: Path, header: tuple[str, ...], spaces: Spaces = Spaces.ANY) -> Raw:
        """Load what a source pumped: comma-separated, without header, record number and flaw before the cells."""

    def load_json_lines(self, path: Path) -> Raw:
        """Load a JSON object from each line; nested names are joined by dots."""

    def load_json_array(self, path: Path) -> Raw:
        """Load the JSON objects of one array; records are counted from 1."""

    def load_parquet(self, path: Path) -> Raw:
        """Look at a Parquet file as text, without reading it yet; records are counted from 1."""

    def parquet_marks(self, path: Path) -> Mapping[str, str]:
        """Return the key-value metadata of a Parquet file."""

    def odd_texts(self, plan: Plan) -> Iterator[Sequence[OddText]]:
        """Yield, in batches, each text that no pattern settles; may be asked again."""

    def spell(self, plan: Plan, spellings: Sequence[Spelling]) -> None:
        """Learn how texts are spelt, or why they cannot be."""

    def stage(self, plan: Plan) -> Staged:
        """Turn the good rows into canonical ones and note the faults of the others."""

    def open_snapshot(self, path: Path, number: int, file: str) -> Staged:
        """Look at a canonical Parquet file as it is, without reading it yet."""

    def unite(self, staged: Sequence[Staged], *, shown: int) -> SetAside:
        """Set later rows with the same operator and id aside, and unite the files; show so many faults."""

    def write_parquet(self, relation: Relation, path: Path, marks: Mapping[str, str]) -> None:
        """Write a relation as Parquet with key-value metadata."""

    def write_rejects(self, rejects: Relation, path: Path, places: Sequence[Sequence[int | None]]) -> None:
        """Write rejected records as CSV without header: file, record, faults, then for each file the cells at `places`."""

    def content_digest(self, relation: Relation) -> str:
        """Return a digest of a relation's rows that does not depend on their order."""


def _missing(name: str) -> Take:
    raise KeyError(name)
