from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from telvet.model.handling import Acs, Classification
from telvet.sharing.markings.acs import read_acs
from tests.unit.sharing.markings.marks import DAY, MARK, RULES, codes, data, grounds, ids, referrals

EXAMPLES = data("acs.json")
SHARING, MALFORMED = EXAMPLES["sharing"], EXAMPLES["malformed"]
BODY = SHARING[9]["extension"]


def body(**more: Any) -> dict[str, Any]:
    return {**BODY, **more}


def control(**more: Any) -> dict[str, Any]:
    return body(control_set={"classification": "U", **more})


def assertion(extension: object) -> Acs:
    (acs,) = read_acs(MARK, extension, RULES, DAY).handling.acs
    return acs


@pytest.mark.parametrize("row", SHARING, ids=ids(SHARING))
def test_what_follows_the_standard_is_not_withheld(row: dict[str, Any]) -> None:
    handling = read_acs(MARK, row["extension"], RULES, DAY).handling
    assert not handling.withheld
    assert handling.classification == row["extension"]["control_set"]["classification"]
    assert handling.owners == {"USA"}


@pytest.mark.parametrize("row", MALFORMED, ids=ids(MALFORMED))
def test_what_breaks_the_standard_anywhere_is_withheld_and_told_with_its_place(row: dict[str, Any]) -> None:
    made = read_acs(MARK, body(**row["change"]), RULES, DAY)
    assert grounds(made.handling) == {"acs-malformed"}
    assert made.handling.acs == frozenset()
    assert row["at"] in {ground.about for ground in made.handling.withheld}
    assert set(codes(made)) == {"acs-malformed"}


@pytest.mark.parametrize(
    "key", ["identifier", "create_date_time", "responsible_entity_custodian", "policy_reference", "control_set"]
)
def test_what_is_needed_may_not_be_missing(key: str) -> None:
    extension = {name: value for name, value in BODY.items() if name != key}
    assert grounds(read_acs(MARK, extension, RULES, DAY).handling) == {"acs-malformed"}


@pytest.mark.parametrize("extension", [None, [], "text", {}, 7])
def test_what_is_no_extension_is_withheld(extension: object) -> None:
    assert grounds(read_acs(MARK, extension, RULES, DAY).handling) == {"acs-malformed"}


@pytest.mark.parametrize(
    ("defaults", "privileges", "shared"),
    [
        ("privdefault=permit&sharedefault=deny", True, False), ("privdefault=deny&sharedefault=permit", False, True),
        ("privdefault=permit&sharedefault=permit", True, True),
    ],
)  # fmt: skip
def test_the_defaults_are_those_of_the_policy(defaults: str, privileges: bool, shared: bool) -> None:
    acs = assertion(body(policy_reference=f"urn:isa:policy:acs:ns:v3.0?{defaults}"))
    assert (acs.privileges_by_default, acs.shared_by_default) == (privileges, shared)


def test_of_several_policies_the_strictest_default_holds() -> None:
    one, other = (f"urn:isa:policy:acs:ns:v3.0?privdefault=permit&sharedefault={word}" for word in ("permit", "deny"))
    assert not assertion(body(policy_reference=f"{one} {other}")).shared_by_default


def test_no_foreigner_is_said_as_countries_too() -> None:
    handling = read_acs(MARK, control(formal_determination=["NF"]), RULES, DAY).handling
    assert handling.noforn
    assert not handling.open_to("GBR")


def test_what_is_not_restricted_to_countries_names_none() -> None:
    assert read_acs(MARK, BODY, RULES, DAY).handling.rel_to is None


def test_nationalities_are_countries_of_the_day() -> None:
    assert assertion(control(permitted_nationalities=["USA", "XKS"])).nationalities == frozenset({"USA", "XKX"})
    made = read_acs(MARK, control(permitted_nationalities=["USA", "NATO", "ROM"]), RULES, DAY)
    assert next(iter(made.handling.acs)).nationalities == frozenset({"USA"})
    assert codes(made) == ["unknown-country-code", "unknown-country-code"]


def test_compartments_are_withheld_and_caveats_need_a_person() -> None:
    assert grounds(read_acs(MARK, control(sci_controls=["SI"]), RULES, DAY).handling) == {"acs-sci"}
    assert referrals(read_acs(MARK, control(caveat=["FISA"], sensitivity=["LES"]), RULES, DAY).handling) == {
        "FISA",
        "LES",
    }


@pytest.mark.parametrize(
    ("determinations", "level", "release", "code"),
    [
        (["PUBREL"], "U", None, "pubrel-without-release"),
        (["PUBREL", "NF"], "U", {"released_by": "Authority"}, "nf-with-pubrel"),
        (["PUBREL"], "S", {"released_by": "Authority"}, "pubrel-classified"),
        (["PUBREL"], "U", {"released_by": "Authority", "released_on": "2024-06-02T00:00:00Z"}, "pubrel-ahead"),
    ],
)
def test_public_is_only_what_somebody_released(
    determinations: list[str], level: str, release: dict[str, str] | None, code: str
) -> None:
    extension = control(formal_determination=determinations, classification=level)
    made = read_acs(MARK, extension if release is None else {**extension, "public_release": release}, RULES, DAY)
    assert not next(iter(made.handling.acs)).public
    assert codes(made) == [code]


def test_a_release_to_the_public_is_kept_with_who_and_when() -> None:
    acs = assertion(SHARING[3]["extension"])
    assert acs.public
    assert (acs.released_by, acs.released_on, acs.classification) == ("Authority", date(2020, 1, 1), Classification.U)


def test_privileges_are_kept_with_their_scope() -> None:
    rule = {
        "privilege_action": "TEARLINE",
        "privilege_scope": {"entity": ["GOV"], "shareability": ["ALL"]},
        "rule_effect": "deny",
    }
    (privilege,) = assertion(body(access_privilege=[rule])).privileges
    assert (privilege.action, privilege.permit) == ("TEARLINE", False)
    assert (privilege.entity, privilege.shareability, privilege.nationalities) == (frozenset({"GOV"}), None, None)


def test_parts_about_classification_are_checked_and_say_nothing_of_release() -> None:
    more = {
        "original_classification": {"classified_by": "Somebody", "classified_on": "2020-01-01T00:00:00Z"},
        "declassification": {"declass_period": 25},
        "authority_reference": ["urn:isa:authority:misa"],
        "responsible_entity_originator": "USA.DHS",
        "name": "A name",
    }
    assert not read_acs(MARK, body(**more), RULES, DAY).handling.withheld
    for broken in ({"declassification": {"declass_period": "25"}}, {"authority_reference": ["misa"]}, {"name": ""}):
        assert grounds(read_acs(MARK, body(**broken), RULES, DAY).handling) == {"acs-malformed"}
