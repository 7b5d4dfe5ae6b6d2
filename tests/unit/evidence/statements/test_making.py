from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telvet.catalog.evidence_codes import read_codes
from telvet.evidence.statements.making import Maker, Refused, Trouble
from telvet.model.dates import Span, read_span
from telvet.model.evidence import Annotation, Document, Level, NamedVendor, Published, Statement, When
from telvet.model.status import Grade

NOW = "2024-01-15T09:30:00.000000Z"
TEXT = (
    "Australia banned Huawei\u2019s kit,\u00a0it said.\r\n"
    "\u201cA ban remains unlikely,\u201d said one. \U0001f4e1 A ban remains unlikely, said another.\r\n"
)
QUOTE = "Australia banned Huawei\u2019s kit"


def document(text: str = TEXT, publisher: str | None = "The Gazette") -> Document:
    digest = hashlib.sha256(text.encode()).hexdigest()
    published = Published(read_span("2019-02-01"), "stated")
    return Document(digest, "a.txt", "text/plain", text, published, publisher)


MAKER = Maker.of(document())


def said(quote: str = QUOTE, **more: Any) -> Annotation:
    return replace(Annotation("a.txt", quote, measure="BANNED", modality="done"), **more)


def made(annotation: Annotation, maker: Maker = MAKER) -> tuple[Statement, list[str]]:
    statement, told = maker.statement(annotation, NOW)
    assert all(trouble.what for trouble in told)
    return statement, [f"{trouble.key} {trouble.code}" for trouble in told]


def refused(annotation: Annotation, maker: Maker = MAKER) -> tuple[Trouble, ...]:
    with pytest.raises(Refused) as caught:
        maker.statement(annotation, NOW)
    assert caught.value.troubles
    return caught.value.troubles


def test_a_full_annotation_becomes_a_statement() -> None:
    start = TEXT.index(QUOTE)
    full = said(
        start=start, end=start + len(QUOTE), actor="Australia", country="Australia", vendor=("Huawei", "ZTE"), scope="5G",
        date="2018-08", speaker="a minister", via="Reuters", note="n", level="agency", until="2020", deadline="2019-06",
    )  # fmt: skip
    statement, told = made(full)
    assert told == []
    assert statement == Statement(
        id=statement.id, country="AUS", vendors=(NamedVendor("Huawei", "huawei"), NamedVendor("ZTE", "zte")), measure="BANNED",
        scope="5g", modality="done", level=Level.AGENCY, actor="Australia", speaker="a minister", via="Reuters",
        when=When(date(2018, 8, 1), date(2018, 8, 31)), until=date(2020, 12, 31), deadline=date(2019, 6, 30),
        published=Span(date(2019, 2, 1), date(2019, 2, 1)), publisher="The Gazette", origin="reuters", quote=statement.quote,
        text=QUOTE, grade=Grade.SECONDARY, recorded_at=NOW, raw=replace(full, doc=MAKER.document.digest),
    )  # fmt: skip


def test_a_quote_is_kept_with_what_stands_around_it() -> None:
    quote = "A ban remains unlikely"
    start = TEXT.rindex(quote)
    kept = made(said(quote, start=start, end=start + len(quote)))[0].quote
    assert kept
    assert (kept.document, kept.start, kept.end, kept.exact) == (
        MAKER.document.digest,
        start,
        start + len(quote),
        quote,
    )
    assert TEXT[start - len(kept.prefix) : kept.end + len(kept.suffix)] == kept.prefix + quote + kept.suffix
    assert kept.prefix.endswith("\U0001f4e1 ")
    assert kept.suffix == ", said another.\r\n"


