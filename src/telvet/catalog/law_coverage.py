"""Turn `law_coverage.csv` into the countries and days for which all law on vendors of network equipment is in packs.

* A row is a claim about law, dated, graded and with its source; a day that no row covers is not covered.
* It is what lets a law that forbids nothing be told from a law that nobody has written down.
"""

from __future__ import annotations

import csv
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from telvet.catalog.places import read_places
from telvet.errors import CatalogError, Fault
from telvet.model.dates import read_day
from telvet.model.status import Grade
from telvet.shipped import shipped

__all__ = ["LAW_COVERAGE", "Covered", "covering", "read_law_coverage"]

LAW_COVERAGE = "law_coverage.csv"
_COLUMNS = ("country", "from", "to", "grade", "source")


@dataclass(frozen=True, slots=True)
class Covered:
    """A country, and the days (None: open) on which all its law on vendors is in packs, or there is none."""

    country: str
    from_: date | None
    to: date | None
    grade: Grade
    source: str
    record: int = 0
    """As a spreadsheet shows it."""

    @property
    def origin(self) -> str:
        """Return where it is written."""
        return f"catalog/places/{LAW_COVERAGE} record {self.record}: {self.source}"


def covering(rows: Iterable[Covered], country: str, on: date) -> Covered | None:
    """Return the first row that covers a country on a day."""
    for row in rows:
        if row.country == country and (row.from_ or date.min) <= on <= (row.to or date.max):
            return row
    return None


def read_law_coverage(folder: Path | None = None) -> tuple[Covered, ...]:
    """Read the catalogue's coverage; the one that ships with telvet is read once.

    Args:
        folder: A folder of places, whose countries a row may name.

    Raises:
        CatalogError: With a fault for every cell that is wrong.
    """
    return _shipped() if folder is None else _read(folder)


@cache
def _shipped() -> tuple[Covered, ...]:
    return _read(shipped("catalog") / "places")


def _read(folder: Path) -> tuple[Covered, ...]:
    faults: list[Fault] = []
    with (folder / LAW_COVERAGE).open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        if tuple(reader.fieldnames or ()) != _COLUMNS:
            what = "the header is not the one this table declares"
            faults.append(Fault(LAW_COVERAGE, 1, None, "wrong-header", what, f"write {','.join(_COLUMNS)}"))
        else:
            names = read_places(folder).names
            found = [row for number, cells in enumerate(reader, 2) for row in _row(number, cells, names, faults)]
    if faults:
        raise CatalogError(f"the coverage of law has {len(faults)} fault(s)", tuple(faults), code="law-coverage")
    return tuple(found)


def _row(record: int, cells: Mapping[str, str | None], names: Container[str], faults: list[Fault]) -> Iterator[Covered]:
    """Yield the row, or nothing where a cell is wrong."""
    before = len(faults)
    country, source = cells["country"] or "", (cells["source"] or "").strip()
    if country not in names:
        what = "the cell is no country"
        faults.append(
            Fault(LAW_COVERAGE, record, "country", "unknown-country", what, "use ISO 3166-1 alpha-3", country)
        )
    if not source:
        faults.append(Fault(LAW_COVERAGE, record, "source", "empty-cell", "a claim about law needs its source"))
    grade = cells["grade"] or ""
    if grade not in tuple(Grade):
        what = "the grade is not known"
        faults.append(
            Fault(LAW_COVERAGE, record, "grade", "unknown-code", what, f"use one of {', '.join(Grade)}", grade)
        )
    first, last = (_day(record, column, cells[column] or "", faults) for column in ("from", "to"))
    if first and last and last < first:
        faults.append(Fault(LAW_COVERAGE, record, "to", "dates-crossed", "it ends before it begins"))
    if len(faults) == before:
        yield Covered(country, first, last, Grade(grade), source, record)


def _day(record: int, column: str, text: str, faults: list[Fault]) -> date | None:
    if not text:
        return None
    try:
        return read_day(text)
    except ValueError as problem:
        faults.append(Fault(LAW_COVERAGE, record, column, "not-a-date", str(problem), "write YYYY-MM-DD", text[:60]))
        return None
