"""Findings and assessments into what may leave the house: without sites, coordinates, intercept and private orders.

* A finding about a lawful-intercept element is left out, not blanked: its presence is the secret.
* A finding shows a function only where a provision looks at it, so the caller names the intercept elements
  (`withheld`) that no reason gives away.
* What an overlay (an order, waiver or extension of one operator) says is masked, and so are the days it sets.
* Every file beside the inventory counts as overlays unless it says that it is the operators table.
* The account of a redacted assessment is counted anew from what is left; what cannot be counted anew is left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date

from telvet.model.finding import Assessment, Because, Finding, InputRead, SummaryRow
from telvet.model.law import Subject
from telvet.model.status import Force, Status

__all__ = ["INTERCEPT_MARKS", "MASK", "redact", "redact_assessment"]

MASK = "redacted"
INTERCEPT_MARKS = frozenset({"li", "lawful intercept", "lawful interception"})
"""Functions and tags that mark an element as part of lawful interception, `_` and `-` read as spaces."""

_PLACES = frozenset({"site", "site_tags", "latitude", "longitude", "coordinates"})
_MARKED = frozenset({"function", "tags", "site_tags"})
_OVERLAY = re.compile(r"overlays?\b", re.IGNORECASE)
_OPERATORS = "operators"


def redact(
    finding: Finding,
    overlays: Collection[str] = (),
    withheld: Collection[tuple[str | None, str]] = frozenset(),
) -> Finding | None:
    """Return the finding as it may leave the house, or None where it may not.

    Args:
        finding: The finding.
        overlays: Names of the overlay files, as origins give them.
        withheld: (operator, element) of every lawful-intercept element.
    """
    if _is_intercept(finding) or (finding.operator, finding.equipment or "") in withheld:
        return None
    private = [part for part in finding.because if _is_private(part.fact, part.origin, overlays)]
    by_overlay = bool(private) or _is_private("", finding.excused_by or "", overlays)
    cites = tuple(cite for cite in finding.cites if not _is_private("", cite.instrument, overlays))
    masked = replace(
        finding, site=None, because=tuple(_masked(part, overlays) for part in finding.because), cites=cites
    )
    if finding.site and finding.subject is Subject.NETWORK and finding.subject_id == finding.site:
        masked = replace(masked, subject_id=MASK)
    if not by_overlay:
        return masked
    excused = MASK if finding.excused_by else None
    extended = any("extension" in part.fact or "variation" in part.fact for part in private)
    return replace(masked, excused_by=excused, until=None, by=None if extended else finding.by)


def redact_assessment(
    assessment: Assessment,
    withheld: Collection[tuple[str | None, str]] = frozenset(),
) -> Assessment:
    """Return the assessment with redacted findings and an account counted from them."""
    overlays = tuple(read.name for read in assessment.beside if not _is_operators(read))

    def findings() -> Iterator[Finding]:
        shown = (redact(finding, overlays, withheld) for finding in assessment.findings())
        return (finding for finding in shown if finding is not None)

    summary, facts, states = _count(findings())
    return replace(
        assessment,
        options={"redact": "yes", **assessment.options},
        inputs=tuple(replace(read, notes=()) for read in assessment.inputs),
        beside=tuple(replace(read, notes=()) for read in assessment.beside),
        findings=findings,
        summary=summary,
        unknown_facts=facts,
        dispositions=states if assessment.dispositions else {},
        makers=tuple(row for row in assessment.makers if not _marks(row[0])),
        burn_down=(),
    )


def _is_operators(read: InputRead) -> bool:
    return _OPERATORS in {read.format, read.name.replace("\\", "/").rsplit("/", 1)[-1].split(".", 1)[0]}


def _is_intercept(finding: Finding) -> bool:
    return any(_column(part) in _MARKED and _marks(part.value) for part in finding.because)


def _marks(value: str) -> bool:
    members = (
        member.strip().casefold().replace("_", " ").replace("-", " ") for member in value.replace(",", ";").split(";")
    )
    return any(member in INTERCEPT_MARKS for member in members)


def _column(part: Because) -> str:
    return part.fact.rsplit(".", 1)[-1]


def _is_private(fact: str, origin: str, overlays: Collection[str]) -> bool:
    """Tell whether a fact, or the place it was read from, is an overlay's."""
    named = any(origin == name or origin.startswith((name + " ", name + ",")) for name in overlays)
    return named or _OVERLAY.match(origin) is not None or _OVERLAY.match(fact) is not None


def _masked(part: Because, overlays: Collection[str]) -> Because:
    if _is_private(part.fact, part.origin, overlays):
        return Because(part.fact, MASK, "overlay")
    if _column(part) in _PLACES:
        return Because(part.fact, MASK, re.split("['\"]", part.origin, maxsplit=1)[0].rstrip())
    return part


_Key = tuple[str | None, str | None, str, Status, Force, date | None]


def _count(
    findings: Iterable[Finding],
) -> tuple[tuple[SummaryRow, ...], tuple[tuple[str, int, int], ...], dict[str, int]]:
    rows: Counter[_Key] = Counter()
    missed: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    states: Counter[str] = Counter()
    for finding in findings:
        rows[finding.operator, finding.country, finding.provision, finding.status, finding.force, finding.by] += 1
        states[finding.disposition.state if finding.disposition else "candidate"] += 1
        if finding.status is Status.UNKNOWN:
            missed.update(finding.missing)
            alone.update(finding.missing if len(finding.missing) == 1 else ())
    facts = sorted(
        ((fact, count, alone[fact]) for fact, count in missed.items()), key=lambda row: (-row[1], -row[2], row[0])
    )
    return tuple(SummaryRow(*key, count) for key, count in rows.items()), tuple(facts), dict(states)
