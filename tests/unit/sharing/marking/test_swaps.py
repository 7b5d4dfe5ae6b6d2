from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from telvet.errors import SharingError
from telvet.model.handling import Handling, Tlp
from telvet.sharing.marking.rules import Meant, Rules
from telvet.sharing.marking.swaps import Swap, bare, swaps_of
from telvet.sharing.markings.stix_object import MarkingCompiler, definitions_of
from tests.unit.sharing.marking.bundles import (
    AMBER,
    AMBER_1,
    CLEAR_1,
    GREEN,
    MISTAKEN,
    ON,
    RED,
    RED_1,
    RULES,
    STRICT,
    UNOFFICIAL,
    tlp,
    tlp_1,
)

DEFINITIONS = (tlp(MISTAKEN, "amber+strict"), tlp(UNOFFICIAL, "amber+strict"), tlp_1(AMBER_1, "amber"))


def swapped(*marks: str, rules: Rules | None = None, allow: bool = False, more: tuple[Any, ...] = ()) -> Any:
    compiler = MarkingCompiler(definitions_of((*DEFINITIONS, *more)), RULES, ON)
    return swaps_of(Counter(marks), compiler, rules or Rules(), allow_opening=allow)


def meant(mark: str, level: Tlp, why: str = "asked") -> Rules:
    return Rules(None, {mark: Meant(level, why)}, {mark: 3}, "r.yaml")


def test_marks_of_version_1_and_of_no_standard_become_official() -> None:
    swaps, left = swapped(AMBER_1, UNOFFICIAL, RED_1)
    assert swaps == {
        AMBER_1: Swap(AMBER, "tlp-version-1"),
        UNOFFICIAL: Swap(STRICT, "tlp-unofficial-id"),
        RED_1: Swap(RED, "tlp-version-1"),
    }
    assert left == ()


def test_official_marks_and_marks_of_other_kinds_stay() -> None:
    other = "marking-definition--00000000-0000-4000-8000-000000000001"
    statement = {
        "type": "marking-definition",
        "id": other,
        "definition_type": "statement",
        "definition": {"statement": "x"},
    }
    assert swapped(AMBER, GREEN, other, more=(statement,)) == ({}, ())


def test_a_mark_that_withholds_is_left_because_to_mend_it_opens() -> None:
    disagreeing = tlp_1(CLEAR_1, "green")
    swaps, left = swapped(MISTAKEN, MISTAKEN, CLEAR_1, "x", more=(disagreeing,))
    assert swaps == {}
    assert [(one.mark, one.code, one.objects) for one in left] == [
        (CLEAR_1, "tlp-disagrees", 1), (MISTAKEN, "tlp-unknown-id", 2), ("x", "marking-id-malformed", 1),
    ]  # fmt: skip
    assert "--allow-opening" in left[1].fix


def test_a_rule_opens_with_leave_and_reason_only() -> None:
    swaps, left = swapped(MISTAKEN, rules=meant(MISTAKEN, Tlp.AMBER_STRICT), allow=True)
    assert (swaps, left) == ({MISTAKEN: Swap(STRICT, "rule")}, ())
    with pytest.raises(SharingError) as caught:
        swapped(MISTAKEN, rules=meant(MISTAKEN, Tlp.RED, " "))
    assert [(one.code, one.record) for one in caught.value.faults] == [("rule-opens", 3), ("rule-without-reason", 3)]
    with pytest.raises(SharingError) as told:
        swapped(AMBER, rules=meant(AMBER, Tlp.GREEN, ""), allow=True)
    assert [one.code for one in told.value.faults] == ["rule-without-reason"]


def test_a_rule_that_closes_needs_neither() -> None:
    assert swapped(AMBER, rules=meant(AMBER, Tlp.RED, ""))[0] == {AMBER: Swap(RED, "rule")}


def test_a_rule_about_a_mark_that_nothing_has_is_told() -> None:
    with pytest.raises(SharingError) as caught:
        swapped(AMBER, rules=meant(MISTAKEN, Tlp.RED))
    assert [one.code for one in caught.value.faults] == ["rule-idle"]


def test_a_definition_in_the_form_of_the_other_version_is_put_right() -> None:
    assert swapped(AMBER, more=(tlp_1(AMBER, "amber"),))[0] == {AMBER: Swap(AMBER, "tlp-form")}


def test_the_bare_handling_says_what_is_open_whatever_says_so() -> None:
    assert bare(Handling(frozenset({"a"}), Tlp.RED)) == Handling(tlp=Tlp.RED)
