from __future__ import annotations

import json
from typing import Any

import pytest

from telvet.packs.schema import faults_of, law_schema
from telvet.shipped import shipped
from tests.unit.packs.toy_law import ACME, case, designation, pack_files, rule

KINDS = ("pack", "instruments", "designations", "provision", "cases")
SHARE = {"of": ACME, "among": ACME, "by": ["sites"], "at most": "35 %"}


def places(document: object, kind: str) -> list[tuple[str | None, str]]:
    return [(fault.field, fault.what) for fault in faults_of(document, kind, "some.yaml")]


def test_the_schema_that_ships_is_used() -> None:
    assert law_schema() == json.loads((shipped("spec") / "schemas" / "law.schema.json").read_text("utf-8"))


def test_documents_as_they_should_be_have_no_fault() -> None:
    files = pack_files(rule(), rule("cap", {"share": SHARE, "by": "2021-01-01"}), cases={"rule": [case()]})
    kinds = {"pack.yaml": "pack", "instruments.yaml": "instruments", "designations.yaml": "designations"}
    for path, document in files.items():
        kind = kinds.get(path) or ("provision" if path.startswith("provisions/") else "cases")
        assert faults_of(document, kind, path) == [], path


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("document", [None, "text", 5, []])
def test_a_document_of_another_form_is_a_fault(kind: str, document: object) -> None:
    (fault, *_) = faults_of(document, kind, "some.yaml")
    assert (fault.file, fault.code, fault.field) == ("some.yaml", "pack-schema", "(top)")
    assert fault.fix


def test_every_slip_of_a_document_is_a_fault_with_its_place_and_value() -> None:
    about = rule("Rule One", {"subject": "box", "from": "1 May 2020", "effects": "none"})
    found = dict(places(about, "provision"))
    assert {"id", "subject", "from", "(top)"} == set(found)
    values = {fault.field: fault.value for fault in faults_of(about, "provision", "some.yaml")}
    assert (values["id"], values["subject"]) == ("Rule One", "box")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"when": {"all": [ACME, {"equipment.generation": {"equals": "5G"}}]}}, "when.all.1.equipment.generation"),
        ({"when": {"all": [ACME], "any": [ACME]}}, "when"),
        ({"when": {"equipment.generation": {"is": "5G", "has": "4G"}}}, "when.equipment.generation"),
        ({"when": {"vendor": {"is": "acme"}}}, "when"),
        ({"effect": {"prohibit": "sell"}}, "effect.prohibit"),
        ({"effect": {"bar": "speech"}}, "effect.bar"),
        ({"by": {"after": "yesterday", "days": 1}}, "by.after"),
        ({"by": {"after": "enacted"}}, "by"),
        ({"cites": []}, "cites"),
        ({"text": {"paraphrase": "a", "quotation": "b"}}, "text"),
        ({"per": ["site"]}, "per.0"),
    ],
)
def test_a_slip_inside_a_provision_is_found_where_it_is(change: dict[str, Any], field: str) -> None:
    assert [place for place, _ in places(rule("rule", change), "provision")] == [field]


@pytest.mark.parametrize("day", ["2024-02-30", "2023-13-01", "2023-02-29", "2024-00-10"])
def test_a_day_that_no_calendar_has_is_a_fault(day: str) -> None:
    assert [place for place, _ in places(rule("rule", {"enacted": day}), "provision")] == ["enacted"]
    assert [place for place, _ in places(rule("rule", {"from": day}), "provision")] == ["from"]
    assert [place for place, _ in places(pack_files(to=day)["pack.yaml"], "pack")] == ["to"]
    assert [place for place, _ in places([designation(from_=day)], "designations")] == ["0.from"]
    assert [place for place, _ in places([case(as_of=day)], "cases")] == ["0.as of"]


def test_a_leap_day_is_a_day() -> None:
    assert places(rule("rule", {"enacted": "2024-02-29"}), "provision") == []


@pytest.mark.parametrize(
    "change",
    [
        {"share": SHARE, "by": "2021-01-01", "when": ACME, "effect": "consider"},
        {"share": SHARE},
        {"share": {**SHARE, "at most": "35%"}, "by": "2021-01-01"},
        {"share": {**SHARE, "at most": 35}, "by": "2021-01-01"},
        {"share": {**SHARE, "by": []}, "by": "2021-01-01"},
    ],
)
def test_a_share_has_a_limit_in_percent_and_a_deadline_and_nothing_that_forbids_use(change: dict[str, Any]) -> None:
    assert places(rule("cap", change), "provision")


@pytest.mark.parametrize(
    "change",
    [
        {"home": ["XAA"], "vendor": "acme"},
        {"closure": "friends"},
        {"closure": {"at least": "ten"}},
        {"tests": "seen"},
        {"owned_on": "tuesday"},
    ],
)
def test_a_designation_names_a_vendor_or_homes_and_uses_the_known_words(change: dict[str, Any]) -> None:
    assert places([designation(**change)], "designations")


def test_a_case_expects_known_statuses() -> None:
    wrong = [case(expect={"rule": "forbidden"}), case("another", expect={})]
    assert [place for place, _ in places(wrong, "cases")] == ["0.expect.rule", "1.expect"]


def test_a_long_value_is_shortened() -> None:
    (fault,) = faults_of(rule("rule", {"force": "x" * 500}), "provision", "some.yaml")
    assert fault.value == "x" * 80
    assert len(fault.what) <= 300


@pytest.mark.parametrize(
    ("test", "sound"),
    [
        ({"partner.country.permits": {"permits": {"vendor": "acme", "generation": "5G"}}}, True),
        ({"partner.country.permits": {"permits": {"vendor": "acme"}}}, False),
        ({"partner.country.deploys": {"deploys": {"vendor": "acme", "generation": "5G"}}}, True),
        ({"partner.country.deploys": {"deploys": {"vendor": "acme"}}}, True),
        ({"partner.country.deploys": {"deploys": {"vendor": "acme", "generation": "7G"}}}, False),
        ({"partner.country.position": {"position": {"vendor": "acme", "any of": ["banned", "undecided"]}}}, True),
        ({"partner.country.position": {"position": {"vendor": "acme", "any of": ["unknown"]}}}, False),
        ({"partner.country.position": {"position": {"vendor": "acme", "any of": []}}}, False),
        ({"partner.country": {"member of": "XU"}}, True),
        ({"arrangement.signed_on": {"on or after": "2020-01-01"}}, True),
        ({"treaty.signed_on": {"on or after": "2020-01-01"}}, False),
    ],
)
def test_what_may_be_asked_of_a_country_and_of_an_arrangement(test: dict[str, Any], sound: bool) -> None:
    about = rule("rule", {"subject": "arrangement", "when": test, "effect": "consider", "weigh": ACME})
    assert (places(about, "provision") == []) is sound


def test_a_case_may_be_about_a_partner_and_an_arrangement() -> None:
    whole = {
        "name": "a", "as of": "2021-01-01", "expect": {"rule": "consider"},
        "partner": {"country": "XBB", "permits": ["acme/5G"], "deploys": ["-acme"], "position": ["acme=banned"]},
        "arrangement": {"signed_on": "2021-01-01"}, "assertions": [{"id": "a", "metric": "sites"}],
    }  # fmt: skip
    assert places([whole], "cases") == []
    assert places([{**whole, "partner": {"country": "XBB", "says": ["no"]}}], "cases") != []
