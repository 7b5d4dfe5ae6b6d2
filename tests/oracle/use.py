"""Semantics, section 5: in use, present, happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.oracle.days import Span, span_of
from tests.oracle.register import Row
from tests.oracle.truth import Truth, all_of

__all__ = ["Requirement", "event_column", "happened", "in_use", "present", "signed"]


@dataclass(frozen=True)
class Requirement:
    """The truth of a requirement, the columns that leave it unknown, and the day of an event that is still planned."""

    truth: Truth
    missing: tuple[str, ...] = ()
    planned: date | None = None


def in_use(row: Row, day: date) -> Requirement:
    """Tell whether an element is in use on a day."""
    removed = not_removed(row, day)
    installed = not_after(span_of(row.get("installed_on")), day)
    lifecycle = alive(row, day, {"planned": False, "stock": False, "off": False})
    missing = []
    if removed is None:
        missing.append("equipment.removed_on")
    if installed is None:
        missing.append("equipment.installed_on")
    return Requirement(all_of([removed, installed, lifecycle]), tuple(missing))


def present(row: Row, day: date) -> Requirement:
    """Tell whether an element is there on a day, in use or not."""
    removed = not_removed(row, day)
    lifecycle = alive(row, day, {"planned": True, "stock": True, "off": True})
    return Requirement(all_of([removed, lifecycle]), ("equipment.removed_on",) if removed is None else ())


def not_removed(row: Row, day: date) -> Truth:
    """Judge removed_on."""
    span = span_of(row.get("removed_on"))
    if span is None or span[0] > day:
        return True
    if span[1] <= day:
        return False
    return None


def not_after(span: Span | None, day: date) -> Truth:
    """Judge installed_on."""
    if span is None or span[1] <= day:
        return True
    if span[0] > day:
        return False
    return None


def alive(row: Row, day: date, idle: dict[str, bool]) -> Truth:
    """Judge lifecycle; `idle` says what planned, stock and off mean."""
    lifecycle = row.get("lifecycle")
    if lifecycle is None or lifecycle == "live":
        return True
    if lifecycle == "removed":
        return False if row.get("removed_on") is None else not_removed(row, day)
    return idle[lifecycle]


def event_column(provision: Mapping[str, Any]) -> str | None:
    """Return the column that an event rule reads; None for a rule of another kind."""
    effect = provision.get("effect")
    if not isinstance(effect, Mapping) or "prohibit" not in effect:
        return None
    return {"install": "installed_on", "procure": "procured_on"}[effect["prohibit"]]


def happened(row: Row, column: str, day: date, bites: date, to: date | None) -> Requirement:
    """Tell whether an event, by its column, happened within the window that begins with `bites`."""
    span = span_of(row.get(column))
    ends = to or date.max
    if span is None:
        not_yet = {"installed_on": ("planned", "stock"), "procured_on": ("planned",)}[column]
        if day < bites or row.get("lifecycle") in not_yet:
            return Requirement(False)
        return Requirement(None, (f"equipment.{column}",))
    first, last = span
    if bites <= first and last <= min(day, ends):
        return Requirement(True)
    if last < bites or first > ends or bites > ends:
        return Requirement(False)
    if first > day and bites <= first and last <= ends:
        return Requirement(True, planned=first)
    return Requirement(None, (f"equipment.{column}",))


def signed(row: Row, day: date, bites: date, to: date | None) -> Requirement:
    """Tell whether an arrangement that is not over was signed within the window, or is to be."""
    entered = happened({"procured_on": row.get("signed_on")}, "procured_on", day, bites, to)
    if row.get("signed_on") is None:
        entered = Requirement(None)
    ends = span_of(row.get("ends_on"))
    lasts: Truth = True
    if ends is not None and ends[0] < day:
        lasts = False if ends[1] < day else None
    missing = [
        f"arrangement.{column}" for column, truth in (("signed_on", entered.truth), ("ends_on", lasts)) if truth is None
    ]
    return Requirement(all_of([entered.truth, lasts]), tuple(missing), entered.planned)
