"""What the law of a country permits: spec/semantics.md, section 9. The day of judgement is 2021-06-15."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from telvet.assessment.knowledge import Knowledge
from telvet.assessment.permits import permitted_by_law, stands_for
from telvet.catalog.law_coverage import Covered
from telvet.model.facts import Stated
from telvet.model.status import Grade
from telvet.model.truth import Truth
from tests.unit.assessment.toy_world import knowledge
from tests.unit.packs.toy_law import ACME, CITES, ID, designation, pack, rule

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
KNOWN = (Covered("XAA", None, None, Grade.SECONDARY, "a gazette", 7),)
FAST = {"equipment.generation": {"is": "5G"}}
TAGGED = [{"id": "e", "when": {"equipment.tags": {"has": "old"}}, "cites": CITES}]


def known(*rules: dict[str, Any], coverage: tuple[Covered, ...] = KNOWN, chosen: Any = None, **about: Any) -> Knowledge:
    return knowledge(pack(*rules, **about), coverage=coverage, chosen=chosen)


def asked(world: Knowledge, country: str = "XAA", what: str = "acme/5G") -> Truth:
    return permitted_by_law(world, country, what)[0]


def test_a_law_that_forbids_whatever_else_is_true_is_named() -> None:
    world = known(rule("rule", {"when": {"all": [ACME, FAST]}}))
    assert permitted_by_law(world, "XAA", "acme/5G") == (
        F,
        (Stated("-acme/5G", f"{ID}.rule, in force in XAA", Grade.VERIFIED),),
    )
    assert asked(world, what="acme-radio/5G") is F
    assert asked(world, what="acme/4G") is asked(world, what="borea/5G") is T


def test_coverage_permits_what_no_law_forbids_and_says_where_it_is_written() -> None:
    world = known(rule("rule", {"effect": {"prohibit": "procure"}}))
    stated = Stated("acme/5G", "catalog/places/law_coverage.csv record 7: a gazette", Grade.SECONDARY)
    assert permitted_by_law(world, "XAA", "acme/5G") == (T, (stated,))
    assert permitted_by_law(world, "XBB", "acme/5G") == (U, ())


@pytest.mark.parametrize(
    ("about", "truth"),
    [
        ({}, F),
        ({"from": "2021-06-15"}, F),
        ({"from": "2021-06-16"}, T),
        ({"by": "2021-06-14"}, F),
        ({"by": "2021-06-15"}, T),
        ({"by": {"after": "designation", "years": 1}}, F),
        ({"by": {"after": "designation", "years": 2}}, T),
        ({"by": {"after": "equipment.installed_on", "years": 1}}, T),
        ({"to": "2021-06-14"}, T),
        ({"enacted": "2021-06-16"}, T),
        ({"force": "policy"}, T),
        ({"force": "scenario"}, T),
        ({"effect": {"prohibit": "install"}}, T),
        ({"effect": {"bar": "award"}}, T),
        ({"binds": {"operator.roles": {"has": "mno"}}}, T),
        ({"binds": {"operator.country": {"is": "XAA"}}}, F),
        ({"binds": {"operator.country": {"is": "XBB"}}}, T),
        ({"when": {"all": [ACME, {"equipment.country": {"is": "XAA"}}]}}, F),
        ({"when": {"all": [ACME, {"equipment.function": {"is": "core.auth"}}]}}, T),
        ({"when": {"all": [ACME, {"equipment.generation": {"any of": ["4G", "6G"]}}]}}, T),
        ({"when": {"any": [ACME, {"equipment.function": {"is": "core.auth"}}]}}, F),
        ({"when": {"equipment.managed_by": {"designated": "acme"}}}, T),
        ({"except": TAGGED}, T),
        ({"subject": "operator", "when": {"operator.uses": ACME}}, T),
    ],
)
def test_only_what_is_shown_is_forbidden(about: dict[str, Any], truth: Truth) -> None:
    assert asked(known(rule("rule", about))) is truth


def test_a_law_counts_though_nobody_asked_for_it() -> None:
    assert asked(known(rule("rule"), chosen=frozenset())) is F


def test_the_law_of_a_union_counts_for_its_members_of_the_day() -> None:
    law = pack(rule("rule"), jurisdiction="XU")
    assert asked(knowledge(law), "XAA") is F
    assert asked(knowledge(law), "XBB") is U
    assert asked(knowledge(law, on=date(2020, 12, 31)), "XBB") is F


def test_a_law_of_ownership_when_made_forbids_only_what_was_designated_on_every_day() -> None:
    then = {"owned_on": "making"}
    assert asked(known(rule("rule"), designations=[designation(**then)])) is F
    assert asked(known(rule("rule"), designations=[designation(**then)]), what="swapped/5G") is T


def test_of_a_vendor_that_is_nobody_nothing_is_said() -> None:
    assert stands_for(known(), "acne") is None
    assert permitted_by_law(known(), "XAA", "acne/5G") == (U, ())
