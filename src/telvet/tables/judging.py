"""What judging asks of an engine, in plain values: distinct, group, join, count, share. No SQL, no engine.

* A `Key` maps the raw values of a few columns to a small number, its token; rows with equal tokens are equal before the law.
* A class is a combination of tokens; classes are grouped once and verdicts are joined back once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from telvet.tables.relation import Relation

__all__ = ["FindingTexts", "Judging", "Key", "Part", "Raw", "ShareCode", "ShareCount", "ShareUnit", "Source", "Tokens"]

Raw = tuple[str | None, ...]
Tokens = tuple[int, ...]


class Part(StrEnum):
    """Which part of a cell counts."""

    WHOLE = "whole"
    ENTERPRISE = "enterprise"
    """The seventh arc of an object identifier below 1.3.6.1.4.1; NULL for any other."""
    BLOCK = "block"
    """What stands for the longest known block of each hardware address, several joined by `;`; NULL where none is known."""


@dataclass(frozen=True, slots=True)
class Source:
    """A column, or a part of it."""

    column: str
    part: Part = Part.WHOLE


@dataclass(frozen=True, slots=True)
class Key:
    """A dictionary from raw values to tokens; every combination that occurs is in it."""

    name: str
    sources: tuple[Source, ...]
    rows: tuple[tuple[Raw, int, int], ...]
    """(raw values, token, detail); the detail is carried to findings and does not make classes."""
    variants: tuple[tuple[int, ...], ...] = ()
    """Each by token the one that stands for it where the difference cannot matter; empty: every token stands for itself."""
    chosen: Mapping[tuple[int, int], int] = field(default_factory=dict)
    """By the tokens of the first and second key, the variant that counts; there where there are variants."""

    @property
    def size(self) -> int:
        """Return a number that every token is below."""
        return 1 + max((token for _, token, _ in self.rows), default=0)

    def stands(self, token: int, pair: tuple[int, int]) -> int:
        """Return the token that stands for one beside these tokens of the first and second key."""
        return self.variants[self.chosen[pair]][token] if self.variants else token


@dataclass(frozen=True, slots=True)
class ShareUnit:
    """How a share is counted: distinct `site`s, or the sum of a column, in groups of columns."""

    per: tuple[str, ...]
    count: str | None
    sum: str | None


@dataclass(frozen=True, slots=True)
class ShareCode:
    """How the elements of a class enter a share."""

    tokens: Tokens
    among: int
    """1 unknown, 2 true; classes that are surely not among are left out."""
    of: int
    """0 false, 1 unknown, 2 true."""
    note: int
    """A number that the counts of its group give back, once."""


@dataclass(frozen=True, slots=True)
class ShareCount:
    """The four sums of spec/semantics.md, section 7, for one group; A, B, C and E there."""

    group: Raw
    sure: Decimal
    may_not: Decimal
    may: Decimal
    sure_not: Decimal
    open_b: int
    """Elements without weight or site that may add to B."""
    open_c: int
    """Elements without weight or site that may add to C."""
    notes: tuple[int, ...]
    """The notes of the classes that the group has elements of, sorted."""


@dataclass(frozen=True, slots=True)
class FindingTexts:
    """What findings say, by outcome and by maker, and what the file says about itself."""

    outcomes: Sequence[Mapping[str, str | None]]
    """By the number of the outcome; the same keys in each."""
    makers: Sequence[Mapping[str, str | None]]
    """By the number of the detail; the same keys in each."""
    others: Sequence[Mapping[str, str | None]]
    """Findings without an element, whole."""
    about: Mapping[str, str]
    """Metadata of the file."""
    withheld: Sequence[tuple[str, str]] = ()
    """(list column, member): rows that state it are left out."""
    blanked: Sequence[str] = ()
    """Columns that are written empty."""


class Judging(Protocol):
    """An engine that holds relations of canonical equipment rows."""

    def know_blocks(self, blocks: Mapping[str, str]) -> None:
        """Tell the known hardware-address blocks, 6, 7 or 9 lower-case hex digits, each with one that stands for it."""

    def amended(
        self,
        relation: Relation,
        cells: Sequence[tuple[str, str, str]],
        tags: Sequence[tuple[str, str]],
        notes: Sequence[tuple[str, str]],
    ) -> Relation:
        """Return the relation with facts from beside it.

        Args:
            relation: Canonical equipment rows.
            cells: (element id, column, text): fills the cell where it is empty.
            tags: (site, label): adds the label to `site_tags` of all elements at the site.
            notes: (element id, text): fills a further column `notes`, NULL elsewhere.
        """

    def named(self, relation: Relation, operator: str) -> Relation:
        """Return the relation with every row given to an operator."""

    def holds(self, relation: Relation, column: str) -> bool:
        """Tell whether some row has a value in a column."""

    def distinct(self, relation: Relation, sources: Sequence[Source]) -> list[Raw]:
        """Return every combination of values that occurs."""

    def classify(self, relation: Relation, keys: Sequence[Key]) -> list[tuple[Tokens, int]]:
        """Return every combination of tokens that occurs and the number of its rows."""

    def judged(
        self, relation: Relation, keys: Sequence[Key], outcomes: Sequence[tuple[Tokens, int]], *, keep: bool
    ) -> Relation:
        """Return a relation of findings: a row's columns, `outcome`, and the `detail` of the first key.

        A class has as many outcomes as it has findings. With `keep` the relation is computed once and kept, else on each use.
        """

    def counts(self, relation: Relation, columns: Sequence[str]) -> list[tuple[tuple[str | int | None, ...], int]]:
        """Return every combination of values of some columns and the number of its rows, sorted."""

    def rows(
        self, relation: Relation, columns: Sequence[str], *, file_order: Sequence[str]
    ) -> Iterator[tuple[object, ...]]:
        """Yield rows ordered by file as given, record, and outcome."""

    def shares(
        self, relation: Relation, keys: Sequence[Key], codes: Sequence[ShareCode], unit: ShareUnit
    ) -> list[ShareCount]:
        """Return the sums of a share by group, sorted; a list column of `per` puts an element in each member's group."""

    def pick(self, relation: Relation, identifier: str) -> list[dict[str, str | None]]:
        """Return the rows of one element, cells as canonical text."""

    def occurring(self, relation: Relation, column: str, texts: Sequence[str]) -> frozenset[str]:
        """Return those of some texts that are the value of a column in some row."""

    def stating(self, relation: Relation, column: str, member: str) -> list[tuple[str | None, str]]:
        """Return (operator, id) of the rows whose list column states a member."""

    def only(self, relation: Relation, row: Mapping[str, str | None]) -> Relation:
        """Return the relation narrowed to the row that `pick` gave, by its file and record."""

    def write_findings(self, relation: Relation, texts: FindingTexts, path: Path) -> int:
        """Write findings as Parquet, joined with the texts of their outcomes and makers; return how many."""
