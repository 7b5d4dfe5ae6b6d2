"""Semantics, section 6: from when a provision is considered, its relative dates, its extensions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tests.oracle.condition import tests_in
from tests.oracle.days import Span, day_of, later, span_of
from tests.oracle.facts import Case
from tests.oracle.register import Row
from tests.oracle.vendor import designated

__all__ = ["anchor_facts", "by_of", "considered", "ends", "from_of", "full_id", "touches"]

Provision = Mapping[str, Any]


def full_id(case: Case, provision: Provision) -> str:
    """Return the pack's and the provision's own name, joined by a dot."""
    return f"{case.pack['pack']['id']}.{provision['id']}"


def enacted(case: Case, provision: Provision) -> date:
    """Return the day of enactment: the provision's own, or the pack's."""
    return day_of(provision.get("enacted", case.pack["pack"]["enacted"]))


def ends(case: Case, provision: Provision) -> date | None:
    """Return the last day of the provision, or of its pack if that comes first."""
    stated = [day_of(part["to"]) for part in (provision, case.pack["pack"]) if "to" in part]
    return min(stated) if stated else None


def considered(case: Case, provision: Provision) -> bool:
    """Tell whether a provision is considered on the day."""
    last = ends(case, provision)
    return enacted(case, provision) <= case.day and (last is None or case.day <= last)


def from_of(case: Case, provision: Provision) -> Span | None:
    """Return the day on which a provision begins to bite, as a span; None where its anchor is unknown."""
    if "from" not in provision:
        return enacted(case, provision), enacted(case, provision)
    return meant(case, provision, provision["from"])


def by_of(case: Case, provision: Provision, overlays: Sequence[Row]) -> Span | None:
    """Return the deadline, extended where an extension was granted on or before the day; None where not known."""
    extended: tuple[date, date] | None = None
    granted_and_new = [(day_of(each["granted"]), day_of(each["to"])) for each in provision.get("extensions", ())]
    for overlay in overlays:
        if overlay["kind"] == "extension" and overlay["subject"] == case.name:
            to = span_of(overlay.get("to"))
            if to and touches(case, provision, overlay):
                granted = span_of(overlay.get("from")) or (date.min, date.min)
                granted_and_new.append((granted[0], to[1]))
    for granted_on, new in granted_and_new:
        if granted_on <= case.day and (extended is None or granted_on >= extended[0]):
            extended = granted_on, new
    if extended:
        return extended[1], extended[1]
    return meant(case, provision, provision["by"])


def touches(case: Case, provision: Provision, overlay: Row) -> bool:
    """Tell whether an overlay names this provision or its pack."""
    return overlay.get("provision") in (full_id(case, provision), case.pack["pack"]["id"])


def meant(case: Case, provision: Provision, written: Any) -> Span | None:
    """Return the day that a provision gives, or the earliest and latest day that it may mean."""
    if isinstance(written, str):
        return day_of(written), day_of(written)
    anchor = anchored(case, provision, written["after"])
    if anchor is None:
        return None
    return later(anchor[0], written), later(anchor[1], written)


def anchored(case: Case, provision: Provision, anchor: str) -> Span | None:
    """Return the day from which a relative date is counted."""
    if anchor == "enacted":
        return enacted(case, provision), enacted(case, provision)
    if anchor == "designation":
        return designated_since(case, provision)
    return span_of(case.element.get(anchor.removeprefix("equipment.")))


def designated_since(case: Case, provision: Provision) -> Span | None:
    """Return the `from` of the designation that is met: the earliest true one, else the earliest that is not false."""
    true, open_ = [], []
    for fact, names in designated_tests(provision):
        for name in names:
            [designation] = [each for each in case.pack["designations"] if each["id"] == name]
            truth = designated(case, fact, [name])
            if truth is True:
                true.append(day_of(designation["from"]))
            elif truth is None:
                open_.append(day_of(designation["from"]))
    if not true and not open_:
        return None
    earliest = min(true or open_)
    return earliest, earliest


def designated_tests(provision: Provision) -> list[tuple[str, list[str]]]:
    """List the fact and the names of each `designated` test of a provision's `when`, in reading order."""
    found = []
    for fact, test in tests_in(provision["when"]):
        if "designated" in test:
            names = test["designated"]
            found.append((fact, [names] if isinstance(names, str) else names))
    return found


def anchor_facts(provision: Provision, written: Any) -> list[str]:
    """Name the facts that would settle a relative date."""
    if isinstance(written, str) or written["after"] == "enacted":
        return []
    if written["after"] == "designation":
        return list(dict.fromkeys(fact for fact, _ in designated_tests(provision)))
    return [written["after"]]
