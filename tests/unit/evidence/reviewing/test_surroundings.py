from __future__ import annotations

import sys

import pytest

from telvet.evidence.reviewing.surroundings import around, bounds
from tests.unit.evidence.reviewing.reviewed import BAN, TEXT

MINISTER = "a matter of security"


def test_a_quote_stands_between_the_sentences_beside_its_own() -> None:
    start = TEXT.index(MINISTER)
    shown = around(TEXT, bounds(TEXT), start, start + len(MINISTER))
    assert shown.quote == MINISTER
    assert shown.before == f"{BAN}. The minister called it \u201c"
    assert shown.after == "\u201d. Huawei denied this."
    assert (shown.begins, shown.ends) == (False, False)


def test_the_ends_of_a_document_are_told() -> None:
    first, last = TEXT.index("Talks"), TEXT.index("Nothing")
    assert around(TEXT, bounds(TEXT), first, first + 5).begins
    shown = around(TEXT, bounds(TEXT), last, len(TEXT.rstrip()))
    assert (shown.begins, shown.ends, shown.after) == (False, True, "")


def test_a_quote_may_run_over_sentences_and_what_lies_between_them() -> None:
    shown = around(TEXT, bounds(TEXT), 0, len(TEXT))
    assert (shown.before, shown.quote, shown.after) == ("", TEXT, "")
    gap = TEXT.index("\n\n")
    shown = around(TEXT, bounds(TEXT), gap, gap + 2)
    assert shown.before.startswith("Talks went on")
    assert shown.after.startswith("Australia has banned")


def test_a_text_without_sentences_shows_the_quote_alone() -> None:
    shown = around("  ", (), 0, 1)
    assert (shown.before, shown.quote, shown.after) == ("", " ", "")


def test_lines_stand_for_sentences_where_there_is_no_splitter() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "sentencex", None)
        found = bounds(TEXT)
    assert [TEXT[start:end] for start, end in found] == [line for line in TEXT.split("\n") if line]
