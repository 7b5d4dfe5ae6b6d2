from __future__ import annotations

from typing import Any

from telvet.model.handling import Tlp
from telvet.sharing.marking.mending import Mending, marks_of
from telvet.sharing.marking.rules import Unmarked
from telvet.sharing.marking.swaps import Swap
from telvet.sharing.markings.stix_object import MarkingCompiler
from tests.unit.sharing.marking.bundles import AMBER, AMBER_1, GREEN, MISTAKEN, ON, RED, RULES, indicator, tlp

SWAPS = {AMBER_1: Swap(AMBER, "tlp-version-1")}


def mended(unmarked: Unmarked | None = None, **keys: Any) -> tuple[dict[str, Any], tuple[str, ...]]:
    return Mending(SWAPS, unmarked, MarkingCompiler({}, RULES, ON)).mended(indicator(1, **keys))


def part(mark: str, *selectors: str) -> dict[str, Any]:
    return {"marking_ref": mark, "selectors": list(selectors) or ["description"]}


def test_what_is_right_stays() -> None:
    lang = {"lang": "de", "selectors": ["description"]}
    assert mended() == ({}, ())
    assert mended(object_marking_refs=[AMBER]) == ({}, ())
    assert mended(object_marking_refs=[AMBER], granular_markings=[part(RED), lang]) == ({}, ())


def test_marks_are_swapped_and_named_once() -> None:
    assert mended(object_marking_refs=[AMBER_1, AMBER]) == (
        {"object_marking_refs": [AMBER]}, ("tlp-version-1", "marking-repeated"),
    )  # fmt: skip


def test_of_two_levels_the_strictest_stays() -> None:
    assert mended(object_marking_refs=[GREEN, RED, AMBER]) == ({"object_marking_refs": [RED]}, ("tlp-conflict",))


def test_a_level_stays_beside_marks_of_another_kind() -> None:
    refs = [MISTAKEN, AMBER]
    assert mended(object_marking_refs=refs) == ({}, ())


def test_marks_of_parts_that_say_nothing_more_than_the_whole_go() -> None:
    found = mended(object_marking_refs=[AMBER], granular_markings=[part(GREEN), part(RED), part(RED), part(AMBER_1)])
    assert found[0] == {"granular_markings": [part(RED)]}
    assert found[1] == ("granular-idle", "marking-repeated", "tlp-version-1")
    assert mended(object_marking_refs=[AMBER], granular_markings=[part(GREEN)])[0] == {"granular_markings": None}


def test_marks_of_parts_that_cannot_be_read_stay() -> None:
    entries = [part(GREEN, "a..b"), {"marking_ref": GREEN}, 3, {**part(GREEN), "more": 1}]
    assert mended(object_marking_refs=[AMBER], granular_markings=entries) == ({}, ())


def test_marks_of_parts_stay_where_the_whole_has_no_mark() -> None:
    assert mended(granular_markings=[part(GREEN)]) == ({}, ())


def test_what_nobody_marked_gets_the_mark_of_the_rule() -> None:
    rule = Unmarked(Tlp.AMBER, "ours")
    assert mended(rule) == ({"object_marking_refs": [AMBER]}, ("unmarked-object",))
    assert mended(Unmarked(Tlp.AMBER, "", ("malware",))) == ({}, ())
    assert mended(rule, object_marking_refs=[]) == ({}, ())
    assert mended(rule, object_marking_refs=[3], granular_markings=[part(AMBER_1)]) == ({}, ())
    mending = Mending(SWAPS, rule, MarkingCompiler({}, RULES, ON))
    assert mending.mended(tlp(AMBER, "amber")) == ({}, ())


def test_every_mark_that_an_object_names_is_found() -> None:
    thing = indicator(1, object_marking_refs=[AMBER], granular_markings=[part(RED), {"lang": "de"}, 3])
    assert marks_of(thing) == {AMBER, RED}
    assert marks_of(indicator(1, object_marking_refs="x", granular_markings={})) == set()
