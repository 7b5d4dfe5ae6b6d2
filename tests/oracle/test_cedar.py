"""Cedar answers as worked by hand, under policies that its own validator accepts."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from tests.oracle.sharing_cedar import Cedar, OutsideDomain, fits
from tests.oracle.sharing_cedar_rows import inputs
from tests.oracle.sharing_vectors import SharingVector, sharing_vectors

pytestmark = pytest.mark.skipif(find_spec("cedarpy") is None, reason="cedarpy is not installed")

WITHIN = [each for each in sharing_vectors() if each.objects is None and fits(each.facts, each.candidate)]


@pytest.mark.parametrize("vector", WITHIN, ids=lambda vector: vector.name)
def test_cedar_answers_as_worked_by_hand(vector: SharingVector) -> None:
    [[answer]] = Cedar().answers([(vector.facts, [vector.candidate])], checked=True)
    assert answer.effect == vector.expect["effect"], vector.why
    if "rules" in vector.expect:
        assert sorted({rule for rule, _ in answer.reasons}) == vector.expect["rules"], vector.why


def test_the_validator_of_cedar_finds_nothing_that_is_asked_for_where_it_may_not_be_known() -> None:
    assert Cedar().faults() == []


def test_what_is_drawn_is_within_the_domain_and_as_the_schema_says() -> None:
    answers = Cedar().answers(list(inputs(7, 60, 5)), checked=True)
    assert {answer.effect for each in answers for answer in each} == {"permit", "refer", "withhold"}


def test_every_policy_names_a_rule_and_an_effect_that_are_no_other_kind() -> None:
    assert {effect for _, effect in Cedar().rules.values()} == {"refer", "withhold"}
    assert {rule for rule, _ in Cedar().rules.values()} == {
        "partner", "arrangement", "purpose", "law barred", "law unknown", "marks", "withheld", "referred", "tlp-cap",
        "tlp-red", "tlp-onward", "third-party", "classification", "countries", "acs", "misp-organisations", "misp-reach",
    }  # fmt: skip


TWICE = {"begins": "2020-01-01", "ends": "never", "partner": "p", "originator": "o", "rule": "purpose", "tlp": "red"}


@pytest.mark.parametrize(
    ("facts", "candidate"),
    [
        ({"arrangements": [{"id": "a", "partner": "p"}, {"id": "b", "partner": "p"}]}, {}),
        ({"waivers": [{"id": "v", **TWICE}, {"id": "w", **TWICE}]}, {}),
        ({"waivers": [{"id": "v", **TWICE, "persons": ["a", "b", "c"]}]}, {}),
        ({"consents": [{"id": "c", **TWICE}, {"id": "d", **TWICE}]}, {"originators": {"ids": ["o"]}}),
        ({"laws": [{"provision": name, "outcome": "barred"} for name in ("l.one", "l.two")]}, {}),
        ({}, {"originators": {"ids": ["o", "p", "q"]}}),
        ({}, {"parts": [("name", {})]}),
        ({}, {"whole": {"acs": [{}, {}]}}),
        ({}, {"whole": {"acs": [{"privileges": [{}, {}]}]}}),
        ({}, {"whole": {"acs": [{"sharing": [{"scope": ["A"], "permit": False}, {"scope": ["B"], "permit": False}]}]}}),
    ],
)
def test_what_cedar_cannot_be_asked_about_is_refused(facts: dict[str, object], candidate: dict[str, object]) -> None:
    asked = ({"as_of": "2024-06-01", **facts}, [{"id": "x", "whole": {}, **candidate}])
    assert not fits(asked[0], asked[1][0])
    with pytest.raises(OutsideDomain):
        Cedar().answers([asked])
