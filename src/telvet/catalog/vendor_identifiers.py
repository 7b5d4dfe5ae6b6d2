"""Turns `identifiers.csv` into lookups of enterprise numbers and hardware-address blocks.

* Exact lookups only; which of several prefixes counts is for the reader of an address to say (longest first).
* A block of 24 bits that was dealt out in finer parts has no owner of its own: it is listed as `split`.
* An address whose first octet marks it as locally administered or as a group has no owner; none is in the file.
* Values stand packed, several to a row; an `Identifier` is made when it is looked up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from telvet.catalog.vendor_rows import RegisterFiles, Row
from telvet.model.organisation import Identifier

__all__ = ["COLUMNS", "IdentifierTable", "Registrant", "holds_on", "read_identifiers"]

COLUMNS = ("scheme", "organisation", "registry", "registrant", "from", "to", "values")
_PEN, _OUI, _SPLIT = r"[1-9][0-9]*", r"[0-9a-f][048c][0-9a-f]{4}(?:[0-9a-f]|[0-9a-f]{3})?", r"[0-9a-f]{6}"
_FORMS = {scheme: re.compile(f"{one}(?: {one})*") for scheme, one in (("pen", _PEN), ("oui", _OUI), ("split", _SPLIT))}


@dataclass(frozen=True, slots=True)
class Registrant:
    """Who holds some numbers of a registry, and by what name."""

    organisation: str
    source: str
    from_: date | None
    to: date | None


@dataclass(frozen=True, slots=True)
class IdentifierTable:
    """Numbers by their value."""

    numbers: Mapping[tuple[str, str], tuple[Registrant, ...]]
    split: frozenset[str]

    def find(self, scheme: str, value: str, on: date | None) -> tuple[Identifier, ...]:
        """Return whom a number stands for on a day, or ever where no day is asked."""
        return tuple(
            Identifier(scheme, value, found.organisation, found.from_, found.to, found.source)
            for found in self.numbers.get((scheme, value), ())
            if holds_on(found.from_, found.to, on)
        )


def holds_on(first: date | None, last: date | None, on: date | None) -> bool:
    """Tell whether a day lies between two others, which may be open."""
    return on is None or ((first is None or first <= on) and (last is None or on <= last))


def read_identifiers(
    files: RegisterFiles, organisations: Mapping[str, object], titles: Mapping[str, str]
) -> IdentifierTable:
    """Read every number; faults are noted in `files`."""
    numbers: dict[tuple[str, str], tuple[Registrant, ...]] = {}
    split: set[str] = set()
    for row in files.rows("identifiers.csv", COLUMNS):
        if not _is_sound(files, row, organisations, titles):
            continue
        values = row.cells["values"].split(" ")
        if row.cells["scheme"] == "split":
            split.update(values)
            continue
        registrant = _registrant(files, row, titles)
        for value in values:
            key = (row.cells["scheme"], value)
            numbers[key] = (*numbers.get(key, ()), registrant)
    return IdentifierTable(numbers, frozenset(split))


def _registrant(files: RegisterFiles, row: Row, titles: Mapping[str, str]) -> Registrant:
    source = f"{titles[row.cells['registry']]}; registrant {row.cells['registrant']}"
    return Registrant(row.cells["organisation"], source, *files.days(row, "from", "to"))


def _is_sound(files: RegisterFiles, row: Row, organisations: Mapping[str, object], titles: Mapping[str, str]) -> bool:
    before = len(files.faults)
    if files.one_of(row, "scheme", tuple(_FORMS)):
        if not _FORMS[row.cells["scheme"]].fullmatch(row.cells["values"]):
            files.fault(row, "values", "bad-identifier", "not all of these are numbers of this scheme")
        if row.cells["scheme"] != "split":
            files.known(row, "organisation", organisations)
    files.known(row, "registry", titles)
    return len(files.faults) == before
