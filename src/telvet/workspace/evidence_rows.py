"""Turns evidence into the ledger's rows and back; nothing is lost on the way."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from telvet.catalog.outlets import read_outlets
from telvet.model.dates import Span
from telvet.model.evidence import (
    Annotation,
    Document,
    Judgement,
    Level,
    NamedVendor,
    Published,
    Quote,
    Statement,
    Verdict,
    When,
)

__all__ = [
    "annotation_of", "document_of", "document_row", "judgement_of", "judgement_row", "quote_row", "statement_of", "statement_row",
]  # fmt: skip

Row = dict[str, Any]
_KEYS = tuple(one.name for one in fields(Annotation))


def document_row(document: Document, by: str | None, recorded_at: str) -> Row:
    """Return what is known about a document; one without a day of publication is a ValueError."""
    if document.published is None:
        message = "a document is kept with its day of publication"
        raise ValueError(message)
    return {
        "digest": document.digest,
        "name": document.name,
        "title": document.title,
        "publisher": document.publisher,
        "published_from": document.published.span.first.isoformat(),
        "published_to": document.published.span.last.isoformat(),
        "published_how": document.published.how,
        "lang": document.lang,
        "address": document.address,
        "origins": json.dumps(document.origins),
        "by": by,
        "recorded_at": recorded_at,
    }


def document_of(row: Any, media: str, text: str) -> Document:  # noqa: ANN401 - a row of the database
    """Return a document; `text` may be left empty where only what is known about it is asked."""
    span = Span(date.fromisoformat(row.published_from), date.fromisoformat(row.published_to))
    return Document(
        digest=row.digest,
        name=row.name,
        media=media,
        text=text,
        published=Published(span, row.published_how),
        publisher=row.publisher,
        lang=row.lang,
        origins=tuple(json.loads(row.origins)),
        title=row.title,
        address=row.address,
    )


def quote_row(quote: Quote) -> Row:
    """Return a quote; its id follows from the document and the offsets."""
    told = f"{quote.document}\x1f{quote.start}\x1f{quote.end}"
    return {
        "id": "q-" + hashlib.sha256(told.encode()).hexdigest()[:32],
        "document": quote.document,
        "first": quote.start,
        "past": quote.end,
        "exact": quote.exact,
        "prefix": quote.prefix,
        "suffix": quote.suffix,
    }


def statement_row(said: Statement, quote: str, proposed_by: str) -> Row:
    """Return a statement that rests on a quote."""
    when = said.when
    return {
        "id": said.id,
        "quote": quote,
        "country": said.country,
        "vendors": json.dumps([[one.name, one.id, one.anyone] for one in said.vendors], ensure_ascii=False),
        "measure": said.measure,
        "scope": said.scope,
        "modality": said.modality,
        "level": said.level.value,
        "when_from": _day(when.first) if when else None,
        "when_to": _day(when.last) if when else None,
        "dated": int(when is not None),
        "until": _day(said.until),
        "deadline": _day(said.deadline),
        "origin": said.origin,
        "raw": json.dumps(_cells(said.raw) if said.raw else {}, ensure_ascii=False, sort_keys=True),
        "proposed_by": proposed_by,
        "recorded_at": said.recorded_at,
    }


def statement_of(row: Any, known: Mapping[str, Document]) -> Statement:  # noqa: ANN401 - a row of the database
    """Return a statement from its row joined with its quote; `known` tells of the documents."""
    document = known[row.document]
    raw = annotation_of(row.raw)
    span = document.published.span if document.published else Span(date.max, date.max)
    return Statement(
        id=row.id,
        country=row.country,
        vendors=tuple(NamedVendor(*one) for one in json.loads(row.vendors)),
        measure=row.measure,
        scope=row.scope,
        modality=row.modality,
        level=Level(row.level),
        actor=raw.actor,
        speaker=raw.speaker,
        via=raw.via,
        when=When(_from_text(row.when_from), _from_text(row.when_to)) if row.dated else None,
        until=_from_text(row.until),
        deadline=_from_text(row.deadline),
        published=span,
        publisher=document.publisher,
        origin=row.origin,
        quote=Quote(row.document, row.first, row.past, row.exact, row.prefix, row.suffix),
        text=row.exact,
        grade=read_outlets().grade(document.publisher),
        recorded_at=row.recorded_at,
        raw=raw,
    )


def annotation_of(text: str) -> Annotation:
    """Return the annotation that a statement was made from."""
    cells = json.loads(text)
    return Annotation(**{**cells, "vendor": tuple(cells["vendor"])})


def judgement_row(judgement: Judgement) -> Row:
    """Return a judgement."""
    published = judgement.published
    return {
        "statement": judgement.statement,
        "verdict": judgement.verdict.value,
        "by": judgement.by,
        "why": judgement.why,
        "published_from": published.first.isoformat() if published else None,
        "published_to": published.last.isoformat() if published else None,
        "replaced_by": judgement.replaced_by,
        "recorded_at": judgement.recorded_at,
    }


def judgement_of(row: Any) -> Judgement:  # noqa: ANN401 - a row of the database
    """Return a judgement from its row."""
    first, last = _from_text(row.published_from), _from_text(row.published_to)
    return Judgement(
        statement=row.statement,
        verdict=Verdict(row.verdict),
        by=row.by,
        recorded_at=row.recorded_at,
        why=row.why,
        published=Span(first, last) if first and last else None,
        replaced_by=row.replaced_by,
    )


def _cells(said: Annotation) -> Row:
    return {key: getattr(said, key) for key in _KEYS}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _from_text(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
