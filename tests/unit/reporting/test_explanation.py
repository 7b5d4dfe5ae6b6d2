from __future__ import annotations

import io
from typing import Any

from rich.cells import cell_len

from telvet.assessment.explanation import Exhibit, exhibits
from telvet.assessment.findings import Findings
from telvet.reporting.explanation import write
from tests.unit.assessment.toy_world import FILE, Cells, judgement, knowledge, row
from tests.unit.packs.toy_law import ACME, ID, pack, rule

CORE = {"equipment.function": {"is": "core.auth"}}
ROLE = {"operator.roles": {"has": "mno"}}


def exhibited(*given: Cells, rules: tuple[dict[str, Any], ...] = (), **about: Any) -> list[Exhibit]:
    backend, judged = judgement(knowledge(pack(*rules, **about)), *given)
    return list(exhibits(Findings(backend, judged, {FILE: {"manufacturer": "Vendor"}}, (FILE,)), "e1"))


def text(found: list[Exhibit], titles: dict[str, str] | None = None, width: int = 100, *, colour: bool = False) -> str:
    out = io.StringIO()
    write(found, titles or {}, width, colour, out)
    return out.getvalue()


def lines(*given: Cells, rules: tuple[dict[str, Any], ...] = (), **about: Any) -> list[str]:
    return text(exhibited(*given, rules=rules, **about)).splitlines()


def test_it_begins_with_the_element_and_whose_it_is() -> None:
    assert lines(row("e1"))[:2] == [
        f"e1 of north, {FILE} record 2",
        f"whose: acme (legal alias; {FILE} record 2 Vendor)",
    ]


def test_an_element_of_nobody_known_is_said_to_be_so() -> None:
    first, second = lines(row("e1", manufacturer=None, operator=None))[:2]
    assert first == f"e1 of no operator, {FILE} record 2"
    assert second.startswith("whose: not known (no evidence; ")


def test_what_touches_it_says_how_and_on_which_facts() -> None:
    told = lines(row("e1", function="core.auth"), rules=(rule("rule", {"when": {"all": [ACME, CORE]}, "binds": ROLE}),))
    begins = told.index(f"{ID}.rule: contravention")
    assert told[begins + 1 :] == [
        "  About rule",
        "  yes binds: all of",
        "    yes operator.roles has mno",
        "  yes when: all of",
        "    yes equipment.vendor designated acme",
        "    yes equipment.function is core.auth",
        "  yes in use",
        "      operator.roles = mno  [operators north roles]",
        f"      equipment.vendor = acme  [{FILE} record 2 Vendor]",
        f"      equipment.function = core.auth  [{FILE} record 2 function]",
        f"      equipment.lifecycle = live  [{FILE} record 2 lifecycle]",
        "  cites act, section 1 (verified)",
    ]


def test_a_title_that_is_given_stands_in_place_of_the_provisions_own() -> None:
    told = text(exhibited(row("e1")), {f"{ID}.rule": "Another title"})
    assert "  Another title\n" in told
    assert "About rule" not in told


def test_an_unknown_says_what_would_settle_it() -> None:
    told = lines(row("e1", manufacturer=None), rules=(rule("rule", {"when": {"all": [ACME, CORE]}}),))
    assert f"{ID}.rule: unknown" in told
    assert "  would be settled by: equipment.vendor, equipment.function" in told
    assert "    ?   equipment.vendor designated acme" in told


def test_a_deadline_is_told_beside_the_status() -> None:
    assert f"{ID}.rule: due by 2022-01-01" in lines(row("e1"), rules=(rule("rule", {"by": "2022-01-01"}),))


def test_a_policy_is_departed_from() -> None:
    assert f"{ID}.rule: departs from policy" in lines(row("e1"), force="policy")


def test_what_could_excuse_is_told_with_its_tree() -> None:
    support = {"except": [{"id": "support", "when": {"equipment.tags": {"has": "support"}}}]}
    told = lines(row("e1"), rules=(rule("rule", support),))
    assert "  ?   exception support: equipment.tags has support" in told
    assert "  could be excused by: equipment.tags" in told


def test_the_strongest_status_comes_first_whatever_its_name() -> None:
    rules = (
        rule("a", {"effect": "consider"}),
        rule("b", {"effect": {"bar": "award"}}),
        rule("c"),
        rule("d", {"when": {"all": [ACME, CORE]}}),
        rule("e", {"by": "2022-01-01"}),
    )
    told = [line for line in lines(row("e1"), rules=rules) if line.startswith(f"{ID}.")]
    assert [line.partition(": ")[0][-1] for line in told] == ["c", "b", "e", "d", "a"]


