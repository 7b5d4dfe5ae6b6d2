"""Turns a case, and one handling of it, into the reasons of all rules: the list of rules, and nothing else.

* A decision is the meet of all of them; a rule that is not in these lists does not exist.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from telvet.model.handling import Handling
from telvet.model.sharing import Reason
from telvet.sharing.deciding.acs import acs_permits
from telvet.sharing.deciding.case import Case
from telvet.sharing.deciding.classification import classification_within_cap
from telvet.sharing.deciding.countries import countries_allow
from telvet.sharing.deciding.law import law_permits
from telvet.sharing.deciding.marks import grounds_to_refer, grounds_to_withhold, marks_speak
from telvet.sharing.deciding.misp import group_has_partner, reach_is_enough
from telvet.sharing.deciding.standing import arrangement_in_force, partner_known, purpose_agreed
from telvet.sharing.deciding.third_party import third_parties_agree
from telvet.sharing.deciding.tlp import tlp_allows, tlp_within_cap

__all__ = ["of_handling", "of_standing"]

_STANDING: tuple[Callable[[Case], Iterator[Reason]], ...] = (
    partner_known,
    arrangement_in_force,
    purpose_agreed,
    law_permits,
)
_HANDLING: tuple[Callable[[Case, Handling], Iterator[Reason]], ...] = (
    marks_speak,
    grounds_to_withhold,
    grounds_to_refer,
    tlp_within_cap,
    tlp_allows,
    third_parties_agree,
    classification_within_cap,
    countries_allow,
    acs_permits,
    group_has_partner,
    reach_is_enough,
)


def of_standing(case: Case) -> tuple[Reason, ...]:
    """Return the reasons that look at no mark."""
    return tuple(reason for rule in _STANDING for reason in rule(case))


def of_handling(case: Case, handling: Handling) -> tuple[Reason, ...]:
    """Return the reasons that look at one handling."""
    return tuple(reason for rule in _HANDLING for reason in rule(case, handling))
