"""Turn outcomes and makers into the texts that an engine joins to findings in bulk.

* Every row of a list has the same keys; a list of facts is joined by `; `.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from telvet.assessment.assess import Outcome
from telvet.assessment.findings import Findings
from telvet.assessment.records import ASSERTION
from telvet.model.finding import Because, Finding, VendorShown
from telvet.model.status import weakest_grade
from telvet.tables.judging import FindingTexts

__all__ = ["finding_texts"]


def finding_texts(findings: Findings, about: Mapping[str, str], *, redact: bool = False) -> FindingTexts:
    """Return the texts of a judgement's outcomes and makers; redacted, without sites, intercept and private orders."""
    outcomes = [_outcome(outcome) for outcome in findings.judgement.outcomes]
    others = [_whole(finding, redact=redact) for finding in findings.without_element()]
    return FindingTexts(
        outcomes=[_masked(outcome) for outcome in outcomes] if redact else outcomes,
        makers=[_maker(vendor) for vendor in findings.vendors],
        others=[_masked(other) for other in others] if redact else others,
        about=about,
        withheld=(("function", "li"),) if redact else (),
        blanked=("site",) if redact else (),
    )


def _masked(text: dict[str, str | None]) -> dict[str, str | None]:
    """Blank what a private overlay set."""
    if "overlay." not in (text["because"] or ""):
        return text
    return {**text, "by": None, "until": None, "excused_by": "redacted" if text["excused_by"] else None}


def _is_private(because: Because) -> bool:
    """Tell whether a reason is an overlay's, or is of what is agreed with whom."""
    of_arrangement = because.fact.startswith(("arrangement.", ASSERTION)) or because.fact == "partner.country"
    return because.origin.startswith("overlay ") or of_arrangement


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _outcome(outcome: Outcome) -> dict[str, str | None]:
    provision, verdict = outcome.provision, outcome.verdict
    return {
        "provision": provision.id,
        "subject": str(provision.subject),
        "status": str(verdict.status),
        "force": str(provision.force),
        "by": _day(verdict.by),
        "by_fact": verdict.by_fact,
        "until": _day(verdict.until),
        "excused_by": verdict.excused_by,
        "missing": "; ".join(verdict.missing),
        "unless": "; ".join(verdict.unless),
        "because": "; ".join(verdict.because),
        "grade": str(weakest_grade([cite.grade for cite in verdict.cites])),
    }


def _maker(vendor: VendorShown) -> dict[str, str | None]:
    return {
        "organisation": vendor.organisation,
        "vendor_group": vendor.group,
        "relation": str(vendor.relation),
        "tier": str(vendor.tier) if vendor.tier else None,
        "candidates": "; ".join(vendor.candidates),
    }


def _whole(finding: Finding, *, redact: bool) -> dict[str, str | None]:
    shown = ((one.fact, "redacted" if redact and _is_private(one) else one.value) for one in finding.because)
    return {
        "id": finding.id, "subject": str(finding.subject), "subject_id": finding.subject_id, "equipment": finding.equipment,
        "operator": finding.operator, "country": finding.country, "provision": finding.provision, "status": str(finding.status),
        "force": str(finding.force), "by": _day(finding.by), "until": _day(finding.until), "excused_by": finding.excused_by,
        "missing": "; ".join(finding.missing), "unless": "; ".join(finding.unless),
        "because": "; ".join(f"{fact} {value}" for fact, value in shown), "grade": str(finding.grade),
    }  # fmt: skip
