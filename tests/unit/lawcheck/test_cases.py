from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from telvet.catalog.law_coverage import Covered
from telvet.errors import PackError
from telvet.lawcheck.cases import CaseResult, run_cases
from telvet.model.law import Pack
from telvet.model.status import Grade, Status
from tests.unit.assessment.toy_register import PLACES, toy_register
from tests.unit.packs.toy_law import ACME, ID, case, pack, rule

CORE = {"all": [ACME, {"equipment.function": {"is": "core.auth"}}]}
PERMITS = {"partner.country.permits": {"permits": {"vendor": "acme", "generation": "5G"}}}
ABROAD = rule("rule", {"subject": "partner", "when": PERMITS, "effect": {"bar": "release"}})


def run(*cases: Mapping[str, Any], law: Pack | None = None, name: str = "rule") -> list[CaseResult]:
    made = law or pack()
    return run_cases((made,), made, {name: cases}, toy_register(), PLACES)


def differences(*cases: Mapping[str, Any], law: Pack | None = None) -> list[str]:
    return [difference for result in run(*cases, law=law) for difference in result.differences]


def test_a_case_that_comes_out_as_expected_differs_in_nothing() -> None:
    (result,) = run(case("the first day"))
    assert result == CaseResult(
        ID, "rule", "the first day", "2021-01-01", (), ((f"{ID}.rule", Status.CONTRAVENTION),)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("maker", "status"),
    [("Acme Ltd", "contravention"), ("Borea AG", "clear"), ("Nobody Inc", "unknown"), (None, "unknown")],
)
def test_a_case_is_judged_as_an_inventory_is(maker: str | None, status: str) -> None:
    assert differences(case(equipment={"manufacturer": maker}, expect={"rule": status})) == []


def test_a_difference_says_what_was_expected_and_what_came_out_and_what_is_missing() -> None:
    assert differences(case(equipment={}, expect={"rule": "clear"})) == [
        "rule: expected clear, got unknown (missing equipment.vendor)"
    ]


def test_every_difference_of_a_case_is_told() -> None:
    law = pack(rule("rule", {"when": CORE}), rule("other", {"effect": {"bar": "award"}}))
    expect = {"rule": "clear", "other": "clear", "third": "due", "missing": ["equipment.vendor"], "by": "2022-01-01"}
    assert differences(case(expect=expect), law=law) == [
        "rule: expected clear, got unknown (missing equipment.function)",
        "other: expected clear, got barred",
        "third: the pack has no such provision",
        "missing: expected ['equipment.vendor'], got ['equipment.function']",
        "by: expected 2022-01-01, got None",
    ]


def test_what_is_missing_must_come_in_its_order() -> None:
    law = pack(rule("rule", {"when": CORE}))
    right = ["equipment.vendor", "equipment.function"]
    assert differences(case(equipment={}, expect={"rule": "unknown", "missing": right}), law=law) == []
    assert differences(case(equipment={}, expect={"rule": "unknown", "missing": right[::-1]}), law=law)


def test_the_deadline_and_what_could_excuse_are_compared_too() -> None:
    law = pack(
        rule("rule", {"by": "2022-12-31", "except": [{"id": "e", "when": {"equipment.tags": {"has": "support"}}}]})
    )
    expect = {"rule": "due", "by": "2022-12-31", "unless": ["equipment.tags"]}
    assert differences(case(expect=expect), law=law) == []
    assert differences(case(expect={**expect, "unless": []}), law=law) == [
        "unless: expected [], got ['equipment.tags']"
    ]


@pytest.mark.parametrize(
    ("day", "status"), [("2019-12-31", "clear"), ("2020-01-01", "due"), ("2020-12-31", "due"), ("2021-01-01", "contravention")]
)  # fmt: skip
def test_the_day_of_a_case_is_the_day_of_judgement(day: str, status: str) -> None:
    law = pack(rule("rule", {"by": "2020-12-31"}))
    assert differences(case(as_of=day, expect={"rule": status}), law=law) == []


def test_a_provision_without_a_finding_is_clear() -> None:
    assert run(case(equipment={"manufacturer": "Borea AG"}))[0].statuses == ((f"{ID}.rule", Status.CLEAR),)


