"""Findings into JSON lines: one object a line, in the order of the stream.

* Holds one finding at a time.
* The keys and their order are the contract of docs/reference/findings.md; json.py writes the same objects.
"""

from __future__ import annotations

import json
from typing import TextIO

from telvet.model.finding import Assessment, Disposition, Finding, VendorShown
from telvet.model.organisation import Relation
from telvet.model.status import reading
from telvet.reporting.run import Json

__all__ = ["finding_line", "finding_object", "write"]

_encode = json.JSONEncoder(ensure_ascii=False).encode
_SEVERAL = frozenset({Relation.DISPUTED, Relation.UNRESOLVED})


def write(assessment: Assessment, out: TextIO) -> None:
    """Write every finding as one line of JSON."""
    out.writelines(finding_line(finding) + "\n" for finding in assessment.findings())


def finding_line(finding: Finding) -> str:
    """Return a finding as one line of JSON without its line end."""
    return _encode(finding_object(finding))


def finding_object(finding: Finding) -> dict[str, Json]:
    """Return a finding as plain values under its published keys, in their published order."""
    shown: dict[str, Json] = {
        "id": finding.id,
        "subject": finding.subject.value,
        "subject_id": finding.subject_id,
        "equipment": finding.equipment,
        "operator": finding.operator,
        "country": finding.country,
        "provision": finding.provision,
        "status": finding.status.value,
        "force": finding.force.value,
        "by": finding.by.isoformat() if finding.by else None,
        "vendor": _vendor(finding.vendor) if finding.vendor else None,
        "missing": list(finding.missing),
        "unless": list(finding.unless),
        "because": [{"fact": part.fact, "value": part.value, "origin": part.origin} for part in finding.because],
        "cites": [
            {"instrument": cite.instrument, "place": cite.place, "grade": cite.grade.value} for cite in finding.cites
        ],
        "reading": reading(finding.status, finding.force),
        "until": finding.until.isoformat() if finding.until else None,
        "excused_by": finding.excused_by,
        "grade": finding.grade.value,
    }
    if finding.disposition:
        shown["disposition"] = _disposition(finding.disposition)
    return shown


def _vendor(vendor: VendorShown) -> dict[str, Json]:
    shown: dict[str, Json] = {
        "organisation": vendor.organisation,
        "group": vendor.group,
        "relation": vendor.relation.value,
        "tier": vendor.tier.value if vendor.tier else None,
    }
    if vendor.relation in _SEVERAL:
        shown["candidates"] = list(vendor.candidates)
    return shown


def _disposition(disposition: Disposition) -> dict[str, Json]:
    return {
        "state": disposition.state,
        "by": disposition.by,
        "on": disposition.on,
        "why": disposition.why,
        "ticket": disposition.ticket,
    }
