"""Gathers the record that a question about positions is answered from: the ledger's statements and the catalogue's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from telvet.catalog.evidence_codes import read_codes
from telvet.catalog.outlets import read_outlets
from telvet.catalog.positions import ANYONE, CatalogueRow, read_catalogue
from telvet.catalog.vendors import Register
from telvet.errors import UsageError
from telvet.evidence.positions.record import Record
from telvet.evidence.statements.making import named_document, registered
from telvet.evidence.statements.when import read_when
from telvet.model.evidence import NamedVendor, Statement
from telvet.tables.codes import nearest
from telvet.workspace.evidence_ledger import EvidenceLedger

__all__ = ["catalogue_statements", "record_of", "vendor_asked"]


def record_of(
    ledger: EvidenceLedger | None, *, catalogue: bool, country: str | None = None, recorded_by: str | None = None
) -> Record:
    """Return the record of all countries, or of one, from the ledger and, where asked, the catalogue."""
    merged = (
        [one for one in catalogue_statements(read_catalogue()) if country in (None, one.country)] if catalogue else []
    )
    if ledger is None:
        return Record.of((), (), merged)
    held = [_of_publisher(one.statement) for one in ledger.statements(country, recorded_by)]
    return Record.of(held, ledger.judgements(country), merged)


def _of_publisher(said: Statement) -> Statement:
    """Return a statement with its publisher for its origin, where that was not known yet when it was taken in."""
    if said.publisher and said.quote and said.origin == named_document(said.quote.document):
        return replace(said, origin=read_outlets().find(said.publisher) or said.publisher)
    return said


def catalogue_statements(rows: Iterable[CatalogueRow]) -> Iterator[Statement]:
    """Yield the catalogue's rows as statements."""
    codes, outlets = read_codes(), read_outlets()
    for row in rows:
        vendors = [NamedVendor(name, None if name == ANYONE else name, name == ANYONE) for name in row.vendors]
        yield Statement(
            id=row.id,
            country=row.country,
            vendors=tuple(vendors),
            measure=row.measure,
            scope=row.scope or codes.measures[row.measure].scope,
            modality=row.modality,
            level=row.level,
            actor=row.actor,
            speaker=None,
            via=None,
            when=read_when(row.date),
            until=row.until,
            deadline=row.deadline,
            published=row.published,
            publisher=row.publisher,
            origin=outlets.find(row.via) or row.via or outlets.find(row.publisher) or row.publisher,
            quote=None,
            text=row.text,
            grade=row.grade,
            recorded_at=f"{row.recorded.isoformat()}T00:00:00.000000Z",
            source=row.source,
        )


def vendor_asked(text: str | None, register: Register) -> str | None:
    """Return the id by which statements name a vendor: its group's, where it has one.

    Raises:
        UsageError: The register knows nobody by this id or name.
    """
    if text is None:
        return None
    if text in register.groups:
        return text
    organisation = register.organisations.get(text)
    found = (organisation.group or organisation.id) if organisation else registered(text, register)
    if found is None:
        near = nearest(text.lower(), (*register.groups, *register.organisations))
        raise UsageError(
            f"{text!r} is no vendor that the register knows",
            code="unknown-vendor",
            where="--vendor",
            fix=f"did you mean {near}?" if near else "write the id of a group or organisation",
        )
    return found
