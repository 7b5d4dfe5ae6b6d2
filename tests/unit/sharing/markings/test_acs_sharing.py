from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from telvet.sharing.markings.acs import read_acs
from telvet.sharing.markings.acs_sharing import AcsAnswer, AcsPartner, foreign_sharing
from tests.unit.sharing.markings.marks import DAY, MARK, RULES, data, ids

SHARING = data("acs.json")["sharing"]


GBR = AcsPartner("GBR", frozenset({"GBR"}), frozenset({"GBR.NCSC"}), frozenset({"GOV"}), frozenset({"IC"}))


def answer(extension: object, partner: AcsPartner = GBR) -> AcsAnswer:
    (acs,) = read_acs(MARK, extension, RULES, DAY).handling.acs
    return foreign_sharing(acs, partner)


def barring(action: str, **scope: list[str]) -> dict[str, Any]:
    rule = {"privilege_action": action, "privilege_scope": scope, "rule_effect": "deny"}
    return {**SHARING[9]["extension"], "access_privilege": [rule]}


@pytest.mark.parametrize("row", SHARING, ids=ids(SHARING))
def test_a_foreign_partner_gets_what_the_assertion_permits(row: dict[str, Any]) -> None:
    found = answer(row["extension"])
    assert (found.permit, found.rule) == (row["permit"], row["rule"])


@pytest.mark.parametrize(
    "partner",
    [
        replace(GBR, nationalities=None), replace(GBR, nationalities=frozenset({"GBR", "FRA"})),
        replace(GBR, country="FRA"), AcsPartner("GBR"),
    ],
)  # fmt: skip
def test_readers_of_unknown_or_other_nationality_get_nothing_that_names_nationalities(partner: AcsPartner) -> None:
    extension = SHARING[13]["extension"]
    assert answer(extension).permit
    assert answer(extension, partner) == AcsAnswer(permit=False, rule="permitted_nationalities")


def test_a_rule_that_denies_the_partners_organisation_beats_one_that_permits_governments() -> None:
    rules = [
        {"sharing_scope": ["FOREIGNGOV"], "rule_effect": "permit"},
        {"sharing_scope": ["GBR.NCSC"], "rule_effect": "deny"},
    ]
    extension = {**SHARING[9]["extension"], "further_sharing": rules}
    assert answer(extension, replace(GBR, organisations=frozenset())).permit
    assert not answer(extension).permit


@pytest.mark.parametrize(("key", "value"), [("entity", "MIL"), ("shareability", "LE")])
def test_what_is_for_a_kind_of_reader_goes_to_nobody_else(key: str, value: str) -> None:
    extension = {**SHARING[9]["extension"], "control_set": {"classification": "U", key: [value]}}
    assert answer(extension) == AcsAnswer(permit=False, rule=key)
    assert answer(extension, AcsPartner("GBR")) == AcsAnswer(permit=False, rule=key)
    kinds = frozenset({value})
    assert answer(extension, replace(GBR, entities=kinds, shareability=kinds)).permit


@pytest.mark.parametrize("action", ["ALL", "DSPLY"])
def test_who_may_do_nothing_with_it_is_not_given_it(action: str) -> None:
    assert answer(barring(action, permitted_nationalities=["GBR"])).rule == "access_privilege deny"
    assert answer(barring(action, entity=["ALL"])).rule == "access_privilege deny"
    assert answer(barring(action, permitted_nationalities=["FRA"])).permit
    assert answer(barring(action, permitted_nationalities=["FRA"]), AcsPartner("GBR")).rule == "access_privilege deny"


def test_a_privilege_that_is_denied_alone_does_not_keep_the_rest() -> None:
    assert answer(barring("TEARLINE", permitted_nationalities=["GBR"])).permit


def test_a_rule_that_denies_a_code_that_nobody_knows_denies_everybody() -> None:
    assert answer(barring("ALL", permitted_nationalities=["QQQ"])).rule == "access_privilege deny"
