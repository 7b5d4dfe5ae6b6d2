"""Finds the statements that contradict what stands; anything less is tension or succession.

Two statements contradict each other only about the same country and vendor, at the same level, from different documents, and
for a time that both speak of:

* opposed: about the same scope or one within the other, one shuts the vendor out and the other lets it in, or says that
  it does not. A statement speaks of the time from its beginning to its publication.
* of another extent: both tell of a ban as done, and differ in what is banned, without days that would make them two acts.
  Both hold from then on, so that they overlap. Scopes that have nothing to do with networks are left apart.

For each statement one that it contradicts is found, not all of them, and one that weighs as much, if any does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from telvet.catalog.evidence_codes import EvidenceCodes
from telvet.evidence.positions.contributions import Contribution
from telvet.evidence.positions.intervals import Intervals
from telvet.model.evidence import Statement

__all__ = ["Contradiction", "Denied", "contradictions", "same_vendor"]

_SHUTS = ("prohibits", "restricts")
_LETS_IN = ("permits", "uses")
_OPPOSED = "one shuts the vendor out, the other lets it in, for the same time"
_DENIED = "one says that it is so, the other that it is not"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A statement, and one that cannot be true beside it; one of them stands."""

    said: Statement
    other: Statement
    why: str


@dataclass(frozen=True, slots=True)
class Denied:
    """A statement that something is not so, for one scope."""

    statement: Statement
    scope: str
    kind: str


def contradictions(
    standing: Iterable[Contribution],
    told: Iterable[Contribution],
    denied: Iterable[Denied],
    weights: Mapping[str, int],
    codes: EvidenceCodes,
) -> Iterator[Contradiction]:
    """Yield contradictions: for each statement one, and one with a statement that weighs as much or more, if there is any.

    Args:
        standing: The contributions that decide some scope.
        told: All contributions that hold on the day, those that stand among them.
        denied: What statements deny.
        weights: How much each statement weighs, by its id: 2 for one that decides the position, 1 for one that stands, else 0.
        codes: The vocabulary.
    """
    stand = [_Said.of(one) for one in standing]
    others = [*(_Said.of(one) for one in told), *(_Said.no(one) for one in denied)]
    for least in (0, 1, 2):
        stand = [one for one in stand if weights.get(one.statement.id, 0) >= least]
        others = [one for one in others if weights.get(one.statement.id, 0) >= least]
        yield from _Sides(stand, codes).met_by(others)
        yield from _Sides(others, codes).met_by(stand)


def same_vendor(one: Statement, other: Statement) -> bool:
    """Tell whether two statements are about a vendor in common; one that names nobody is about anyone."""
    return _shared(_vendors(one), _vendors(other))


def _shared(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    return not mine or not theirs or not mine.isdisjoint(theirs)


def _vendors(said: Statement) -> frozenset[str]:
    """Return the vendors that a statement names; nothing for anyone."""
    if any(vendor.anyone for vendor in said.vendors):
        return frozenset()
    return frozenset(vendor.id or vendor.name for vendor in said.vendors)


@dataclass(frozen=True, slots=True)
class _Said:
    """A statement, what it says of one scope or denies of it, and of which days."""

    statement: Statement
    scope: str
    word: tuple[str, bool]
    """The kind, and whether it is so."""
    vendors: frozenset[str]
    spoken: tuple[int, int]
    """The first and last day of the time that it speaks of."""
    began: tuple[int, int] | None
    """The days within which it began; None for one without a quote."""

    @classmethod
    def of(cls, one: Contribution) -> _Said:
        """Tell what a contribution says: it speaks of the time from its beginning to its publication."""
        said, begins = one.statement, one.begins.toordinal()
        published = said.published.last
        began = (one.first.toordinal(), begins) if said.when else (0, published.max.toordinal())
        spoken = (begins, max(begins, published.toordinal()))
        return cls(said, one.scope, (one.kind, True), _vendors(said), spoken, began if said.quote else None)

    @classmethod
    def no(cls, one: Denied) -> _Said:
        """Tell what a denial says, of the day on which it was published."""
        day = one.statement.published.last.toordinal()
        return cls(one.statement, one.scope, (one.kind, False), _vendors(one.statement), (day, day), None)

    def apart(self, other: _Said) -> bool:
        """Tell whether the other stands in another document; one without a quote stands by itself."""
        here, there = (said.quote.document if said.quote else said.id for said in (self.statement, other.statement))
        return here != there


@dataclass(frozen=True, slots=True)
class _Side:
    """What is said of one scope, of one kind and at one level, about the same vendors, by some of its days."""

    vendors: frozenset[str]
    days: Intervals[_Said]
    why: str
    by_beginning: bool


class _Sides:
    """Statements, found by those that contradict them."""

    def __init__(self, several: Iterable[_Said], codes: EvidenceCodes) -> None:
        self._codes = codes
        self._held: dict[tuple[str, tuple[str, bool]], dict[tuple[str, frozenset[str]], list[_Said]]] = {}
        for one in several:
            groups = self._held.setdefault((one.statement.level, one.word), defaultdict(list))
            groups[one.scope, one.vendors].append(one)
        self._facing: dict[tuple[str, tuple[str, bool], str], list[_Side]] = {}

    def met_by(self, asking: Iterable[_Said]) -> Iterator[Contradiction]:
        """Yield, for each statement that contradicts one of these, one such contradiction."""
        for one in asking:
            met = next(self._met(one), None)
            if met:
                yield met

    def _met(self, one: _Said) -> Iterator[Contradiction]:
        key = (one.statement.level, one.word, one.scope)
        if key not in self._facing:
            self._facing[key] = list(self._facing_sides(one))
        for side in self._facing[key]:
            days = one.began if side.by_beginning else one.spoken
            if days and _shared(one.vendors, side.vendors) and (other := side.days.meeting(*days, one.apart)):
                yield Contradiction(one.statement, other.statement, side.why)

    def _facing_sides(self, one: _Said) -> Iterator[_Side]:
        """Yield what can contradict statements of this level, kind and scope."""
        kind, so = one.word
        yield from self._nested(one, (kind, not so), _DENIED)
        if not so:
            return
        for facing in _LETS_IN if kind in _SHUTS else _SHUTS if kind in _LETS_IN else ():
            yield from self._nested(one, (facing, True), _OPPOSED)
        if kind == "prohibits":
            yield from self._of_another_extent(one)

    def _nested(self, one: _Said, word: tuple[str, bool], why: str) -> Iterator[_Side]:
        covers = self._codes.covers
        for (scope, vendors), several in self._held.get((one.statement.level, word), {}).items():
            if covers(scope, one.scope) or covers(one.scope, scope):
                yield _Side(vendors, Intervals((*other.spoken, other) for other in several), why, by_beginning=False)

    def _of_another_extent(self, one: _Said) -> Iterator[_Side]:
        scopes = self._codes.scopes
        for (scope, vendors), several in self._held.get((one.statement.level, one.word), {}).items():
            if scope == one.scope or "apart" in (scopes[scope].reach, scopes[one.scope].reach):
                continue
            why = f"they differ on what is banned: {scopes[one.scope].title} or {scopes[scope].title}"
            quoted = Intervals((*other.began, other) for other in several if other.began)
            yield _Side(vendors, quoted, why, by_beginning=True)
