from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from telvet.model.status import Grade
from telvet.workspace.evidence_rows import (
    annotation_of,
    document_of,
    document_row,
    judgement_of,
    judgement_row,
    quote_row,
    statement_of,
    statement_row,
)

DIGEST = "ab" * 32
NOW = "2024-01-15T09:30:00.000000Z"
TEXTS = st.text(max_size=12)
SOME = st.none() | TEXTS
DAYS = st.none() | st.dates()


@st.composite
def spans(draw: st.DrawFn) -> Span:
    first, last = sorted((draw(st.dates()), draw(st.dates())))
    return Span(first, last)


DOCUMENTS = st.builds(
    Document,
    digest=st.just(DIGEST),
    name=TEXTS,
    media=st.just("text/plain"),
    text=TEXTS,
    published=st.builds(Published, spans(), TEXTS),
    publisher=SOME,
    lang=SOME,
    origins=st.lists(TEXTS, max_size=3).map(tuple),
    title=SOME,
    address=SOME,
)
RAW = st.builds(
    Annotation,
    doc=TEXTS,
    quote=TEXTS,
    vendor=st.lists(TEXTS, max_size=3).map(tuple),
    start=st.none() | st.integers(0, 10**9),
    **dict.fromkeys(("actor", "country", "scope", "date", "speaker", "via", "note", "level", "until"), SOME),
)
JUDGEMENTS = st.builds(
    Judgement,
    statement=TEXTS,
    verdict=st.sampled_from(Verdict),
    by=TEXTS,
    recorded_at=st.just(NOW),
    why=TEXTS,
    published=st.none() | spans(),
    replaced_by=SOME,
)


@st.composite
def statements(draw: st.DrawFn) -> tuple[Statement, Document]:
    document, raw, exact = draw(DOCUMENTS), draw(RAW), draw(st.text(min_size=1, max_size=30))
    assert document.published
    said = Statement(
        id="s-1",
        country=draw(st.none() | st.just("AUS")),
        vendors=tuple(draw(st.lists(st.builds(NamedVendor, TEXTS, SOME, st.booleans()), max_size=3))),
        measure="BANNED",
        scope="5g",
        modality="done",
        level=draw(st.sampled_from(Level)),
        actor=raw.actor,
        speaker=raw.speaker,
        via=raw.via,
        when=draw(st.none() | st.builds(When, DAYS, DAYS)),
        until=draw(DAYS),
        deadline=draw(DAYS),
        published=document.published.span,
        publisher=document.publisher,
        origin=draw(TEXTS),
        quote=Quote(DIGEST, 3, 3 + len(exact), exact, draw(TEXTS), draw(TEXTS)),
        text=exact,
        grade=Grade.SECONDARY,
        recorded_at=NOW,
        raw=raw,
    )
    return said, document


def stored(row: dict[str, Any]) -> SimpleNamespace:
    return SimpleNamespace(**row)


@given(DOCUMENTS)
def test_a_document_comes_back_as_it_went(document: Document) -> None:
    assert document_of(stored(document_row(document, "ada", NOW)), document.media, document.text) == document


def test_a_document_without_a_day_of_publication_is_no_row() -> None:
    with pytest.raises(ValueError, match="day of publication"):
        document_row(Document(DIGEST, "a.txt", "text/plain", "x", None), None, NOW)


@given(statements())
def test_a_statement_comes_back_as_it_went(made: tuple[Statement, Document]) -> None:
    said, document = made
    assert said.quote
    quote = quote_row(said.quote)
    row = quote | statement_row(said, quote["id"], "ada")
    assert statement_of(stored(row), {DIGEST: document}) == said
    assert (row["quote"], row["proposed_by"]) == (quote["id"], "ada")


def test_no_date_and_a_date_that_could_not_be_read_stay_two_things() -> None:
    base = Statement(
        id="s-1", country=None, vendors=(), measure="BANNED", scope="all", modality="done", level=Level.STATE,
        actor=None, speaker=None, via=None, when=None, until=None, deadline=None,
        published=Span(date(2019, 1, 1), date(2019, 1, 1)), publisher=None, origin="x", quote=Quote(DIGEST, 0, 1, "x", "", ""),
        text="x", grade=Grade.SECONDARY, recorded_at=NOW, raw=Annotation(DIGEST, "x"),
    )  # fmt: skip
    assert [statement_row(replace(base, when=when), "q-1", "ada")["dated"] for when in (None, When(None, None))] == [
        0,
        1,
    ]


@given(RAW)
def test_what_was_written_is_kept_key_by_key(raw: Annotation) -> None:
    told = json.dumps({one.name: getattr(raw, one.name) for one in fields(Annotation)})
    assert annotation_of(told) == raw


@given(JUDGEMENTS)
def test_a_judgement_comes_back_as_it_went(judgement: Judgement) -> None:
    assert judgement_of(stored(judgement_row(judgement))) == judgement


@pytest.mark.parametrize(
    "other",
    [Quote("cd" * 32, 3, 5, "ab", "", ""), Quote(DIGEST, 2, 5, "ab", "", ""), Quote(DIGEST, 3, 6, "ab", "", "")],
)
def test_the_id_of_a_quote_is_that_of_its_place(other: Quote) -> None:
    one = Quote(DIGEST, 3, 5, "ab", "", "")
    assert quote_row(one)["id"] == quote_row(replace(one, prefix="before"))["id"]
    assert quote_row(one)["id"] != quote_row(other)["id"]
