from __future__ import annotations

from typing import Any

import pytest

from telvet.model.handling import Handling, Tlp
from telvet.sharing.markings.definition import read_definition
from tests.unit.sharing.markings.marks import DAY, MARK, OFFICIAL, RULES, codes, data, grounds, marking, statement

ACS = "extension-definition--3a65884d-005a-4290-8335-cb2d778a83ce"
CUI = "extension-definition--dff17fb3-edcb-4f99-ad1b-4b751c95738a"
BODY = data("acs.json")["sharing"][9]["extension"]


def read(definition: object, name: str = MARK) -> Handling:
    return read_definition(name, definition, RULES, DAY).handling


@pytest.mark.parametrize(
    ("definition", "ground"),
    [
        (None, "marking-absent"),
        (marking(), "marking-empty"),
        (marking(name="Secret things"), "marking-empty"),
        (marking(definition_type="statement"), "marking-malformed"),
        (marking(definition_type="statement", definition=["Copyright"]), "marking-malformed"),
        (marking(definition_type="statement", definition={}), "statement-malformed"),
        (marking(definition_type="statement", definition={"statement": "PAP:RED", "also": "x"}), "statement-malformed"),
        (marking(definition={"statement": "PAP:RED"}), "marking-unknown"),
        (marking(definition_type="iep", definition={"policy": "x"}), "marking-unknown"),
        (marking(definition_type="ism", definition={"level": "S"}), "marking-unknown"),
        (marking(definition_type={"a": "b"}, definition={"classification": "S"}), "marking-unknown"),
        (
            marking(extensions={"extension-definition--x": {"extension_type": "property-extension"}}),
            "extension-unknown",
        ),
        (marking(extensions={CUI: {"extension_type": "property-extension", "control": "CUI"}}), "extension-unread"),
        (marking(extensions=[]), "marking-malformed"),
        (marking(extensions={ACS: {}}), "acs-malformed"),
        (statement("Copyright 2024 Somebody"), "statement-unlisted"),
        ({"type": "indicator", "id": MARK}, "marking-malformed"),
        ([], "marking-malformed"),
    ],
)
def test_what_is_not_understood_is_withheld_with_a_finding(definition: object, ground: str) -> None:
    made = read_definition(MARK, definition, RULES, DAY)
    assert ground in grounds(made.handling)
    assert ground in codes(made)
    assert all(finding.object == MARK for finding in made.findings)


@pytest.mark.parametrize(
    "name",
    ["", "marking-definition--tlp-red", "identity--11111111-1111-4111-8111-111111111111", MARK.upper(), f"{MARK}\n"],
)
def test_an_id_that_is_none_is_withheld(name: str) -> None:
    assert grounds(read(statement("PAP:RED", name), name)) == {"marking-id-malformed"}


def test_everything_that_a_definition_says_is_joined() -> None:
    both = {**statement("SECRET//REL TO USA, GBR"), "extensions": {ACS: BODY}}
    handling = read(both)
    assert handling.rel_to == frozenset({"USA", "GBR"})
    assert len(handling.acs) == 1
    assert not handling.withheld


def test_an_understood_part_does_not_carry_one_that_is_not() -> None:
    assert grounds(read({**statement("PAP:RED"), "extensions": {"extension-definition--x": {}}})) == {
        "extension-unknown"
    }


def test_attributes_of_ism_are_read() -> None:
    definition = {"classification": "S", "disseminationControls": "REL", "releasableTo": "USA GBR"}
    assert read(marking(definition_type="ism", definition=definition)).rel_to == frozenset({"USA", "GBR"})


def test_a_definition_with_versions_is_left_to_a_person() -> None:
    made = read_definition(MARK, {**statement("PAP:RED"), "modified": "2024-01-02T00:00:00Z"}, RULES, DAY)
    assert codes(made) == ["marking-versioned"]
    assert {ground.code for ground in made.handling.referred} == {"marking-versioned"}


def test_each_handling_knows_its_mark() -> None:
    for definition in (statement("PAP:RED"), None, marking(extensions={ACS: BODY})):
        assert read(definition).marks == {MARK}


def test_a_level_beside_a_statement_of_another_kind_is_not_lost() -> None:
    red: dict[str, Any] = {**marking(OFFICIAL[Tlp.RED]), "definition_type": "tlp", "definition": {"tlp": "red"}}
    assert read(red, OFFICIAL[Tlp.RED]).tlp is Tlp.RED
