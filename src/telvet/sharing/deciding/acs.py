"""Turns the assertions of ACS on an object into reasons, each assertion by itself.

* Sharing within the owner's own country follows other rules of ACS, which are not judged here: a person decides.
* Of a partner whose country is not known, no nationality is known either.
"""

from __future__ import annotations

from collections.abc import Iterator

from telvet.model.handling import Acs, Handling
from telvet.model.sharing import Effect, Partner, Reason
from telvet.sharing.deciding.case import Case
from telvet.sharing.markings.acs_sharing import AcsPartner, foreign_sharing

__all__ = ["acs_permits"]


def acs_permits(case: Case, handling: Handling) -> Iterator[Reason]:
    """Ask every assertion."""
    if case.partner is None or not handling.acs:
        return
    partner = _in_words_of_acs(case.partner)
    at_home = case.partner.country in handling.owners
    coded = case.partner.acs_organisations is not None
    told = {reason for acs in handling.acs for reason in _reasons(acs, partner, at_home=at_home, coded=coded)}
    yield from sorted(told, key=lambda each: (each.cites, each.effect, each.because))


def _reasons(acs: Acs, partner: AcsPartner, *, at_home: bool, coded: bool) -> Iterator[Reason]:
    answer = foreign_sharing(acs, partner)
    if not answer.permit:
        yield Reason("acs", Effect.WITHHOLD, f"ACS does not permit it: {answer.rule}", (acs.marking,))
        return
    if at_home and not acs.public:
        yield Reason("acs", Effect.REFER, "ACS within the owner's own country is not judged here", (acs.marking,))
    if not coded and not acs.public and any(not rule.permit for rule in acs.sharing):
        because = "ACS denies it to some codes, and it is not known by which the partner goes"
        yield Reason("acs", Effect.REFER, because, (acs.marking,), unless=("fact partner.acs_organisations",))


def _in_words_of_acs(partner: Partner) -> AcsPartner:
    return AcsPartner(
        partner.country or "",
        partner.nationalities if partner.country is not None else None,
        partner.acs_organisations or frozenset(),
        partner.entities,
        partner.shareability,
    )
