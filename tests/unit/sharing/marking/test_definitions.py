from __future__ import annotations

from telvet.sharing.marking.definitions import added, dropped, put_right
from telvet.sharing.marking.swaps import Swap
from tests.unit.sharing.marking.bundles import AMBER, AMBER_1, GREEN, RED, RULES, indicator, tlp, tlp_1


def test_a_wrong_definition_is_put_right_and_a_second_one_goes() -> None:
    objects = [tlp_1(AMBER, "amber"), indicator(1), tlp(AMBER, "green"), tlp(GREEN, "green")]
    found = list(put_right(objects, {AMBER: Swap(AMBER, "rule"), AMBER_1: Swap(GREEN, "x")}, RULES))
    assert [(one.do, one.place, one.because) for one in found] == [("replace", 0, ("rule",)), ("drop", 2, ("rule",))]
    assert found[0].after == tlp(AMBER, "amber")
    assert found[1].before == tlp(AMBER, "green")


def test_definitions_go_that_nothing_names() -> None:
    chained = {**tlp(GREEN, "green"), "object_marking_refs": [GREEN]}
    objects = [
        (0, tlp(AMBER, "amber")),
        (1, indicator(1, object_marking_refs=[AMBER])),
        (2, {**tlp(AMBER_1, "amber"), "object_marking_refs": [RED]}),
        (3, tlp(RED, "red")),
    ]
    assert [one.place for one in dropped(objects, ())] == [2, 3]
    assert [one.place for one in dropped(objects, {RED})] == [2]
    named = (1, indicator(1, object_marking_refs=[AMBER], object_refs=[AMBER_1]))
    assert [one.place for one in dropped([objects[0], named, *objects[2:]], ())] == []
    assert [one.place for one in dropped([(0, chained)], ())] == []


def test_official_definitions_that_are_used_are_added() -> None:
    found = list(added([GREEN, AMBER, AMBER_1, "x"], [GREEN], RULES))
    assert [(one.do, one.object, one.place, one.after) for one in found] == [("add", AMBER, None, tlp(AMBER, "amber"))]
