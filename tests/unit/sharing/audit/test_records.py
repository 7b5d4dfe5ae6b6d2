from __future__ import annotations

import json
from datetime import datetime

import pytest

from telvet.sharing.audit.canonical import canonical, parsed
from telvet.sharing.audit.merkle import leaf_hash, root
from telvet.sharing.audit.records import Decided, Event, KeyChange, Page, leaves_below, told_by, written
from tests.unit.sharing.audit.logs import AT, decided, page, signer

SECRET = b"s" * 32


def test_a_page_is_one_record_over_a_leaf_for_each_decision() -> None:
    made = written(page(1, 2, 3), SECRET)
    told = told_by(made.record)
    assert (told["kind"], told["partner"], told["objects"], told["at"]) == (
        "decisions", "partner-a", 3, "2024-01-15T09:30:00.000000Z",
    )  # fmt: skip
    assert told["root"] == root([leaf_hash(leaf) for leaf in made.leaves]).hex()
    assert [json.loads(leaf)["object"] for leaf in made.leaves] == ["indicator--1", "indicator--2", "indicator--3"]


def test_a_leaf_is_canonical_whatever_it_says() -> None:
    strange = Decided('a"\\\n\u2028€\U0001f600', "", "\x7f", "withhold", ("b", "a"), ('"',))
    (leaf,) = written(Page(AT, "p", "r", [strange]), SECRET).leaves
    told = parsed(leaf)
    assert isinstance(told, dict)
    assert canonical(told) == leaf
    assert (told["object"], told["reasons"], told["obligations"]) == (strange.object, ["b", "a"], ['"'])


def test_the_same_decision_has_another_salt_in_every_place_and_page() -> None:
    leaves = {
        leaf for secret in (SECRET, b"t" * 32) for leaf in written(Page(AT, "p", "r", [decided(1)] * 5), secret).leaves
    }
    assert len(leaves) == 10


def test_events_and_keys_have_no_leaves_and_say_who() -> None:
    for entry in (Event(AT, "ana", "approve", {"object": "x"}), KeyChange(AT, "ana", signer().key, "yearly")):
        made = written(entry, SECRET)
        told = told_by(made.record)
        assert (made.leaves, told["by"], leaves_below(told)) == ((), "ana", 0)


def test_a_moment_without_a_zone_and_half_a_letter_are_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        written(Event(datetime(2024, 1, 1), "ana", "x"), SECRET)  # noqa: DTZ001 - the point
    with pytest.raises(ValueError, match="surrogate"):
        written(Page(AT, "p", "r", [Decided("\ud800", "", "", "permit", ())]), SECRET)


def test_what_is_no_record_is_refused() -> None:
    for record in (b"", b"[]", b'{"kind":"other"}', b"{}", b'{ "kind":"event"}'):
        with pytest.raises(ValueError, match=r"\w"):
            told_by(record)
    for objects in (-1, "1", True, None):
        with pytest.raises(ValueError, match="how many"):
            leaves_below({"kind": "decisions", "objects": objects})
