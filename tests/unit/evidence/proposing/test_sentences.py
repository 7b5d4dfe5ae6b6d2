from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telvet.errors import UsageError
from telvet.evidence.proposing.sentences import sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One \U0001f600 is. Two \U0001d518 is.", ["One \U0001f600 is.", "Two \U0001d518 is."]),
        ("Mr. Smith of the U.S. Senate spoke. He left.", ["Mr. Smith of the U.S. Senate spoke.", "He left."]),
        ("A title\n\nA sentence.", ["A title", "A sentence."]),
        ("A title\r\n\r\nA sentence.\r\n", ["A title", "A sentence."]),
        ("- one thing\n- another thing", ["- one thing", "- another thing"]),
        ("", []), (" \n ", []),
    ],
)  # fmt: skip
def test_sentences_end_at_stops_and_empty_lines(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_a_line_that_was_wrapped_does_not_end_its_sentence() -> None:
    text = "The operator must remove the goods of that vendor\nfrom the core of its network before the end of\nthe year. It may appeal."
    assert split(text) == [text[: text.index(" It")], "It may appeal."]


def test_long_lines_are_paragraphs() -> None:
    line = "A sentence that goes on for quite a while so that nobody would think that its line had been wrapped by a machine or by a person at all"
    assert split(f"{line}\n{line}") == [line, line]


@given(st.text(alphabet=st.sampled_from("aB .\n\r\u00a0\U0001f600;\u201c-1)")))
def test_sentences_are_in_order_apart_and_without_space_around(text: str) -> None:
    last = 0
    for start, end in sentences(text):
        assert last <= start < end
        assert text[start:end] == text[start:end].strip()
        last = end


def test_without_the_splitter_it_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentencex", None)
    with pytest.raises(UsageError) as caught:
        list(sentences("One sentence."))
    assert (caught.value.code, caught.value.fix) == ("missing-extra", "install telvet[evidence]")
