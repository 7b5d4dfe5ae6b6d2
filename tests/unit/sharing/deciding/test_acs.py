from __future__ import annotations

from dataclasses import replace

from telvet.model.handling import Acs, Classification, Handling, SharingRule
from telvet.sharing.deciding.acs import acs_permits
from tests.unit.sharing.deciding.cases import PARTNER, ask, case, no, shown

DENIES = Acs("m1", "X.Y", privileges_by_default=True, shared_by_default=False, classification=Classification.U)
PERMITS = replace(DENIES, marking="m2", sharing=frozenset({SharingRule(frozenset({"FOREIGNGOV"}), permit=True)}))
TO_NO_ISAC = replace(
    DENIES, shared_by_default=True, sharing=frozenset({SharingRule(frozenset({"ISAC"}), permit=False)})
)


def marked(*assertions: Acs, owner: str = "XCC") -> Handling:
    return Handling(acs=frozenset(assertions), owners=frozenset({owner}))


def test_every_assertion_must_permit() -> None:
    assert list(acs_permits(case(), marked(PERMITS))) == []
    found = list(acs_permits(case(), marked(PERMITS, DENIES)))
    assert shown(found) == no("acs")
    assert found[0].cites == ("m1",)
    assert "sharedefault" in found[0].because


def test_nationalities_that_are_not_known_meet_no_condition_nor_do_those_of_a_partner_from_nowhere() -> None:
    asking = marked(replace(PERMITS, nationalities=frozenset({"XAA"})))
    known = replace(PARTNER, nationalities=frozenset({"XAA"}))
    assert list(acs_permits(case(partner=known), asking)) == []
    assert shown(acs_permits(case(), asking)) == no("acs")
    assert shown(acs_permits(case(partner=replace(known, country=None)), asking)) == no("acs")


def test_sharing_at_home_needs_a_person_unless_it_is_public() -> None:
    assert shown(acs_permits(case(), marked(PERMITS, owner="XAA"))) == ask("acs")
    assert list(acs_permits(case(), marked(replace(PERMITS, public=True), owner="XAA"))) == []


def test_a_partner_whose_codes_are_not_known_may_go_by_one_that_is_denied() -> None:
    assert list(acs_permits(case(), marked(TO_NO_ISAC))) == []
    assert shown(acs_permits(case(partner=replace(PARTNER, acs_organisations=None)), marked(TO_NO_ISAC))) == ask("acs")


def test_without_a_partner_or_an_assertion_there_is_nothing_to_ask() -> None:
    assert list(acs_permits(case(partner=None), marked(DENIES))) == list(acs_permits(case(), Handling())) == []
