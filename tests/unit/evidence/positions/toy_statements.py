"""Statements for tests: the state of XAA did something about acme, told in a document of its own, unless a test says otherwise."""

from __future__ import annotations

from datetime import date
from typing import Any

from telvet.catalog.evidence_codes import read_codes
from telvet.model.dates import read_span
from telvet.model.evidence import Judgement, Level, NamedVendor, Quote, Statement, Verdict, When
from telvet.model.status import Grade

__all__ = ["ACME", "ANYONE", "AT", "BOREA", "day", "judged", "said", "when"]

ACME = NamedVendor("Acme", "acme")
BOREA = NamedVendor("Borea", "borea")
ANYONE = NamedVendor("high-risk vendors", anyone=True)
AT = "2024-01-01T00:00:00.000000Z"


def day(text: str) -> date:
    """Read a day."""
    return date.fromisoformat(text)


def when(text: str | None) -> When | None:
    """Read a day, month or year, or two days joined by `/`, of which either may be empty."""
    if text is None:
        return None
    if "/" in text:
        first, last = (day(end) if end else None for end in text.split("/"))
        return When(first, last)
    span = read_span(text)
    return When(span.first, span.last)


def said(name: str, measure: str = "BANNED", scope: str | None = None, **cells: Any) -> Statement:
    """Return a statement; `when`, `until` and `published` are given as text, `document` as any name or None."""
    document = cells.pop("document", name)
    until = cells.pop("until", None)
    usual: dict[str, Any] = {
        "country": "XAA",
        "vendors": (ACME,),
        "modality": "done",
        "level": Level.STATE,
        "actor": None,
        "speaker": None,
        "via": None,
        "deadline": None,
        "publisher": None,
        "origin": name,
        "text": "words",
        "grade": Grade.SECONDARY,
        "recorded_at": AT,
    }
    return Statement(
        id=name,
        measure=measure,
        scope=scope or read_codes().measures[measure].scope,
        when=when(cells.pop("when", None)),
        until=day(until) if until else None,
        published=read_span(cells.pop("published", "2019-01-01")),
        quote=Quote(document, 0, 5, "words", "", "") if document else None,
        **{**usual, **cells},
    )


def judged(name: str, verdict: Verdict = Verdict.CONFIRMED, at: str = AT, published: str | None = None) -> Judgement:
    """Return what somebody judged of a statement."""
    return Judgement(name, verdict, "somebody", at, published=read_span(published) if published else None)