def test_offsets_may_be_missing_where_the_quote_stands_once() -> None:
    placed, bare = made(said(start=0, end=len(QUOTE)))[0], made(said())[0]
    assert bare == placed
    assert made(said(start=0))[0] == made(said(end=len(QUOTE)))[0] == placed
    beside: tuple[dict[str, Any], ...] = ({"start": 1}, {"end": len(QUOTE) + 1}, {"end": 0}, {"start": len(TEXT)})
    for more in beside:
        [trouble] = refused(said(**more))
        assert (trouble.code, trouble.fix) == ("not-verbatim", "it stands at 0")
    twice = "A ban remains unlikely"
    second = TEXT.rindex(twice)
    for more in ({"start": second}, {"end": second + len(twice)}):
        kept = made(said(twice, **more))[0].quote
        assert kept
        assert kept.start == second
    [trouble] = refused(said("A ban remains unlikely"))
    assert (trouble.key, trouble.code, trouble.fix) == ("quote", "not-verbatim", "give start and end")
    assert "more than once" in trouble.what
    quote = "A ban remains unlikely"
    [trouble] = refused(said(quote, start=0, end=len(quote)))
    assert (trouble.what, trouble.fix) == ("the quote does not stand at 0 to 22", "give start and end")
    [trouble] = refused(said("aa"), Maker.of(document("aaa")))
    assert "more than once" in trouble.what


@pytest.mark.parametrize("shift", [(-1, 0), (1, 0), (0, 1), (0, -1), (1, 1), (-1, -1)])
def test_a_quote_that_stands_one_place_beside_is_refused_and_its_place_told(shift: tuple[int, int]) -> None:
    quote = "it said"
    start = TEXT.index(quote)
    [trouble] = refused(said(quote, start=start + shift[0], end=start + len(quote) + shift[1]))
    assert (trouble.key, trouble.code, trouble.fix) == ("quote", "not-verbatim", f"it stands at {start}")


@pytest.mark.parametrize(
    ("start", "end"), [(-5, 3), (5, 5), (9, 4), (0, 10**6), (len(TEXT), len(TEXT) + 1), (10**4000, 10**4000 + 1)]
)
def test_a_place_beyond_the_text_is_refused_in_few_words(start: int, end: int) -> None:
    [trouble] = refused(said(start=start, end=end))
    assert trouble.code == "not-verbatim"
    assert len(trouble.what) < 120


@pytest.mark.parametrize(
    "quote",
    [
        "Australia banned Huawei's kit",
        "kit, it said",
        "it said.\n\u201cA ban",
        "australia banned",
        "Australia  banned",
        " Australia banned",
        "Australia banned Huawei\u2019s kit,\u00a0it said. ",
        "\u201cA ban remains unlikely\u201d,",
        "Bonia banned",
    ],
)
@pytest.mark.parametrize("placed", [True, False])
def test_a_quote_that_was_tidied_is_refused(quote: str, placed: bool) -> None:
    span = {"start": 0, "end": len(quote)} if placed else {}
    [trouble] = refused(said(quote, **span))
    assert trouble.code == "not-verbatim"
    assert "evidence show" in trouble.fix


@pytest.mark.parametrize(("there", "tidied"), [("\u00a0", " "), ("\u2019", "'"), ("\r", " "), ("\u201c", '"')])
def test_a_quote_of_the_right_place_and_length_is_refused_if_one_sign_was_tidied(there: str, tidied: str) -> None:
    quote = TEXT[: TEXT.index("unlikely")]
    assert made(said(quote, start=0, end=len(quote)))[0].text == quote
    [trouble] = refused(said(quote.replace(there, tidied), start=0, end=len(quote)))
    assert trouble.code == "not-verbatim"


def test_no_more_than_some_of_a_long_text_is_kept_around_a_quote_and_nothing_from_its_end() -> None:
    maker = Maker.of(document("ab" + "x" * 100 + "yz" + "w" * 100))
    first, second = (made(said(quote), maker)[0].quote for quote in ("bx", "yz"))
    assert first
    assert second
    assert (first.prefix, first.suffix, second.prefix, second.suffix) == ("a", "x" * 64, "x" * 64, "w" * 64)


def test_odd_characters_belong_to_a_quote() -> None:
    quote = "kit,\u00a0it said.\r\n\u201cA ban remains unlikely,\u201d said one. \U0001f4e1"
    statement, _ = made(said(quote))
    assert statement.text == quote
    assert statement.quote
    assert TEXT[statement.quote.start : statement.quote.end] == quote


