from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import replace

import pytest

from telvet.model.sharing import Decision, Effect, Reason
from telvet.reporting.decisions import counts, decision_object, facts_of, said_of, summary, write_jsonl, write_table
from telvet.reporting.screen import Grid
from telvet.sharing.objects.thing import Thing
from tests.unit.reporting.sharing_sample import (
    CONTROL,
    PERMIT,
    REDACT,
    REFER,
    WITHHOLD,
    a_gate,
    a_thing,
    outcome,
)

DECIDED = [(a_thing(1), PERMIT), (a_thing(2), REDACT), (a_thing(3), REFER), (a_thing(4, "malware"), WITHHOLD)]


def table(decided: Sequence[tuple[Thing, Decision]] = DECIDED, width: int = 100, *, colour: bool = False) -> str:
    out = io.StringIO()
    write_table(a_gate(), decided, width, colour, out)
    return out.getvalue()


def test_a_line_has_all_that_was_said() -> None:
    told = decision_object(a_thing(3), REFER, ("approval of Ann",))
    assert (told["object"], told["type"], told["effect"]) == (a_thing(3).id, "tool", "refer")
    assert told["reasons"] == [
        {
            "rule": "partner",
            "cites": [],
            "because": "its country is not known",
            "effect": "refer",
            "counts": True,
            "unless": ["fact partner.country"],
        },
        {
            "rule": "tlp-cap",
            "cites": ["clause 4"],
            "because": "it is too high",
            "effect": "withhold",
            "counts": False,
            "excused_by": "waiver W",
        },
    ]
    assert (told["unless"], told["leaves_by"], told["arrangement"]) == (
        [["fact partner.country"]],
        ["approval of Ann"],
        "A",
    )
    assert decision_object(a_thing(1), PERMIT)["obligations"] == [
        {"rule": "onward", "what": "keep it", "cites": ["a letter"]},
        {"rule": "tlp", "what": "observe TLP:GREEN", "cites": []},
    ]
    assert decision_object(a_thing(2), REDACT)["redacted"] == ["x"]


def test_only_a_scenario_is_stamped() -> None:
    told = [decision_object(*one) for one in DECIDED]
    assert [each.get("stamp") for each in told] == [None, None, None, "not law: a scenario was asked for"]
    assert told[3]["scenario"] == ["toy.rule"]
    assert "Not law: a scenario was asked for." in table()
    assert "Not law" not in table(DECIDED[:3])


def test_lines_come_in_the_order_of_the_file_and_of_acts_where_there_are_any() -> None:
    out = io.StringIO()
    write_jsonl([DECIDED[3], (a_thing(1), outcome(PERMIT, "standing authority S"))], out)
    told = [json.loads(text) for text in out.getvalue().splitlines()]
    assert [each["object"] for each in told] == [a_thing(4, "malware").id, a_thing(1).id]
    assert [each["leaves_by"] for each in told] == [[], ["standing authority S"]]


@pytest.mark.parametrize("width", [80, 100, 120])
def test_a_table_fits_and_leaves_no_group_out(width: int) -> None:
    shown = table(width=width)
    assert all(len(text) <= width for text in shown.splitlines())
    for effect in Effect:
        assert f"{effect.value}: 1" in shown
    assert "obliges: keep it" in shown
    assert "unless: fact partner.country" in shown
    assert "Decision support, not legal advice." in shown


def test_what_was_decided_alike_is_one_group_and_many_groups_are_counted() -> None:
    alike = [(a_thing(number), REFER) for number in range(500)]
    shown = table(alike)
    assert "500 tool" in shown
    assert len(shown.splitlines()) < 30
    many = [
        (a_thing(number), replace(WITHHOLD, reasons=(Reason("marks", Effect.WITHHOLD, f"reason {number}"),)))
        for number in range(20)
    ]
    assert "and 12 objects in 12 more groups" in table(many)


def test_nothing_decided_is_a_table_too() -> None:
    shown = table([])
    assert "0 objects for p (XBB) on 2024-06-01; no law about partners applies" in shown
    assert "telvet share release" not in shown


def test_colour_is_only_where_it_is_asked_for_and_nothing_steers_the_terminal() -> None:
    odd = replace(REFER, reasons=(Reason("partner", Effect.REFER, CONTROL, (CONTROL,)),), unless=((CONTROL,),))
    assert not {"\x1b", "\u202e"} & set(table([(a_thing(1, CONTROL), odd)]))
    assert "\x1b[" in table(colour=True)


def test_references_and_releases_are_counted_and_not_listed() -> None:
    assert said_of(Reason("references", Effect.REFER, "it names x")) == "references: it names what stays"
    assert said_of(Reason("a", Effect.REFER, "b", ("c", "d"))) == "a: b [c; d]"
    few = [f"release of tool--{number}" for number in range(2)]
    assert facts_of(["fact x", *few]) == f"fact x and {few[0]} and {few[1]}"
    assert facts_of([f"release of {number}" for number in range(1500)]) == "release of 1,500 objects that it names"


def test_a_summary_names_the_law_that_was_asked() -> None:
    assert summary(a_gate(scenario=True)) == "p (XBB) on 2024-06-01; toy.rule"
    assert summary(a_gate("q")) == "q on 2024-06-01; no law about partners applies"


def test_every_effect_has_a_bar() -> None:
    (grid,) = counts([Effect.PERMIT] * 3)
    assert isinstance(grid, Grid)
    assert [row[1].spans[0][0] for row in grid.rows] == ["3", "0", "0", "0"]
