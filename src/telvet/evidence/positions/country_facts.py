"""Turns the record into what the law may read of countries: their positions, and what is confirmed to be in use there.

* A disputed position is unknown to the law, and so is one that nothing decides.
* What is confirmed to be in use is a fact of its own; it follows from no position, and no position follows from it.
* Deployment counts from statements of any level: it is a fact of the world, not an act of a state.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from telvet.catalog.evidence_codes import EvidenceCodes, read_codes
from telvet.evidence.positions.position import Asked, position
from telvet.evidence.positions.record import Record
from telvet.model.evidence import Statement
from telvet.model.facts import Stated
from telvet.model.position import Position
from telvet.model.status import weakest_grade
from telvet.shipped import shipped
from telvet.tables.codes import GENERATIONS

__all__ = ["CountryFacts", "catalogue_digest", "country_facts"]

_SHOWN = 3
_UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class CountryFacts:
    """What is known of countries from statements."""

    positions: Mapping[tuple[str, str], Stated] = field(default_factory=dict)
    """By (country, vendor)."""
    deploys: Mapping[tuple[str, str, str | None], str] = field(default_factory=dict)
    """By (country, vendor, generation; None where the statement names none): where it is said."""
    heard: str | None = None
    """Up to which moment a workspace was heard; None where none was."""


def country_facts(record: Record, vendors: Iterable[str], asked: Asked) -> CountryFacts:
    """Return the facts of every country on which the record speaks, for some vendors (groups or organisations)."""
    positions: dict[tuple[str, str], Stated] = {}
    deploys: dict[tuple[str, str, str | None], str] = {}
    codes, names = read_codes(), sorted(vendors)
    for country in record.countries():
        for vendor in names:
            found = position(record, country, vendor, asked)
            if found.position != _UNKNOWN:
                positions[country, vendor] = _stated(found)
            for said, generation in _in_use(record, country, vendor, asked, codes):
                deploys.setdefault(
                    (country, vendor, generation), f"statement {said.id}, {said.publisher or said.origin}"
                )
    return CountryFacts(positions, deploys)


def catalogue_digest() -> str:
    """Return the digest of everything shipped that these facts and the coverage of law rest on."""
    catalogue = shipped("catalog")
    files = [*sorted((catalogue / "positions").glob("*.yaml")), *sorted((catalogue / "evidence").iterdir())]
    whole = hashlib.sha256()
    for path in (*files, catalogue / "places" / "law_coverage.csv"):
        whole.update(f"{path.name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()


def _stated(found: Position) -> Stated:
    ids = [said.id for said in found.because]
    more = f" and {len(ids) - _SHOWN} more" if len(ids) > _SHOWN else ""
    told = f"{'statement' if len(ids) == 1 else 'statements'} {', '.join(ids[:_SHOWN])}{more}"
    disputed = f", disputed: {found.position} is contradicted" if found.disputed else ""
    grade = weakest_grade([said.grade for said in found.because])
    return Stated(_UNKNOWN if found.disputed else found.position, told + disputed, grade)


def _in_use(
    record: Record, country: str, vendor: str, asked: Asked, codes: EvidenceCodes
) -> Iterator[tuple[Statement, str | None]]:
    for said in record.heard(country, vendor, asked.known_by, asked.recorded_by):
        named = any(one.id == vendor for one in said.vendors)
        sure = codes.measures[said.measure].kind == "uses" and codes.modalities[said.modality].counts == "as"
        if named and sure and _holds(said, asked.as_of):
            generation = said.scope.upper()
            yield said, generation if generation in GENERATIONS else None


def _holds(said: Statement, day: date) -> bool:
    """Tell whether it had surely begun by a day, and is not said to have ended."""
    published, when = said.published.last, said.when
    begun = min(when.last or published, published) if when else published
    ahead = when is not None and when.first is not None and when.first > published
    return not ahead and begun <= day and (said.until is None or day <= said.until)
