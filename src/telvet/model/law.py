"""The law as telvet holds it: packs of instruments, designations and provisions, each dated and cited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from telvet.model.condition import All, Condition, Test
from telvet.model.dates import Duration
from telvet.model.status import Force, Grade, weakest_grade

__all__ = [
    "Citation", "Deadline", "Designation", "Effect", "EffectKind", "Excuse", "ExcuseKind", "Extension", "Instrument",
    "Metric", "Pack", "Provision", "Share", "Subject",
]  # fmt: skip


class Subject(StrEnum):
    """Whom or what a finding is about."""

    EQUIPMENT = "equipment"
    NETWORK = "network"
    OPERATOR = "operator"
    PARTNER = "partner"
    ARRANGEMENT = "arrangement"
    """What is agreed, or planned to be agreed, with a partner."""


class EffectKind(StrEnum):
    """What a provision does."""

    STATE = "state"
    """Something must not be in use: `prohibit use`."""
    EVENT = "event"
    """Something must not happen: `prohibit: install`."""
    BAR = "bar"
    """A named transaction may not be made: `bar: award`."""
    REQUIRE = "require"
    """Something is needed first: `require: authorisation`."""
    CONSIDER = "consider"
    """A duty to weigh."""


class ExcuseKind(StrEnum):
    """What may excuse; each excuses only when shown true."""

    EXCEPTION = "exception"
    WAIVER = "waiver"
    TEMPORARY_LICENCE = "temporary licence"


@dataclass(frozen=True, slots=True)
class Instrument:
    """An act, order, notice, contract or statement that provisions cite."""

    id: str
    title: str
    issuer: str
    dated: date
    address: str | None
    read: Grade


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in an instrument, and how sure we are of what it says."""

    instrument: str
    place: str
    grade: Grade


@dataclass(frozen=True, slots=True)
class Effect:
    """What a provision does, and to which act: `use`, `install`, `procure`, `award`, ..."""

    kind: EffectKind
    act: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day, or a length of time after an anchor.

    The anchor is None for the day itself, `enacted`, `designation`, or a dated fact such as
    `equipment.procured_on`.
    """

    day: date | None = None
    anchor: str | None = None
    plus: Duration = field(default_factory=Duration)


@dataclass(frozen=True, slots=True)
class Designation:
    """Whom an instrument names, by which word, how far up and down the group, from when."""

    id: str
    vendor: str | None
    """An organisation or group of the catalogue; None for a designation by attribute."""
    home: tuple[str, ...]
    """Designated by attribute: country of control is one of these."""
    tests: str
    """`made`, `supplied` or `provided`."""
    closure: str | float
    """listed, subsidiaries, majority, affiliates, control, or at least that percentage."""
    annex: tuple[str, ...]
    owned_on: str
    """`judgement` or `making`: whose it is today, or whose it was when made or bought."""
    from_: date
    to: date | None
    cites: tuple[Citation, ...]
    uncertain: str = ""
    """What is not sure about it; empty when nothing."""


@dataclass(frozen=True, slots=True)
class Extension:
    """A later deadline, from the day on which it was granted."""

    id: str
    granted: date
    to: date
    cites: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Excuse:
    """An exception, waiver or temporary licence; it excuses only when shown true."""

    id: str
    kind: ExcuseKind
    when: Condition
    from_: date | None
    to: date | None
    issuer: str | None
    cites: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Metric:
    """How a share is counted: distinct values of `count`, or the sum of `sum`."""

    id: str
    count: str | None
    sum: str | None
    at: tuple[str, ...]
    """Only elements with one of these functions count; empty: all."""

    @property
    def where(self) -> Condition:
        """Return the condition that `at` stands for."""
        return All((Test("equipment.function", "any of", self.at),) if self.at else ())


@dataclass(frozen=True, slots=True)
class Share:
    """At most `limit` of what satisfies `among` may also satisfy `of`, by every metric."""

    of: Condition
    among: Condition
    metrics: tuple[Metric, ...]
    limit: Fraction


@dataclass(frozen=True, slots=True)
class Provision:
    """One rule of a pack."""

    id: str
    """Full id: pack and own name, joined by a dot."""
    pack: str
    title: str
    subject: Subject
    binds: Condition
    """Who is bound: the pack's and the provision's own condition together."""
    when: Condition
    """What it is about; for a share, its `among`."""
    effect: Effect
    enacted: date
    from_: Deadline | None
    by: Deadline | None
    to: date | None
    extensions: tuple[Extension, ...]
    excuses: tuple[Excuse, ...]
    share: Share | None
    per: tuple[str, ...]
    force: Force
    cites: tuple[Citation, ...]
    text: str
    quoted: bool
    """True when `text` is a quotation, False when it is a paraphrase."""
    uncertain: str
    """What is not sure about it; empty when nothing."""
    weigh: Condition | None = None
    """For an arrangement: which equipment in the partner's country is to be weighed; it decides nothing."""

    @property
    def grade(self) -> Grade:
        """Return the weakest grade among its citations."""
        return weakest_grade([cite.grade for cite in self.cites])


@dataclass(frozen=True, slots=True)
class Pack:
    """A regime: who is bound, what it designates and provides, since when, on what authority."""

    id: str
    title: str
    jurisdiction: str
    force: Force
    enacted: date
    to: date | None
    version: str
    about: str
    binds: Condition
    functions: Mapping[str, tuple[str, ...]]
    instruments: Mapping[str, Instrument]
    designations: Mapping[str, Designation]
    provisions: tuple[Provision, ...]
    supersedes: tuple[str, ...]
    digest: str
    """SHA-256 over the pack's files."""
    uncertain: str = ""
    """What is not sure about the whole of it; empty when nothing."""
