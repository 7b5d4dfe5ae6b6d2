"""Turn a judgement into the account that every report opens with: counts, coverage, summary, what is missing.

* Counts over classes are counts over rows, for every row is in one class.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from telvet.assessment.coverage import coverage
from telvet.assessment.findings import Findings, planned_day
from telvet.model.finding import Coverage, Finding, SummaryRow, VendorShown
from telvet.model.organisation import Relation
from telvet.model.status import Status

__all__ = ["Account", "account"]

_UNRESOLVED_SHOWN = 20
_EVENTS = ("installed_on", "procured_on")


@dataclass(frozen=True, slots=True)
class Account:
    """What was counted."""

    coverage: tuple[Coverage, ...]
    summary: tuple[SummaryRow, ...]
    unknown_facts: tuple[tuple[str, int, int], ...]
    makers: tuple[tuple[str, str, int], ...]
    unresolved: tuple[tuple[str, int], ...]


def account(findings: Findings, *, brief: bool = False) -> Account:
    """Count what a judgement found; in brief by classes alone, without operators, countries and makers."""
    backend, judgement = findings.backend, findings.judgement
    counted: _Counted = [((None, None, place), rows) for place, rows in enumerate(judgement.tallies)]
    if not brief:
        counted = backend.counts(judgement.findings, ["operator", "country", "outcome"])
    others = list(findings.without_element())
    standing = {values for values, _ in backend.counts(judgement.equipment, ["operator", "country"])}
    knowledge = judgement.docket.knowledge
    operators = {_text(values[0]) for values in standing} | set(knowledge.operators)
    return Account(
        coverage=tuple(coverage(knowledge, operators - {None} or {None}, {_text(values[1]) for values in standing})),
        summary=tuple(_summary(findings, counted, [] if brief else _planned(findings), others)),
        unknown_facts=_unknown_facts(findings, counted, others),
        makers=() if brief else _makers(findings),
        unresolved=() if brief else _unresolved(findings),
    )


_Counted = list[tuple[tuple[str | int | None, ...], int]]


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _summary(findings: Findings, counted: _Counted, planned: _Counted, others: list[Finding]) -> Iterator[SummaryRow]:
    found: Counter[SummaryRow] = Counter()
    for values, count in [*counted, *planned]:
        outcome = findings.judgement.outcomes[int(values[2] or 0)]
        verdict, provision = outcome.verdict, outcome.provision
        days = dict(zip(_EVENTS, values[3:], strict=False))
        if bool(verdict.by_fact and planned) == bool(days):
            key = (_text(values[0]), _text(values[1]), provision.id, verdict.status, provision.force)
            found[SummaryRow(*key, planned_day(verdict, days) or verdict.by, 0)] += count
    for one in others:
        found[SummaryRow(one.operator, one.country, one.provision, one.status, one.force, one.by, 0)] += 1
    for row in sorted(found, key=_order):
        yield replace(row, count=found[row])


def _planned(findings: Findings) -> _Counted:
    """Count apart by the days on which events are planned, where some are."""
    if not any(outcome.verdict.by_fact for outcome in findings.judgement.outcomes):
        return []
    return findings.backend.counts(findings.judgement.findings, ["operator", "country", "outcome", *_EVENTS])


def _order(row: SummaryRow) -> tuple[str, str, str, int, str]:
    return (row.operator or "", row.country or "", row.provision, row.status.rank, row.by.isoformat() if row.by else "")


def _unknown_facts(findings: Findings, counted: _Counted, others: list[Finding]) -> tuple[tuple[str, int, int], ...]:
    missing: Counter[tuple[str, ...]] = Counter()
    for (_, _, place), count in counted:
        verdict = findings.judgement.outcomes[int(place or 0)].verdict
        if verdict.status is Status.UNKNOWN:
            missing[verdict.missing] += count
    missing.update(one.missing for one in others if one.status is Status.UNKNOWN)
    total, alone = Counter[str](), Counter[str]()
    for facts, count in missing.items():
        for fact in facts:
            total[fact] += count
        if len(facts) == 1:
            alone[facts[0]] += count
    return tuple((fact, total[fact], alone[fact]) for fact in sorted(total, key=lambda fact: (-total[fact], fact)))


def _makers(findings: Findings) -> tuple[tuple[str, str, int], ...]:
    organisations = findings.judgement.docket.knowledge.register.organisations
    found: Counter[tuple[str, str]] = Counter()
    for (function, detail), count in findings.backend.counts(findings.judgement.in_use, ["function", "detail"]):
        vendor = findings.vendors[int(detail or 0)]
        found[(_text(function) or "unknown", _name(vendor, lambda one: organisations[one].name))] += count
    return tuple((function, maker, count) for (function, maker), count in sorted(found.items()))


def _name(vendor: VendorShown, name: Callable[[str], str]) -> str:
    if vendor.organisation:
        return name(vendor.organisation)
    return "disputed" if vendor.relation is Relation.DISPUTED else "unknown"


def _unresolved(findings: Findings) -> tuple[tuple[str, int], ...]:
    found: Counter[str] = Counter()
    for (detail,), count in findings.backend.counts(findings.judgement.in_use, ["detail"]):
        vendor = findings.vendors[int(detail or 0)]
        if vendor.relation is Relation.UNRESOLVED and vendor.candidates:
            found[vendor.candidates[0]] += count
    return tuple(sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:_UNRESOLVED_SHOWN])
