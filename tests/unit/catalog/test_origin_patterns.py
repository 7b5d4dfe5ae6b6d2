from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from telvet.catalog.origin_patterns import read_origin_patterns
from telvet.catalog.yaml_reading import read_yaml
from telvet.errors import CatalogError
from telvet.shipped import shipped


@pytest.mark.parametrize(
    ("piece", "text"),
    [
        ("before", "told"), ("before", "according\u00a0to"), ("before", "In a\nstatement to"), ("before", "D’après"),
        ("before", "according to a report in"), ("before", "reports by"), ("after", "’s report"), ("after", "reported"),
        ("between", "on Tuesday"), ("source_words", "SOURCE"), ("nouns", "news agency"), ("strangers", "Mr."),
    ],
)  # fmt: skip
def test_phrases_match_whatever_their_spaces_quotes_and_case(piece: str, text: str) -> None:
    assert re.fullmatch(getattr(read_origin_patterns(), piece), text, re.IGNORECASE)


def test_the_longest_phrase_comes_first_and_plain_words_are_no_expressions() -> None:
    patterns = read_origin_patterns()
    assert (found := re.match(patterns.nouns, "news agency X")) is not None
    assert found[0] == "news agency"
    assert not re.fullmatch(patterns.strangers, "Mrx")


def test_words_that_stand_for_an_outlet_go_by_its_kind() -> None:
    anaphora = read_origin_patterns().anaphora
    assert re.fullmatch(anaphora["newspaper"], "the paper")
    assert re.fullmatch(anaphora["any"], "the outlet")


def changed(folder: Path, **keys: object) -> Path:
    value = read_yaml(shipped("catalog") / "evidence" / "origin_patterns.yaml")
    value.update(keys)
    path = folder / "origin_patterns.yaml"
    path.write_text(json.dumps({key: part for key, part in value.items() if part is not ...}), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("before", ["(told"], "not-a-pattern"),
        ("before", ["(?:told)?"], "not-a-pattern"),
        ("before", [], "missing"),
        ("before", "told", "missing"),
        ("nouns", [7], "missing"),
        ("after", ..., "missing"),
        ("colours", ["red"], "unknown-code"),
        ("anaphora", {"blog": ["the blog"]}, "unknown-code"),
    ],
)
def test_faulty_phrases_are_refused(tmp_path: Path, key: str, value: object, code: str) -> None:
    with pytest.raises(CatalogError) as caught:
        read_origin_patterns(changed(tmp_path, **{key: value}))
    assert [fault.code for fault in caught.value.faults] == [code]


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogError) as caught:
        read_origin_patterns(tmp_path / "origin_patterns.yaml")
    assert caught.value.faults[0].code == "unreadable"
