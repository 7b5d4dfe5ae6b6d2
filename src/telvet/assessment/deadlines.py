"""Turn a provision's dates, which may hang on other dates, into the days that count for one class.

* A deadline is an interval: both ends the same where it is a day, apart where it hangs on a fact known to the month only.
* An anchor that is not known leaves the deadline unknown; the fact is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from telvet.model.dates import Span
from telvet.model.law import Deadline, Extension, Provision

__all__ = ["Anchors", "Due", "extended", "resolve"]


@dataclass(frozen=True, slots=True)
class Due:
    """The earliest and latest day that a deadline may mean, or the fact that it waits for."""

    span: Span | None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Anchors:
    """What relative dates hang on: the designation that is met, and the element's own dates."""

    designation: Callable[[], date | None]
    designation_facts: tuple[str, ...]
    fact: Callable[[str], Span | None]


def resolve(deadline: Deadline | None, provision: Provision, anchors: Anchors) -> Due | None:
    """Return the days that a deadline means, or None where there is no deadline."""
    if deadline is None:
        return None
    if deadline.day is not None:
        return Due(Span(deadline.day, deadline.day))
    match deadline.anchor:
        case "enacted" | None:
            day = deadline.plus.after(provision.enacted)
            return Due(Span(day, day))
        case "designation":
            met = anchors.designation()
            if met is None:
                return Due(None, anchors.designation_facts)
            day = deadline.plus.after(met)
            return Due(Span(day, day))
        case fact:
            span = anchors.fact(fact)
            return (
                Due(None, (fact,))
                if span is None
                else Due(Span(deadline.plus.after(span.first), deadline.plus.after(span.last)))
            )


def extended(due: Due | None, extensions: Iterable[Extension], on: date) -> Due | None:
    """Return the deadline as it stands on a day: the extension granted latest wins, the later listed on the same day."""
    if due is None:
        return None
    granted = [extension for extension in extensions if extension.granted <= on]
    if not granted:
        return due
    latest = max(enumerate(granted), key=lambda pair: (pair[1].granted, pair[0]))[1]
    return Due(Span(latest.to, latest.to))
