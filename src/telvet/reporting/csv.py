"""Findings into comma-separated values for a spreadsheet: one row a finding.

* A cell that a spreadsheet would run as a formula gets a leading apostrophe.
* Lists are joined by `; `; a reason is `fact = value (origin)`, a citation `instrument: place (grade)`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import TextIO

from telvet.model.finding import Assessment, Finding
from telvet.model.status import reading

__all__ = ["COLUMNS", "defuse", "write"]

COLUMNS = (
    "id",
    "subject",
    "subject_id",
    "equipment",
    "operator",
    "country",
    "site",
    "provision",
    "title",
    "status",
    "reading",
    "force",
    "by",
    "until",
    "excused_by",
    "vendor",
    "group",
    "relation",
    "tier",
    "candidates",
    "missing",
    "unless",
    "because",
    "cites",
    "grade",
    "disposition",
    "disposition_by",
    "disposition_on",
    "disposition_why",
    "ticket",
)
"""The header, in order."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def write(assessment: Assessment, out: TextIO) -> None:
    """Write a header and every finding as one row."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for finding in assessment.findings():
        title = assessment.provisions.get(finding.provision, "")
        writer.writerow([defuse(cell) for cell in _cells(finding, title)])


def defuse(cell: str) -> str:
    """Return the cell such that no spreadsheet takes it for a formula."""
    return "'" + cell if cell.startswith(_FORMULA) else cell


def _cells(finding: Finding, title: str) -> list[str]:
    because = (f"{part.fact} = {part.value} ({part.origin})" for part in finding.because)
    cites = (f"{cite.instrument}: {cite.place} ({cite.grade})" for cite in finding.cites)
    return [
        finding.id,
        finding.subject,
        finding.subject_id,
        finding.equipment or "",
        finding.operator or "",
        finding.country or "",
        finding.site or "",
        finding.provision,
        title,
        finding.status,
        reading(finding.status, finding.force),
        finding.force,
        finding.by.isoformat() if finding.by else "",
        finding.until.isoformat() if finding.until else "",
        finding.excused_by or "",
        *_vendor(finding),
        _join(finding.missing),
        _join(finding.unless),
        _join(because),
        _join(cites),
        finding.grade,
        *_disposition(finding),
    ]


def _vendor(finding: Finding) -> list[str]:
    vendor = finding.vendor
    if vendor is None:
        return [""] * 5
    return [vendor.organisation or "", vendor.group or "", vendor.relation, vendor.tier or "", _join(vendor.candidates)]


def _disposition(finding: Finding) -> list[str]:
    held = finding.disposition
    return [held.state, held.by, held.on, held.why, held.ticket or ""] if held else [""] * 5


def _join(parts: Iterable[str]) -> str:
    return "; ".join(parts)
