"""How law about a partner comes out for a decision. The day of judgement is 2021-06-15."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telvet.assessment.knowledge import Knowledge
from telvet.model.sharing import LawOutcome
from telvet.model.status import Force
from telvet.sharing.lawful.answers import Observed, law_answers, law_answers_by_country
from tests.unit.assessment.toy_world import knowledge, row
from tests.unit.packs.toy_law import pack, rule
from tests.unit.sharing.lawful.toy_posture import (
    BARRED_IF_DEPLOYED,
    BARRED_IF_PERMITTED,
    WEIGHED,
    law_of,
    observed,
    overlay,
)

YES, NO = overlay("XBB", "permits", "acme/5G"), overlay("XBB", "permits", "-acme/5G")


def came_out(known: Knowledge, country: str | None = "XBB", **more: Any) -> dict[str, str]:
    return {one.provision.rpartition(".")[2]: one.outcome.value for one in law_answers(country, known, **more)}


@pytest.mark.parametrize(
    ("said", "outcome"), [([YES], "barred"), ([NO], "clear"), ([], "unknown"), ([YES, NO], "unknown")]
)
def test_a_bar_on_release_comes_out_as_what_the_country_permits(
    said: list[dict[str, str | None]], outcome: str
) -> None:
    known = knowledge(law_of(rule=BARRED_IF_PERMITTED), overlays=said)
    assert came_out(known) == {"rule": outcome}


def test_the_answer_is_told_with_citations_and_with_every_fact_that_it_looked_at() -> None:
    (answer,) = law_answers("XBB", knowledge(law_of(rule=BARRED_IF_PERMITTED), overlays=[NO]))
    assert answer.cites == ("act, section 1 (verified)", "partner.country.permits -acme/5G: overlay XBB")
    assert (answer.force, answer.scenario) == (Force.BINDING, False)


def test_of_a_country_that_is_not_known_every_answer_is_unknown() -> None:
    known = knowledge(law_of(a=BARRED_IF_PERMITTED, b={**BARRED_IF_DEPLOYED, "effect": "consider"}), overlays=[NO])
    assert came_out(known, None) == {"a": "unknown", "b": "unknown"}


@pytest.mark.parametrize(
    ("effect", "outcome"),
    [("consider", "consider"), ({"require": "authorisation"}, "unknown"), ({"bar": "release"}, "barred")],
)
def test_what_must_be_obtained_first_needs_a_person(effect: Any, outcome: str) -> None:
    known = knowledge(law_of(rule={**BARRED_IF_PERMITTED, "effect": effect}), overlays=[YES])
    assert came_out(known) == {"rule": outcome}


@pytest.mark.parametrize("effect", [{"bar": "award"}, {"bar": "import"}, "prohibit use"])
def test_what_is_not_about_release_is_not_among_the_answers(effect: Any) -> None:
    assert came_out(knowledge(law_of(rule={**BARRED_IF_PERMITTED, "effect": effect}), overlays=[YES])) == {}


def test_a_duty_of_an_arrangement_never_touches_a_release() -> None:
    assert came_out(knowledge(law_of(rule=WEIGHED))) == {}


def test_law_that_takes_effect_on_a_day_ahead_does_not_stand_in_the_way_yet() -> None:
    later = {**BARRED_IF_PERMITTED, "from": "2021-06-16"}
    assert came_out(knowledge(law_of(rule=later), overlays=[YES])) == {"rule": "clear"}
    assert came_out(knowledge(law_of(rule=later), overlays=[YES], on=date(2021, 6, 16))) == {"rule": "barred"}


def test_a_waiver_of_the_law_itself_is_clear_where_it_is_shown() -> None:
    waived = {**BARRED_IF_PERMITTED, "waivers": [{"id": "w", "when": {"partner.country": {"is": "XBB"}}}]}
    known = knowledge(law_of(rule=waived), overlays=[YES, {**YES, "subject": "XCC"}])
    assert (came_out(known), came_out(known, "XCC")) == ({"rule": "clear"}, {"rule": "barred"})


def test_law_before_its_day_leaves_no_answer_but_a_scenario_leaves_its_stamp() -> None:
    early = date(2019, 12, 31)
    for force, expected in ((Force.BINDING, []), (Force.SCENARIO, [(LawOutcome.CLEAR, True)])):
        known = knowledge(pack(rule("rule", BARRED_IF_PERMITTED), force=force.value), overlays=[YES], on=early)
        assert [(one.outcome, one.scenario) for one in law_answers("XBB", known)] == expected


def test_our_own_law_does_not_bar_us_from_ourselves() -> None:
    at_home = overlay("XAA", "permits", "acme/5G")
    assert came_out(knowledge(law_of(rule=BARRED_IF_PERMITTED), overlays=[at_home]), "XAA") == {"rule": "clear"}


@pytest.mark.parametrize(
    ("jurisdiction", "home", "applied"),
    [("XAA", None, True), ("XAA", "XAA", True), ("XAA", "XCC", False), ("XU", "XAA", True), ("XU", "XCC", False)],
)
def test_law_binds_those_who_are_of_its_jurisdiction(jurisdiction: str, home: str | None, applied: bool) -> None:
    known = knowledge(pack(rule("rule", BARRED_IF_PERMITTED), jurisdiction=jurisdiction), overlays=[YES])
    assert came_out(known, home=home) == ({"rule": "barred"} if applied else {})


def test_only_what_was_chosen_is_asked() -> None:
    known = knowledge(
        law_of(a=BARRED_IF_PERMITTED, b=BARRED_IF_PERMITTED), overlays=[YES], chosen=frozenset({"xa.toy.b"})
    )
    assert came_out(known) == {"b": "barred"}


def test_what_is_deployed_is_known_from_equipment_where_there_is_any() -> None:
    known = knowledge(law_of(rule=BARRED_IF_DEPLOYED))
    seen = observed(row("a", country="XBB"), row("b", country="XCC", manufacturer="Borea AG"))
    asked = law_answers_by_country(["XBB", "XCC", None], known, observed=seen)
    assert {country: one.outcome.value for country, (one,) in asked.items()} == {
        "XBB": "barred", "XCC": "unknown", None: "unknown",
    }  # fmt: skip
    (told,) = asked["XBB"]
    assert told.cites[-1] == "partner.country.deploys acme: 1 element in use, the first boxes.csv record 2"
    assert came_out(known) == {"rule": "unknown"}


def test_facts_never_stand_in_for_one_another() -> None:
    known = knowledge(
        law_of(a=BARRED_IF_PERMITTED, b=BARRED_IF_DEPLOYED),
        overlays=[overlay("XBB", "deploys", "acme/5G"), overlay("XBB", "position", "acme=permitted")],
    )
    assert came_out(known) == {"a": "unknown", "b": "barred"}


TEXTS = ("acme/5G", "-acme/5G", "acme/4G", "-acme/4G")


@given(st.lists(st.sampled_from(TEXTS), max_size=4), st.booleans())
def test_without_a_denial_of_just_that_nothing_is_ever_clear(texts: list[str], empty: bool) -> None:
    known = knowledge(law_of(rule=BARRED_IF_PERMITTED), overlays=[overlay("XBB", "permits", text) for text in texts])
    nothing: Observed | None = observed() if empty else None
    (answer,) = law_answers("XBB", known, observed=nothing)
    stated, denied = "acme/5G" in texts, "-acme/5G" in texts
    expected = {(True, False): "barred", (False, True): "clear"}.get((stated, denied), "unknown")
    assert answer.outcome.value == expected
