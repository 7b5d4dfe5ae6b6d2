"""Turns the words of a text into the countries, vendors and levels of actors that they stand for.

* The words are data: `evidence/country_words.csv`, `evidence/vendor_words.csv`, `evidence/actor_words.csv`.
* Countries are found in the case in which they are written (a pronoun is no country) or in capitals; vendors in any case.
* The longest name wins, and a name is found only as whole words.
* A level is that of the first row whose pattern the words hold; words that hold none have no level unless they name a country.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from telvet.catalog.places import Places, read_places
from telvet.catalog.vendors import Register, load_register
from telvet.errors import CatalogError, Fault
from telvet.model.evidence import Level, NamedVendor
from telvet.shipped import shipped

__all__ = ["KINDS", "Found", "Gazetteers", "Phrases", "read_gazetteers"]

KINDS = ("name", "demonym", "metonym", "abbreviation", "body", "person", "operator", "elsewhere")
"""A country's name; its people or adjective; a seat of government; a short form; an institution, a person in office, or a network.

`elsewhere` is what holds the word of a country and does not stand for it, such as a convention called after a city: it has no country.
"""
ANYONE = "anyone"
_TOKEN = re.compile(r"\w+|[^\w\s]")
_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u00a0": " "})
_SHORTEST_IN_CAPITALS = 5
_MANY = ("an", "i")
"""Endings of adjectives whose plural is the people."""
_ELSEWHERE = "elsewhere"
_MARKS = frozenset('"\u201c\u201d\u201e\u00ab\u00bb')
"""Quotes between the words of a phrase do not part them."""


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase of a gazetteer in a text."""

    start: int
    end: int
    value: str
    kind: str


class Phrases:
    """Finds phrases of whole words, the longest first."""

    def __init__(self, entries: Iterable[tuple[str, str, str]], *, any_case: bool) -> None:
        """Take phrases with the value and kind of each."""
        self._any_case = any_case
        self._by_first: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
        for phrase, value, kind in entries:
            self._add(phrase, value, kind)
            if not any_case and len(phrase) >= _SHORTEST_IN_CAPITALS:
                self._add(phrase.upper(), value, kind)
        for phrases in self._by_first.values():
            phrases.sort(key=lambda phrase: -len(phrase[0]))

    def find(self, text: str) -> Iterator[Found]:
        """Yield what stands in a text, from left to right; nothing overlaps."""
        tokens = _TOKEN.finditer(text.translate(_QUOTES))
        spans = [(token.group(), token.start(), token.end()) for token in tokens if token.group() not in _MARKS]
        words = [word.lower() for word, _, _ in spans] if self._any_case else [word for word, _, _ in spans]
        place = 0
        while place < len(words):
            for phrase, value, kind in self._by_first.get(words[place], ()):
                last = place + len(phrase)
                if tuple(words[place:last]) == phrase:
                    if kind != _ELSEWHERE:
                        yield Found(spans[place][1], spans[last - 1][2], value, kind)
                    place = last - 1
                    break
            place += 1

    def _add(self, phrase: str, value: str, kind: str) -> None:
        words = tuple(_TOKEN.findall((phrase.lower() if self._any_case else phrase).translate(_QUOTES)))
        self._by_first.setdefault(words[0], []).append((words, value, kind))


@dataclass(frozen=True, slots=True)
class Gazetteers:
    """What words stand for."""

    places: Places
    register: Register
    countries: Phrases
    vendors: Phrases
    levels: tuple[tuple[re.Pattern[str], Level], ...]
    homes: frozenset[str]
    """The countries from which the vendors of the gazetteer come."""

    def country(self, text: str) -> str | None:
        """Return the alpha-3 code of the country that free text names, or of the first one that it holds by name, people or seat."""
        if code := self.places.alpha3(text):
            return code
        found = list(self.countries.find(text))
        return next((each.value for each in found), None)

    def vendor(self, text: str) -> NamedVendor:
        """Return whom the words for a vendor stand for: a group or organisation, everyone under suspicion, or nobody known."""
        found = [each for each in self.vendors.find(text) if each.value]
        named = [each for each in found if each.value != ANYONE]
        if named:
            return NamedVendor(text, named[0].value)
        return NamedVendor(text, anyone=bool(found))

    def level(self, actor: str) -> Level | None:
        """Return the level of whoever these words name, or None where they do not tell."""
        text = actor.translate(_QUOTES).casefold()
        for pattern, level in self.levels:
            if pattern.search(text):
                return level
        if any(self.vendors.find(actor)):
            return Level.COMPANY
        kinds = [found.kind for found in self.countries.find(actor)]
        for kind, level in (("person", Level.OFFICIAL), ("operator", Level.COMPANY), ("body", Level.AGENCY)):
            if kind in kinds:
                return level
        return Level.STATE if kinds or self.places.alpha3(actor) else None


