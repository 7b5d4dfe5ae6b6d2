"""Findings grouped by provision into the middle sections of the screenful.

* A section shows its strongest few provisions and says how many more there are.
* On a wide console the examples stand beside their provision, on a narrow one below it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from telvet.model.finding import Assessment
from telvet.model.status import Grade, Status
from telvet.reporting.examples import Examples
from telvet.reporting.grouping import EXCUSED, ProvisionGroup, by_provision, falling_due, settling
from telvet.reporting.screen import WIDE, Column, Grid, Line, Part, bar, line
from telvet.reporting.table_account import STYLES
from telvet.reporting.words import counted, days_from, listed, number, share, standing, whose

__all__ = ["barred", "conditional", "contravened", "due", "excused", "to_weigh", "unknown"]

_MOST, _OPERATORS, _FACTS, _BAR = 6, 4, 6, 18
_SAID_BY_HEADING = frozenset({Status.CONTRAVENTION, Status.BARRED, Status.DUE, Status.CONDITIONAL, Status.CONSIDER})

_Found = Mapping[tuple[str, Status], Examples]


def contravened(assessment: Assessment, found: _Found, width: int) -> list[Part]:
    """Show what contravenes law, or departs from policy or contract."""
    return _provisions(assessment, found, width, (Status.CONTRAVENTION,))


def barred(assessment: Assessment, found: _Found, width: int) -> list[Part]:
    """Show what bars a transaction."""
    return _provisions(assessment, found, width, (Status.BARRED,))


def conditional(assessment: Assessment, found: _Found, width: int) -> list[Part]:
    """Show what needs an authorisation, a notification or a plan."""
    return _provisions(assessment, found, width, (Status.CONDITIONAL,))


def to_weigh(assessment: Assessment, found: _Found, width: int) -> list[Part]:
    """Show what somebody has a duty to weigh."""
    return _provisions(assessment, found, width, (Status.CONSIDER,))


def excused(assessment: Assessment, found: _Found, width: int) -> list[Part]:
    """Show what is waived or excepted, and by what."""
    return _provisions(assessment, found, width, EXCUSED)


def due(assessment: Assessment, width: int) -> list[Part]:
    """Show what falls due, soonest first, with the days left and, where there is room, a bar of the findings."""
    groups = falling_due(assessment)
    if not groups:
        return []
    most = max(group.count for group in groups)
    rows = tuple(_due_row(assessment, group, most, width) for group in groups[:_MOST])
    wide = (Column(), Column("right"), Column("right", least=5), Column(), Column(ratio=1))
    narrow = (Column(), Column("right", least=5), Column(ratio=1))
    return [Grid(wide if width >= WIDE else narrow, rows), *_more(len(groups) - _MOST, "later date")]


def _due_row(assessment: Assessment, group: ProvisionGroup, most: int, width: int) -> tuple[Line, ...]:
    day = line((group.by.isoformat() if group.by else "no date", "bold yellow"))
    left = days_from(assessment.as_of, group.by) if group.by else ""
    count = line((number(group.count), "bold"))
    if width >= WIDE:
        drawn = line((bar(group.count, most, _BAR), "yellow"))
        return (day, line(left), count, drawn, _title(group, Examples()))
    return (day, count, _title(group, Examples(), when=left))


def unknown(assessment: Assessment, width: int) -> list[Part]:
    """Show what is unknown, and which fact would settle most of it."""
    groups = by_provision(assessment, (Status.UNKNOWN,))
    if not groups:
        return []
    total = sum(group.count for group in groups)
    facts = settling(assessment)
    names = [f"{group.provision} {number(group.count)}" for group in groups]
    where = line((f"in {listed(names, _OPERATORS)}", "dim"))
    if not facts:
        return [where]
    fact, missing, alone = facts[0]
    said = f" would settle most: it alone is missing in {number(alone)} of {number(total)} ({share(alone, total)})"
    if not alone:
        said = f" is missing in {number(missing)} of {number(total)}; no single fact would settle any"
    shown = _facts(facts[:_FACTS], total, 2 * _BAR if width >= WIDE else _BAR)
    return [line((fact, "bold cyan"), said), shown, *_more(len(facts) - _FACTS, "fact"), where]


def _facts(facts: Sequence[tuple[str, int, int]], total: int, room: int) -> Grid:
    rows = []
    for fact, findings, alone in facts:
        strong, weak = bar(alone, total, room), bar(findings, total, room)
        drawn = line((strong, "cyan"), ("\N{LIGHT SHADE}" * (len(weak) - len(strong)), "dim"))
        rows.append((line(fact), line(number(findings)), line(number(alone)), drawn))
    columns = (Column(head="fact"), Column("right", head="missing in"), Column("right", head="alone in"), Column())
    return Grid(columns, tuple(rows), gap=2)


def _provisions(assessment: Assessment, found: _Found, width: int, statuses: Sequence[Status]) -> list[Part]:
    groups = by_provision(assessment, statuses)
    if not groups:
        return []
    rows = [_row(group, found.get((group.provision, group.status), Examples()), width) for group in groups[:_MOST]]
    columns = (Column("right", least=5), Column(ratio=3), Column(ratio=2))[: len(rows[0])]
    return [Grid(columns, tuple(rows), gap=2), *_more(len(groups) - _MOST, "provision")]


def _row(group: ProvisionGroup, seen: Examples, width: int) -> tuple[Line, ...]:
    count = line((number(group.count), f"bold {STYLES.get(group.status, '')}".strip()))
    title = _title(group, seen)
    shown = ("e.g. " if group.count > seen.seen else "") + ", ".join(seen.shown)
    if width >= WIDE:
        return (count, title, line((shown, "dim")))
    return (count, Line((*title.spans, ("\n" + shown, "dim"))) if seen.shown else title)


def _title(group: ProvisionGroup, seen: Examples, when: str = "") -> Line:
    operators = listed([f"{whose(operator)} {number(count)}" for operator, count in group.operators], _OPERATORS)
    said = ", ".join(part for part in (when or _day(group), _said(group, seen), _source(seen)) if part)
    return line(
        (group.title, "bold"),
        (f" \N{EN DASH} {said}" if said else "", "italic"),
        "\n",
        (group.provision, "dim"),
        f" \N{MIDDLE DOT} {operators}",
    )


def _day(group: ProvisionGroup) -> str:
    dated = group.status not in {*EXCUSED, Status.DUE}
    return f"by {group.by.isoformat()}" if group.by and dated else ""


def _said(group: ProvisionGroup, seen: Examples) -> str:
    words = standing(group.status, group.force)
    excuse = f" by {listed(sorted(seen.excused_by), 2)}" if seen.excused_by else ""
    until = f" until {max(seen.until).isoformat()}" if seen.until else ""
    return "" if words in _SAID_BY_HEADING else f"{words}{excuse}{until}"


def _source(seen: Examples) -> str:
    return f"source {seen.grade}" if seen.seen and seen.grade is Grade.UNVERIFIED else ""


def _more(count: int, noun: str) -> list[Part]:
    return [line((f"and {counted(count, 'more ' + noun)}", "dim"))] if count > 0 else []
