"""The record of what is to be weighed before an arrangement is signed. The day of judgement is 2021-06-15."""

from __future__ import annotations

from typing import Any

import pytest

from telvet.catalog.law_coverage import Covered
from telvet.model.facts import Stated
from telvet.model.finding import Because
from telvet.model.status import Grade
from tests.unit.assessment.toy_world import FILE, Cells, findings, knowledge, row
from tests.unit.packs.toy_law import CITES, ID, designation, pack, rule

HOMES = designation("homes", home=["XAA"], tests="supplied", closure="control")
RULE = {
    "subject": "arrangement", "when": {"not": {"partner.country": {"is": "XAA"}}}, "effect": "consider",
    "weigh": {"equipment.vendor": {"designated": "homes"}},
}  # fmt: skip
PARTNERS = {"far": {"partner": "far", "country": "XBB"}}
PACT = {"pact": {"arrangement": "pact", "partner": "far", "signed_on": "2021-06-15"}}
DECIDED = 2
"""The partner's country and the day of the signature come first."""


def asserted(name: str = "a", /, **cells: str) -> dict[str, str]:
    plain = {"id": name, "country": "XBB", "metric": "sites", "source": "a survey", "dated": "2021", "by": "Kim"}
    return {key: cell for key, cell in {**plain, **cells}.items() if cell}


def told(*given: Cells, about: Any = RULE, **known: Any) -> tuple[Because, ...]:
    world = {"partners": PARTNERS, "arrangements": PACT, **known}
    (one,) = findings(knowledge(pack(rule("rule", about), designations=[HOMES]), **world), *given)
    return one.because[DECIDED:]


def test_an_assertion_is_told_whole_with_who_signed_it() -> None:
    cells = {
        "supplier": "Acme Ltd", "supplier_country": "XAA", "domain": "telecommunications", "low": "20", "high": "45",
        "recorded": "2021-05-01", "origin_file": "s.csv",
    }  # fmt: skip
    assert told(assertions=(asserted(**cells),)) == (
        Because(
            "assertion", "sites, 20 % to 45 %, Acme Ltd (XAA), telecommunications, XBB",
            "s.csv a: a survey, 2021; entered by Kim on 2021-05-01",
        ),
    )  # fmt: skip
    (short,) = told(assertions=(asserted(high="5"),))
    assert short == Because("assertion", "sites, 0 % to 5 %, XBB", "assertions a: a survey, 2021; entered by Kim")


@pytest.mark.parametrize(
    ("cells", "listed"),
    [
        ({}, True),
        ({"country": "XCC"}, False),
        ({"country": "", "region": "XU"}, False),
        ({"country": "", "region": "the coast"}, False),
        ({"country": "XCC", "arrangement": "pact"}, True),
        ({"country": "", "region": "the coast", "arrangement": "pact"}, True),
        ({"arrangement": "another"}, False),
        ({"dated": "2021-06-15"}, True),
        ({"dated": "2021-06-16"}, False),
        ({"dated": "2021-06"}, True),
    ],
)
def test_an_assertion_is_listed_where_it_is_about_the_arrangement_or_its_partners_country(
    cells: dict[str, str], listed: bool
) -> None:
    assert bool(told(assertions=(asserted(**cells),))) is listed


def test_what_is_said_of_a_union_counts_for_its_members() -> None:
    of_union = asserted(country="", region="XU")
    members = {"far": {"partner": "far", "country": "XAA"}}
    about = {**RULE, "when": {"partner.country": {"member of": "XU"}}}
    given = (row("a", country="XAA"), row("b", country="XBB", manufacturer="Borea AG"))
    found = told(*given, about=about, partners=members, assertions=(of_union,))
    assert list(dict.fromkeys(one.fact for one in found))[:3] == ["assertion", "share in XAA", "share in XU"]


def test_the_inventory_gives_an_interval_for_all_elements_and_for_those_of_security() -> None:
    given = (
        row("a", country="XBB"),
        row("b", country="XBB", manufacturer="Borea AG", function="sec"),
        row("c", country="XBB", manufacturer=None, function="ran.radio"),
        row("d", country="XCC"),
        row("e", country="XBB", lifecycle="planned"),
    )
    shares = [one for one in told(*given) if one.fact == "share in XBB"]
    assert [(one.value, one.origin) for one in shares] == [
        (
            f"33.33 % to 66.67 % of elements, by what {ID}.rule weighs",
            "the inventory, of which 3 may be in use in XBB",
        ),
        (
            f"0.00 % to 50.00 % of elements with the function sec, by what {ID}.rule weighs",
            "the inventory, of which 2 may be in use in XBB",
        ),
    ]


def test_inventory_law_and_press_are_listed_side_by_side_and_none_wins() -> None:
    found = told(
        row("a", country="XBB", generation="5G"),
        coverage=(Covered("XBB", None, None, Grade.SECONDARY, "a gazette", 3),),
        overlays=[{"kind": "deploys", "subject": "XBB", "text": "-acme/5G"}],
        positions={("XBB", "acme"): Stated("banned", "statement 6")},
        stated_deploys={("XBB", "acme", None): "statement 7"},
        assertions=(asserted(supplier="Acme Ltd", high="0"),),
    )
    of_vendor = [
        (one.fact.rpartition(".")[2], one.value, one.origin) for one in found if one.fact.startswith("partner")
    ]
    assert of_vendor == [
        ("permits", "acme in every generation", "catalog/places/law_coverage.csv record 3: a gazette"),
        ("deploys", "acme;acme/5G", f"1 element in use, the first {FILE} record 2"),
        ("deploys", "acme", "statement 7"),
        ("deploys", "-acme/5G", "overlay XBB"),
        ("position", "acme=banned", "statement 6"),
    ]
    assert found[0].fact == "assertion"


def test_a_vendor_that_is_not_to_be_weighed_is_left_out() -> None:
    positions = {("XBB", "borea"): Stated("banned", "x"), ("XBB", "ceres"): Stated("banned", "y")}
    found = told(positions=positions)
    assert [one.value for one in found] == ["ceres=banned"]  # nobody knows whose Ceres is


def test_a_law_that_has_nothing_weighed_has_no_record() -> None:
    assert told(about={key: part for key, part in RULE.items() if key != "weigh"}, assertions=(asserted(),)) == ()


def test_what_is_excused_has_no_record() -> None:
    excused = [{"id": "e", "when": {"partner.country": {"is": "XBB"}}, "cites": CITES}]
    (one,) = findings(
        knowledge(
            pack(rule("rule", {**RULE, "except": excused}), designations=[HOMES]),
            partners=PARTNERS, arrangements=PACT, assertions=(asserted(),),
        )
    )  # fmt: skip
    assert [reason.fact for reason in one.because] == ["partner.country", "arrangement.signed_on"]


def test_what_is_weighed_decides_nothing() -> None:
    world: dict[str, Any] = {"partners": PARTNERS, "arrangements": PACT}
    law = pack(rule("rule", RULE), designations=[HOMES])
    bare = findings(knowledge(law, **world))
    full = findings(knowledge(law, **world, assertions=(asserted(high="0"),)), row("a", country="XBB"))
    assert [(one.status, one.grade) for one in bare] == [(one.status, one.grade) for one in full]
