"""The surest tier: the source itself gives the register's id of the organisation, or of a covered group."""

from __future__ import annotations

from datetime import date

from telvet.attribution.tiers.found import Found
from telvet.catalog.vendors import Register
from telvet.model.organisation import Tier

__all__ = ["by_id"]


def by_id(register: Register, text: str, on: date) -> Found | None:  # noqa: ARG001 - ids do not change with the day
    """Find the organisation that has this id; a group's id stands for its root."""
    try:
        return Found(Tier.STATED, (register.root(text.strip()),))
    except KeyError:
        return None
