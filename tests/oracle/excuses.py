"""Semantics, section 6: exceptions, waivers, temporary licences, and overlays that excuse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tests.oracle.condition import flat, joined, missing_sets, truth_of
from tests.oracle.days import day_of, span_of
from tests.oracle.deadlines import touches
from tests.oracle.facts import Case
from tests.oracle.register import Row
from tests.oracle.truth import Truth, all_of
from tests.oracle.use import event_column

__all__ = ["Verdict", "excused"]


@dataclass(frozen=True)
class Verdict:
    """How a provision comes out."""

    status: str
    by: str | None = None
    until: str | None = None
    excused_by: str | None = None
    missing: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True)
class Excuse:
    """An excuse, judged: its own condition and its dates together."""

    name: str
    status: str
    truth: Truth
    until: date | None
    missing: tuple[str, ...] = ()


def excused(case: Case, provision: Mapping[str, Any], verdict: Verdict, overlays: Sequence[Row]) -> Verdict:
    """Excuse a verdict if some excuse is shown true; else note what could still excuse it."""
    listed = [of_pack(case, provision, each, "excepted") for each in provision.get("except", ())]
    listed += [of_pack(case, provision, each, "waived") for each in provision.get("waivers", ())]
    listed += [of_pack(case, provision, each, "waived") for each in provision.get("temporary licences", ())]
    listed += [of_overlay(case, provision, each) for each in overlays if excuses_this(case, provision, each)]
    for excuse in listed:
        if excuse.truth is True:
            until = excuse.until.isoformat() if excuse.until and excuse.status == "waived" else None
            return Verdict(excuse.status, until=until, excused_by=excuse.name)
    unless = flat([list(excuse.missing) for excuse in listed if excuse.truth is None])
    return replace(verdict, unless=tuple(unless))


def of_pack(case: Case, provision: Mapping[str, Any], excuse: Mapping[str, Any], status: str) -> Excuse:
    """Judge an excuse that a pack states."""
    begins = day_of(excuse["from"]) if "from" in excuse else None
    ends = day_of(excuse["to"]) if "to" in excuse else None
    dates = within(case, provision, begins, ends)
    sets = [missing_sets(case, excuse["when"])]
    if dates is None:
        sets.append([[event_fact(provision)]])
    truth = all_of([truth_of(case, excuse["when"]), dates])
    return Excuse(excuse["id"], status, truth, ends, tuple(flat(joined(sets))))


def event_fact(provision: Mapping[str, Any]) -> str:
    """Name the fact that dates what a rule is about."""
    return "arrangement.signed_on" if provision["subject"] == "arrangement" else f"equipment.{event_column(provision)}"


def excuses_this(case: Case, provision: Mapping[str, Any], overlay: Row) -> bool:
    """Tell whether an overlay waives or licenses this element or operator for this provision."""
    if overlay["kind"] not in ("waiver", "temporary_licence"):
        return False
    return overlay["subject"] in (case.element.get("id"), case.name) and touches(case, provision, overlay)


def of_overlay(case: Case, provision: Mapping[str, Any], overlay: Row) -> Excuse:
    """Judge an overlay: it has dates but no condition."""
    name = overlay.get("source") or overlay.get("issuer") or overlay["kind"]
    assert name
    begins, ends = span_of(overlay.get("from")), span_of(overlay.get("to"))
    last = ends[1] if ends else None
    dates = within(case, provision, begins[0] if begins else None, last)
    missing = (event_fact(provision),) if dates is None else ()
    return Excuse(name, "waived", dates, last, missing)


def within(case: Case, provision: Mapping[str, Any], begins: date | None, ends: date | None) -> Truth:
    """Tell whether the day, or for an event rule the day of the event, lies within the dates of an excuse."""
    column = event_column(provision)
    first, last = begins or date.min, ends or date.max
    if provision["subject"] == "arrangement":
        span = span_of(case.arrangement.get("signed_on"))
    elif column is None:
        return first <= case.day <= last
    else:
        span = span_of(case.element.get(column))
    if begins is None and ends is None:
        return True
    if span is None:
        return None
    if first <= span[0] and span[1] <= last:
        return True
    if span[1] < first or span[0] > last or first > last:
        return False
    return None
