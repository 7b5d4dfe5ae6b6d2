from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telvet.errors import SharingError, UsageError
from telvet.model.handling import Tlp
from telvet.sharing.marking.applying import applied
from telvet.sharing.marking.bundles import Pieces, read_pieces
from telvet.sharing.marking.plan import Plan, signed
from telvet.sharing.marking.planning import Asked, planned
from telvet.sharing.marking.rules import Meant, Rules, Unmarked
from telvet.sharing.markings.lint import lint
from tests.unit.sharing.marking.bundles import (
    AMBER,
    AMBER_1,
    CLEAR_1,
    FAULTY,
    GREEN,
    GREEN_1,
    MISTAKEN,
    ON,
    OURS,
    RED,
    RED_1,
    RULES,
    STRICT,
    UNOFFICIAL,
    bundle,
    indicator,
    tlp,
    tlp_1,
)

ASKED = Asked("Ann", ON)
MEANT = Rules(Unmarked(Tlp.AMBER, "ours"), {MISTAKEN: Meant(Tlp.AMBER_STRICT, "asked")})


def pieces(data: bytes) -> Pieces:
    return read_pieces(data, "b.json")


def plan_of(data: bytes, rules: Rules | None = None, asked: Asked = ASKED) -> Plan:
    return planned(pieces(data), rules or Rules(), RULES, asked)


def mend(data: bytes, plan: Plan) -> bytes:
    return applied(signed(plan, by="Ben", at="now"), pieces(data))


def test_what_opens_nothing_is_mended_unasked() -> None:
    plan = plan_of(FAULTY)
    assert plan.ways() == {"same": 5, "closed": 0, "first": 0, "opened": 0}
    assert [one.mark for one in plan.left] == [MISTAKEN]
    found = lint(json.loads(mend(FAULTY, plan)), RULES, ON)
    assert [one.code for one in found] == ["unmarked-object", "tlp-unknown-id"]


def test_with_rules_nothing_is_left_and_the_plan_says_what_opens() -> None:
    plan = plan_of(FAULTY, MEANT, replace(ASKED, allow_opening=True))
    assert plan.ways() == {"same": 3, "closed": 0, "first": 1, "opened": 1}
    assert [(one.way, one.before, one.after) for one in plan.shifts if one.way != "same"] == [
        ("first", "no mark: withheld", "TLP:AMBER"),
        ("opened", "withheld (tlp-unknown-id); TLP:RED", "TLP:AMBER+STRICT"),
    ]
    mended = mend(FAULTY, plan)
    assert lint(json.loads(mended), RULES, ON) == ()
    assert plan_of(mended).edits == ()
    assert b'"x_size": 1.5' in mended


def test_the_same_gives_the_same_bytes() -> None:
    assert plan_of(FAULTY).written() == plan_of(FAULTY).written()


def test_a_version_stays_unless_the_object_is_ours_and_a_new_one_is_asked_for() -> None:
    data = bundle(
        indicator(1, object_marking_refs=[AMBER_1], created_by_ref=OURS), indicator(2, object_marking_refs=[AMBER_1])
    )
    assert plan_of(data).foreign == 2
    moment = datetime(2026, 11, 1, 12, tzinfo=UTC)
    plan = plan_of(data, asked=replace(ASKED, new_version=moment, ours=frozenset({OURS})))
    made = json.loads(mend(data, plan))["objects"]
    assert [one["modified"] for one in made[:2]] == ["2026-11-01T12:00:00.000Z", "2024-01-01T00:00:00.000Z"]
    assert (plan.foreign, plan.new_version) == (1, "2026-11-01T12:00:00.000Z")
    early = replace(ASKED, new_version=datetime(2023, 1, 1, tzinfo=UTC), ours=frozenset({OURS}))
    with pytest.raises(SharingError) as caught:
        plan_of(data, asked=early)
    assert [one.code for one in caught.value.faults] == ["version-early"]


def test_a_definition_under_an_official_id_that_says_something_else_needs_a_rule() -> None:
    data = bundle(indicator(1, object_marking_refs=[AMBER]), tlp(AMBER, "green"))
    assert [one.code for one in plan_of(data).left] == ["tlp-disagrees"]
    rules = Rules(None, {AMBER: Meant(Tlp.AMBER, "asked")})
    plan = plan_of(data, rules, replace(ASKED, allow_opening=True))
    assert plan.ways()["opened"] == 1
    assert json.loads(mend(data, plan))["objects"][1] == tlp(AMBER, "amber")


def test_what_a_swap_closes_is_counted_as_closed() -> None:
    data = bundle(indicator(1, object_marking_refs=[AMBER]))
    plan = plan_of(data, Rules(None, {AMBER: Meant(Tlp.RED)}))
    assert plan.ways() == {"same": 0, "closed": 1, "first": 0, "opened": 0}


def test_a_value_that_cannot_be_written_exactly_is_told() -> None:
    data = bundle({**tlp(MISTAKEN, "amber"), "x": 2**60}, indicator(1, object_marking_refs=[AMBER]))
    with pytest.raises(UsageError) as caught:
        plan_of(data)
    assert caught.value.code == "plan-value"


MARKS = st.sampled_from([CLEAR_1, GREEN_1, AMBER_1, RED_1, GREEN, AMBER, STRICT, RED, UNOFFICIAL, MISTAKEN, "x", OURS])
SELECTORS = st.lists(
    st.sampled_from(["description", "modified", "x_list", "x_list.[0]", "nowhere", "a..b"]), min_size=1, max_size=2
)
PARTS = st.fixed_dictionaries({"marking_ref": MARKS, "selectors": SELECTORS})
KEYS = st.fixed_dictionaries(
    {"x_list": st.just([1, 2])},
    optional={
        "object_marking_refs": st.lists(MARKS, max_size=3),
        "granular_markings": st.lists(PARTS, max_size=3),
    },
)
DEFINITIONS = st.lists(
    st.builds(
        lambda make, mark, level: make(mark, level),
        st.sampled_from([tlp, tlp_1]),
        MARKS.filter(lambda mark: mark.startswith("marking")),
        st.sampled_from(["green", "amber", "amber+strict", "red"]),
    ),
    max_size=4,
)


@given(st.lists(KEYS, max_size=4), DEFINITIONS, st.booleans())
def test_without_leave_nothing_opens_and_a_second_plan_has_nothing_to_do(
    keys: list[dict[str, Any]], definitions: list[dict[str, Any]], first: bool
) -> None:
    data = bundle(*(indicator(number, **each) for number, each in enumerate(keys)), *definitions)
    plan = plan_of(data, Rules(Unmarked(Tlp.RED) if first else None))
    assert plan.ways()["opened"] == 0
    mended = mend(data, plan)
    again = plan_of(mended)
    assert (again.edits, again.ways()["same"]) == ((), sum(plan.ways().values()))
    before, after = pieces(data), pieces(mended)
    touched = {one.place for one in plan.edits}
    kept = [text for place, text in enumerate(before.texts) if place not in touched]
    assert [text for text in after.texts if text in kept] == kept
