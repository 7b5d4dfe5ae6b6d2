from __future__ import annotations

import io
import json
from collections.abc import Mapping

import pytest

from telvet.model.sharing import Decision, Effect, Reason
from telvet.reporting.what_if import write_jsonl, write_table
from telvet.sharing.lawful.changes import Changes, what_changes
from tests.unit.reporting.sharing_sample import CONTROL, PERMIT, REDACT, REFER, WITHHOLD, a_gate, a_thing

NAMES = [f"{a_thing(number).id} 2024-03-01T00:00:00Z" for number in range(6)]
BEFORE = dict(zip(NAMES, (PERMIT, WITHHOLD, PERMIT, REFER, PERMIT, PERMIT), strict=True))
AFTER = dict(zip(NAMES, (WITHHOLD, PERMIT, REFER, WITHHOLD, REDACT, PERMIT), strict=True))


def changed(before: Mapping[str, Decision] = BEFORE, after: Mapping[str, Decision] = AFTER) -> Changes:
    return what_changes(before, after)


def table(changes: Changes, *, scenario: bool = False, width: int = 100, otherwise: tuple[str, ...] = ()) -> str:
    out = io.StringIO()
    write_table(a_gate(), a_gate(scenario=scenario), changes, width, False, out, otherwise)
    return out.getvalue()


def test_each_change_has_its_list_and_the_rest_is_counted() -> None:
    shown = table(changed(), otherwise=("without A",))
    for title in (
        "would go: 1", "would go no longer: 2", "would wait for a person: 1",
        "would be withheld in place of waiting: 1", "would go otherwise: 1", "1 object as before.",
    ):  # fmt: skip
        assert title in shown
    assert "then: p (XBB) on 2024-06-01; no law about partners applies; without A\n" in shown
    assert "then: law toy.rule: toy.rule bars it [toy, clause 1]" in shown
    assert "no longer: law toy.rule: toy.rule bars it" in shown


def test_where_nothing_differs_that_is_said() -> None:
    shown = table(changed(after=BEFORE))
    assert "Nothing would change." in shown
    assert "6 objects as before." in shown


def test_a_scenario_on_either_side_is_stamped() -> None:
    assert "Not law: a scenario was asked for." in table(changed(), scenario=True)
    assert "Not law" not in table(changed())


@pytest.mark.parametrize("width", [80, 120])
def test_a_table_fits_and_many_groups_are_counted(width: int) -> None:
    many = {
        name: Decision(Effect.WITHHOLD, (Reason("marks", Effect.WITHHOLD, f"{CONTROL} {name} " + "x " * 60),))
        for name in (f"tool--{number} 1" for number in range(20))
    }
    shown = table(changed(dict.fromkeys(many, PERMIT), many), width=width)
    assert all(len(text) <= width for text in shown.splitlines())
    assert "and 14 objects in 14 more groups" in shown
    assert not {"\x1b", "\u202e"} & set(shown)


def test_a_line_has_both_sides_and_what_made_the_difference() -> None:
    out = io.StringIO()
    write_jsonl(changed(), out)
    told = [json.loads(text) for text in out.getvalue().splitlines()]
    assert [each["change"] for each in told] == ["leaves", "stays", "stays", "queued", "refused", "altered"]
    assert told[0] == {
        "change": "leaves",
        "object": a_thing(1).id,
        "version": "2024-03-01T00:00:00Z",
        "before": "withhold",
        "after": "permit",
        "added": [],
        "lifted": [{"rule": "law toy.rule", "because": "toy.rule bars it"}],
    }