def test_of_several_elements_the_strongest_status_counts() -> None:
    several = [{"manufacturer": "Borea AG"}, {}, {"manufacturer": "Acme Ltd"}]
    assert differences(case(equipment=several)) == []
    assert differences(case(equipment=several[:2], expect={"rule": "unknown"})) == []


def test_a_case_takes_from_an_earlier_one_what_it_does_not_say() -> None:
    law = pack(rule("rule", {"when": CORE, "binds": {"operator.roles": {"has": "mno"}}}))
    first = case("first", operator={"roles": ["mno"]}, equipment={"manufacturer": "Acme Ltd", "function": "core.auth"})
    changed = {
        "name": "another operator",
        "same as": "first",
        "operator": {"roles": ["isp"]},
        "expect": {"rule": "clear"},
    }
    emptied = {
        "name": "nothing said of its function",
        "same as": "first",
        "equipment": {"function": None},
        "expect": {"rule": "unknown", "missing": ["equipment.function"]},
    }
    chained = {
        "name": "from the one that took from the first",
        "same as": "nothing said of its function",
        "equipment": {"function": "li"},
        "expect": {"rule": "clear"},
    }
    assert differences(first, *[{"as of": "2021-01-01", **one} for one in (changed, emptied, chained)], law=law) == []


def test_a_list_of_elements_replaces_what_an_earlier_case_had() -> None:
    later = case("later", same_as="first", equipment=[{"manufacturer": "Borea AG"}], expect={"rule": "clear"})
    assert differences(case("first"), later) == []


def test_cells_are_read_as_an_inventorys_are() -> None:
    law = pack(rule("rule", {"when": {"all": [ACME, {"equipment.function": {"is": "core.auth"}}]}}))
    as_written = {"manufacturer": "ACME  ltd.", "function": ["core.auth", "-li"]}
    assert differences(case(equipment=as_written), law=law) == []


def test_an_operator_is_known_only_where_the_case_says_so() -> None:
    law = pack(rule("rule", {"binds": {"operator.country": {"is": "XAA"}}}))
    assert differences(case(expect={"rule": "unknown", "missing": ["operator.country"]}), law=law) == []


def test_an_overlay_excuses_the_operator_of_a_case() -> None:
    waiver = {"kind": "waiver", "subject": "case", "provision": f"{ID}.rule", "from": "2021-01-01", "to": "2021-01-31"}
    for day, status in [("2020-12-31", "contravention"), ("2021-01-01", "waived"), ("2021-02-01", "contravention")]:
        assert differences(case(as_of=day, overlays=[waiver], expect={"rule": status})) == []


def test_a_case_about_a_partner_says_what_its_country_permits() -> None:
    for permits, status in [(["acme/5G"], "barred"), (["-acme/5G"], "clear"), ([], "unknown"), (["acme/4G"], "unknown")]:  # fmt: skip
        about = {"name": "a", "as of": "2021-01-01", "partner": {"country": "XBB", "permits": permits}}
        assert differences({**about, "expect": {"rule": status}}, law=pack(ABROAD)) == []


def test_the_provisions_of_other_packs_do_not_speak_in_a_case() -> None:
    mine, theirs = pack(), pack(rule("rule", {"effect": {"bar": "award"}}), id="xa.other")
    (result,) = run_cases((mine, theirs), mine, {"rule": [case()]}, toy_register(), PLACES)
    assert result.differences == ()


def test_all_faults_of_all_cases_are_listed_at_once() -> None:
    law = pack(rule("rule"), rule("other"))
    faulty = {
        "rule": [
            case("one", equipment={"colour": "red", "function": "core.nothing", "installed_on": "soon"}),
            case("two", same_as="nowhere"),
            case("three", operator={"roles": "king"}),
            case("four"),
        ],
        "other": [case("five", overlays=[{"kind": "waiver"}, {"kind": "attestation", "subject": "case", "text": "x"}])],
    }
    with pytest.raises(PackError) as caught:
        run_cases((law,), law, faulty, toy_register(), PLACES)
    faults = caught.value.faults
    assert {(fault.file, fault.code) for fault in faults} == {
        (f"{ID} cases/rule.yaml", "case-cell"),
        (f"{ID} cases/other.yaml", "case-cell"),
    }
    assert [fault.field for fault in faults] == ["one", "one", "one", "two", "three", "five", "five"]
    said = " ".join(fault.what for fault in faults)
    for part in ("no column 'colour'", "equipment.function", "equipment.installed_on", "'nowhere'", "operators.roles"):
        assert part in said
    assert "overlays.subject: is missing" in said
    assert "overlays.text" in said