def read_gazetteers(folder: Path | None = None) -> Gazetteers:
    """Read the words of a folder like the catalogue's `evidence`; those that ship with telvet are read once."""
    return _shipped() if folder is None else _read(folder)


@cache
def _shipped() -> Gazetteers:
    return _read(shipped("catalog") / "evidence")


def _read(folder: Path) -> Gazetteers:
    places, register = read_places(), load_register(shipped("catalog") / "vendors")
    faults: list[Fault] = []
    countries = list(_countries(folder / "country_words.csv", places, faults))
    vendors = list(_vendors(folder / "vendor_words.csv", register, faults))
    levels = tuple(_levels(folder / "actor_words.csv", faults))
    if faults:
        raise CatalogError(f"the words of evidence have {len(faults)} fault(s)", tuple(faults), code="evidence-words")
    return Gazetteers(
        places,
        register,
        Phrases(countries, any_case=False),
        Phrases(vendors, any_case=True),
        levels,
        frozenset(_homes({value for _, value, _ in vendors}, register)),
    )


def _countries(path: Path, places: Places, faults: list[Fault]) -> Iterator[tuple[str, str, str]]:
    held: dict[str, str] = {}
    for record, row in _rows(path):
        word, code, kind = row["word"], row["country"], row["kind"]
        if code not in places.names and kind != _ELSEWHERE:
            faults.append(Fault(path.name, record, "country", "unknown-country", f"{code!r} is no country"))
        elif kind not in KINDS:
            faults.append(
                Fault(
                    path.name,
                    record,
                    "kind",
                    "unknown-code",
                    f"{kind!r} is no kind of word",
                    "use one of " + ", ".join(KINDS),
                )
            )
        elif held.setdefault(word, code) != code:
            faults.append(
                Fault(path.name, record, "word", "word-twice", f"{word!r} stands for both {held[word]} and {code}")
            )
        elif phrase := word.removeprefix("the ").strip():
            yield phrase, code, kind
            if kind == "demonym" and phrase.endswith(_MANY):
                yield phrase + "s", code, kind


def _vendors(path: Path, register: Register, faults: list[Fault]) -> Iterator[tuple[str, str, str]]:
    for record, row in _rows(path):
        word, vendor = row["word"], row["vendor"]
        if vendor and vendor != ANYONE and vendor not in register.groups and vendor not in register.organisations:
            what = f"{vendor!r} is no group and no organisation of the register"
            faults.append(Fault(path.name, record, "vendor", "unknown-vendor", what, f"or write {ANYONE}"))
        elif word.strip():
            yield word, vendor, "vendor"


def _levels(path: Path, faults: list[Fault]) -> Iterator[tuple[re.Pattern[str], Level]]:
    for record, row in _rows(path):
        try:
            yield re.compile(row["pattern"]), Level(row["level"])
        except (re.error, ValueError) as problem:
            faults.append(
                Fault(path.name, record, "pattern", "actor-words", str(problem), "mend the pattern or the level")
            )


def _homes(vendors: set[str], register: Register) -> Iterator[str]:
    roots: Mapping[str, str] = {group: register.groups[group].root for group in register.groups}
    for vendor in sorted(vendors):
        organisation = register.organisations.get(roots.get(vendor, vendor))
        if organisation and organisation.country:
            yield organisation.country


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from enumerate(csv.DictReader(lines), 2)
