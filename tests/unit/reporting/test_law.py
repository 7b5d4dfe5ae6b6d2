from __future__ import annotations

import io
from typing import Any

import pytest
from rich.cells import cell_len

from telvet.model.law import Pack
from telvet.reporting.law import write_list, write_pack
from tests.unit.packs.toy_law import ACME, CITES, ID, designation, pack, provision, rule

ROLE = {"operator.roles": {"has": "mno"}}


def listed(*packs: Pack, width: int = 100, colour: bool = False) -> str:
    out = io.StringIO()
    write_list(packs, width, colour, out)
    return out.getvalue()


def shown(law: Pack, *chosen: str) -> list[str]:
    out = io.StringIO()
    write_pack(law, chosen or [one.id for one in law.provisions], 500, out)
    return out.getvalue().splitlines()


def rule_lines(about: dict[str, Any], **head: Any) -> list[str]:
    lines = shown(pack(rule("rule", about), **head))
    begins = lines.index(f"  {ID}.rule: About rule")
    return [line.strip() for line in lines[begins : lines.index("", begins)]]


def test_the_list_has_each_pack_with_its_provisions() -> None:
    text = listed(pack(rule("b"), rule("a")), pack(id="xa.other", title="Another", force="policy"))
    for part in (ID, "binding", "2020-01-01", "A toy", "a, b", "xa.other", "policy", "Another"):
        assert part in text


def test_no_line_of_the_list_is_wider_than_the_console() -> None:
    long = pack(*[rule(f"a-rule-with-a-long-name-{number}") for number in range(9)], title="A long title " * 20)
    for width in (80, 120):
        assert max(cell_len(line) for line in listed(long, width=width).splitlines()) <= width


def test_the_list_is_coloured_only_when_asked() -> None:
    assert "\x1b" not in listed(pack())
    assert "\x1b" in listed(pack(), colour=True)


def test_brackets_in_a_title_are_shown_as_they_are_written() -> None:
    assert "An act [draft] of [/b] 2020" in listed(pack(title="An act [draft] of [/b] 2020"))


def test_a_pack_says_what_it_is_and_since_when() -> None:
    lines = shown(pack(to="2024-12-31", uncertain="Much is."))
    assert lines[:4] == [
        f"{ID}: A toy",
        "  XAA, binding, enacted 2020-01-01, ended 2024-12-31, version 2020.1.0",
        "  A toy.",
        "  uncertain: Much is.",
    ]


def test_a_pack_names_whom_it_designates_and_how_far() -> None:
    lines = shown(
        pack(
            designations=[
                designation(),
                designation("tenth", closure={"at least": "10 %"}, tests="supplied", to="2021-01-01"),
                designation("homes", home=["XAA", "XBB"], closure="control", uncertain="Which ones."),
            ]
        )
    )
    begins = lines.index("  Names:") + 1
    assert lines[begins : begins + 4] == [
        "    acme: acme, made, subsidiaries, from 2020-01-01",
        "    tenth: acme, supplied, at least 10 %, from 2020-01-01 to 2021-01-01",
        "    homes: makers controlled from XAA, XBB, made, control, from 2020-01-01",
        "      uncertain: Which ones.",
    ]


def test_a_pack_ends_with_its_sources() -> None:
    act = {"id": "act", "title": "Act", "issuer": "Parliament", "dated": "2019-06-01", "read": "secondary"}
    address = "https://example.org/act"
    lines = shown(pack(instruments=[act, {**act, "id": "order", "address": address}]))
    assert lines[-3:] == [
        "  Sources:",
        "    act: Act, Parliament, 2019-06-01 (secondary)",
        f"    order: Act, Parliament, 2019-06-01 (secondary), read at {address}",
    ]


def test_only_what_is_chosen_is_shown() -> None:
    text = "\n".join(shown(pack(rule("one"), rule("two")), f"{ID}.two"))
    assert f"{ID}.two: About two" in text
    assert f"{ID}.one" not in text


def test_a_provision_says_who_what_and_by_which_source() -> None:
    assert rule_lines({"binds": ROLE, "uncertain": "The day."}) == [
        f"{ID}.rule: About rule",
        "in short: In short, rule.",
        "force binding, about equipment, effect state use",
        "when: enacted 2020-01-01",
        "binds: all of",
        "operator.roles has mno",
        "applies: equipment.vendor designated acme",
        "cites act, section 1 (verified)",
        "uncertain: The day.",
    ]