def test_results_come_file_by_file_in_the_order_of_their_cases() -> None:
    law = pack(rule("rule"), rule("other"))
    listed: Mapping[str, Sequence[Mapping[str, Any]]] = {
        "other": [case("b", expect={"other": "contravention"}), case("a", expect={"other": "contravention"})],
        "rule": [case("c")],
    }
    results = run_cases((law,), law, listed, toy_register(), PLACES)
    assert [(result.provision, result.name) for result in results] == [("other", "b"), ("other", "a"), ("rule", "c")]
    assert all(not result.differences for result in results)


def test_a_case_may_expect_something_of_a_sibling_provision() -> None:
    law = pack(rule("rule"), rule("other", {"effect": {"bar": "award"}}))
    (result,) = run(case(expect={"rule": "contravention", "other": "barred"}), law=law)
    assert result.statuses == ((f"{ID}.rule", Status.CONTRAVENTION), (f"{ID}.other", Status.BARRED))
    assert result.differences == ()


SAYS = {"partner.country.position": {"position": {"vendor": "acme", "any of": ["banned"]}}}
HAS = {"partner.country.deploys": {"deploys": {"vendor": "acme", "generation": "5G"}}}


@pytest.mark.parametrize(
    ("when", "said", "status"),
    [
        (HAS, {"deploys": ["acme/5G"]}, "barred"),
        (HAS, {"deploys": ["-acme"]}, "clear"),
        (HAS, {"permits": ["acme/5G"], "position": ["acme=permitted"]}, "unknown"),
        (SAYS, {"position": ["acme=banned"]}, "barred"),
        (SAYS, {"position": ["acme=permitted"]}, "clear"),
        (SAYS, {"permits": ["-acme/5G"], "deploys": ["-acme"]}, "unknown"),
        (PERMITS, {"deploys": ["acme/5G"], "position": ["acme=permitted"]}, "unknown"),
    ],
)
def test_a_case_says_of_a_country_what_it_permits_deploys_and_says(when: Any, said: Any, status: str) -> None:
    law = pack(rule("rule", {"subject": "partner", "when": when, "effect": {"bar": "release"}}))
    about = {"name": "a", "as of": "2021-01-01", "partner": {"country": "XBB", **said}, "expect": {"rule": status}}
    assert differences(about, law=law) == []


def test_where_a_case_says_nothing_of_a_country_law_in_force_may() -> None:
    about = {"name": "a", "as of": "2021-01-01", "partner": {"country": "XBB"}, "expect": {"rule": "barred"}}
    law = pack(ABROAD)
    known = (Covered("XBB", None, None, Grade.VERIFIED, "toy"),)
    (result,) = run_cases((law,), law, {"rule": [about]}, toy_register(), PLACES, known)
    assert result.differences == ()


@pytest.mark.parametrize(
    ("partner", "signed", "status"),
    [
        ({"country": "XBB"}, "2021-01-01", "consider"),
        ({"country": "XBB"}, "2021-01-02", "due"),
        ({"country": "XAA"}, "2021-01-01", "clear"),
        (None, "2021-01-01", "unknown"),
        ({"country": "XBB"}, None, "unknown"),
    ],
)
def test_a_case_may_be_about_an_arrangement(partner: Any, signed: str | None, status: str) -> None:
    about = {"subject": "arrangement", "when": {"not": {"partner.country": {"is": "XAA"}}}, "effect": "consider"}
    told = {"name": "a", "as of": "2021-01-01", "arrangement": {"signed_on": signed}, "expect": {"rule": status}}
    told |= {"partner": partner} if partner else {}
    assert differences(told, law=pack(rule("rule", about))) == []


def test_a_partners_country_is_a_country() -> None:
    about = {"name": "a", "as of": "2021-01-01", "partner": {"country": "Beeland"}, "expect": {"rule": "unknown"}}
    with pytest.raises(PackError) as caught:
        run(about, law=pack(ABROAD))
    assert [fault.what for fault in caught.value.faults] == ["partner.country: 'Beeland' is no country"]
