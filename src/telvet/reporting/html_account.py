"""What a run covered, counted and found into sections of the HTML report, each a table.

* Coverage comes first: what was evaluated, for whom, and what was not, and why.
* Zero findings read as zero findings under the laws named, never as more.
"""

from __future__ import annotations

from collections import Counter

from telvet.model.finding import Assessment, InputRead
from telvet.model.status import Status
from telvet.reporting.grouping import (
    CoverageGroup,
    ProvisionGroup,
    by_provision,
    by_reading,
    coverage_groups,
    evaluated,
    findings_of,
    operators_of,
)
from telvet.reporting.markup import Head, badge, bullets, code, details, paragraph, section, small, table, text
from telvet.reporting.words import counted, found_words, listed, number, whose

__all__ = ["coverage_section", "figures", "lead", "rows_section", "run_section", "summary_section"]

_FOLDED = frozenset({"not asked", "not bound", "not in force", "scenario not named", "superseded"})
_WHOM, _OPERATORS = 12, 8
_COVERAGE = (Head("State"), Head("Law"), Head("Whom"), Head("Why"))
_FILES = (
    Head("File"),
    Head("Format"),
    Head("Rows", "n"),
    Head("Judged", "n"),
    Head("Rejected", "n"),
    Head("SHA-256"),
)


def lead(assessment: Assessment) -> str:
    """Say in two sentences what was judged against what, and how much came of it."""
    operators, packs = len(operators_of(assessment)), len(evaluated(assessment))
    judged = f"{counted(assessment.rows_judged, 'element')} of {counted(operators, 'operator')}, {number(assessment.in_use)} of them in use"
    return f"{judged}, judged against {counted(packs, 'law')}. {found_words(findings_of(assessment), packs)}"


def figures(assessment: Assessment) -> str:
    """Show the number of findings by status as large figures."""
    cells = (
        f'<div><dt>{badge(status, force)}</dt><dd class="{status}">{number(count)}</dd></div>'
        for status, force, count in by_reading(assessment)
    )
    return f'<dl class="figures">{"".join(cells)}</dl>' if findings_of(assessment) else ""


def coverage_section(assessment: Assessment) -> str:
    """Show what was evaluated for whom, and what was not, and why."""
    groups = coverage_groups(assessment)
    evaluated_ = [_coverage_row(group) for group in groups if group.state not in _FOLDED]
    caption = "Laws evaluated, laws that may bind, and countries without any law on file"
    shown = table(caption, _COVERAGE, evaluated_, "cards") if evaluated_ else paragraph("No law was evaluated.")
    return section("coverage", "What was covered", shown, _not_evaluated([g for g in groups if g.state in _FOLDED]))


def rows_section(assessment: Assessment) -> str:
    """Account for every row read."""
    judged, rejected = number(assessment.rows_judged), number(assessment.rows_rejected)
    rows = f"{number(assessment.rows_in)} rows in = {judged} judged + {rejected} rejected."
    assumed = f"{number(assessment.in_use_assumed)} of them assumed so because no lifecycle is recorded"
    use = f"{counted(assessment.in_use, 'element is', 'elements are')} in use, {assumed}."
    kinds = f"The law tells {counted(assessment.classes, 'kind')} of element apart."
    read = [_file_row(read) for read in (*assessment.inputs, *assessment.beside)]
    return section(
        "rows",
        "Where every row went",
        paragraph(text(rows)),
        paragraph(text(f"{use} {kinds}")),
        table("Files read", _FILES, read, "cards"),
    )


def summary_section(assessment: Assessment) -> str:
    """Show findings by provision, strongest first, with the operators they concern."""
    groups = by_provision(assessment, tuple(Status))
    heads = (Head("Status"), Head("Findings", "n"), Head("Provision"), Head("Operators"), Head("By", "day"))
    rows = [_summary_row(group) for group in groups]
    shown = (
        table("Findings by provision, strongest first", heads, rows, "cards")
        if rows
        else paragraph(text(found_words(0, len(evaluated(assessment)))))
    )
    return section("summary", "What was found", shown, _standing(assessment))


def run_section(assessment: Assessment) -> str:
    """Name the packs, digests and options that a replay needs."""
    heads = (Head("Law"), Head("Version"), Head("Force"), Head("SHA-256"))
    packs = [
        (f"{text(pack.title)}{small(code(pack.id))}", text(pack.version), text(pack.force), code(pack.digest))
        for pack in sorted(assessment.packs, key=lambda p: p.id)
    ]
    asked = text(", ".join(assessment.laws) or "every law that could bind")
    options = bullets(f"{code(key)} {text(assessment.options[key])}" for key in sorted(assessment.options))
    return section(
        "run",
        "How to repeat this run",
        paragraph(f"telvet {text(assessment.telvet)}, as of {assessment.as_of.isoformat()}; laws asked for: {asked}."),
        paragraph(f"Catalogue {code(assessment.catalogue)}."),
        options,
        paragraph(
            "The same parameters and digests stand in this page as data, under the name <code>telvet-run</code>, for replay."
        ),
        table("Packs of law used", heads, packs, "cards") if packs else "",
    )


def _not_evaluated(groups: list[CoverageGroup]) -> str:
    if not groups:
        return ""
    counts = Counter(group.state for group in groups)
    states = ", ".join(f"{state} {number(counts[state])}" for state in counts)
    behind = table("Laws not evaluated, and why", _COVERAGE, [_coverage_row(group) for group in groups], "cards")
    return details(f"What was not evaluated: {states}", behind)


def _coverage_row(group: CoverageGroup) -> tuple[str, ...]:
    law = text(group.title) + small(code(group.pack or "")) if group.title else code(group.pack or "")
    return (
        text(group.state),
        law if group.pack else "no law on file",
        text(listed(group.whom, _WHOM)),
        text(group.why),
    )


def _file_row(read: InputRead) -> tuple[str, ...]:
    notes = bullets(small(text(note)) for note in read.notes)
    counts = (number(read.rows), number(read.judged), number(read.rejected))
    return (text(read.name) + notes, text(read.format), *counts, code(read.digest))


def _summary_row(group: ProvisionGroup) -> tuple[str, ...]:
    operators = [f"{whose(operator)}\N{NO-BREAK SPACE}{number(count)}" for operator, count in group.operators]
    day = group.by.isoformat() if group.by else ""
    title = f"{text(group.title)}{small(code(group.provision))}"
    return (badge(group.status, group.force), number(group.count), title, text(listed(operators, _OPERATORS)), day)


def _standing(assessment: Assessment) -> str:
    """Say what people decided so far and how the open findings went down."""
    states = ", ".join(f"{key} {number(assessment.dispositions[key])}" for key in sorted(assessment.dispositions))
    parts = [paragraph(text(f"Decided so far: {states}."))] if states else []
    if assessment.burn_down:
        rows = [(text(day), number(count)) for day, count in sorted(assessment.burn_down)]
        parts.append(table("Open findings at earlier runs", (Head("Run"), Head("Open", "n")), rows, "slim"))
    return "\n".join(parts)
