"""Semantics, section 6: exceptions, waivers, temporary licences, and overlays that excuse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tests.oracle.condition import flat, missing_sets, truth_of
from tests.oracle.days import day_of, span_of
from tests.oracle.deadlines import touches
from tests.oracle.facts import Case
from tests.oracle.overlays import holding
from tests.oracle.register import Row
from tests.oracle.truth import Truth

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
    """An excuse whose dates include the day."""

    name: str
    status: str
    truth: Truth
    until: str | None
    missing: tuple[str, ...] = ()


def excused(case: Case, provision: Mapping[str, Any], verdict: Verdict, overlays: Sequence[Row]) -> Verdict:
    """Excuse a verdict if some excuse is shown true; else note what could still excuse it."""
    exceptions = [of_pack(case, each, "excepted") for each in provision.get("except", ()) if holds(case, each)]
    waivers = [of_pack(case, each, "waived") for each in provision.get("waivers", ()) if holds(case, each)]
    licences = [of_pack(case, each, "waived") for each in provision.get("temporary licences", ()) if holds(case, each)]
    private = [of_overlay(each) for each in overlays if overlay_excuses(case, provision, each)]
    listed = [*exceptions, *waivers, *licences, *private]
    for excuse in listed:
        if excuse.truth is True:
            until = excuse.until if excuse.status == "waived" else None
            return Verdict(excuse.status, until=until, excused_by=excuse.name)
    unless = flat([list(excuse.missing) for excuse in listed if excuse.truth is None])
    return replace(verdict, unless=tuple(unless))


def holds(case: Case, excuse: Mapping[str, Any]) -> bool:
    """Tell whether an excuse's dates, if any, include the day."""
    begun = "from" not in excuse or day_of(excuse["from"]) <= case.day
    return begun and ("to" not in excuse or case.day <= day_of(excuse["to"]))


def of_pack(case: Case, excuse: Mapping[str, Any], status: str) -> Excuse:
    """Judge an excuse that a pack states."""
    missing = flat(missing_sets(case, excuse["when"]))
    return Excuse(excuse["id"], status, truth_of(case, excuse["when"]), excuse.get("to"), tuple(missing))


def overlay_excuses(case: Case, provision: Mapping[str, Any], overlay: Row) -> bool:
    """Tell whether an overlay waives or licenses this element or operator for this provision on the day."""
    if overlay["kind"] not in ("waiver", "temporary_licence"):
        return False
    about = overlay["subject"] in (case.element.get("id"), case.name)
    return about and touches(case, provision, overlay) and bool(holding([overlay], case.day))


def of_overlay(overlay: Row) -> Excuse:
    """Return an overlay that holds as an excuse: it has no condition, so it is true."""
    name = overlay.get("source") or overlay.get("issuer") or overlay["kind"]
    assert name
    ends = span_of(overlay.get("to"))
    return Excuse(name, "waived", truth=True, until=ends[1].isoformat() if ends else None)