def test_what_does_not_touch_it_comes_last_with_the_facts_that_decide() -> None:
    rules = (
        rule("bound", {"binds": {"operator.roles": {"has": "isp"}}}),
        rule("other", {"when": {"all": [ACME, CORE]}}),
        rule("rule"),
    )
    told = lines(row("e1", function="li"), rules=rules)
    begins = told.index("Does not touch it")
    assert told[begins + 1 :] == [
        f"  {ID}.bound: not operator.roles has isp (it is mno)",
        f"  {ID}.other: not equipment.function is core.auth (it is li)",
    ]
    assert told.index(f"{ID}.rule: contravention") < begins


def test_of_many_facts_that_decide_two_are_told() -> None:
    when = {"all": [{"equipment.region": {"is": name}} for name in ("a", "b", "c")]}
    told = lines(row("e1", region="z"), rules=(rule("rule", {"when": when}),))
    assert told[-1] == f"  {ID}.rule: not equipment.region is a (it is z); not equipment.region is b (it is z)"


def test_what_a_negation_rules_out_is_told_as_the_fact_that_did() -> None:
    told = lines(row("e1", function="core.auth"), rules=(rule("rule", {"when": {"all": [ACME, {"not": CORE}]}}),))
    assert f"  {ID}.rule: equipment.function is core.auth (it is core.auth)" in told


def test_kit_that_is_not_in_use_is_said_to_be_so() -> None:
    assert f"  {ID}.rule: it is not in use" in lines(row("e1", lifecycle="stock"))


def test_kit_that_is_not_there_any_more_is_said_to_be_so() -> None:
    told = lines(row("e1", lifecycle="removed"), rules=(rule("rule", {"effect": {"bar": "award"}}),))
    assert f"  {ID}.rule: it is not there any more" in told


def test_an_event_that_has_not_happened_is_said_to_be_so() -> None:
    rules = (rule("rule", {"effect": {"prohibit": "install"}}),)
    assert f"  {ID}.rule: what it forbids has not happened" in lines(row("e1", installed_on="2019"), rules=rules)


def test_a_share_says_whether_the_element_counts() -> None:
    share = {"of": ACME, "among": CORE, "by": ["sites"], "at most": "35 %"}
    rules, metrics = (
        (rule("rule", {"share": share, "by": "2023-07-31"}),),
        {"sites": {"count": "site", "mixed": "counts"}},
    )
    told = lines(row("e1", function="core.auth"), rules=rules, metrics=metrics)
    assert f"{ID}.rule: counts in a share of the network" in told
    assert "  yes counts against the limit: equipment.vendor designated acme" in told
    for cells, why in (
        ({"function": "li"}, "not equipment.function is core.auth (it is li)"),
        ({"function": "core.auth", "lifecycle": "stock"}, "it is not in use"),
    ):
        assert f"  {ID}.rule: {why}" in lines(row("e1", **cells), rules=rules, metrics=metrics)


def test_an_element_of_an_operator_that_is_not_bound_counts_in_no_share() -> None:
    share = {"of": ACME, "among": CORE, "by": ["sites"], "at most": "35 %"}
    about = {"share": share, "by": "2023-07-31", "binds": {"operator.roles": {"has": "isp"}}}
    metrics = {"sites": {"count": "site", "mixed": "counts"}}
    told = lines(row("e1", function="core.auth"), rules=(rule("rule", about),), metrics=metrics)
    assert f"  {ID}.rule: not operator.roles has isp (it is mno)" in told


def test_every_row_of_an_element_is_told() -> None:
    told = lines(row("e1"), row("e2"), row("e1", operator="south"))
    assert [line for line in told if line.startswith("e1 of")] == [
        f"e1 of north, {FILE} record 2",
        f"e1 of south, {FILE} record 4",
    ]


def test_brackets_in_a_cell_are_shown_as_they_are_written() -> None:
    assert "whose: [red]Nobody[/red] (" in text(exhibited(row("e1", manufacturer="[red]Nobody[/red]")))


def test_colour_only_when_asked_and_no_line_wider_than_the_console() -> None:
    found = exhibited(row("e1", manufacturer="A maker of a very long name " * 9))
    assert "\x1b" not in text(found)
    assert "\x1b" in text(found, colour=True)
    assert max(cell_len(line) for line in text(found, width=60).splitlines()) <= 60


def test_nothing_is_written_of_an_element_that_is_not_there() -> None:
    assert text([]) == ""
