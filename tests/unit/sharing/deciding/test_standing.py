from __future__ import annotations

from dataclasses import replace

from telvet.model.sharing import NEVER, Effect, Term
from telvet.sharing.deciding.standing import arrangement_in_force, partner_known, purpose_agreed
from tests.unit.sharing.deciding.cases import ARRANGEMENT, PARTNER, SINCE, WAIVER, ask, case, no, shown


def test_nobody_who_asks_is_withheld_and_one_from_nowhere_known_is_referred() -> None:
    assert shown(partner_known(case())) == []
    assert shown(partner_known(case(partner=None))) == no("partner")
    assert shown(partner_known(case(partner=replace(PARTNER, country=None)))) == ask("partner")


def test_an_arrangement_in_force_is_the_basis_and_says_where_it_stands() -> None:
    (basis,) = arrangement_in_force(case())
    assert (basis.effect, basis.cites) == (Effect.PERMIT, ("its text",))
    assert "2024-06-01" in basis.because


def test_no_arrangement_and_a_lapsed_one_withhold_and_one_of_unknown_days_needs_a_person() -> None:
    assert shown(arrangement_in_force(case(None))) == no("arrangement")
    assert shown(arrangement_in_force(case(replace(ARRANGEMENT, term=Term(SINCE, SINCE))))) == no("arrangement")
    assert shown(arrangement_in_force(case(replace(ARRANGEMENT, term=Term(None, NEVER))))) == ask("arrangement")
    assert list(arrangement_in_force(case(partner=None))) == []


def test_a_purpose_must_be_agreed_and_known_or_the_rule_waived() -> None:
    assert list(purpose_agreed(case())) == list(purpose_agreed(case(None))) == []
    assert shown(purpose_agreed(case(purpose="research"))) == no("purpose")
    assert shown(purpose_agreed(case(purpose="research", waivers=frozenset({WAIVER})))) == []
    assert shown(purpose_agreed(case(replace(ARRANGEMENT, purposes=None)))) == ask("purpose")
    assert shown(purpose_agreed(case(purpose=None))) == ask("purpose")
    (unknown,) = purpose_agreed(case(replace(ARRANGEMENT, purposes=None), purpose=None))
    assert unknown.effect is Effect.REFER
    assert unknown.unless == ("fact arrangement.purposes", "fact purpose")
