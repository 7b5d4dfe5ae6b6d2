"""The tier of names: a text that is, after normalising, exactly an alias in the register.

* The closest form counts: as written with its legal form; else, legal form taken away, a name that the register lists
  bare; else one that is listed with another legal form.
* Within a form, aliases that hold on the day come before those of other days; but a former name still leads to its
  organisation, for names on old boxes stay.
* An alias that several organisations share leads to all of them.
* A look-alike is nobody, however like its bare name is.
"""

from __future__ import annotations

from datetime import date

from telvet.attribution.tiers.found import Found
from telvet.catalog.vendor_names import fold
from telvet.catalog.vendors import Register
from telvet.model.organisation import Alias, Tier

__all__ = ["by_alias"]

_BRAND_KINDS = frozenset({"brand", "product"})


def by_alias(register: Register, text: str, on: date) -> Found | None:
    """Find the organisations that go by this name."""
    folded = fold(text)
    if folded in register.lookalikes:
        return None
    bare = register.normalise(text)
    aliases = (
        register.aliases_written(folded, on)
        or register.aliases_written(folded)
        or register.aliases_written(bare, on)
        or register.aliases_written(bare)
        or register.aliases_of(bare, on)
        or register.aliases_of(bare)
    )
    return _found(aliases) if aliases else None


def _found(aliases: tuple[Alias, ...]) -> Found:
    legal = any(alias.kind not in _BRAND_KINDS for alias in aliases)
    organisations = tuple(dict.fromkeys(alias.organisation for alias in aliases))
    return Found(Tier.LEGAL_ALIAS if legal else Tier.BRAND, organisations)