def test_a_quotation_is_told_from_a_paraphrase() -> None:
    assert "quotes: The very words." in rule_lines({"text": {"quotation": "The very words."}})


def test_that_everyone_is_bound_is_said() -> None:
    assert "binds: everyone" in rule_lines({})


@pytest.mark.parametrize(
    ("about", "when"),
    [
        ({"from": "2020-06-01", "by": "2021-01-01", "to": "2022-01-01"}, ", from 2020-06-01, by 2021-01-01, to 2022-01-01"),
        ({"by": {"after": "equipment.procured_on", "years": 2}}, ", by 2 years after equipment.procured_on"),
        ({"from": {"after": "designation", "months": 1, "days": 3}}, ", from 1 month 3 days after designation"),
        ({"from": {"after": "designation", "days": 0}}, ", from the day of designation"),
        (
            {"by": "2021-01-01", "extensions": [{"id": "x", "granted": "2020-06-01", "to": "2022-01-01"}]},
            ", by 2021-01-01, extended to 2022-01-01 (granted 2020-06-01)",
        ),
    ],
)  # fmt: skip
def test_a_provision_says_from_when_by_when_and_until_when(about: dict[str, Any], when: str) -> None:
    assert f"when: enacted 2020-01-01{when}" in rule_lines(about)


def test_conditions_are_shown_as_trees() -> None:
    when = {"all": [ACME, {"any": [{"not": ROLE}, {"equipment.bands": {"between": [[700, 800]]}}]}]}
    lines = shown(pack(rule("rule", {"when": when})))
    begins = lines.index("    applies: all of")
    assert lines[begins + 1 : begins + 6] == [
        "      equipment.vendor designated acme",
        "      any of",
        "        not",
        "          operator.roles has mno",
        "        equipment.bands between 700 to 800",
    ]


def test_what_an_operator_uses_is_said_so() -> None:
    about = {"subject": "operator", "when": {"operator.uses": ACME}, "effect": {"bar": "award"}}
    lines = rule_lines(about)
    assert lines[lines.index("applies: the operator uses") + 1] == "equipment.vendor designated acme"
    assert "force binding, about operator, effect bar award" in lines


def test_a_share_says_of_what_among_what_and_how_much() -> None:
    share = {"of": ACME, "among": {"equipment.generation": {"is": "5G"}}, "by": ["sites", "traffic"], "at most": "33.3 %"}  # fmt: skip
    metrics = {"sites": {"count": "site", "mixed": "counts"}, "traffic": {"sum": "traffic"}}
    lines = rule_lines({"share": share, "by": "2023-07-31", "per": ["operator", "network"]}, metrics=metrics)
    for line in (
        "among: equipment.generation is 5G",
        "limits: equipment.vendor designated acme",
        "at most 33.3 % by sites, traffic per operator, network",
    ):
        assert line in lines


def test_what_excuses_is_said_with_its_days() -> None:
    about = {
        "except": [{"id": "support", "when": ROLE}],
        "waivers": [{"id": "w", "when": ROLE, "from": "2020-05-01", "to": "2020-06-01"}],
        "temporary licences": [{"id": "t", "when": ROLE, "to": "2020-06-01"}],
    }
    lines = rule_lines(about)
    assert "exception support: operator.roles has mno" in lines
    assert "waiver w, from 2020-05-01 to 2020-06-01: operator.roles has mno" in lines
    assert "temporary licence t, to 2020-06-01: operator.roles has mno" in lines


def test_every_citation_is_shown() -> None:
    cites = [*CITES, {"instrument": "act", "place": "section 2", "grade": "unverified"}]
    assert len(provision({"cites": cites}).cites) == 2
    assert [line for line in rule_lines({"cites": cites}) if line.startswith("cites")] == [
        "cites act, section 1 (verified)",
        "cites act, section 2 (unverified)",
    ]


def test_a_pack_fits_its_console() -> None:
    out = io.StringIO()
    write_pack(pack(about="word " * 100), (), 80, out)
    assert max(map(len, out.getvalue().splitlines())) <= 80
