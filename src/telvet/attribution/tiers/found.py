"""What a tier answers: the organisations it points to, and what that rests on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from telvet.catalog.vendors import Register
from telvet.model.organisation import Tier

__all__ = ["Found", "NameTier"]


@dataclass(frozen=True, slots=True)
class Found:
    """Whom a text or number points to."""

    tier: Tier
    organisations: tuple[str, ...]
    """One, or several where the evidence does not tell them apart; never none."""


NameTier = Callable[[Register, str, date], Found | None]
"""Asks one tier whom a name points to on a day."""
