"""Turns one statement into what it says of each scope, and from which day on it surely holds.

* What counts, and for how much, is data: the measure's kind, the modality, and whose word it is.
* An undated statement holds from its publication. A dated one holds from the last day on which it may have begun, and
  what is told as done had begun by the day of publication.
* A decision whose day lies ahead is a deliberation that leans to it until that day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from telvet.catalog.evidence_codes import EvidenceCodes
from telvet.catalog.folding import Folding
from telvet.model.evidence import Statement

__all__ = ["Contribution", "contributions_of", "weighed"]

_LETS_IN = ("permits", "uses")


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a statement says of one scope."""

    statement: Statement
    scope: str
    kind: str
    leaning: str | None
    """For a deliberation: the kind that it leans to."""
    begins: date
    """From this day on it surely holds."""
    first: date
    """It did not hold before this day."""

    def holds(self, day: date) -> bool:
        """Tell whether it surely holds on a day, as far as it alone says."""
        until = self.statement.until
        return self.begins <= day and (until is None or day <= until)


def weighed(kind: str, counts: str, way: str) -> tuple[str, str | None] | None:
    """Return what a kind comes to by its modality and by whose word it is: a kind and a leaning, or None for nothing."""
    if kind == "speaks" or "nothing" in (counts, way):
        return None
    if kind == "deliberates":
        return kind, None
    full = way == "as" and (counts == "as" or (counts == "permission" and kind in _LETS_IN))
    if kind in ("lifts", "suspends", "uses"):
        return (kind, None) if full else None
    if full:
        return kind, None
    if way == "as" and counts == "condition" and kind in ("permits", "conditions"):
        return "conditions", None
    return "deliberates", kind


def contributions_of(statement: Statement, codes: EvidenceCodes, folding: Folding) -> Iterator[Contribution]:
    """Yield what a statement says, scope by scope; nothing where it decides nothing."""
    measure, modality = codes.measures[statement.measure], codes.modalities[statement.modality]
    way = folding.levels[statement.level]
    for scope, kind in (measure.parts or {statement.scope: measure.kind}).items():
        if come_to := weighed(kind, modality.counts, way):
            yield from _dated(statement, scope, *come_to)


def _dated(statement: Statement, scope: str, kind: str, leaning: str | None) -> Iterator[Contribution]:
    when, published = statement.when, statement.published
    if when is None:
        yield Contribution(statement, scope, kind, leaning, published.last, published.first)
        return
    ahead = when.first if when.first and when.first > published.last else None
    if not ahead:
        begins = min(when.last or published.last, published.last)
        yield Contribution(statement, scope, kind, leaning, begins, min(when.first or begins, begins))
    elif kind == "deliberates":
        yield Contribution(statement, scope, kind, leaning, published.last, published.first)
    else:
        yield Contribution(statement, scope, "deliberates", kind, published.last, published.first)
        yield Contribution(statement, scope, kind, leaning, when.last or ahead, ahead)
