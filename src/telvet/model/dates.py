"""Dates as the law and inventories know them: days, and intervals where less than a day is known.

* `Span` is closed at both ends; a day is a span of one day.
* "By D" is contravened from D + 1; "from D" bites on D.
* `read_span` accepts only unambiguous ISO-like text: `2019-10-03`, `2019-10`, `2019Q3`, `2019`.
  Other spellings are turned into these by `inventory/`.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from telvet.model.truth import Truth

__all__ = ["Duration", "Span", "brief_span", "read_day", "read_span", "show_span"]

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_QUARTER = re.compile(r"(\d{4})-?Q([1-4])")
_YEAR = re.compile(r"(\d{4})")


@dataclass(frozen=True, slots=True)
class Span:
    """All the days on which something may have happened, first and last included."""

    first: date
    last: date

    def on_or_after(self, day: date) -> Truth:
        """Tell whether it happened on `day` or later."""
        if self.first >= day:
            return Truth.TRUE
        return Truth.FALSE if self.last < day else Truth.UNKNOWN

    def on_or_before(self, day: date) -> Truth:
        """Tell whether it happened on `day` or earlier."""
        if self.last <= day:
            return Truth.TRUE
        return Truth.FALSE if self.first > day else Truth.UNKNOWN


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time as statutes give it; months end on the last day where the day is missing."""

    years: int = 0
    months: int = 0
    days: int = 0

    def after(self, start: date) -> date:
        """Return the day this long after `start`."""
        months = start.year * 12 + start.month - 1 + self.years * 12 + self.months
        year, month = divmod(months, 12)
        day = min(start.day, calendar.monthrange(year, month + 1)[1])
        return date(year, month + 1, day) + timedelta(days=self.days)


def read_day(text: str) -> date:
    """Read `YYYY-MM-DD`; anything else is a ValueError."""
    if not _DAY.fullmatch(text):
        message = f"{text!r} is not a day written YYYY-MM-DD"
        raise ValueError(message)
    return date.fromisoformat(text)


def read_span(text: str) -> Span:
    """Read a day, month, quarter or year; anything else is a ValueError."""
    if _DAY.fullmatch(text):
        day = date.fromisoformat(text)
        return Span(day, day)
    if found := _QUARTER.fullmatch(text):
        year, month = int(found[1]), int(found[2]) * 3
        return Span(date(year, month - 2, 1), date(year, month, calendar.monthrange(year, month)[1]))
    if found := _MONTH.fullmatch(text):
        year, month = int(found[1]), int(found[2])
        first = date(year, month, 1)
        return Span(first, date(year, month, calendar.monthrange(year, month)[1]))
    if found := _YEAR.fullmatch(text):
        return Span(date(int(found[1]), 1, 1), date(int(found[1]), 12, 31))
    message = f"{text!r} is not a date written YYYY-MM-DD, YYYY-MM, YYYYQn or YYYY"
    raise ValueError(message)


def show_span(span: Span) -> str:
    """Write a span as its day, or as `first/last`."""
    return span.first.isoformat() if span.first == span.last else f"{span.first.isoformat()}/{span.last.isoformat()}"


def brief_span(span: Span) -> str:
    """Write a span as the day, month or year that it is, or as an interval of them; `show_span` writes its days."""
    first, last = span.first, span.last
    if first == last:
        return first.isoformat()
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        ends = [f"{end.year:04}" for end in (first, last)]
    elif first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]:
        ends = [f"{end.year:04}-{end.month:02}" for end in (first, last)]
    else:
        ends = [first.isoformat(), last.isoformat()]
    return "/".join(dict.fromkeys(ends))
