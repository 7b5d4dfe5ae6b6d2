from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest

from telvet.model.sharing import Decision, Effect, Reason
from telvet.reporting.decision_page import Page, write_json, write_table
from tests.unit.reporting.sharing_sample import CONTROL, PERMIT, REFER, WITHHOLD, a_gate, a_thing, outcome


def page(decision: Decision, released: Decision | None = None, *acts: str, name: str = "A tool") -> Page:
    return Page(a_gate(), a_thing(1, name=name), decision, outcome(released or decision, *acts))


def table(*pages: Page, width: int = 100, colour: bool = False) -> str:
    out = io.StringIO()
    write_table(pages, width, colour, out)
    return out.getvalue()


def test_what_may_go_and_what_lets_it_go_stand_apart() -> None:
    shown = table(page(PERMIT, PERMIT, "standing authority S"))
    assert "may it go? permit, under A" in shown
    assert "does it?   permit: standing authority S" in shown
    assert "What would change it" not in shown
    assert "keep it [a letter]" in shown
    assert "does it?   permit: with what it marks" in table(page(PERMIT))
    assert "does it?   refer: nobody's act lets it go" in table(page(PERMIT, REFER))


def test_reasons_that_stand_in_the_way_come_before_those_that_do_not() -> None:
    shown = table(page(REFER))
    stops, others = shown.index("Stands in the way"), shown.index("Looked at, and does not")
    assert stops < shown.index("its country is not known") < others < shown.index("it is too high")
    assert "excused by waiver W" in shown
    assert "[clause 4]" in shown
    assert "unless fact partner.country" in shown


def test_what_would_change_it_is_told_or_that_nothing_does() -> None:
    assert "waiver of law" in table(page(WITHHOLD)).partition("What would change it")[2]
    hopeless = replace(WITHHOLD, unless=())
    assert "nothing that telvet knows of" in table(page(hopeless))


def test_a_scenario_is_stamped() -> None:
    assert "Not law: a scenario was asked for: toy.rule." in table(page(WITHHOLD))
    assert "Not law" not in table(page(REFER))


def test_of_many_references_few_are_shown_and_all_are_counted() -> None:
    reasons = [Reason("references", Effect.REFER, f"it names {number}") for number in range(100)]
    shown = table(page(replace(REFER, reasons=(REFER.reasons[0], *reasons))))
    assert "it names 3; and 96 more that stay" in shown
    assert "it names 4" not in shown
    assert "its country is not known" in shown


def test_json_has_both_and_what_they_rest_on() -> None:
    out = io.StringIO()
    write_json([page(PERMIT, REFER), page(WITHHOLD)], out)
    first, second = json.loads(out.getvalue())
    assert (first["effect"], first["release"]["effect"], second["effect"]) == ("permit", "refer", "withhold")
    assert first["about"]["as_of"] == "2024-06-01"
    assert second["scenario"] == ["toy.rule"]


@pytest.mark.parametrize("width", [80, 120])
def test_a_page_fits_and_nothing_steers_the_terminal(width: int) -> None:
    odd = replace(
        REFER, reasons=(Reason(CONTROL, Effect.REFER, CONTROL + "x " * 200, (CONTROL,)),), arrangement=CONTROL
    )
    shown = table(page(odd, name=CONTROL), page(PERMIT), width=width)
    assert all(len(text) <= width for text in shown.splitlines())
    assert not {"\x1b", "\u202e"} & set(shown)
    assert "\x1b[" in table(page(PERMIT), colour=True)
