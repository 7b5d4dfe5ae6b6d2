"""Turns the catalogue of positions, a YAML file a country, into dated, cited and graded rows.

* A row is a paraphrase, never a quote; what it rests on is its source, its grade says how surely.
* Codes, vendors and countries are checked against the catalogue; all faults of all files are told at once.
* Rows come in the order of the countries' codes, and within a file in its order.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from telvet.catalog.checked_yaml import CheckedYaml, read_checked
from telvet.catalog.evidence_codes import EvidenceCodes, read_codes
from telvet.catalog.places import read_places
from telvet.catalog.vendor_rows import RegisterFiles
from telvet.catalog.yaml_reading import Step
from telvet.errors import CatalogError, Fault
from telvet.model.dates import Span, read_day, read_span
from telvet.model.evidence import Level
from telvet.model.status import Grade
from telvet.shipped import shipped

__all__ = ["ANYONE", "CatalogueRow", "read_catalogue"]

ANYONE = "anyone"
"""Stands in place of vendors where a measure names nobody and means whoever is under suspicion."""
_NEEDED = (
    "id", "vendors", "measure", "modality", "level", "actor", "date", "text", "publisher", "published", "source",
    "grade", "recorded",
)  # fmt: skip
_OPTIONAL = ("scope", "until", "deadline", "via", "note")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_OPEN = ("", "..")
_DATES = "write a day, month, quarter or year, or two of them joined by / with .. for an open end"
_DAY = "write YYYY-MM-DD"


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """One statement of the catalogue: what a country, or somebody about it, did or said of a vendor."""

    id: str
    country: str
    """ISO 3166-1 alpha-3, from the file's name."""
    vendors: tuple[str, ...]
    """Ids of groups or organisations of the register, or `anyone` alone."""
    measure: str
    scope: str | None
    """A code of the scopes; None: the measure's own."""
    modality: str
    level: Level
    actor: str
    date: str
    """As written: a day, month, quarter, year, or an interval of them."""
    until: dt.date | None
    deadline: dt.date | None
    text: str
    publisher: str
    published: Span
    source: str
    """An address, or an instrument's name where none is known."""
    grade: Grade
    recorded: dt.date
    """The day on which the row was added."""
    via: str
    """Whom the publisher had it from, where it says so: then that is its origin."""
    note: str


def read_catalogue(folder: Path | None = None) -> tuple[CatalogueRow, ...]:
    """Read the positions of all countries from a folder; those that ship with telvet are read once.

    Raises:
        CatalogError: With a fault for every place that is wrong.
    """
    return _shipped() if folder is None else _read(folder)


@cache
def _shipped() -> tuple[CatalogueRow, ...]:
    return _read(shipped("catalog") / "positions")


def _read(folder: Path) -> tuple[CatalogueRow, ...]:
    faults: list[Fault] = []
    codes, vendors = read_codes(), (*_vendors(), ANYONE)
    rows: list[CatalogueRow] = []
    seen: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")):
        file = read_checked(path, f"{folder.name}/{path.name}", faults)
        if file is None:
            continue
        for place, cells in _listed(file):
            row = _Row(file, (place,), cells, path.stem, codes, vendors).read()
            if row and row.id in seen:
                what = f"{seen[row.id]} has a row with this id already"
                file.fault((place, "id"), "duplicate-id", what, "give it another", row.id)
            elif row:
                seen[row.id] = file.name
                rows.append(row)
    if faults:
        count = len(faults)
        what = f"the catalogue of positions has {count} fault{'s' * (count > 1)}"
        raise CatalogError(
            what, tuple(faults), code="positions", where=folder.name, fix="see README.md beside the files"
        )
    return tuple(rows)


def _vendors() -> tuple[str, ...]:
    """Return the ids of groups and organisations, without reading the whole register."""
    folder = shipped("catalog") / "vendors"
    names: dict[str, tuple[str, ...]] = {
        "groups.csv": ("group", "name", "root"),
        "organisations.csv": ("id", "name", "country", "group", "source", "grade"),
    }
    files = RegisterFiles(folder.name, {name: (folder / name).read_bytes() for name in names})
    found = [row.cells[columns[0]] for name, columns in names.items() for row in files.rows(name, columns)]
    if files.faults:
        raise CatalogError("the vendor register has faults", tuple(files.faults), code="register", where=folder.name)
    return tuple(dict.fromkeys(found))


def _listed(file: CheckedYaml) -> Iterator[tuple[int, Any]]:
    top, country = file.document.value, Path(file.name).stem
    if country not in read_places().names:
        fix = "name it by the country's ISO 3166-1 alpha-3 code in capital letters"
        file.fault((), "unknown-country", "the file's name is no country", fix, country)
    elif not isinstance(top, list) or not top:
        file.fault((), "not-a-list", "a list of statements is wanted here", "start each with - id:")
    else:
        yield from enumerate(top)


