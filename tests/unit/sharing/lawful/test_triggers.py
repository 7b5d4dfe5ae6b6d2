"""What would stop sharing under each of several facts. The day is 2021-06-15."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telvet.sharing.lawful.triggers import Answer, Compared, Trigger, compared
from tests.unit.assessment.toy_world import row
from tests.unit.packs.toy_law import pack, rule
from tests.unit.sharing.lawful.toy_posture import overlay, ready, said

SPRING = date(2021, 3, 1)
LAW = pack(rule("rule"))


def asked(*packs: Any, country: str = "XBB", vendor: str = "acme", **known: Any) -> dict[Trigger, Compared]:
    return {one.trigger: one for one in compared(ready(*(packs or (LAW,)), **known), [country], vendor, "5G")}


def answers(**known: Any) -> dict[str, str]:
    return {trigger.value: one.answer.value for trigger, one in asked(**known).items()}


def test_nothing_known_is_unknown_under_every_trigger_with_and_without_equipment() -> None:
    for equipment in (None, [row("a", country="XCC")]):
        assert answers(equipment=equipment) == dict.fromkeys(map(str, Trigger), "unknown")


def test_the_triggers_come_in_order_for_each_country_once() -> None:
    found = list(compared(ready(LAW), ["XBB", "XAA", "XBB"], "acme", "5G"))
    assert [(one.country, one.trigger) for one in found] == [(at, one) for at in ("XBB", "XAA") for one in Trigger]


def test_law_that_forbids_denies_that_it_permits_and_says_nothing_of_the_rest() -> None:
    found = asked(country="XAA")
    assert found[Trigger.PERMITS].answer is Answer.NO
    assert [one.origin for one in found[Trigger.PERMITS].origins] == ["xa.toy.rule, in force in XAA"]
    assert {one.answer for trigger, one in found.items() if trigger is not Trigger.PERMITS} == {Answer.UNKNOWN}


@pytest.mark.parametrize(
    ("function", "core", "intercept"),
    [("core.session", "yes", "unknown"), ("li", "unknown", "yes"), ("core.auth;li", "yes", "yes"),
     ("transport.core", "unknown", "unknown"), (None, "unknown", "unknown")],
)  # fmt: skip
def test_equipment_shows_where_it_is_in_use(function: str | None, core: str, intercept: str) -> None:
    found = answers(equipment=[row("a", country="XBB", function=function), row("b", country="XCC", function="li")])
    assert (found["deploys"], found["in the core"], found["in lawful intercept"]) == ("yes", core, intercept)
    assert (found["permits"], found["position"]) == ("unknown", "unknown")


def test_what_is_not_in_use_or_of_another_maker_shows_nothing() -> None:
    others = [
        row("a", country="XBB", function="li", lifecycle="stock"),
        row("b", country="XBB", function="li", manufacturer="Borea AG"),
    ]
    assert answers(equipment=others) == dict.fromkeys(map(str, Trigger), "unknown")


def test_each_answer_names_its_element() -> None:
    found = asked(equipment=[row("a", country="XBB", function="li")])[Trigger.INTERCEPT]
    assert [one.origin for one in found.origins] == ["1 element in use there, the first boxes.csv record 2"]


def test_a_statement_about_the_core_shows_the_core_and_one_about_radio_does_not() -> None:
    in_core = answers(statements=[said("s", "XBB", "core", SPRING)])
    assert (in_core["deploys"], in_core["in the core"], in_core["in lawful intercept"]) == ("yes", "yes", "unknown")
    in_radio = answers(statements=[said("s", "XBB", "ran", SPRING)])
    assert (in_radio["deploys"], in_radio["in the core"]) == ("yes", "unknown")


def test_what_was_published_later_is_not_heard() -> None:
    later = [said("s", "XBB", "core", SPRING)]
    assert answers(statements=later, known_by=date(2021, 2, 28))["in the core"] == "unknown"
    assert answers(statements=later, known_by=SPRING)["in the core"] == "yes"


@pytest.mark.parametrize(
    ("told", "answer"),
    [
        ("permitted", "yes"),
        ("banned", "no"),
        ("restricted", "no"),
        ("conditional", "unknown"),
        ("undecided", "unknown"),
    ],
)
def test_a_position_is_leave_only_where_it_is_leave_for_all(told: str, answer: str) -> None:
    found = asked(overlays=[overlay("XBB", "position", f"acme={told}")])
    assert (found[Trigger.POSITION].answer.value, found[Trigger.POSITION].says) == (answer, told)
    assert {one.answer for trigger, one in found.items() if trigger is not Trigger.POSITION} == {Answer.UNKNOWN}


def test_positions_that_contradict_each_other_are_disputed() -> None:
    overlays = [overlay("XBB", "position", "acme=banned"), overlay("XBB", "position", "acme=permitted")]
    assert asked(overlays=overlays)[Trigger.POSITION].answer is Answer.DISPUTED
    statements = [
        said("a", "XBB", "network", SPRING, "BANNED"),
        replace(said("b", "XBB", "network", SPRING, "ALLOWED"), publisher="another paper", origin="another paper"),
    ]
    found = asked(statements=statements)[Trigger.POSITION]
    assert (found.answer, found.says) == (Answer.DISPUTED, "banned")


def test_what_is_stated_and_denied_is_disputed_and_both_are_shown() -> None:
    overlays = [overlay("XBB", "deploys", text) for text in ("acme", "-acme")]
    found = asked(overlays=overlays)[Trigger.DEPLOYS]
    assert found.answer is Answer.DISPUTED
    assert [one.value for one in found.origins] == ["acme", "-acme"]


def test_a_vendor_that_is_not_on_the_register_is_unknown_everywhere() -> None:
    found = asked(vendor="nobody", equipment=[row("a", country="XBB", function="li", manufacturer="nobody")])
    assert {one.answer for one in found.values()} == {Answer.UNKNOWN}


KINDS = {"permits": "acme/5G", "deploys": "acme", "position": "acme=permitted"}


@given(st.sets(st.sampled_from(sorted(KINDS))))
def test_no_fact_ever_answers_for_another(kinds: set[str]) -> None:
    found = answers(overlays=[overlay("XBB", kind, KINDS[kind]) for kind in sorted(kinds)])
    assert {name for name, answer in found.items() if answer != "unknown"} == kinds
