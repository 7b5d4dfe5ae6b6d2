"""The nouns of release: what a person signed, approved or recalled, and what becomes of an object because of it.

* A decision says what may go out; an object goes out by a person's act alone: a standing authority, or approvals of this object.
* None is "not known" wherever a noun allows it, and covers nothing.
* Nothing here decides; `telvet.sharing.releasing` does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from telvet.model.handling import Classification, Tlp
from telvet.model.sharing import Decision, Effect, Originators, Term

__all__ = ["Authority", "Ceiling", "Judgement", "Originated", "Outcome", "Recall", "Verdict"]


@dataclass(frozen=True, slots=True)
class Authority:
    """A standing authority: an officer lets objects of a kind go to a partner without looking at each."""

    id: str
    partner: str
    officer: str
    """Who delegates; a person."""
    signed_on: date | None = None
    term: Term = field(default_factory=Term)
    purposes: frozenset[str] | None = None
    tlp: Tlp | None = None
    """The strictest level that may go."""
    classification: Classification | None = None
    """The highest level that may go."""
    types: frozenset[str] | None = None
    """The types of STIX that it covers; None is all."""
    collections: frozenset[str] | None = None
    """The collections that it covers, by id or alias, `files` among them; None is all."""
    redacted: bool = False
    """It covers objects that go without some of their parts."""
    source: str = ""


class Verdict(StrEnum):
    """What a person says of one object in the queue."""

    APPROVE = "approve"
    REFUSE = "refuse"
    RETURN = "return"
    """It goes back to whoever brought it, to be mended."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one person said of one version of one object, for one partner."""

    partner: str
    object: str
    version: str
    digest: str
    """SHA-256 of the object's bytes, in hexadecimal: other bytes were not judged."""
    verdict: Verdict
    by: str
    at: str
    """The moment of the record."""
    why: str = ""
    rules: frozenset[str] = frozenset()
    """The rules that referred it when the person looked; another rule asks for another look."""


@dataclass(frozen=True, slots=True)
class Recall:
    """Something that went out, or might, is called back: from here on it stays."""

    id: str
    objects: frozenset[str]
    partners: frozenset[str] | None
    """None is all."""
    by: str
    why: str
    on: date
    """Its day."""


@dataclass(frozen=True, slots=True)
class Ceiling:
    """How many objects a partner may come to hold together before a person looks: many may say more than each."""

    id: str
    partners: frozenset[str] | None
    """None is all."""
    types: frozenset[str] | None
    """The types of STIX that are counted together; None is all."""
    most: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class Originated:
    """Whose information an object holds, or everything that one identity wrote down."""

    about: str
    """The id of an object, or of an identity that stands in `created_by_ref`."""
    originators: frozenset[str] = frozenset()
    complete: bool = False
    derived_from: frozenset[str] = frozenset()
    """The ids of objects whose originators it inherits."""

    @property
    def settled(self) -> Originators:
        """Return what it says by itself."""
        return Originators(self.originators, self.complete)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of one object for one partner."""

    decision: Decision
    """With the reasons of release among the others; closed over references."""
    leaves_by: tuple[str, ...] = ()
    """By which acts it leaves: `standing authority A`, `approval of P`; none where it stays."""
    persons: int = 1
    """How many must approve it, where it is referred."""

    @property
    def effect(self) -> Effect:
        """Return what happens."""
        return self.decision.effect
