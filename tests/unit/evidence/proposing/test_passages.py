from __future__ import annotations

from collections.abc import Callable

import pytest

from telvet.evidence.proposing.passages import Passage

Passages = Callable[..., list[Passage]]


def test_countries_and_vendors_are_masked_in_place(passages: Passages) -> None:
    (passage,) = passages("Sweden banned Huawei.")
    assert passage.masked == "\u00a7" * 6 + " banned " + "\u00a4" * 6 + "."


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("China's Huawei was banned by Sweden.", ["SWE"]),
        ("Chinese telecom giant Huawei was banned by Sweden.", ["SWE"]),
        ("US allies were told by us to ban Huawei.", []),
        ("Germany has a ban similar to that in Australia.", ["DEU"]),
        ("Unlike Australia, Germany has not banned it.", ["DEU"]),
        ("They met in Washington, DC, on Monday.", []),
        ("A US-led campaign reached Poland.", ["POL"]),
        ("We told us nothing.", []),
    ],
)
def test_a_country_that_stands_aside_is_no_candidate(passages: Passages, text: str, candidates: list[str]) -> None:
    assert [each.value for each in passages(text)[0].candidates()] == candidates


def test_terms_that_the_document_defines_are_vendors(passages: Passages) -> None:
    (passage,) = passages("No agency may buy covered equipment.", {"covered equipment": ("Huawei",)})
    assert [(each.words, each.kind) for each in passage.vendors] == [("covered equipment", "term")]


def test_offsets_are_those_of_the_stored_text(passages: Passages) -> None:
    text = "\U0001f600 One.\r\n\r\nSweden\u00a0banned Huawei."
    passage = passages(text)[-1]
    assert text[passage.start : passage.end] == "Sweden\u00a0banned Huawei."
    vendor = passage.vendors[0]
    assert text[slice(*passage.folded.raw(vendor.start, vendor.end))] == "Huawei"
