"""Days, spans of days and lengths of time, as semantics sections 2 and 6 speak of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

__all__ = ["Span", "day_of", "days_in", "later", "span_of"]

Span = tuple[date, date]
"""First and last day, both included."""


def day_of(text: str) -> date:
    """Read `YYYY-MM-DD`."""
    return date.fromisoformat(text)


def span_of(cell: str | None) -> Span | None:
    """Read a day, month, quarter or year; None where the cell is empty."""
    if cell is None:
        return None
    if "Q" in cell:
        year, quarter = int(cell[:4]), int(cell[-1])
        return date(year, 3 * quarter - 2, 1), last_of_month(year, 3 * quarter)
    if len(cell) == len("2019"):
        return date(int(cell), 1, 1), date(int(cell), 12, 31)
    if len(cell) == len("2019-10"):
        year, month = int(cell[:4]), int(cell[5:])
        return date(year, month, 1), last_of_month(year, month)
    return day_of(cell), day_of(cell)


def last_of_month(year: int, month: int) -> date:
    """Return the last day of a month, as the day before the first of the next one."""
    if month == 12:
        return date(year, 12, 31)
    return date(year, month + 1, 1) - timedelta(days=1)


def days_in(span: Span) -> list[date]:
    """List every day of a span."""
    first, last = span
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]


def later(start: date, length: Mapping[str, int]) -> date:
    """Return the day that is `years`, `months` and `days` after `start`."""
    year, month = start.year + length.get("years", 0), start.month
    for _ in range(length.get("months", 0)):
        month += 1
        if month > 12:
            year, month = year + 1, 1
    ends = last_of_month(year, month)
    same_day = ends if start.day > ends.day else date(year, month, start.day)
    return same_day + timedelta(days=length.get("days", 0))
