"""An assessment's summary and coverage into the groups that people read: by provision, by date, by pack.

* Every group's order is settled by its own values, so the same assessment gives the same report.
* Nothing is dropped here; a report that shows fewer groups says how many it left out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from telvet.model.finding import Assessment, SummaryRow
from telvet.model.status import Force, Status
from telvet.tables.codes import FUNCTIONS

__all__ = [
    "EXCUSED",
    "STATES",
    "CoverageGroup",
    "ProvisionGroup",
    "by_provision",
    "by_reading",
    "coverage_groups",
    "evaluated",
    "falling_due",
    "findings_of",
    "makers_by_function",
    "operators_of",
    "ordered_summary",
    "settling",
]

EXCUSED = (Status.WAIVED, Status.EXCEPTED)
STATES = (
    "evaluated",
    "bound unknown",
    "not covered",
    "scenario not named",
    "superseded",
    "not in force",
    "not bound",
    "not asked",
)
"""The states of a coverage row, in the order in which they are shown."""

_FORCES = {force: index for index, force in enumerate(Force)}
_EVALUATED = frozenset({"evaluated", "bound unknown"})


@dataclass(frozen=True, slots=True)
class ProvisionGroup:
    """The findings of one provision with one status and force."""

    provision: str
    title: str
    status: Status
    force: Force
    by: date | None
    """The earliest date among them; None where there is none."""
    count: int
    operators: tuple[tuple[str | None, int], ...]
    """(operator, findings), most first."""


@dataclass(frozen=True, slots=True)
class CoverageGroup:
    """One pack (or a country without any) in one state for one reason, and whom that concerns."""

    state: str
    pack: str | None
    title: str
    why: str
    whom: tuple[str, ...]


def ordered_summary(summary: Iterable[SummaryRow]) -> list[SummaryRow]:
    """Return the summary strongest first, in an order settled by its values."""
    return sorted(
        summary,
        key=lambda row: (
            row.status.rank,
            _FORCES[row.force],
            row.by or date.max,
            row.provision,
            row.operator or "",
            row.country or "",
            row.count,
        ),
    )


def by_provision(assessment: Assessment, statuses: Collection[Status]) -> list[ProvisionGroup]:
    """Group what has one of the statuses by provision, strongest first, then the largest."""
    kept = [row for row in assessment.summary if row.status in statuses and row.count]
    gathered = _gather(kept, lambda row: (row.status, row.force, row.provision))
    groups = [_group(rows, assessment.provisions) for rows in gathered.values()]
    return sorted(groups, key=lambda group: (group.status.rank, _FORCES[group.force], -group.count, group.provision))


def falling_due(assessment: Assessment) -> list[ProvisionGroup]:
    """Group what is due by date and provision, soonest first; what has no date comes last."""
    kept = [row for row in assessment.summary if row.status is Status.DUE and row.count]
    gathered = _gather(kept, lambda row: (row.by, row.force, row.provision))
    groups = [_group(rows, assessment.provisions) for rows in gathered.values()]
    return sorted(groups, key=lambda group: (group.by or date.max, _FORCES[group.force], -group.count, group.provision))


def by_reading(assessment: Assessment) -> list[tuple[Status, Force, int]]:
    """Count findings by status, with the forces apart where they read differently; strongest first."""
    counts: dict[tuple[Status, Force], int] = {}
    for row in assessment.summary:
        apart = row.status is Status.CONTRAVENTION or row.force is Force.SCENARIO
        key = (row.status, row.force if apart else Force.BINDING)
        counts[key] = counts.get(key, 0) + row.count
    return [
        (*key, counts[key]) for key in sorted(counts, key=lambda key: (key[0].rank, _FORCES[key[1]])) if counts[key]
    ]


def coverage_groups(assessment: Assessment) -> list[CoverageGroup]:
    """Group the coverage by state, pack and reason, in the order of `STATES`."""
    titles = {pack.id: pack.title for pack in assessment.packs}
    whom: dict[tuple[str, str, str], set[str]] = {}
    for row in assessment.coverage:
        name = (row.operator or row.country) if row.pack else (row.country or "no country stated")
        whom.setdefault((row.state, row.pack or "", row.why), set()).update([name] if name else [])
    order = {state: index for index, state in enumerate(STATES)}
    keys = sorted(whom, key=lambda key: (order.get(key[0], len(STATES)), *key))
    return [
        CoverageGroup(state, pack or None, titles.get(pack, ""), why, tuple(sorted(whom[state, pack, why])))
        for state, pack, why in keys
    ]


def evaluated(assessment: Assessment) -> list[str]:
    """Return the packs that were evaluated for somebody."""
    return sorted({row.pack for row in assessment.coverage if row.pack and row.state in _EVALUATED})


def operators_of(assessment: Assessment) -> list[str]:
    """Return the operators that the coverage or the findings name."""
    named = {row.operator for row in assessment.coverage} | {row.operator for row in assessment.summary}
    return sorted(operator for operator in named if operator)


def findings_of(assessment: Assessment) -> int:
    """Count the findings."""
    return sum(row.count for row in assessment.summary)


def settling(assessment: Assessment) -> list[tuple[str, int, int]]:
    """Return the missing facts, first the one that would settle most findings by itself."""
    return sorted(assessment.unknown_facts, key=lambda row: (-row[2], -row[1], row[0]))


def makers_by_function(assessment: Assessment) -> list[tuple[str, list[tuple[str, int]]]]:
    """Return each function's makers with their elements, functions in the order of their codes, `unknown` last."""
    found: dict[str, dict[str, int]] = {}
    for function, name, elements in assessment.makers:
        row = found.setdefault(function, {})
        row[name] = row.get(name, 0) + elements
    order = {code: index for index, code in enumerate((*FUNCTIONS, "unknown"))}
    functions = sorted(found, key=lambda code: (order.get(code, len(FUNCTIONS)), code))
    return [(code, sorted(found[code].items(), key=lambda pair: (-pair[1], pair[0]))) for code in functions]


def _gather(rows: Iterable[SummaryRow], key: Callable[[SummaryRow], Hashable]) -> dict[Hashable, list[SummaryRow]]:
    gathered: dict[Hashable, list[SummaryRow]] = {}
    for row in rows:
        gathered.setdefault(key(row), []).append(row)
    return gathered


def _group(rows: list[SummaryRow], titles: Mapping[str, str]) -> ProvisionGroup:
    first = rows[0]
    counts: dict[str | None, int] = {}
    for row in rows:
        counts[row.operator] = counts.get(row.operator, 0) + row.count
    operators = tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0] or "")))
    by = min((row.by for row in rows if row.by), default=None)
    title = titles.get(first.provision, first.provision)
    return ProvisionGroup(first.provision, title, first.status, first.force, by, sum(counts.values()), operators)
