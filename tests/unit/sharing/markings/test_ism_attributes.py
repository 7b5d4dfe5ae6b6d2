from __future__ import annotations

from typing import Any

import pytest

from telvet.model.handling import Classification
from telvet.sharing.markings.ism_attributes import is_ism, read_attributes
from tests.unit.sharing.markings.marks import RULES


def test_attributes_are_read_whether_text_or_lists() -> None:
    text = {
        "ism:classification": "S",
        "ism:ownerProducer": "USA",
        "ism:disseminationControls": "OC REL",
        "ism:releasableTo": "USA GBR",
    }
    lists = {
        "classification": "S",
        "ownerProducer": ["USA"],
        "disseminationControls": ["OC", "REL"],
        "releasableTo": ["USA", "GBR"],
    }
    mark = read_attributes(text, RULES.ism)
    assert mark == read_attributes(lists, RULES.ism)
    assert (mark.classification, mark.owners, mark.release) == (Classification.S, ("USA",), ("USA", "GBR"))
    assert [control.code for control in mark.controls] == ["OC", "REL"]
    assert mark.unread == ()


def test_what_is_only_shown_is_kept_apart() -> None:
    mark = read_attributes(
        {"classification": "S", "disseminationControls": "DISPLAYONLY", "displayOnlyTo": "AFG"}, RULES.ism
    )
    assert mark.display == ("AFG",)
    assert mark.release is None


@pytest.mark.parametrize(
    "more",
    [
        {"SCIcontrols": "SI"}, {"SARIdentifier": ["X"]}, {"disseminationControls": "SECRETSQUIRREL"}, {"classification": "S TS"},
        {"classification": "Q"}, {"releasableTo": 7}, {"shareWith": "everybody"}, {"ownerProducer": {"a": "b"}},
    ],
)  # fmt: skip
def test_what_is_not_understood_or_lets_nothing_out_is_unread(more: dict[str, Any]) -> None:
    assert read_attributes({"classification": "S", **more}, RULES.ism).unread != ()


def test_what_is_empty_or_harmless_says_nothing() -> None:
    more: dict[str, Any] = {
        "SCIcontrols": [],
        "releasableTo": "",
        "DESVersion": "13",
        "declassDate": "2040-01-01",
        "resourceElement": False,
    }
    mark = read_attributes({"classification": "U", **more}, RULES.ism)
    assert (mark.unread, mark.release, mark.refer) == ((), None, ())


def test_information_of_foreign_governments_needs_a_person() -> None:
    assert read_attributes({"classification": "S", "FGIsourceOpen": "DEU"}, RULES.ism).refer == ("FGIsourceOpen",)


def test_attributes_are_known_by_their_names() -> None:
    assert is_ism({"classification": "U"}, RULES.ism)
    assert is_ism({"ism:releasableTo": "USA"}, RULES.ism)
    assert not is_ism({"statement": "U"}, RULES.ism)
    assert not is_ism({"createDate": "2024-01-01"}, RULES.ism)
