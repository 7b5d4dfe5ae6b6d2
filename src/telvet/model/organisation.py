"""Organisations, their names, numbers and owners, and the answer to "whose is it?".

Field names of `Ownership` follow FollowTheMoney's schema of the same name (owner, asset, percentage,
role, startDate, endDate), in snake case.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from telvet.model.status import Grade

__all__ = ["Alias", "Attribution", "Candidate", "Identifier", "Organisation", "Ownership", "Relation", "Tier"]


class Relation(StrEnum):
    """How an organisation stands to a covered group on a day."""

    OWNED = "owned"
    AFFILIATE = "affiliate"
    FORMER = "former"
    OEM = "oem"
    NONE = "none"
    DISPUTED = "disputed"
    UNRESOLVED = "unresolved"


class Tier(StrEnum):
    """What an attribution rests on, surest first."""

    STATED = "stated"
    """The source itself names the register's organisation."""
    IDENTIFIER = "identifier"
    LEGAL_ALIAS = "legal alias"
    BRAND = "brand"
    ANCHOR = "anchor"
    PROPOSAL = "proposal"


@dataclass(frozen=True, slots=True)
class Organisation:
    """A legal person or brand owner in the register."""

    id: str
    name: str
    country: str | None
    """Country of control, ISO 3166-1 alpha-3, or None where not known."""
    group: str | None
    """The covered group's id for display, or None."""
    source: str
    grade: Grade


@dataclass(frozen=True, slots=True)
class Alias:
    """A name that stands for an organisation, valid from and until a day (None: open)."""

    alias: str
    kind: str
    """legal, former, brand, transliteration, product or misspelling."""
    organisation: str
    from_: date | None
    to: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number that stands for an organisation: scheme `pen`, `oui` (24, 28 or 36 bits as hex)."""

    scheme: str
    value: str
    organisation: str
    from_: date | None
    to: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Ownership:
    """A dated edge from an owner to what it owns, controls, shares or supplies."""

    owner: str
    asset: str
    percentage: float | None
    role: str
    """owns, controls, joint venture or supplies (OEM; never ownership)."""
    start_date: date | None
    end_date: date | None
    source: str
    grade: Grade


@dataclass(frozen=True, slots=True, order=True)
class Candidate:
    """One organisation that a piece of evidence points to; None where the name is nobody we know."""

    organisation: str | None
    text: str = ""
    """The name as written, where nobody was found."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whose it is: no candidate means no evidence, one means settled, several mean disputed.

    A single candidate without an organisation is `unresolved`: a name that is nobody in the register.
    """

    candidates: tuple[Candidate, ...] = ()
    tier: Tier | None = None
    columns: tuple[str, ...] = ()
    """The equipment columns that gave the evidence, in the order of their weight."""

    @property
    def organisation(self) -> str | None:
        """Return the one organisation, if it is settled."""
        return self.candidates[0].organisation if len(self.candidates) == 1 else None
