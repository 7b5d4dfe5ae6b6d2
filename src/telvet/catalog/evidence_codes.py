"""Turns the vocabulary of statements (`catalog/evidence/*.yaml`) into measures, modalities and scopes.

* The lists are data; what a measure is like, what a modality counts for and how far a scope reaches are closed lists here.
* Scopes keep the order of their file: free text is about the first scope one of whose words stands in it.
* All faults of the three files are told at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from telvet.catalog.checked_yaml import CheckedYaml, entries, read_checked
from telvet.errors import CatalogError, Fault
from telvet.shipped import shipped

__all__ = ["COUNTS", "KINDS", "REACHES", "EvidenceCodes", "Measure", "Modality", "Scope", "read_codes"]

KINDS = (
    "prohibits", "restricts", "conditions", "permits", "uses", "deliberates", "lifts", "suspends", "speaks",
)  # fmt: skip
COUNTS = ("as", "permission", "leaning", "condition", "nothing")
REACHES = ("whole", "part", "apart")
_YES = {"yes": True, "no": False, True: True, False: False}
_REGEX_MARKS = re.compile(r"[\\^$*+?()\[\]{}|]")


@dataclass(frozen=True, slots=True)
class Measure:
    """What somebody does about a vendor."""

    id: str
    kind: str
    """One of `KINDS`."""
    scope: str
    """What it is about where the statement names no scope."""
    fixed: bool
    """It is about that scope whatever is named."""
    act: bool
    """Only a state can do it."""
    parts: Mapping[str, str]
    """For a measure that says different things of several scopes: the kind by scope."""
    means: str


@dataclass(frozen=True, slots=True)
class Modality:
    """How far a measure has got."""

    id: str
    counts: str
    """One of `COUNTS`."""
    means: str


@dataclass(frozen=True, slots=True)
class Scope:
    """A part of what a measure may be about."""

    id: str
    within: str | None
    """The next wider scope; None for the widest."""
    reach: str
    """One of `REACHES`."""
    title: str
    words: tuple[re.Pattern[str], ...]
    """Free text that holds one of these is about this scope."""

    def named_in(self, text: str) -> bool:
        """Tell whether one of its words stands in the text."""
        return any(word.search(text) for word in self.words)


@dataclass(frozen=True, slots=True)
class EvidenceCodes:
    """The vocabulary of statements, each list in the order of its file."""

    measures: Mapping[str, Measure]
    modalities: Mapping[str, Modality]
    scopes: Mapping[str, Scope]

    def scope_of(self, text: str | None, measure: str) -> str:
        """Return the scope that a statement is about, by its own words and else by its measure (KeyError if unknown)."""
        made = self.measures[measure]
        if made.fixed or text is None:
            return made.scope
        return next((scope.id for scope in self.scopes.values() if scope.named_in(text)), made.scope)

    def covers(self, wide: str, narrow: str) -> bool:
        """Tell whether one scope is the other or contains it; a scope that is not known is a KeyError."""
        here: str | None = self.scopes[narrow].id
        while here is not None and here != self.scopes[wide].id:
            here = self.scopes[here].within
        return here is not None

    def depth(self, scope: str) -> int:
        """Return how many wider scopes contain a scope; one that is not known is a KeyError."""
        within = self.scopes[scope].within
        return 1 + self.depth(within) if within else 0


def read_codes(folder: Path | None = None) -> EvidenceCodes:
    """Read the vocabulary from a folder with its three files; that which ships with telvet is read once.

    Raises:
        CatalogError: With a fault for every place that is wrong.
    """
    return _shipped() if folder is None else _read(folder)


@cache
def _shipped() -> EvidenceCodes:
    return _read(shipped("catalog") / "evidence")


def _read(folder: Path) -> EvidenceCodes:
    faults: list[Fault] = []
    scope_rows = tuple(_rows(folder, "scopes", faults))
    known = tuple(row.code for row in scope_rows)
    scopes = {scope.id: scope for row in scope_rows if (scope := _scope(row, known))}
    measures = {made.id: made for row in _rows(folder, "measures", faults) if (made := _measure(row, known))}
    modalities = {way.id: way for row in _rows(folder, "modalities", faults) if (way := _modality(row))}
    for row in scope_rows:
        if _goes_round(scopes, row.code):
            what = "the scope contains itself, by way of those that it is within"
            row.file.fault((*row.at, "within"), "cycle", what, "name the next wider scope", scopes[row.code].within)
    if faults:
        count = len(faults)
        what = f"the vocabulary of statements has {count} fault{'s' * (count > 1)}"
        raise CatalogError(what, tuple(faults), code="evidence-codes", where=folder.name)
    return EvidenceCodes(measures, modalities, scopes)


@dataclass(frozen=True, slots=True)
class _Row:
    """One code of one file, as read."""

    file: CheckedYaml
    at: tuple[str, ...]
    code: str
    cells: Any


def _rows(folder: Path, name: str, faults: list[Fault]) -> Iterator[_Row]:
    file = read_checked(folder / f"{name}.yaml", f"{folder.name}/{name}.yaml", faults)
    if file:
        for code, cells in entries(file, name).items():
            yield _Row(file, (name, code), code, cells)


def _modality(row: _Row) -> Modality | None:
    file, at, cells = row.file, row.at, row.cells
    if not file.keys(at, cells, ("counts", "means"), ()):
        return None
    sound = file.one_of((*at, "counts"), cells["counts"], COUNTS, "way of counting")
    sound = file.text((*at, "means"), cells["means"]) and sound
    return Modality(row.code, cells["counts"], cells["means"]) if sound else None


def _scope(row: _Row, known: tuple[str, ...]) -> Scope | None:
    file, at, cells = row.file, row.at, row.cells
    if not file.keys(at, cells, ("within", "reach", "title", "words"), ()):
        return None
    within = cells["within"]
    sound = within is None or file.one_of((*at, "within"), within, known, "scope")
    sound = file.one_of((*at, "reach"), cells["reach"], REACHES, "reach") and sound
    sound = file.text((*at, "title"), cells["title"]) and sound
    words = _words(file, (*at, "words"), cells["words"])
    return Scope(row.code, within, cells["reach"], cells["title"], words) if sound and words is not None else None


def _goes_round(scopes: Mapping[str, Scope], code: str) -> bool:
    seen: set[str] = set()
    here: str | None = code
    while here is not None and here in scopes and here not in seen:
        seen.add(here)
        here = scopes[here].within
    return here == code and code in seen


def _words(file: CheckedYaml, at: tuple[str, ...], words: object) -> tuple[re.Pattern[str], ...] | None:
    """Compile words; a plain one is found at the start of a word, whatever spaces its parts are joined by."""
    if not isinstance(words, list):
        file.fault(at, "not-a-list", "a list of words is wanted here", "write [] where there is none", words)
        return None
    made = []
    for place, word in enumerate(words):
        if not file.text((*at, place), word):
            continue
        plain = r"\b" + r"\s+".join(map(re.escape, word.split()))
        try:
            made.append(re.compile(word if _REGEX_MARKS.search(word) else plain, re.IGNORECASE))
        except re.error as problem:
            file.fault((*at, place), "bad-pattern", f"the pattern cannot be read: {problem}", "mend it", word)
    return tuple(made) if len(made) == len(words) else None


def _measure(row: _Row, scopes: tuple[str, ...]) -> Measure | None:
    file, at, cells = row.file, row.at, row.cells
    if not file.keys(at, cells, ("kind", "scope", "means"), ("fixed", "act", "parts")):
        return None
    before = len(file.faults)
    file.one_of((*at, "kind"), cells["kind"], KINDS, "kind of measure")
    if scopes:  # else every measure would be faulty too
        file.one_of((*at, "scope"), cells["scope"], scopes, "scope")
    file.text((*at, "means"), cells["means"])
    parts = _parts(file, (*at, "parts"), cells.get("parts", {}), scopes)
    fixed, act = (_yes(file, (*at, key), cells.get(key, False)) for key in ("fixed", "act"))
    if len(file.faults) > before:
        return None
    return Measure(row.code, cells["kind"], cells["scope"], fixed, act, parts, cells["means"])


def _parts(file: CheckedYaml, at: tuple[str, ...], parts: object, scopes: tuple[str, ...]) -> dict[str, str]:
    if not isinstance(parts, Mapping):
        file.fault(at, "not-a-mapping", "a mapping of scopes to kinds of measure is wanted here", value=parts)
        return {}
    for scope, kind in parts.items():
        if scopes:
            file.one_of((*at, scope), scope, scopes, "scope")
        file.one_of((*at, scope), kind, KINDS, "kind of measure")
    return dict(parts)


def _yes(file: CheckedYaml, at: tuple[str, ...], value: object) -> bool:
    if isinstance(value, str | bool) and value in _YES:
        return _YES[value]
    file.fault(at, "not-yes-no", "yes or no is wanted here", "write yes or no", value)
    return False
