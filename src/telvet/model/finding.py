"""What judging yields: a verdict for a legal class, a finding for an element, and the whole assessment.

* A verdict knows no row; a finding is a verdict joined to its row while printing.
* An assessment accounts for every row: rows in = rows judged + rows rejected.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from telvet.model.law import Citation, Subject
from telvet.model.organisation import Relation, Tier
from telvet.model.status import Force, Grade, Status

__all__ = [
    "Assessment", "Because", "Coverage", "Disposition", "Finding", "InputRead", "PackUsed", "SummaryRow",
    "VendorShown", "Verdict",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a provision came out for a legal class; without the row."""

    status: Status
    by: date | None = None
    """The day by which it must end or on which it takes effect; None where there is none."""
    by_fact: str | None = None
    """Instead of `by`: the fact of the row whose first day it is, for an event that is planned."""
    until: date | None = None
    """For `waived`: the last day of the waiver."""
    excused_by: str | None = None
    missing: tuple[str, ...] = ()
    """The facts that would settle an unknown, fewest first."""
    unless: tuple[str, ...] = ()
    """The facts that could still excuse it."""
    because: tuple[str, ...] = ()
    """The facts on which it rests; their values and places are the row's, and joined while printing."""
    cites: tuple[Citation, ...] = ()
    """The provision's citations, and those of the designations that were met."""


@dataclass(frozen=True, slots=True)
class Because:
    """A fact that decided a finding, and the place it was read from."""

    fact: str
    value: str
    origin: str
    """E.g. `core.csv record 212 manufacturer`."""


@dataclass(frozen=True, slots=True)
class VendorShown:
    """Whose equipment a finding is about, as shown beside it."""

    organisation: str | None
    group: str | None
    relation: Relation
    tier: Tier | None
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Disposition:
    """What a person decided about a finding."""

    state: str
    """candidate, confirmed, not covered, accepted risk or remediated."""
    by: str
    on: str
    """When it was recorded, ISO 8601 in UTC."""
    why: str
    ticket: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One provision's answer about one element, operator, network or partner."""

    id: str
    subject: Subject
    subject_id: str
    equipment: str | None
    operator: str | None
    country: str | None
    site: str | None
    provision: str
    status: Status
    force: Force
    by: date | None
    until: date | None
    excused_by: str | None
    vendor: VendorShown | None
    missing: tuple[str, ...]
    unless: tuple[str, ...]
    because: tuple[Because, ...]
    cites: tuple[Citation, ...]
    grade: Grade
    disposition: Disposition | None = None


@dataclass(frozen=True, slots=True)
class InputRead:
    """One file that was read."""

    name: str
    digest: str
    """SHA-256 of its bytes."""
    format: str
    rows: int
    judged: int
    rejected: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PackUsed:
    """One pack that took part, by version and digest."""

    id: str
    title: str
    version: str
    digest: str
    force: Force
    jurisdiction: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """Whether a pack was evaluated for an operator, and if not, why."""

    pack: str | None
    """None for a country without any pack."""
    operator: str | None
    country: str | None
    state: str
    """evaluated, bound unknown, not bound, not in force, superseded, scenario not named, or not covered."""
    why: str


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """How many findings share operator, country, provision, status and force."""

    operator: str | None
    country: str | None
    provision: str
    status: Status
    force: Force
    by: date | None
    count: int


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything a report shows about one run; findings stream on demand, always in the same order."""

    telvet: str
    as_of: date
    laws: tuple[str, ...]
    """What `--law` asked for."""
    options: Mapping[str, str]
    """What else shaped the answer: known_by, redact, maps."""
    inputs: tuple[InputRead, ...]
    beside: tuple[InputRead, ...]
    """Operators and overlay files."""
    packs: tuple[PackUsed, ...]
    catalogue: str
    """Digest of the catalogue."""
    rows_in: int
    rows_judged: int
    rows_rejected: int
    in_use: int
    in_use_assumed: int
    """Elements without a lifecycle that were taken as in use."""
    classes: int
    coverage: tuple[Coverage, ...]
    summary: tuple[SummaryRow, ...]
    unknown_facts: tuple[tuple[str, int, int], ...]
    """(fact, findings that miss it, findings that miss nothing else), most first."""
    makers: tuple[tuple[str, str, int], ...]
    """(function or `unknown`, maker's name or `unknown`, elements in use)."""
    findings: Callable[[], Iterator[Finding]]
    provisions: Mapping[str, str]
    """Titles of the provisions by id."""
    dispositions: Mapping[str, int] = field(default_factory=dict)
    """How many findings stand in each state."""
    burn_down: tuple[tuple[str, int], ...] = ()
    """(date, open findings) for earlier runs kept in the workspace."""
    unresolved: tuple[tuple[str, int], ...] = ()
    """(manufacturer text that is nobody in the register, elements), most first, at most 20."""
