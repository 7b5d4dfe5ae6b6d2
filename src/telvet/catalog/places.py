"""Turn spellings of countries into ISO 3166-1 alpha-3, and tell who belonged to which union on a day.

* Spellings are folded: case, accents, punctuation and a leading `the` do not matter.
* A spelling stands for one country only; a list in which two countries claim it is faulty and refused.
"""

from __future__ import annotations

import csv
import difflib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from telvet.errors import CatalogError, Fault
from telvet.model.dates import read_day
from telvet.shipped import shipped

__all__ = ["Membership", "Places", "Union", "fold_place", "read_places"]

_NOT_LETTERS = re.compile(r"[^\w]+|_")


@dataclass(frozen=True, slots=True)
class Membership:
    """A country in a union, from its first to its last day (None: still)."""

    country: str
    from_: date
    to: date | None


@dataclass(frozen=True, slots=True)
class Union:
    """A union of countries."""

    id: str
    name: str
    source: str
    members: tuple[Membership, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """Countries by their spellings, and unions by their ids."""

    names: Mapping[str, str]
    """Short English names by alpha-3."""
    spellings: Mapping[str, str]
    """Alpha-3 by folded spelling."""
    unions: Mapping[str, Union]

    def alpha3(self, text: str) -> str | None:
        """Return the alpha-3 code of a spelling, or None where nobody goes by it."""
        return self.spellings.get(fold_place(text))

    def nearest(self, text: str) -> str | None:
        """Return the alpha-3 code and name that a person most likely meant."""
        found = difflib.get_close_matches(fold_place(text), self.spellings, n=1, cutoff=0.75)
        return f"{self.spellings[found[0]]} ({self.names[self.spellings[found[0]]]})" if found else None

    def member_of(self, country: str, union: str, day: date) -> bool:
        """Tell whether a country (alpha-3) belonged to a union on a day; an unknown union is a KeyError."""
        return any(
            member.country == country and member.from_ <= day and (member.to is None or day <= member.to)
            for member in self.unions[union].members
        )

    def members(self, union: str, day: date) -> frozenset[str]:
        """Return the countries of a union on a day; an unknown union is a KeyError."""
        return frozenset(
            member.country for member in self.unions[union].members if self.member_of(member.country, union, day)
        )


def fold_place(text: str) -> str:
    """Fold case, accents, punctuation and a leading `the`."""
    text = text.casefold()
    if not text.isascii():
        text = "".join(part for part in unicodedata.normalize("NFKD", text) if not unicodedata.combining(part))
    return _NOT_LETTERS.sub(" ", text).strip().removeprefix("the ").replace(" ", "")


def read_places(folder: Path | None = None) -> Places:
    """Read the catalogue's places; those that ship with telvet are read once."""
    return _shipped() if folder is None else _read(folder)


@cache
def _shipped() -> Places:
    return _read(shipped("catalog") / "places")


def _read(folder: Path) -> Places:
    faults: list[Fault] = []
    names: dict[str, str] = {}
    spellings: dict[str, str] = {}
    for record, entry in _rows(folder / "countries.csv"):
        code = entry["alpha3"]
        names[code] = entry["name"]
        for text in (code, entry["alpha2"], entry["name"], *filter(None, entry["also"].split(";"))):
            if (other := spellings.setdefault(fold_place(text), code)) != code:
                what = f"{text!r} stands for both {other} and {code}"
                faults.append(Fault("countries.csv", record, "also", "place-twice", what))
    members: dict[str, list[Membership]] = {}
    for record, entry in _rows(folder / "memberships.csv"):
        try:
            to = read_day(entry["to"]) if entry["to"] else None
            member = Membership(entry["country"], read_day(entry["from"]), to)
        except ValueError as problem:
            faults.append(Fault("memberships.csv", record, "from", "not-a-date", str(problem)))
            continue
        members.setdefault(entry["union"], []).append(member)
        if member.country not in names:
            what = f"{member.country!r} is no country"
            faults.append(Fault("memberships.csv", record, "country", "unknown-country", what))
    if faults:
        raise CatalogError(f"the places have {len(faults)} fault(s)", tuple(faults), code="places")
    unions = {
        entry["union"]: Union(entry["union"], entry["name"], entry["source"], tuple(members.get(entry["union"], ())))
        for _, entry in _rows(folder / "unions.csv")
    }
    return Places(names, spellings, unions)


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from enumerate(csv.DictReader(lines), 2)
