from __future__ import annotations

from dataclasses import replace

from telvet.model.handling import Handling, Reach
from telvet.sharing.deciding.misp import group_has_partner, reach_is_enough
from tests.unit.sharing.deciding.cases import PARTNER, ask, case, no, shown

KNOWN = replace(PARTNER, misp_organisations=frozenset({"o1"}), reach=Reach.CONNECTED)


def test_a_sharing_group_must_name_an_organisation_of_the_partner() -> None:
    group = Handling(organisations=frozenset({"o1"}))
    assert list(group_has_partner(case(partner=KNOWN), group)) == []
    others = Handling(organisations=frozenset({"o2"}))
    assert shown(group_has_partner(case(partner=KNOWN), others)) == no("misp-organisations")
    assert shown(group_has_partner(case(), group)) == ask("misp-organisations")
    assert shown(group_has_partner(case(), Handling(organisations=frozenset()))) == no("misp-organisations")
    assert list(group_has_partner(case(partner=None), group)) == list(group_has_partner(case(), Handling())) == []


def test_a_distribution_must_reach_the_partner() -> None:
    near = case(partner=KNOWN)
    assert list(reach_is_enough(near, Handling(reach=Reach.ALL))) == []
    assert list(reach_is_enough(near, Handling(reach=Reach.CONNECTED))) == []
    assert shown(reach_is_enough(near, Handling(reach=Reach.COMMUNITY))) == no("misp-reach")
    assert shown(reach_is_enough(case(), Handling(reach=Reach.COMMUNITY))) == ask("misp-reach")


def test_what_is_for_its_own_organisation_reaches_nobody() -> None:
    inmost = replace(KNOWN, reach=Reach.ORGANISATION)
    assert shown(reach_is_enough(case(partner=inmost), Handling(reach=Reach.ORGANISATION))) == no("misp-reach")
    assert shown(reach_is_enough(case(), Handling(reach=Reach.ORGANISATION))) == no("misp-reach")
    assert list(reach_is_enough(case(partner=None), Handling(reach=Reach.ORGANISATION))) == []
