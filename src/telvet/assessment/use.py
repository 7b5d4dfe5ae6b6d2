"""Turn an element's lifecycle and dates into: is it in use, is it present, has a forbidden event happened; is it signed.

* The rows of spec/semantics.md, section 5, one function each.
* Each answer names the columns that leave it unknown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from telvet.model.dates import Span
from telvet.model.facts import Dated
from telvet.model.truth import Truth, all_of, negate

__all__ = ["Requirement", "Standing", "event_fact", "event_span", "happened", "in_use", "present", "signed"]

EVENT_COLUMNS = {"install": "installed_on", "procure": "procured_on"}
_SIGNED, _ENDS = "arrangement.signed_on", "arrangement.ends_on"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an element stands in its life."""

    lifecycle: str | None = None
    procured: Dated = field(default_factory=Dated)
    installed: Dated = field(default_factory=Dated)
    removed: Dated = field(default_factory=Dated)
    signed: Dated = field(default_factory=Dated)
    """For an arrangement: when it was signed, or is to be."""
    ends: Dated = field(default_factory=Dated)
    """For an arrangement: its last day."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """The answer, the facts that would settle it, the facts it rests on, and whether an event is planned."""

    truth: Truth
    missing: tuple[str, ...] = ()
    because: tuple[str, ...] = ()
    planned: bool = False


def _removed(standing: Standing, on: date) -> Truth:
    """Tell whether it is not yet removed."""
    span = standing.removed.span
    if span is None:
        return Truth.TRUE
    return negate(span.on_or_before(on))


def _join(parts: list[tuple[str, Truth]]) -> Requirement:
    truth = all_of(part for _, part in parts)
    missing = (
        tuple(f"equipment.{name}" for name, part in parts if part is Truth.UNKNOWN) if truth is Truth.UNKNOWN else ()
    )
    return Requirement(truth, missing, tuple(f"equipment.{name}" for name, part in parts if part is not Truth.UNKNOWN))


def _stated(standing: Standing) -> list[tuple[str, Truth]]:
    return [("lifecycle", Truth.TRUE)] if standing.lifecycle else []


def in_use(standing: Standing, on: date) -> Requirement:
    """Tell whether an element is in use on a day."""
    if standing.lifecycle in ("planned", "stock", "off") or (
        standing.lifecycle == "removed" and standing.removed.span is None
    ):
        return _join([("lifecycle", Truth.FALSE)])
    parts = _stated(standing)
    if standing.removed.span is not None:
        parts.append(("removed_on", _removed(standing, on)))
    if standing.installed.span is not None:
        parts.append(("installed_on", standing.installed.span.on_or_before(on)))
    return _join(parts)


def present(standing: Standing, on: date) -> Requirement:
    """Tell whether an element is there on a day, in use or not."""
    if standing.lifecycle == "removed" and standing.removed.span is None:
        return _join([("lifecycle", Truth.FALSE)])
    parts = _stated(standing)
    if standing.removed.span is not None:
        parts.append(("removed_on", _removed(standing, on)))
    return _join(parts)


def event_fact(act: str) -> str:
    """Return the fact that dates an event."""
    return f"equipment.{EVENT_COLUMNS[act]}"


def event_span(act: str, standing: Standing) -> Span | None:
    """Return the days on which an event may have happened."""
    return (standing.installed if act == "install" else standing.procured).span


def happened(act: str, standing: Standing, starts: date, ends: date | None, on: date) -> Requirement:
    """Tell whether an event happened by `on` within the window from `starts` to `ends`, both included."""
    fact = (event_fact(act),)
    span = event_span(act, standing)
    if span is None:
        not_yet = ("planned", "stock") if act == "install" else ("planned",)
        if on < starts or standing.lifecycle in not_yet:
            return Requirement(Truth.FALSE, (), ("equipment.lifecycle",))
        return Requirement(Truth.UNKNOWN, fact)
    return _within(span, starts, ends or date.max, on, fact)


def _within(span: Span, starts: date, ends: date, on: date, fact: tuple[str, ...]) -> Requirement:
    if span.last < starts or span.first > ends or starts > ends:
        return Requirement(Truth.FALSE, (), fact)
    if span.first >= starts and span.last <= min(on, ends):
        return Requirement(Truth.TRUE, (), fact)
    if span.first > on and span.first >= starts and span.last <= ends:
        return Requirement(Truth.TRUE, (), fact, planned=True)
    return Requirement(Truth.UNKNOWN, fact, fact)


def signed(standing: Standing, starts: date, ends: date | None, on: date) -> Requirement:
    """Tell whether an arrangement that is not over was signed by `on`, or is to be, within a window."""
    if standing.signed.span is None:
        entered = Requirement(Truth.UNKNOWN, (_SIGNED,))
    else:
        entered = _within(standing.signed.span, starts, ends or date.max, on, (_SIGNED,))
    lasts = Truth.TRUE if standing.ends.span is None else standing.ends.span.on_or_after(on)
    missing = (*entered.missing, *((_ENDS,) if lasts is Truth.UNKNOWN else ()))
    truth = all_of((entered.truth, lasts))
    because = (*entered.because, *((_ENDS,) if standing.ends.span and lasts is not Truth.UNKNOWN else ()))
    return Requirement(
        truth, missing if truth is Truth.UNKNOWN else (), because, entered.planned and truth is Truth.TRUE
    )
