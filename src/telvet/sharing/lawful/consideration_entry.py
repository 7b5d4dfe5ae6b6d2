"""Turns the record of what was weighed into an object of plain values, and into the entry that the ledger keeps.

* The object has its keys in a fixed order; its id follows from all that it says, so that equal records are one.
"""

from __future__ import annotations

import hashlib
from typing import Any

from telvet.model.finding import Because
from telvet.sharing.audit.canonical import canonical
from telvet.sharing.lawful.consideration import Consideration, Duty
from telvet.sharing.lawful.measures import Measure
from telvet.workspace.sharing_rows import Entry

__all__ = ["KIND", "NO_DECISION", "consideration_entry", "consideration_object"]

KIND = "consideration"
"""The kind under which the ledger keeps it."""
NO_DECISION = "A record of what was considered. It says neither yes nor no; the person who weighs decides."
Object = dict[str, Any]


def consideration_object(found: Consideration) -> Object:
    """Return the object of a record; `id` is of everything else in it."""
    told: Object = {
        "arrangement": found.arrangement,
        "partner": found.partner,
        "country": found.country,
        "by": found.by,
        "as_of": found.as_of.isoformat(),
        "known_by": found.known_by.isoformat() if found.known_by else None,
        "recorded_by": found.recorded_by,
        "duties": [_duty(one) for one in found.duties],
        "measures": [_measure(one) for one in found.measures],
        "facts": [_because(one) for one in found.facts],
        "sources": list(found.sources),
        "unknown": list(found.unknown),
        "digests": dict(found.digests),
        "note": NO_DECISION,
    }
    return {"id": "c-" + hashlib.sha256(canonical(told)).hexdigest()[:32], **told}


def consideration_entry(found: Consideration) -> Entry:
    """Return what the ledger keeps of a record."""
    told = consideration_object(found)
    identifier = str(told.pop("id"))
    return Entry(KIND, identifier, canonical(told).decode())


def _duty(one: Duty) -> Object:
    return {
        "provision": one.provision,
        "title": one.title,
        "asks": one.asks.value,
        "by": one.by.isoformat() if one.by else None,
        "force": one.force.value,
        "cites": list(one.cites),
        "because": [_because(fact) for fact in one.because],
        "missing": list(one.missing),
    }


def _measure(one: Measure) -> Object:
    return {
        "metric": one.metric,
        "low": one.low,
        "high": one.high,
        "domain": one.domain,
        "supplier": one.supplier,
        "supplier_country": one.supplier_country,
        "country": one.country,
        "region": one.region,
        "dated": one.dated,
        "by": one.by,
        "origin": one.origin,
    }


def _because(one: Because) -> Object:
    return {"fact": one.fact, "value": one.value, "origin": one.origin}
