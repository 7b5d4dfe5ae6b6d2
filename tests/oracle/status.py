"""Semantics, section 6: the status of one provision for one element (or for an operator or partner without one)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tests.oracle.condition import flat, joined, missing_sets, truth_of, uses_in
from tests.oracle.days import Span
from tests.oracle.deadlines import anchor_facts, by_of, ends, from_of
from tests.oracle.excuses import Verdict, excused
from tests.oracle.facts import Case
from tests.oracle.register import Row
from tests.oracle.truth import all_of
from tests.oracle.use import Requirement, event_column, happened, in_use, present, signed

__all__ = ["against_by", "binds_of", "judge_one"]

Provision = Mapping[str, Any]
ONCE_IT_BITES = {
    "prohibit use": "contravention", "bar": "barred", "require": "conditional", "consider": "consider",
}  # fmt: skip


def judge_one(case: Case, provision: Provision, overlays: Sequence[Row]) -> Verdict | None:
    """Return the verdict, or None where it is clear."""
    required = requirement(case, provision)
    conditions = [*binds_of(case, provision), provision["when"]]
    truth = all_of([*(truth_of(case, part) for part in conditions), required.truth])
    if truth is False:
        return None
    if truth is None:
        sets = [missing_sets(case, part) for part in conditions]
        if required.truth is None:
            sets.append([list(required.missing)])
        verdict = Verdict("unknown", missing=tuple(flat(joined(sets))))
    else:
        verdict = when_true(case, provision, overlays, required)
    return excused(case, provision, verdict, overlays)


def binds_of(case: Case, provision: Provision) -> list[Mapping[str, Any]]:
    """List who is bound: by the pack's condition, and by the provision's own; everyone where neither says."""
    return [part["binds"] for part in (case.pack["pack"], provision) if "binds" in part]


def requirement(case: Case, provision: Provision) -> Requirement:
    """Return what section 5 asks for beside the provision's own conditions."""
    kind = kind_of(provision["effect"])
    if provision["subject"] == "partner":
        return Requirement(truth=True)
    if provision["subject"] == "arrangement":
        return signing(case, provision)
    if provision["subject"] == "operator":
        return in_use(case.element, case.day) if uses_in(provision["when"]) else Requirement(truth=True)
    if column := event_column(provision):
        return event(case, provision, column)
    if kind == "prohibit use":
        return in_use(case.element, case.day)
    return present(case.element, case.day)


def event(case: Case, provision: Provision, column: str) -> Requirement:
    """Judge an event against the earliest and the latest day from which the rule may bite."""
    bites = from_of(case, provision)
    unsettled = Requirement(None, tuple(anchor_facts(provision, provision.get("from", ""))))
    if bites is None:
        return unsettled
    first, last = (happened(case.element, column, case.day, day, ends(case, provision)) for day in bites)
    return first if first == last else unsettled


def signing(case: Case, provision: Provision) -> Requirement:
    """Judge a signature as an event is judged, against the earliest and the latest day from which the rule may bite."""
    bites = from_of(case, provision)
    unsettled = Requirement(None, tuple(anchor_facts(provision, provision.get("from", ""))))
    if bites is None:
        return unsettled
    first, last = (signed(case.arrangement, case.day, day, ends(case, provision)) for day in bites)
    return first if first == last else unsettled


def when_true(case: Case, provision: Provision, overlays: Sequence[Row], required: Requirement) -> Verdict:
    """Return the status of a provision whose conditions are all true."""
    kind = kind_of(provision["effect"])
    if required.planned:
        return Verdict("due", by=required.planned.isoformat())
    if provision["subject"] == "arrangement":
        return Verdict(ONCE_IT_BITES[kind])
    if kind == "prohibit":
        return Verdict("contravention")
    if kind == "prohibit use" and "by" in provision:
        return against_by(case.day, by_of(case, provision, overlays), anchor_facts(provision, provision["by"]))
    return against_from(case, provision, ONCE_IT_BITES[kind])


def kind_of(effect: Any) -> str:
    """Return `prohibit use`, `consider`, `prohibit` (of an event), `bar` or `require`."""
    kind: str = effect if isinstance(effect, str) else next(iter(effect))
    return kind


def against_by(day: date, by: Span | None, anchors: Sequence[str]) -> Verdict:
    """Compare the day with a deadline: contravened from the day after it."""
    if by is None:
        return Verdict("unknown", missing=tuple(anchors))
    if day > by[1]:
        return Verdict("contravention", by=by[1].isoformat())
    if day <= by[0]:
        return Verdict("due", by=by[0].isoformat())
    return Verdict("unknown", missing=tuple(anchors))


def against_from(case: Case, provision: Provision, status: str) -> Verdict:
    """Compare the day with the day from which a provision bites: it bites on that day."""
    bites = from_of(case, provision)
    if bites is not None and case.day >= bites[1]:
        return Verdict(status)
    if bites is not None and case.day < bites[0]:
        return Verdict("due", by=bites[0].isoformat())
    return Verdict("unknown", missing=tuple(anchor_facts(provision, provision["from"])))