class _Row:
    """Checks one row, field by field, and builds it where it is sound."""

    def __init__(
        self,
        file: CheckedYaml,
        at: tuple[Step, ...],
        cells: Any,  # noqa: ANN401 - YAML may hold anything
        country: str,
        codes: EvidenceCodes,
        vendors: tuple[str, ...],
    ) -> None:
        self.file, self.at, self.cells, self.country, self.codes, self.vendors = (
            file,
            at,
            cells,
            country,
            codes,
            vendors,
        )

    def read(self) -> CatalogueRow | None:
        """Return the row, or None and faults."""
        file, before = self.file, len(self.file.faults)
        file.keys(self.at, self.cells, _NEEDED, _OPTIONAL)
        if not isinstance(self.cells, dict):
            return None
        self._id()
        self._one_of("measure", tuple(self.codes.measures), "measure")
        self._one_of("modality", tuple(self.codes.modalities), "modality")
        self._one_of("scope", tuple(self.codes.scopes), "scope")
        self._one_of("level", tuple(level.value for level in Level), "level")
        self._one_of("grade", tuple(grade.value for grade in Grade), "grade")
        for field in ("actor", "text", "publisher", "source", "via", "note"):
            if field in self.cells:
                file.text((*self.at, field), self.cells[field])
        vendors = self._vendors()
        published, until, deadline, recorded = self._dates()
        if len(file.faults) > before or published is None or recorded is None:
            return None
        cells = self.cells
        texts = {field: " ".join(str(cells.get(field, "")).split()) for field in ("actor", "text", "publisher", "via", "note")}
        return CatalogueRow(
            id=cells["id"], country=self.country, vendors=vendors, measure=cells["measure"], scope=cells.get("scope"),
            modality=cells["modality"], level=Level(cells["level"]), date=str(cells["date"]), until=until,
            deadline=deadline, published=published, source=cells["source"], grade=Grade(cells["grade"]),
            recorded=recorded, **texts,
        )  # fmt: skip

    def _one_of(self, field: str, allowed: tuple[str, ...], noun: str) -> None:
        if field in self.cells:
            self.file.one_of((*self.at, field), self.cells[field], allowed, noun)

    def _id(self) -> None:
        found = self.cells.get("id")
        start = f"{self.country.lower()}-"
        if "id" in self.cells and not (isinstance(found, str) and _ID.fullmatch(found) and found.startswith(start)):
            fix = f"write lower-case words and digits joined by hyphens, starting with {start}"
            self.file.fault((*self.at, "id"), "bad-id", "this is no id for a row of this file", fix, found)

    def _vendors(self) -> tuple[str, ...]:
        if "vendors" not in self.cells:
            return ()
        found, at = self.cells["vendors"], (*self.at, "vendors")
        if not isinstance(found, list) or not found:
            self.file.fault(
                at, "not-a-list", "a list of vendors is wanted here", f"write [{ANYONE}] where none is named"
            )
            return ()
        for place, vendor in enumerate(found):
            self.file.one_of((*at, place), vendor, self.vendors, "group or organisation of the register")
        if ANYONE in found and len(found) > 1:
            self.file.fault(at, "anyone", f"{ANYONE} stands alone", "name the vendors, or nobody")
        return tuple(map(str, found))

    def _dates(self) -> tuple[Span | None, dt.date | None, dt.date | None, dt.date | None]:
        held = self._span("date")
        published = self._span("published")
        if published and "/" in str(self.cells["published"]):
            self._fault("published", "a publication is not an interval", "write a day, month, quarter or year")
        until, deadline, recorded = (self._day(field) for field in ("until", "deadline", "recorded"))
        for field, day in (("until", until), ("deadline", deadline)):
            if held and day and day < held.first:
                self._fault(field, "this is before the day on which it began", "mend one of the two")
        if published and recorded and recorded < published.first:
            self._fault("recorded", "this is before the source came out", "mend one of the two")
        return published, until, deadline, recorded

    def _span(self, field: str) -> Span | None:
        if field not in self.cells:
            return None
        first, slash, last = str(self.cells[field]).partition("/")
        if not slash:
            last = first
        try:
            span = Span(
                dt.date.min if slash and first in _OPEN else read_span(first).first,
                dt.date.max if slash and last in _OPEN else read_span(last).last,
            )
        except ValueError:
            self._fault(field, "this is no date", _DATES)
            return None
        if span.first > span.last or (span.first, span.last) == (dt.date.min, dt.date.max):
            self._fault(field, "this interval holds no day or every day", _DATES)
            return None
        return span

    def _day(self, field: str) -> dt.date | None:
        if field not in self.cells:
            return None
        try:
            return read_day(str(self.cells[field]))
        except ValueError:
            self._fault(field, "this is no day", _DAY)
            return None

    def _fault(self, field: str, what: str, fix: str) -> None:
        self.file.fault((*self.at, field), "bad-date", what, fix, self.cells[field])
