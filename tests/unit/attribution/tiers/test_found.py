"""The seam between tiers and the resolver."""

from __future__ import annotations

from telvet.attribution.resolve import ID_TIERS, NAME_TIERS
from telvet.attribution.tiers.aliases import by_alias
from telvet.attribution.tiers.found import Found
from telvet.attribution.tiers.stated import by_id
from telvet.model.organisation import Tier


def test_tiers_are_asked_surest_first() -> None:
    assert (by_alias,) == NAME_TIERS
    assert (by_id, by_alias) == ID_TIERS


def test_what_is_found_says_what_it_rests_on() -> None:
    assert Found(Tier.BRAND, ("acme",)).tier is Tier.BRAND
