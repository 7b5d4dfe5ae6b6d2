"""Turns the countries that marks name, and the partner's, into reasons: REL TO, NOFORN, DISPLAY ONLY.

* What may only be shown is withheld, for whoever receives it here receives a copy.
* Where the partner's country is not known, the rule on partners has already left it to a person.
"""

from __future__ import annotations

from collections.abc import Iterator

from telvet.model.handling import Handling
from telvet.model.sharing import Effect, Reason
from telvet.sharing.deciding.case import Case

__all__ = ["countries_allow"]


def countries_allow(case: Case, handling: Handling) -> Iterator[Reason]:
    """Say whether the countries named leave open the partner's."""
    if case.partner is None:
        return
    country = case.partner.country
    if handling.rel_to is not None and not handling.rel_to:
        because = "its marks leave no country that may hold it"
    elif country is None or handling.open_to(country):
        return
    elif country in handling.display_to:
        because = f"to {country} it may only be shown, and a release hands over a copy"
    elif handling.noforn:
        because = f"no country but its owner may hold it, and {country} is not that"
    else:
        because = f"{country} is not among the countries that may hold it"
    yield Reason("countries", Effect.WITHHOLD, because)
