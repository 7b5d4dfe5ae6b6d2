"""Handling: what all marks on a piece of intelligence, taken together, leave open; and how two handlings are joined.

* A handling is a point of a join-semilattice: `strictest` is commutative, associative and idempotent, and never widens.
* `Handling()` is the bottom, of which nothing is known; it says nothing, so whoever decides withholds it (`unmarked`).
* Sets of those who may receive are intersected, None being "nothing is said"; all else is united, or the stricter kept.
* Whatever is not understood stands under `withheld`, and what needs a person under `referred`; neither is ever taken off.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import reduce
from typing import TypeVar

__all__ = [
    "Acs", "Classification", "Ground", "Handling", "MarkingFinding", "Privilege", "Reach", "SharingRule", "Tlp",
    "at_least_as_strict", "strictest",
]  # fmt: skip


class _Ranked(StrEnum):
    """Codes declared from the most open to the strictest."""

    @property
    def rank(self) -> int:
        """Return 0 for the most open."""
        return list(type(self)).index(self)


class Tlp(_Ranked):
    """The levels of the Traffic Light Protocol 2.0; WHITE of version 1 is CLEAR."""

    CLEAR = "clear"
    GREEN = "green"
    AMBER = "amber"
    AMBER_STRICT = "amber+strict"
    RED = "red"

    @property
    def label(self) -> str:
        """Return the label that people write."""
        return f"TLP:{self.value.upper()}"


class Classification(_Ranked):
    """Levels of classification."""

    U = "U"
    R = "R"
    C = "C"
    S = "S"
    TS = "TS"


class Reach(_Ranked):
    """How far a MISP distribution lets something travel; sharing groups stand under `Handling.organisations`."""

    ALL = "all-communities"
    CONNECTED = "connected-communities"
    COMMUNITY = "this-community"
    ORGANISATION = "your-organisation"


@dataclass(frozen=True, slots=True, order=True)
class MarkingFinding:
    """One thing that is wrong with the marking of one object."""

    object: str
    """The id of the object, or of what stands for it."""
    code: str
    """A stable code, e.g. `tlp-disagrees`."""
    what: str
    """What is wrong, in a sentence without a full stop."""
    fix: str
    """How to mend it."""


@dataclass(frozen=True, slots=True, order=True)
class Ground:
    """Why something is withheld or needs a person, whoever asks."""

    code: str
    marking: str
    """The id of the marking it comes from."""
    about: str = ""
    """The token, text or field that it is about."""


@dataclass(frozen=True, slots=True)
class Privilege:
    """A rule of ACS about what may be done by whom; None is everybody, named as such or not named at all."""

    action: str
    permit: bool
    nationalities: frozenset[str] | None = None
    organisations: frozenset[str] | None = None
    shareability: frozenset[str] | None = None
    entity: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class SharingRule:
    """A rule of ACS about onward sharing with organisations, sectors or foreign governments."""

    scope: frozenset[str]
    permit: bool


@dataclass(frozen=True, slots=True)
class Acs:
    """One marking of the ISA Access Control Specification 3.0a; several on one object must each permit."""

    marking: str
    custodian: str
    privileges_by_default: bool
    shared_by_default: bool
    classification: Classification
    no_foreign: bool = False
    public: bool = False
    """It says PUBREL, names who released it, is unclassified and not NF."""
    released_by: str | None = None
    released_on: date | None = None
    nationalities: frozenset[str] | None = None
    """Alpha-3 codes; None where it does not say."""
    organisations: frozenset[str] | None = None
    determinations: frozenset[str] = frozenset()
    sensitivities: frozenset[str] = frozenset()
    caveats: frozenset[str] = frozenset()
    shareability: frozenset[str] | None = None
    entities: frozenset[str] | None = None
    privileges: frozenset[Privilege] = frozenset()
    sharing: frozenset[SharingRule] = frozenset()


@dataclass(frozen=True, slots=True)
class Handling:
    """What the marks on one node, taken together, say."""

    marks: frozenset[str] = frozenset()
    """The ids of the markings that were read."""
    tlp: Tlp | None = None
    classification: Classification | None = None
    reach: Reach | None = None
    rel_to: frozenset[str] | None = None
    """The countries (alpha-3, the owner's among them) that may hold a copy; None where no mark says."""
    display_to: frozenset[str] = frozenset()
    """The countries to which some mark lets it only be shown."""
    owners: frozenset[str] = frozenset()
    """The countries whose information it is, as far as marks say."""
    organisations: frozenset[str] | None = None
    """The ids of the MISP organisations in all its sharing groups; None where there is no group."""
    acs: frozenset[Acs] = frozenset()
    terms: frozenset[str] = frozenset()
    """What a recipient must observe, by its words or by the id of the rule that has them."""
    referred: frozenset[Ground] = frozenset()
    withheld: frozenset[Ground] = frozenset()

    @property
    def unmarked(self) -> bool:
        """Tell whether no mark was read at all: then nothing may follow from what is not said."""
        return not self.marks

    @property
    def noforn(self) -> bool:
        """Tell whether no country but its owner may hold it."""
        return self.rel_to is not None and (not self.rel_to or (len(self.rel_to) == 1 and self.rel_to <= self.owners))

    def open_to(self, country: str) -> bool:
        """Tell whether the countries named leave open that one (alpha-3) holds a copy; other marks may still forbid it."""
        return (self.rel_to is None or country in self.rel_to) and country not in self.display_to


def strictest(handlings: Iterable[Handling]) -> Handling:
    """Join handlings: what is left open is what all of them leave open."""
    return reduce(_join, handlings, Handling())


def at_least_as_strict(one: Handling, other: Handling) -> bool:
    """Tell whether `one` leaves nothing open that `other` does not: the order of the lattice."""
    return _join(one, other) == one


def _join(one: Handling, other: Handling) -> Handling:
    return Handling(
        one.marks | other.marks,
        _stricter(one.tlp, other.tlp),
        _stricter(one.classification, other.classification),
        _stricter(one.reach, other.reach),
        _both(one.rel_to, other.rel_to),
        one.display_to | other.display_to,
        one.owners | other.owners,
        _both(one.organisations, other.organisations),
        one.acs | other.acs,
        one.terms | other.terms,
        one.referred | other.referred,
        one.withheld | other.withheld,
    )


_Code = TypeVar("_Code", bound=_Ranked)


def _stricter(one: _Code | None, other: _Code | None) -> _Code | None:
    if one is None or other is None:
        return one or other
    return max(one, other, key=lambda code: code.rank)


def _both(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    if one is None or other is None:
        return other if one is None else one
    return one & other
