from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from telvet.model.evidence import Annotation

Propose = Callable[..., list[Annotation]]


def test_the_quote_is_verbatim_with_its_offsets(propose: Propose) -> None:
    text = "\U0001f600 Hi.\r\n\r\n\u201cSweden\u00a0banned Huawei\u2019s\r\n5G kit,\u201d he said."
    (found,) = propose(text)
    assert found.quote == text[found.start : found.end]
    assert "Sweden\u00a0banned Huawei\u2019s\r\n5G kit" in found.quote


def test_the_quote_is_the_clause_where_the_sentence_says_more(propose: Propose) -> None:
    quotes = {
        each.country: each.quote for each in propose("Australia banned Huawei, but Germany ruled out banning Huawei.")
    }
    assert quotes["AUS"] == "Australia banned Huawei"
    assert quotes["DEU"] == "Germany ruled out banning Huawei."


@pytest.mark.parametrize(
    ("text", "when", "deadline"),
    [
        ("Sweden banned Huawei on Tuesday.", "2023-03-14", None),
        ("Sweden will ban Huawei, the minister announced on Tuesday.", None, None),
        ("Sweden will ban Huawei on Friday.", "2023-03-17", None),
        ("Huawei has been barred from Sweden since 2018.", "2018/..", None),
        ("Sweden ordered operators to remove Huawei by the end of 2027.", None, "2027-12-31"),
        ("Sweden banned Huawei.", None, None),
    ],
)
def test_when_and_by_when_are_told_apart(propose: Propose, text: str, when: str | None, deadline: str | None) -> None:
    found = propose(text)[0]
    assert (found.date, found.deadline) == (when, deadline)


def test_a_meeting_that_was_moved_lies_between_both_days(propose: Propose) -> None:
    text = "Washington was due to press London over Huawei on Thursday, a meeting that was moved to Wednesday."
    found = next(each for each in propose(text, day=date(2020, 1, 9)) if each.measure == "PRESSURE")
    assert found.date == "2020-01-08/2020-01-09"


def test_actor_scope_and_speaker_are_the_documents_words(propose: Propose) -> None:
    (found,) = propose("The Swedish regulator banned Huawei from 5G networks, two officials said.")
    assert (found.actor, found.scope, found.speaker) == ("The Swedish regulator", "5g", "two officials")


def test_a_note_says_where_a_term_is_defined(propose: Propose) -> None:
    text = 'No agency may buy covered equipment.\n\nIn this act "covered equipment" means equipment of Huawei.'
    (found,) = propose(text)
    assert found.vendor == ("Huawei",)
    assert found.note is not None
    place = text.index('"covered equipment" means')
    assert found.note.startswith(f"covered equipment is defined at {place}-")
