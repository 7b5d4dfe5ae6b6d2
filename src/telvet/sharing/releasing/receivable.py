"""Turns the gate of a partner into what the partner may be told of itself: which markings may reach it, and under which terms.

* Each line is found by deciding a made-up object that bears the marking, so that it cannot differ from what is decided.
* It rests on facts about the partner alone, and looks at no object: nothing of what is withheld can show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from telvet.model.handling import Classification, Handling, Tlp
from telvet.model.sharing import NEVER, Arrangement, Candidate, Effect, Facts, Originators, Term
from telvet.model.truth import Truth
from telvet.sharing.audit.canonical import Json
from telvet.sharing.decision import decide
from telvet.sharing.releasing.gate import Gate

__all__ = ["receivable"]

_SOMEBODY = "identity--00000000-0000-4000-8000-000000000000"
"""An originator that nobody is."""
_MARK = "marking-definition--00000000-0000-4000-8000-000000000000"


def receivable(gate: Gate, purposes: Iterable[str | None]) -> dict[str, Json]:
    """Return what may reach a partner, for each purpose that its collections have; None is none."""
    country = _country(gate)
    return {
        "partner": gate.partner,
        "as_of": gate.as_of.isoformat(),
        "country": country,
        "codes": _codes(gate, country),
        "purposes": [_of_purpose(gate, purpose) for purpose in sorted(set(purposes), key=lambda one: one or "")],
        "unmarked": Effect.WITHHOLD.value,
        "note": "Effects are of the marking alone: an object may bear others, and leaves only by a person's act.",
    }


def _country(gate: Gate) -> str | None:
    partner = gate.known.partners.get(gate.partner)
    return partner.country if partner else None


def _codes(gate: Gate, country: str | None) -> list[str]:
    """Return the codes of countries and unions that include the partner's country on the day."""
    if country is None:
        return []
    rules, on = gate.rules.handling, gate.as_of
    unions = {row.code for row in rules.tetragraphs if country in (rules.group(row.code, on) or ())}
    return [country, *sorted(unions)]


def _of_purpose(gate: Gate, purpose: str | None) -> dict[str, Json]:
    facts = gate.known.facts(gate.partner, gate.as_of, purpose=purpose, laws=gate.laws)
    return {
        "purpose": purpose,
        "tlp": [_line(facts, level.label, Handling(frozenset({_MARK}), tlp=level)) for level in Tlp],
        "classification": [
            _line(facts, level.value, Handling(frozenset({_MARK}), tlp=Tlp.CLEAR, classification=level))
            for level in Classification
        ],
        "arrangements": [_arrangement(each) for each in _in_force(facts, gate.as_of)],
    }


def _line(facts: Facts, label: str, handling: Handling) -> dict[str, Json]:
    """Decide about the marking on our own material, and on that of others who have not consented."""
    effects = {
        whose: decide(
            facts, Candidate("", "", whole=handling, originators=Originators(names, complete=True))
        ).effect.value
        for whose, names in (("ours", facts.ours), ("others", frozenset({_SOMEBODY})))
    }
    return {"marking": label, **effects}


def _in_force(facts: Facts, day: date) -> Iterator[Arrangement]:
    for each in sorted(facts.arrangements, key=lambda one: one.id):
        if each.term.holds_on(day) is Truth.TRUE:
            yield each


def _arrangement(one: Arrangement) -> dict[str, Json]:
    return {
        "id": one.id,
        "until": _until(one.term),
        "tlp": one.tlp.label if one.tlp else None,
        "classification": one.classification.value if one.classification else None,
        "purposes": sorted(one.purposes) if one.purposes is not None else None,
        "third_party": one.third_party.value if one.third_party else None,
        "redaction": one.redaction,
        "onward": list(one.onward),
    }


def _until(term: Term) -> str | None:
    if term.ends is None:
        return None
    return "never" if term.ends.last == NEVER.last else term.ends.last.isoformat()
