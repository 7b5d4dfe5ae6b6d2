"""What a run covered and counted into the first and last lines of the screenful.

* Zero findings read as zero findings of so many elements under the laws named, never as more.
* Rows in = rows judged + rows rejected is always printed.
"""

from __future__ import annotations

from telvet.model.finding import Assessment
from telvet.reporting.grouping import (
    CoverageGroup,
    by_reading,
    coverage_groups,
    evaluated,
    findings_of,
    operators_of,
)
from telvet.reporting.screen import Column, Grid, Line, Part, bar, line
from telvet.reporting.words import counted, found_words, listed, number, standing

__all__ = ["STYLES", "headline", "nobody", "not_covered", "row_account", "standing_lines"]

STYLES = {
    "contravention": "bright_red",
    "barred": "bright_magenta",
    "due": "yellow",
    "conditional": "bright_blue",
    "unknown": "cyan",
    "consider": "bright_blue",
}
"""The colour of each status; the words alone suffice without."""

_BAR, _NAMES, _LAWS = 24, 6, 5
_TOLD = frozenset({"not covered", "bound unknown"})


def headline(assessment: Assessment) -> list[Part]:
    """Say what was judged, on which day, against what, and how many findings of each status there are."""
    operators, packs = operators_of(assessment), evaluated(assessment)
    judged = f"{counted(assessment.rows_judged, 'element')} of {counted(len(operators), 'operator')}"
    head = line(
        ("telvet", "bold"),
        " as of ",
        (assessment.as_of.isoformat(), "bold"),
        f": {judged}, {number(assessment.in_use)} in use",
    )
    found = findings_of(assessment)
    named = listed(packs, _LAWS if found else len(packs))
    laws = (f"{counted(len(packs), 'law')} evaluated: {named}" if packs else "no law evaluated") + _uncovered(
        assessment
    )
    none = line((found_words(found, len(packs)), "bold"))
    return [head, line((laws, "dim")), line(), _totals(assessment) if found else none]


def not_covered(assessment: Assessment) -> list[Part]:
    """Say which countries have no law on file, which laws may bind, and which were evaluated for nobody, and why."""
    groups = coverage_groups(assessment)
    told: list[Part] = [_told(group) for group in groups if group.state in _TOLD]
    asked = {None, *evaluated(assessment)}
    rest = [group for group in groups if group.state not in _TOLD and group.pack not in asked]
    for state in dict.fromkeys(group.state for group in rest):
        laws = sorted({group.pack or "" for group in rest if group.state == state})
        told.append(line((f"{state} {number(len(laws))}: {listed(laws, _LAWS)}", "dim")))
    return told


def nobody(assessment: Assessment, width: int) -> list[Part]:
    """List the most frequent maker's names that are nobody in the register."""
    names = sorted(assessment.unresolved, key=lambda row: (-row[1], row[0]))
    shown = listed([f"{text} {number(elements)}" for text, elements in names], max(_NAMES, width // 10))
    return [line(shown)] if names else []


def standing_lines(assessment: Assessment) -> list[Part]:
    """Say what people decided, and how the open findings went down from run to run."""
    states = ", ".join(f"{key} {number(assessment.dispositions[key])}" for key in sorted(assessment.dispositions))
    runs = ", ".join(f"{day} {number(count)}" for day, count in sorted(assessment.burn_down)[-_NAMES:])
    return [line(said) for said in (states, f"open findings: {runs}" if runs else "") if said]


def row_account(assessment: Assessment) -> list[Part]:
    """Account for every row."""
    judged, rejected = number(assessment.rows_judged), number(assessment.rows_rejected)
    rows = f"{number(assessment.rows_in)} in = {judged} judged + {rejected} rejected; "
    use = f"{number(assessment.in_use)} in use, {number(assessment.in_use_assumed)} of them assumed"
    notes = [f"{read.name}: {note}" for read in (*assessment.inputs, *assessment.beside) for note in read.notes]
    more = len(notes) - _NAMES
    left_out = [f"and {counted(more, 'more note')} in the json report"] if more > 0 else []
    account = line((rows, "bold yellow" if assessment.rows_rejected else ""), use)
    return [account, *(line((note, "dim")) for note in (*notes[:_NAMES], *left_out))]


def _uncovered(assessment: Assessment) -> str:
    """Name the countries without any law on file, for the second line of the screen."""
    countries = [group.whom for group in coverage_groups(assessment) if group.state == "not covered"]
    named = listed(sorted({name for whom in countries for name in whom}), _NAMES)
    return f"; no law on file for {named}" if named else ""


def _totals(assessment: Assessment) -> Grid:
    totals = by_reading(assessment)
    most = max(count for _, _, count in totals)
    rows = tuple(
        (
            line((standing(status, force), STYLES.get(status, ""))),
            line((number(count), "bold")),
            line((bar(count, most, _BAR), STYLES.get(status, ""))),
        )
        for status, force, count in totals
    )
    return Grid((Column(), Column("right"), Column()), rows)


def _told(group: CoverageGroup) -> Line:
    whom = listed(group.whom, _NAMES) or "whoever runs what names no operator"
    what = f"{group.pack} may bind {whom}" if group.pack else f"no law on file for {whom}"
    return line((what, "bold"), f": {group.why}")
