from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telvet.evidence.proposing.folded import fold


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("The\u00a0UK \u2018bans\u2019 it", "the uk 'bans' it"), ("a\r\n  b", "a b"), ("  x  ", "x"),
        ("Hua\u00adwei", "huawei"), ("a\u200bb", "ab"), ("5G \u2014 no", "5g \u2013 no"), ("\u0130x", "\u0130x"), ("", ""),
        ("tele-\ncom equip-\r\nment", "telecom equipment"), ("high-\nrisk", "high-risk"), ("Asia-\nPacific", "asia- pacific"),
    ],
)  # fmt: skip
def test_folding_makes_spaces_quotes_and_case_plain(raw: str, text: str) -> None:
    assert fold(raw).text == text


def test_a_folded_stretch_leads_back_to_the_raw_one() -> None:
    raw = "He\u00a0said \U0001f600 \u201cno\u201d.\r\nNext"
    folded = fold(raw)
    start = folded.text.index('"no"')
    assert raw[slice(*folded.raw(start, start + 4))] == "\u201cno\u201d"


def test_a_part_of_a_text_keeps_the_offsets_of_the_whole() -> None:
    assert fold("one two", 4, 7).raw(0, 3) == (4, 7)


@given(st.text())
def test_folded_text_is_as_long_in_both_cases_and_its_places_ascend(raw: str) -> None:
    folded = fold(raw)
    assert len(folded.text) == len(folded.shown) == len(folded.places)
    assert list(folded.places) == sorted(set(folded.places))
    assert "  " not in folded.text
