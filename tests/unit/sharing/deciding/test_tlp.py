from __future__ import annotations

from dataclasses import replace

import pytest

from telvet.model.handling import Handling, Tlp
from telvet.model.sharing import Originators
from telvet.sharing.deciding.tlp import tlp_allows, tlp_within_cap
from tests.unit.sharing.deciding.cases import (
    AMBER,
    ARRANGEMENT,
    CONSENT,
    GREEN,
    RED,
    THEIRS,
    WAIVER,
    ask,
    case,
    no,
    shown,
)

STRICT = replace(GREEN, tlp=Tlp.AMBER_STRICT)
NOBODY = Originators()


def test_nothing_passes_the_level_of_the_arrangement_without_a_waiver() -> None:
    assert shown(tlp_within_cap(case(), AMBER)) == []
    assert shown(tlp_within_cap(case(), STRICT)) == no("tlp-cap")
    assert shown(tlp_within_cap(case(waivers=frozenset({replace(WAIVER, rule="tlp-cap")})), STRICT)) == []


def test_what_is_clear_needs_no_level_and_the_rest_one_that_is_known() -> None:
    unknown = case(replace(ARRANGEMENT, tlp=None))
    assert shown(tlp_within_cap(unknown, GREEN)) == ask("tlp-cap")
    assert list(tlp_within_cap(unknown, replace(GREEN, tlp=Tlp.CLEAR))) == []
    assert list(tlp_within_cap(case(None), RED)) == list(tlp_within_cap(unknown, Handling())) == []


@pytest.mark.parametrize("handling", [AMBER, STRICT])
def test_amber_goes_on_by_whoever_made_it_and_by_nobody_else_without_consent(handling: Handling) -> None:
    assert shown(tlp_allows(case(), handling)) == []
    assert shown(tlp_allows(case(originators=THEIRS), handling)) == no("tlp-onward")
    assert shown(tlp_allows(case(originators=THEIRS, consents=frozenset({CONSENT})), handling)) == []
    assert shown(tlp_allows(case(originators=NOBODY), handling)) == ask("tlp-onward")


def test_red_asks_for_consent_whoever_made_it_but_the_partner() -> None:
    assert shown(tlp_allows(case(), RED)) == no("tlp-red")
    assert shown(tlp_allows(case(originators=THEIRS, consents=frozenset({CONSENT})), RED)) == no("tlp-red")
    to_red = replace(CONSENT, tlp=Tlp.RED)
    assert shown(tlp_allows(case(originators=THEIRS, consents=frozenset({to_red})), RED)) == []
    assert shown(tlp_allows(case(originators=NOBODY), RED)) == no("tlp-red")
    assert shown(tlp_allows(case(originators=Originators(frozenset({"partner"}), complete=True)), RED)) == []


def test_green_and_clear_of_a_third_party_go_on() -> None:
    assert list(tlp_allows(case(originators=THEIRS), GREEN)) == []
    assert list(tlp_allows(case(originators=NOBODY), replace(GREEN, tlp=Tlp.CLEAR))) == []
