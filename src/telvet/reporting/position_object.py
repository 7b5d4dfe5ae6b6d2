"""Turns a position into the one object that `telvet position` prints: plain values, its keys in a fixed order."""

from __future__ import annotations

from typing import Any

from telvet.catalog.outlets import read_outlets
from telvet.model.dates import brief_span
from telvet.model.evidence import Statement
from telvet.model.position import Objection, Position, ScopePosition

__all__ = ["position_object", "statement_object"]

Object = dict[str, Any]
_IN_PRINCIPLE = "decided_in_principle"


def position_object(found: Position, name: str) -> Object:
    """Return the object of a position; `name` is the country's."""
    return {
        "country": found.country,
        "name": name,
        "vendor": found.vendor,
        "as_of": found.as_of.isoformat(),
        "known_by": found.known_by.isoformat() if found.known_by else None,
        "position": found.position,
        "since": found.since,
        "until": found.until.isoformat() if found.until else None,
        "disputed": found.disputed,
        "scopes": [_scope(one) for one in found.scopes],
        "because": [statement_object(one) for one in found.because],
        "against": [_objection(one) for one in found.against],
        "context": [statement_object(one) for one in found.context],
        "origins": found.origins,
    }


def statement_object(said: Statement) -> Object:
    """Return a statement as it is cited."""
    return {
        "id": said.id,
        "quote": said.text,
        "paraphrase": said.quote is None,
        "publisher": said.publisher,
        "published": brief_span(said.published),
        "origin": _named(said.origin),
        "speaker": said.speaker,
        "actor": said.actor,
        "measure": said.measure,
        "modality": said.modality,
        "scope": said.scope,
        "date": said.when.shown() if said.when else None,
        "deadline": said.deadline.isoformat() if said.deadline else None,
        "vendors": [one.id or one.name for one in said.vendors],
        "grade": said.grade.value,
        "document": said.quote.document if said.quote else None,
        "start": said.quote.start if said.quote else None,
        "end": said.quote.end if said.quote else None,
        "source": said.source,
    }


def _named(origin: str) -> str:
    outlet = read_outlets().by_id.get(origin)
    return outlet.name if outlet else origin


def _scope(one: ScopePosition) -> Object:
    made: Object = {
        "scope": one.scope,
        "position": one.position,
        "since": one.since,
        "until": one.until.isoformat() if one.until else None,
        "modality": one.modality,
    }
    if one.leaning:
        made["in_principle" if one.modality == _IN_PRINCIPLE else "leaning"] = one.leaning
    if one.disputed:
        made["disputed"] = True
    return {**made, "because": [said.id for said in one.because]}


def _objection(one: Objection) -> Object:
    return {"kind": one.kind, "why": one.why, "with": one.other, **statement_object(one.statement)}
