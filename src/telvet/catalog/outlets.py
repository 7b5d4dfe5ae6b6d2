"""Turns the table of outlets (`catalog/evidence/outlets.csv`) into lookups of outlets by what they are called.

* Names are folded: case, accents, punctuation and a leading `the` do not matter; each stands for one outlet.
* A name that two outlets claim is a fault, never a choice.
* All faults of the table are told at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from telvet.catalog.places import fold_place
from telvet.catalog.vendor_rows import RegisterFiles, Row
from telvet.errors import CatalogError
from telvet.model.status import Grade
from telvet.shipped import shipped

__all__ = ["KINDS", "Outlet", "Outlets", "read_outlets"]

KINDS = ("agency", "newspaper", "broadcaster", "site", "government")
_FILE = "outlets.csv"
_COLUMNS = ("id", "name", "also", "kind", "country")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_COUNTRY = re.compile(r"[A-Z]{3}|")
_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?([^/\s:]+\.[^/\s:]+)(?:[/:?#].*)?", re.IGNORECASE)
_ASIDE = re.compile(r"\s*\([^()]*\)")
_DESCRIPTION = re.compile(
    r"\s+(?:news\s?agency|newswire|wire service|newspaper|daily|magazine|report|website|online)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Outlet:
    """Somebody who publishes news or notices."""

    id: str
    name: str
    also: tuple[str, ...]
    """Other names and addresses that it goes by."""
    kind: str
    """One of `KINDS`."""
    country: str | None
    """Alpha-3; None where it belongs to no single country."""

    @property
    def names(self) -> tuple[str, ...]:
        """Return all that it is called, its own name first."""
        return (self.name, *self.also)


@dataclass(frozen=True, slots=True)
class Outlets:
    """Outlets by their ids, and by what they are called."""

    by_id: Mapping[str, Outlet]
    spellings: Mapping[str, str]
    """Id by folded name."""

    def find(self, text: str) -> str | None:
        """Return the id of the outlet that free text stands for, or None where it stands for none or for several.

        An id stands for itself. What stands in brackets is an aside, unless the name itself has it; an address stands for the outlet of its host.
        """
        text = text.strip()
        if text in self.by_id:
            return text
        for spelling in (text, _ASIDE.sub("", text), _DESCRIPTION.sub("", _ASIDE.sub("", text))):
            if (found := self.spellings.get(fold_place(spelling))) is not None:
                return found
        return self._host(text)

    def grade(self, publisher: str | None) -> Grade:
        """Return how surely what somebody publishes tells of what a state does: the state's own notices tell it first hand."""
        found = self.find(publisher) if publisher else None
        return Grade.VERIFIED if found and self.by_id[found].kind == "government" else Grade.SECONDARY

    def _host(self, text: str) -> str | None:
        """Return the outlet of an address, or of the nearest domain above its host that is known."""
        if not (address := _ADDRESS.fullmatch(text)):
            return None
        host = address[1].casefold()
        while "." in host:
            if (found := self.spellings.get(fold_place(host))) is not None:
                return found
            host = host.partition(".")[2]
        return None


def read_outlets(path: Path | None = None) -> Outlets:
    """Read the table of outlets; the one that ships with telvet is read once."""
    return _shipped() if path is None else _read(path)


@cache
def _shipped() -> Outlets:
    return _read(shipped("catalog") / "evidence" / _FILE)


def _read(path: Path) -> Outlets:
    contents = {_FILE: path.read_bytes()} if path.is_file() else {}
    files = RegisterFiles(path.parent.name, contents)
    by_id: dict[str, Outlet] = {}
    spellings: dict[str, str] = {}
    for row in files.rows(_FILE, _COLUMNS):
        outlet = _outlet(files, row)
        if outlet is None:
            continue
        if outlet.id in by_id:
            files.fault(row, "id", "outlet-twice", "this id is given twice", "keep one of the rows")
            continue
        by_id[outlet.id] = outlet
        for column, name in _spelled(outlet):
            other = spellings.setdefault(fold_place(name), outlet.id)
            if other != outlet.id:
                what = f"{name!r} stands for both {other} and {outlet.id}"
                files.fault(row, column, "outlet-twice", what, "keep the name for one of them")
    if files.faults:
        count = len(files.faults)
        raise CatalogError(f"{_FILE} has {count} fault{'s' * (count > 1)}", tuple(files.faults), code="outlets")
    return Outlets(by_id, spellings)


def _outlet(files: RegisterFiles, row: Row) -> Outlet | None:
    cells = row.cells
    sound = files.filled(row, "id", "name") & files.one_of(row, "kind", KINDS)
    for column, pattern, fix in (
        ("id", _ID, "write small letters, digits and hyphens"),
        ("country", _COUNTRY, "write the alpha-3 code, or leave it empty"),
    ):
        if not pattern.fullmatch(cells[column]) and cells[column]:
            files.fault(row, column, "not-a-code", "this is no code of this kind", fix)
            sound = False
    if not sound:
        return None
    also = tuple(name.strip() for name in cells["also"].split(";") if name.strip())
    return Outlet(cells["id"], cells["name"], also, cells["kind"], cells["country"] or None)


def _spelled(outlet: Outlet) -> Iterator[tuple[str, str]]:
    yield "name", outlet.name
    yield from (("also", name) for name in outlet.also)
