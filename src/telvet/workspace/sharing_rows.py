"""Facts of sharing and objects that wait, as plain values, into the ledger's rows and back.

* Of a kind and id the latest row that is known counts; a retraction is a row too, and leaves nothing.
* A fact could be known from the day it was published on, or, where none is given, from the day it was recorded on.
* What a body means is told elsewhere; here it is a text that is kept as it came.
* What waits was written by anybody: what no database holds (NUL, half a character) is kept as its escape, and stops no queue.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

__all__ = ["Entry", "FactRow", "Waiting", "counting", "fact_of", "fact_row", "waiting_of", "waiting_row"]

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact that is to be recorded."""

    kind: str
    id: str
    body: str
    """Canonical JSON."""
    published: str | None = None
    """The day, YYYY-MM-DD, from which it could be known; None is the day of recording."""


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact as the ledger holds it."""

    seq: int
    kind: str
    id: str
    body: str
    published: str | None
    by: str
    recorded_at: str
    retracted: bool = False
    why: str | None = None
    """Of a retraction: the reason."""

    @property
    def entry(self) -> Entry:
        """Return what was recorded, without who and when."""
        return Entry(self.kind, self.id, self.body, self.published)

    @property
    def known_from(self) -> str:
        """Return the day from which it could be known."""
        return self.published or self.recorded_at[:10]


@dataclass(frozen=True, slots=True)
class Waiting:
    """One version of an object that waits for a person, for one partner and one set of reasons."""

    partner: str
    object: str
    version: str
    digest: str
    """SHA-256 of the object's bytes, in hexadecimal."""
    type: str
    effect: str
    reasons: str
    """Why it waits: JSON."""
    unless: str
    """What would let it go: JSON."""
    origin: str
    """Where it came from: a collection, or a file."""
    persons: int
    """How many must approve it."""
    by: str
    """Who or what queued it."""
    recorded_at: str
    body: bytes | None = None
    seq: int = 0
    """Its place in the queue; 0 before it is recorded."""

    @property
    def case(self) -> str:
        """Return the SHA-256 of its reasons, in hexadecimal."""
        return hashlib.sha256(self.reasons.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def id(self) -> str:
        """Return its id, which follows from what waits, for whom and why, and not from when it was queued."""
        told = json.dumps([self.partner, self.object, self.version, self.digest, self.case])
        return "w-" + hashlib.sha256(told.encode()).hexdigest()[:32]


def counting(rows: Iterable[FactRow], known_by: str | None = None) -> list[FactRow]:
    """Return the rows that count, in the order in which they were recorded.

    Args:
        rows: Oldest record first.
        known_by: A day, YYYY-MM-DD; rows that could be known only later are left out. None leaves out none.
    """
    latest: dict[tuple[str, str], FactRow] = {}
    for row in rows:
        if known_by is None or row.known_from <= known_by:
            latest[row.kind, row.id] = row
    return sorted((row for row in latest.values() if not row.retracted), key=lambda row: row.seq)


def fact_row(entry: Entry, by: str, recorded_at: str, retracted_for: str | None = None) -> Row:
    """Return the row of a fact, or of its retraction where a reason for one is given."""
    return {
        "kind": entry.kind,
        "id": entry.id,
        "body": entry.body,
        "published": entry.published,
        "by": by,
        "recorded_at": recorded_at,
        "retracted": int(retracted_for is not None),
        "why": retracted_for,
    }


def fact_of(row: Any) -> FactRow:  # noqa: ANN401 - a row of the database
    """Return a fact from its row."""
    return FactRow(
        row.seq, row.kind, row.id, row.body, row.published, row.by, row.recorded_at, bool(row.retracted), row.why
    )


def waiting_row(item: Waiting) -> Row:
    """Return the row of what waits."""
    return {
        "id": item.id,
        "partner": _storable(item.partner),
        "object": _storable(item.object),
        "version": _storable(item.version),
        "digest": item.digest,
        "case": item.case,
        "type": _storable(item.type),
        "effect": item.effect,
        "reasons": _storable(item.reasons),
        "unless": _storable(item.unless),
        "origin": _storable(item.origin),
        "persons": item.persons,
        "by": _storable(item.by),
        "recorded_at": item.recorded_at,
        "body": item.body,
    }


def _storable(text: str) -> str:
    return text.replace("\0", "\\x00").encode("utf-8", "backslashreplace").decode()


def waiting_of(row: Any, *, body: bool = False) -> Waiting:  # noqa: ANN401 - a row of the database
    """Return what waits from its row; without its body unless that was asked for too."""
    return Waiting(
        partner=row.partner,
        object=row.object,
        version=row.version,
        digest=row.digest,
        type=row.type,
        effect=row.effect,
        reasons=row.reasons,
        unless=row.unless,
        origin=row.origin,
        persons=row.persons,
        by=row.by,
        recorded_at=row.recorded_at,
        body=row.body if body else None,
        seq=row.seq,
    )
