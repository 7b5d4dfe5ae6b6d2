"""Turns trigraphs and tetragraphs of a marking into countries (alpha-3) on a day, and tells which it does not know.

* A code that is not known, or whose members are not, matches nobody: a list only ever gets shorter by it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from telvet.catalog.handling import HandlingRules

__all__ = ["Countries", "read_countries"]


@dataclass(frozen=True, slots=True)
class Countries:
    """The countries that codes stand for on a day, and the codes that stand for none."""

    known: frozenset[str]
    unknown: tuple[str, ...]


def read_countries(codes: Iterable[str], rules: HandlingRules, on: date, *, unions: bool = True) -> Countries:
    """Look codes up for a day: a union is its members on that day, where unions may be named."""
    known: set[str] = set()
    unknown = []
    for code in codes:
        if unions and (members := rules.group(code, on)) is not None:
            known |= members
        elif (country := rules.country(code, on)) is not None:
            known.add(country)
        else:
            unknown.append(code)
    return Countries(frozenset(known), tuple(dict.fromkeys(unknown)))
