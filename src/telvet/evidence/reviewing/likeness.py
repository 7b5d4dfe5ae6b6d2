"""Turns a candidate and what is confirmed of its country into what a reviewer should know: the same stands already, or the opposite.

* Only for the eye of whoever decides: whether two statements truly contradict each other is settled by `contradictions`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from telvet.catalog.evidence_codes import EvidenceCodes
from telvet.evidence.positions.contradictions import same_vendor
from telvet.model.evidence import Statement

__all__ = ["Alike", "alike"]

_SHUTS = frozenset({"prohibits", "restricts"})
_LETS_IN = frozenset({"permits", "uses"})


@dataclass(frozen=True, slots=True)
class Alike:
    """A confirmed statement beside a candidate."""

    statement: Statement
    opposed: bool
    """It says the opposite; otherwise it says the same."""


def alike(said: Statement, confirmed: Iterable[Statement], codes: EvidenceCodes) -> Alike | None:
    """Return the first confirmed statement that is opposed to a candidate, else the first that says the same, else None."""
    same = None
    for one in confirmed:
        if one.id == said.id or not said.country or one.country != said.country or not same_vendor(one, said):
            continue
        if _opposed(said, one, codes):
            return Alike(one, opposed=True)
        if same is None and _told(one) == _told(said):
            same = Alike(one, opposed=False)
    return same


def _told(said: Statement) -> tuple[str, str, str]:
    return (said.measure, said.scope, said.modality)


def _opposed(one: Statement, other: Statement, codes: EvidenceCodes) -> bool:
    kinds = {_kind(one, codes), _kind(other, codes)}
    if one.level is not other.level or not kinds & _SHUTS or not kinds & _LETS_IN:
        return False
    if one.scope not in codes.scopes or other.scope not in codes.scopes:
        return False
    return codes.covers(one.scope, other.scope) or codes.covers(other.scope, one.scope)


def _kind(said: Statement, codes: EvidenceCodes) -> str:
    """Return what kind of measure is told as done; nothing where it is not, or is not known."""
    measure, modality = codes.measures.get(said.measure), codes.modalities.get(said.modality)
    return measure.kind if measure and modality and modality.counts == "as" else ""
