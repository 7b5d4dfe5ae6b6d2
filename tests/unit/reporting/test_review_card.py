from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.cells import cell_len

from telvet.catalog.evidence_codes import read_codes
from telvet.evidence.reviewing.likeness import Alike
from telvet.evidence.reviewing.surroundings import Surroundings, around, bounds
from telvet.model.evidence import Annotation, NamedVendor, When
from telvet.reporting.review_card import Card, write
from tests.unit.evidence.reviewing.reviewed import BAN, TEXT, candidate, candidates, document

KEYS = (("a", "accept"), ("q", "quit"))


def card(said: Annotation | None = None) -> Card:
    statement = candidate(said) if said else candidates()[0]
    assert statement.quote
    shown = around(TEXT, bounds(TEXT), statement.quote.start, statement.quote.end)
    return Card(statement, "proposer rules", document(), shown, "3 of 25", KEYS)


def drawn(shown: Card, width: int = 80, *, colour: bool = False) -> str:
    out = io.StringIO()
    write(shown, read_codes(), width, colour, out)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines())


def test_a_card_shows_where_it_comes_from_what_it_says_and_what_that_means() -> None:
    text = drawn(card())
    assert text.startswith("3 of 25 \u2500")
    for part in (
        "news.txt\npublished 2019-01-28, by Daily; proposed by proposer rules",
        f"Talks went on all week.\n[[{BAN}]]. The minister called it",
        "country   Australia \u2192 AUS",
        "vendor    Huawei \u2192 huawei",
        "measure   BANNED  The vendor's equipment is shut out.",
        "modality  done  It was decided,",
        "scope     5G \u2192 5g  5G networks",
        "date      none given; from publication",
        "actor     none named",
        "level     state",
        "a accept   q quit",
    ):
        assert part in text
    assert "until" not in text


def test_what_is_given_besides_is_shown_raw_and_as_it_was_taken() -> None:
    said = Annotation(
        "-", BAN, country="Atlantis", vendor=("Nobodys", "high-risk vendors"), measure="BANNED", modality="done",
        date="2018Q3", actor="the Australian government", speaker="the minister", via="Reuters", note="a  note",
        until="2020", deadline="soon",
    )  # fmt: skip
    text = drawn(card(said))
    for part in (
        "Atlantis \u2192 no known country",
        "Nobodys \u2192 no known vendor; high-risk vendors \u2192 any such vendor",
        "date      2018Q3 \u2192 2018-07-01/2018-09-30",
        "actor     the Australian government",
        "speaker   the minister",
        "via       Reuters",
        "until     2020 \u2192 2020-12-31",
        "deadline  soon \u2192 no date",
        "note      a note",
    ):
        assert part in text


def test_nothing_named_and_days_left_open_are_said_to_be_so() -> None:
    said = Annotation("-", BAN, measure="BANNED", modality="done", date="../..")
    text = drawn(card(said))
    assert "country   none named" in text
    assert "vendor    none named" in text
    assert "date      ../.. \u2192 whenever" in text


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("colour", [False, True])
def test_no_line_is_wider_than_the_terminal(width: int, *, colour: bool) -> None:
    said = Annotation(
        "-", BAN, country="Australia", vendor=("Huawei",) * 30, measure="BANNED", modality="done", note="word " * 500
    )
    shown = drawn(card(said), width, colour=colour)
    plain = shown if not colour else "".join(part.partition("m")[2] for part in f"m{shown}".split("\x1b["))
    assert max(cell_len(text) for text in plain.splitlines()) <= width


def test_a_wide_terminal_has_the_fields_side_by_side() -> None:
    lines = [text for text in drawn(card(), 120).splitlines() if "country" in text]
    assert "actor" in lines[0]


def test_colour_marks_the_quote_in_place_of_brackets() -> None:
    text = drawn(card(), colour=True)
    assert "\x1b[1;33mAustralia has banned" in text
    assert "[[" not in text


def test_characters_that_steer_a_terminal_are_shown_and_obeyed_by_none() -> None:
    evil = Surroundings("\x1b[2J\u202eevil ", "a\x07b [red]", " c\u200b", begins=True, ends=True)
    text = drawn(
        replace(card(), surroundings=evil, proposed_by="x\x1b]0;y\x07", document=document("\x1b[31mname")), colour=False
    )
    assert "\ufffd[2J\ufffdevil [[a\ufffdb [red]]] c\ufffd" in text
    assert not any(c in text for c in "\x1b\x07\u202e\u200b")


def test_very_long_text_is_cut_in_the_middle_of_the_quote_and_far_from_it() -> None:
    long = Surroundings("b" * 3000, "q" * 5000, "a" * 3000, begins=False, ends=False)
    text = drawn(replace(card(), surroundings=long), 80)
    assert "(3,400 characters left out)" in text.replace("\n", "")
    assert text.count("b" * 80) < 10
    assert len(text.splitlines()) < 60


def test_spaces_and_wrapped_lines_flow_and_paragraphs_stay_apart() -> None:
    shown = Surroundings("one\ntwo  three\r\n \r\nfour ", "five", "\n\n\nsix", begins=True, ends=True)
    assert "\none two three\nfour [[five]]\nsix\n" in drawn(replace(card(), surroundings=shown))


@pytest.mark.parametrize(
    ("opposed", "words"), [(True, "the opposite is confirmed"), (False, "the same is confirmed already")]
)
def test_what_stands_beside_it_is_told(words: str, *, opposed: bool) -> None:
    one = replace(candidates()[2], when=When(None, None))
    assert one.quote
    shown = replace(card(), beside=Alike(one, opposed), documents={one.quote.document: "other.txt"})
    text = drawn(shown, 200)
    assert f"{words}: IN_USE (ongoing), all, ../.., other.txt" in text


def test_codes_that_the_catalogue_no_longer_has_are_said_to_be_unknown() -> None:
    said = replace(
        card().statement, measure="OLD", modality="old", scope="old", raw=None, vendors=(NamedVendor("X", "x"),)
    )
    text = drawn(replace(card(), statement=said, document=replace(document(), published=None, publisher=None)))
    assert "measure   OLD  not known" in text
    assert "scope     old  not known" in text
    assert "published unknown when, publisher not known" in text
