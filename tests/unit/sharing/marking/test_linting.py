from __future__ import annotations

import json

from telvet.sharing.marking.documents import read_marked
from telvet.sharing.marking.linting import Linted, Tally, linted
from tests.unit.sharing.marking.bundles import (
    AMBER,
    AMBER_1,
    FAULTY,
    GREEN_1,
    MISTAKEN,
    ON,
    RULES,
    UNOFFICIAL,
    bundle,
    indicator,
)


def lint_of(data: bytes) -> Linted:
    return linted(read_marked(data, "b.json"), RULES, ON)


def test_a_bundle_tells_what_is_wrong_and_what_it_is_marked_with() -> None:
    found = lint_of(FAULTY)
    assert (found.file, found.kind, found.objects) == ("b.json", "STIX bundle", 5)
    assert {one.code for one in found.findings} >= {"tlp-unknown-id", "unmarked-object", "marking-repeated"}
    assert found.tallies == (
        Tally(2, "TLP:AMBER", {GREEN_1: "TLP:GREEN of TLP 1", AMBER_1: "TLP:AMBER of TLP 1"}),
        Tally(
            1, "TLP:AMBER+STRICT", {GREEN_1: "TLP:GREEN of TLP 1", UNOFFICIAL: "TLP:AMBER+STRICT, id of no standard"}
        ),
        Tally(1, "no mark: withheld", {}),
        Tally(1, "withheld (tlp-unknown-id); TLP:RED", {MISTAKEN: "TLP:AMBER+STRICT"}),
    )


def test_a_mark_is_named_by_its_statement_and_a_long_one_is_shortened() -> None:
    mark = "marking-definition--00000000-0000-4000-8000-000000000001"
    other = "marking-definition--00000000-0000-4000-8000-000000000002"
    statement = {
        "type": "marking-definition",
        "id": mark,
        "definition_type": "statement",
        "definition": {"statement": "y" * 99},
    }
    found = lint_of(bundle(indicator(1, object_marking_refs=[mark, other, AMBER]), statement))
    assert found.tallies[0].marks == {mark: "y" * 57 + "...", other: "", AMBER: "TLP:AMBER of TLP 2.0"}


def test_an_event_tells_the_same_of_all_that_it_holds() -> None:
    event = {
        "uuid": "e",
        "info": "i",
        "distribution": "3",
        "Tag": [{"name": "tlp:amber"}],
        "Attribute": [
            {"uuid": "a", "distribution": "5"},
            {"uuid": "b", "distribution": "5", "Tag": [{"name": "tlp:odd"}]},
            {"uuid": "c", "distribution": "5"},
        ],
    }
    found = lint_of(json.dumps({"Event": event}).encode())
    assert (found.kind, found.objects) == ("MISP events", 4)
    assert [one.code for one in found.findings] == ["tag-unread"]
    assert [(one.objects, one.comes_to, one.marks) for one in found.tallies] == [
        (3, "TLP:AMBER; distribution all-communities", {}),
        (1, "withheld (tag-unread); TLP:RED; distribution all-communities", {}),
    ]


def test_an_empty_bundle_is_marked_with_nothing() -> None:
    assert lint_of(bundle()).tallies == ()
