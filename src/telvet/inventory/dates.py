"""Turn the usual spellings of dates into `2019-10-03`, `2019-10`, `2019Q3` or `2019`.

* `03/04/2020` is settled by the column's other cells, or is a fault; it is never guessed.
* A day that is not in the calendar, or a year outside 1970 to 2100, is a fault.
* A time of day is dropped; the date is the one written, whatever the zone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from telvet.catalog.headers import fold_name
from telvet.inventory.cell_fault import CellFault

__all__ = ["FIRST_YEAR", "LAST_YEAR", "canonical_date", "settle_day_first"]

FIRST_YEAR, LAST_YEAR = 1970, 2100

_TIME = re.compile(
    r"[T ,]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[ap]\.?m\.?)?\s*(?:Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?$",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_EITHER = re.compile(r"(\d{1,2})([-/])(\d{1,2})\2(\d{4})")
_NAMED_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|\.)?(?: de)?[ -]?([^\W\d_]{3,})\.?(?: de)?[ ,-]*(\d{4})")
_NAMED_MONTH_FIRST = re.compile(r"([^\W\d_]{3,})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_NAMED_YEAR_FIRST = re.compile(r"(\d{4})[ -]([^\W\d_]{3,})\.?[ -](\d{1,2})")
_NAMED_MONTH = re.compile(r"([^\W\d_]{3,})\.?(?: de)?[ ,/-]*(\d{4})")
_YEAR_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})")
_QUARTER = re.compile(r"(\d{4})[ /-]?Q([1-4])", re.IGNORECASE)
_QUARTER_FIRST = re.compile(r"Q([1-4])[ /-]?(\d{4})|([1-4])Q[ /-]?(\d{4})", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")
_SHORT_YEAR = re.compile(r"\d{1,2}([-/.])\d{1,2}\1\d{2}|\d{1,2}[ -][^\W\d_]{3,}[ -]\d{2}")
_SERIAL = re.compile(r"[2-6]\d{4}(?:\.\d+)?")


def canonical_date(text: str, months: Mapping[str, int], *, day_first: bool | None = None) -> str:
    """Return the canonical spelling of a date.

    Args:
        text: The cell, trimmed.
        months: Number of a month by folded name.
        day_first: How the column writes `03/04/2020`; None where nothing settles it.

    Raises:
        CellFault: It is no date, not in the calendar, out of range or ambiguous.
    """
    text = _TIME.sub("", text)
    if found := _YEAR_FIRST.fullmatch(text):
        return _day(found[1], found[3], found[4])
    if found := _COMPACT.fullmatch(text):
        return _day(*found.groups())
    if found := _DOTTED.fullmatch(text):
        return _day(found[3], found[2], found[1])
    if found := _EITHER.fullmatch(text):
        return _either(int(found[1]), int(found[3]), found[4], day_first=day_first)
    return _named(text, months) or _less_than_a_day(text) or _refuse(text)


def settle_day_first(texts: Iterable[str]) -> bool | None:
    """Tell from all spellings of a column whether `03/04/2020` has the day first; None: they do not tell, or disagree."""
    seen: set[bool] = set()
    for text in texts:
        if found := _EITHER.fullmatch(_TIME.sub("", text)):
            first, second = int(found[1]), int(found[3])
            if (first > 12) != (second > 12):  # noqa: PLR2004 - months of a year
                seen.add(first > second)
    return seen.pop() if len(seen) == 1 else None


def _either(first: int, second: int, year: str, *, day_first: bool | None) -> str:
    if first > 12 or (second <= 12 and (day_first or first == second)):  # noqa: PLR2004 - months of a year
        return _day(year, second, first)
    if second > 12 or day_first is False:  # noqa: PLR2004
        return _day(year, first, second)
    raise CellFault(
        code="ambiguous-date",
        what="nothing in this column settles whether the day or the month comes first",
        fix="write it as YYYY-MM-DD",
    )


def _named(text: str, months: Mapping[str, int]) -> str | None:
    for pattern, order in (
        (_NAMED_DAY_FIRST, (3, 2, 1)),
        (_NAMED_MONTH_FIRST, (3, 1, 2)),
        (_NAMED_YEAR_FIRST, (1, 2, 3)),
    ):
        if (found := pattern.fullmatch(text)) and (month := months.get(fold_name(found[order[1]]))):
            return _day(found[order[0]], month, found[order[2]])
    if (found := _NAMED_MONTH.fullmatch(text)) and (month := months.get(fold_name(found[1]))):
        return f"{_year(found[2])}-{month:02d}"
    return None


def _less_than_a_day(text: str) -> str | None:
    if found := _YEAR_MONTH.fullmatch(text):
        return f"{_year(found[1])}-{_month(found[2]):02d}"
    if found := _MONTH_YEAR.fullmatch(text):
        return f"{_year(found[2])}-{_month(found[1]):02d}"
    if found := _QUARTER.fullmatch(text):
        return f"{_year(found[1])}Q{found[2]}"
    if found := _QUARTER_FIRST.fullmatch(text):
        return f"{_year(found[2] or found[4])}Q{found[1] or found[3]}"
    return f"{_year(text)}" if _YEAR.fullmatch(text) else None


def _refuse(text: str) -> str:
    if _SHORT_YEAR.fullmatch(text):
        raise CellFault(code="short-year", what="the year has two digits", fix="write it as YYYY-MM-DD")
    if _SERIAL.fullmatch(text):
        raise CellFault(
            code="not-a-date",
            what="this looks like a spreadsheet's day number",
            fix="format the cells as dates, or write YYYY-MM-DD",
        )
    raise CellFault(
        code="not-a-date",
        what="this is no date that can be read",
        fix="write it as YYYY-MM-DD, YYYY-MM, YYYYQn or YYYY",
    )


def _day(year: str, month: str | int, day: str | int) -> str:
    _year(year)
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        raise CellFault(
            code="impossible-date", what="there is no such day in the calendar", fix="correct it, or leave it empty"
        ) from None


def _month(text: str) -> int:
    if 1 <= int(text) <= 12:  # noqa: PLR2004 - months of a year
        return int(text)
    raise CellFault(code="impossible-date", what="there is no such month", fix="correct it, or leave it empty")


def _year(text: str) -> int:
    if FIRST_YEAR <= int(text) <= LAST_YEAR:
        return int(text)
    raise CellFault(
        code="date-range",
        what=f"the year is not between {FIRST_YEAR} and {LAST_YEAR}",
        fix="correct it, or leave it empty",
    )
