"""The position of a country on a vendor, as a day's record of statements shows it.

* `unknown` is a position: nothing that counts is known. It never stands for leave.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from telvet.model.evidence import Statement

__all__ = ["POSITIONS", "Objection", "Position", "ScopePosition"]

POSITIONS = ("banned", "restricted", "conditional", "permitted", "undecided", "unknown")


@dataclass(frozen=True, slots=True)
class ScopePosition:
    """Where one scope stands."""

    scope: str
    position: str
    leaning: str | None
    """For a deliberation: the position that it leans to, if any."""
    modality: str
    """How far it has got, by the statement that decides."""
    since: str
    """A day, or an ISO 8601 interval within which it began."""
    until: date | None
    because: tuple[Statement, ...]
    """The statement that decides, and those that say the same; the order is that of beginning."""
    disputed: bool = False
    """True where a statement contradicts one of them."""


@dataclass(frozen=True, slots=True)
class Objection:
    """A statement that stands against the position."""

    statement: Statement
    kind: str
    """contradiction, tension, succession or denial."""
    why: str
    other: str | None = None
    """The statement that it stands against."""


@dataclass(frozen=True, slots=True)
class Position:
    """The position of a country, what it rests on, and what stands against it."""

    country: str
    vendor: str | None
    """The group or organisation that was asked about; None for any vendor."""
    position: str
    since: str | None
    until: date | None
    scopes: tuple[ScopePosition, ...]
    because: tuple[Statement, ...]
    """What decides. Where the position is unknown, whatever else was said."""
    against: tuple[Objection, ...]
    context: tuple[Statement, ...]
    """What was heard and decides nothing: pressure, warnings, claims."""
    origins: int
    """From how many different places `because` comes."""
    as_of: date
    known_by: date | None
    disputed: bool = False