def test_no_quote_is_no_statement() -> None:
    [trouble] = refused(said(""))
    assert (trouble.key, trouble.code) == ("quote", "missing")


@pytest.mark.parametrize(
    ("key", "value", "nearest"),
    [
        ("measure", "BAN", "BANNED"), ("measure", "banned", "BANNED"), ("measure", " PRESURE ", "PRESSURE"),
        ("measure", "RESTRICTED-NONCORE", "RESTRICTED_NONCORE"), ("modality", "Done", "done"),
        ("modality", "decided in principle", "decided_in_principle"), ("modality", "plan", "planned"),
    ],
)  # fmt: skip
def test_an_unknown_measure_or_modality_is_refused_and_the_nearest_named(key: str, value: str, nearest: str) -> None:
    [trouble] = refused(said(**{key: value}))
    assert (trouble.key, trouble.code, trouble.fix, trouble.value) == (
        key,
        "unknown-code",
        f"did you mean {nearest}?",
        value,
    )


def test_a_code_near_nothing_is_told_all_that_there_are() -> None:
    troubles = refused(said("not there", measure="???", modality="???"))
    assert [trouble.key for trouble in troubles] == ["measure", "modality", "quote"]
    assert all(code in troubles[0].fix for code in read_codes().measures)
    assert "decided_in_principle" in troubles[1].fix


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"country": "Atlantis"}, "country unresolved"),
        ({"vendor": ("Nobody Telecom",)}, "vendor unresolved"),
        ({"date": "last week"}, "date unresolved"),
        ({"date": "2019-02-30"}, "date unresolved"),
        ({"until": "soon"}, "until unresolved"),
        ({"deadline": "2012/.."}, "deadline unresolved"),
        ({"level": "king"}, "level unresolved"),
    ],
)
def test_every_other_value_that_is_not_known_is_kept_as_written_and_told(more: dict[str, Any], told: str) -> None:
    statement, troubles = made(said(**more))
    assert troubles == [told]
    assert statement.raw
    assert {key: getattr(statement.raw, key) for key in more} == more


def test_what_could_not_be_read_stands_for_nothing() -> None:
    statement, _ = made(said(country="Atlantis", vendor=("Nobody",), date="last week", until="soon", deadline="x"))
    assert (statement.country, statement.vendors) == (None, (NamedVendor("Nobody"),))
    assert (statement.when, statement.until, statement.deadline) == (When(None, None), None, None)


@pytest.mark.parametrize("empty", [None, "", "  "])
def test_what_is_left_empty_is_not_told(empty: str | None) -> None:
    statement, told = made(
        said(country=empty, date=empty, until=empty, scope=empty, level=empty, actor=empty, via=empty)
    )
    assert told == []
    assert (statement.country, statement.when, statement.until, statement.scope) == (None, None, None, "all")


@pytest.mark.parametrize("name", ["Australia", "AUS", "au", "Australian", "Canberra", " AUSTRALIA "])
def test_a_country_is_known_by_any_spelling(name: str) -> None:
    assert made(said(country=name))[0].country == "AUS"


@pytest.mark.parametrize(
    ("words", "vendor"),
    [
        ("Huawei", NamedVendor("Huawei", "huawei")),
        ("the Chinese giant Huawei Technologies", NamedVendor("the Chinese giant Huawei Technologies", "huawei")),
        ("high-risk vendors", NamedVendor("high-risk vendors", anyone=True)),
        ("Ericsson", NamedVendor("Ericsson", "ericsson")),
        ("Hwawei", NamedVendor("Hwawei")),
    ],
)
def test_a_vendor_is_a_group_of_the_register_anyone_or_nobody_known(words: str, vendor: NamedVendor) -> None:
    assert made(said(vendor=(words,)))[0].vendors == (vendor,)


