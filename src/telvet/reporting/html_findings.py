"""The stream of findings into a table of the strongest few thousand.

* Holds no more findings than it shows; says how many more there are.
* Strongest first; findings of equal strength stay in the order of the stream.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from datetime import date

from telvet.model.finding import Assessment, Finding
from telvet.model.status import Force
from telvet.reporting.grouping import findings_of
from telvet.reporting.markup import Head, badge, bullets, code, paragraph, section, small, table, text
from telvet.reporting.words import CANDIDATE, counted, maker, number, whose

__all__ = ["MOST", "findings_section"]

MOST = 2_000
"""How many findings the page shows."""

_FORCES = {force: index for index, force in enumerate(Force)}
_HEADS = (Head("Element"), Head("Finding"), Head("Maker"), Head("Because"), Head("Source"))


def findings_section(assessment: Assessment, most: int = MOST) -> str:
    """Show the strongest findings with their reasons and sources."""
    total = findings_of(assessment)
    if not total:
        return ""
    strongest = heapq.nsmallest(most, enumerate(assessment.findings()), key=lambda pair: (*_strength(pair[1]), pair[0]))
    more = total - len(strongest)
    left_out = (
        f" Shown are the {number(len(strongest))} strongest; {counted(more, 'more is', 'more are')} in the json report."
        if more > 0
        else ""
    )
    rows = (_row(finding, assessment.provisions.get(finding.provision, "")) for _, finding in strongest)
    caption = f"{counted(total, 'finding')}, strongest first"
    return section("findings", "Findings", paragraph(text(CANDIDATE + left_out)), table(caption, _HEADS, rows, "cards"))


def _strength(finding: Finding) -> tuple[int, int, date]:
    return (finding.status.rank, _FORCES[finding.force], finding.by or date.max)


def _row(finding: Finding, title: str) -> tuple[str, ...]:
    whom = ", ".join(text(part) for part in (whose(finding.operator), finding.country, finding.site) if part)
    day = small(f"by {finding.by.isoformat()}" if finding.by else "")
    status = badge(finding.status, finding.force, finding.grade) + day
    name = f'<span class="id">{text(finding.id)}</span>'
    provision = f"<div>{text(title)}</div>{small(code(finding.provision))}"
    return (
        f"{text(finding.equipment or finding.subject_id)}{small(whom)}{small(name)}",
        status + provision + small(_excuse(finding)) + small(_decided(finding)),
        text(maker(finding)) + small(text(finding.vendor.tier) if finding.vendor and finding.vendor.tier else ""),
        bullets(_reasons(finding)),
        bullets(f"{text(cite.instrument)}, {text(cite.place)}{small(text(cite.grade))}" for cite in finding.cites),
    )


def _reasons(finding: Finding) -> Iterator[str]:
    for part in finding.because:
        yield f"{code(part.fact)} {text(part.value)}{small(text(part.origin))}"
    if finding.missing:
        yield f"missing: {', '.join(code(fact) for fact in finding.missing)}"
    if finding.unless:
        yield f"unless: {', '.join(code(fact) for fact in finding.unless)}"


def _excuse(finding: Finding) -> str:
    by = f"by {text(finding.excused_by)}" if finding.excused_by else ""
    until = f"until {finding.until.isoformat()}" if finding.until else ""
    return ", ".join(part for part in (by, until) if part)


def _decided(finding: Finding) -> str:
    held = finding.disposition
    return text(f"{held.state}, {held.by}, {held.on}" + (f", {held.ticket}" if held.ticket else "")) if held else ""