@pytest.mark.parametrize(
    ("actor", "measure", "level"),
    [
        (None, "BANNED", Level.STATE),
        (None, "ALLEGATION", Level.OTHER),
        ("Australia", "BANNED", Level.STATE),
        ("German officials", "BANNED", Level.OFFICIAL),
        ("Huawei", "DENIAL", Level.COMPANY),
        ("Huawei", "IN_USE", Level.COMPANY),
        ("Ericsson", "CLAIM", Level.COMPANY),
        ("a man in the street", "CLAIM", Level.OTHER),
    ],
)
def test_the_level_follows_from_the_actor_and_the_act(actor: str | None, measure: str, level: Level) -> None:
    assert made(said(actor=actor, measure=measure, vendor=("Huawei",)))[0].level is level


def test_a_vendor_that_suffers_an_act_is_not_who_acts() -> None:
    assert made(said(actor="Huawei", vendor=("Huawei",)))[0].level is Level.STATE
    assert made(said(actor="Huawei", vendor=("ZTE",)))[0].level is Level.COMPANY


def test_a_level_that_is_stated_wins() -> None:
    assert made(said(actor="Huawei", measure="DENIAL", level=" Official "))[0].level is Level.OFFICIAL


@pytest.mark.parametrize(
    ("via", "text", "publisher", "origin"),
    [
        ("Reuters", TEXT, "The Gazette", "reuters"),
        (None, f"{TEXT}\nSource: Reuters", "The Gazette", "reuters"),
        ("the FT", f"{TEXT}\nSource: Reuters", "The Gazette", "ft"),
        (None, TEXT, "The Gazette", "The Gazette"),
        (None, TEXT, "Financial Times", "ft"),
        ("a neighbour", TEXT, None, None),
    ],
)
def test_where_it_comes_from_is_who_is_cited_else_who_published(
    via: str | None, text: str, publisher: str | None, origin: str | None
) -> None:
    maker = Maker.of(document(text, publisher))
    assert made(said(via=via), maker)[0].origin == (origin or f"document {maker.document.digest[:12]}")


def test_the_same_annotation_of_the_same_document_has_the_same_id() -> None:
    base = said(country="Australia", vendor=("Huawei",))
    ids = {
        made(one)[0].id
        for one in (base, replace(base, doc=MAKER.document.digest), replace(base, start=0, end=len(QUOTE)))
    }
    assert len(ids) == 1
    assert Maker.of(document(publisher=None)).statement(base, "later")[0].id in ids


@pytest.mark.parametrize(
    "more",
    [
        {"country": "NZL"}, {"vendor": ("ZTE",)}, {"measure": "RESTRICTED"}, {"modality": "planned"}, {"scope": "5G"}, {"date": "2019"},
        {"speaker": "x"}, {"via": "x"}, {"note": "x"}, {"level": "state"}, {"until": "2019"}, {"deadline": "2019"}, {"actor": "x"},
    ],
)  # fmt: skip
def test_an_annotation_that_differs_anywhere_has_another_id(more: dict[str, Any]) -> None:
    assert made(said(**more))[0].id != made(said())[0].id


def test_the_same_words_of_another_document_have_another_id() -> None:
    assert made(said(), Maker.of(document(f"{TEXT} ")))[0].id != made(said())[0].id


@given(st.text(min_size=1, max_size=30), st.data())
def test_whatever_is_cut_from_a_text_is_found_where_it_stands(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    maker = replace(MAKER, document=document(text))
    kept = made(said(text[start:end], start=start, end=end), maker)[0].quote
    assert kept
    assert kept.prefix + kept.exact + kept.suffix == text
    assert (kept.start, kept.end) == (start, end)


@pytest.mark.parametrize(
    ("actor", "country", "level"),
    [
        ("the United States", "United Kingdom", Level.OTHER),
        ("the United Kingdom", "United Kingdom", Level.STATE),
        ("Australia and Japan", "Japan", Level.STATE),
        ("the government", "Japan", Level.STATE),
        ("China's Huawei", "Japan", Level.STATE),
    ],
)
def test_nobody_decides_for_another_country(actor: str, country: str, level: Level) -> None:
    row = said(actor=actor, country=country, vendor=("Huawei",), measure="BANNED", modality="done", level=None)
    assert made(row)[0].level is level
