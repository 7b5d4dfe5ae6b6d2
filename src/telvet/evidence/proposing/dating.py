"""Turns words about time into the ISO 8601 date or interval within which something happened, or is to happen.

* Relative words are resolved against the span of publication; where that is unknown they give nothing.
* Rather wide than wrong: what is not said exactly is an interval, and what is not understood is None.
* No clock is read.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from telvet.model.dates import Span

__all__ = ["Dated", "dates_in", "show"]

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_SHORT = {
    "jan": 1,
    "feb": 2,
    "mar": 3,
    "apr": 4,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "sept": 9,
    "oct": 10,
    "nov": 11,
    "dec": 12,
}
_ALL_MONTHS = {**_MONTHS, **_SHORT}
_DAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_NUMBERS = {
    name: number
    for number, name in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
} | {"a": 1, "an": 1}
_SEASONS = {"spring": (3, 6), "summer": (6, 9), "autumn": (9, 12), "fall": (9, 12), "winter": (12, 15)}
_M = "(?P<m>" + "|".join(sorted(_ALL_MONTHS, key=len, reverse=True)) + r")\b\.?"
_W = "(?P<w>" + "|".join(_DAYS) + ")"
_HALF_A_YEAR = 6
_N = "(?P<n>\\d{1,2}|" + "|".join(_NUMBERS) + ")"
_Y = r"(?P<y>(?:19|20)\d\d)"
_D = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"


@dataclass(frozen=True, slots=True)
class Dated:
    """An expression of time, and what it means."""

    start: int
    end: int
    first: date | None
    last: date | None
    deadline: bool = False
    """By when, not when."""
    since: bool = False
    yearless: bool = False
    """A day or month whose year is not said, or a weekday."""


def show(first: date | None, last: date | None) -> str | None:
    """Write an interval as briefly as ISO 8601 and the annotations allow."""
    if first is None and last is None:
        return None
    if first and last:
        if first == last:
            return first.isoformat()
        if first.day == 1 and last == _month_end(last.year, last.month):
            if (first.year, first.month) == (last.year, last.month):
                return f"{first:%Y-%m}"
            if first.year == last.year and (first.month, last.month) == (1, 12):
                return f"{first:%Y}"
    return "/".join(end.isoformat() if end else ".." for end in (first, last))


def dates_in(text: str, published: Span | None, *, ahead: bool) -> list[Dated]:
    """Return the expressions of time in folded text, from left to right, the longest first; nothing overlaps.

    Args:
        text: Folded text in small letters.
        published: When the document came out.
        ahead: Whether what is dated is still to come: a bare weekday or month is then the next one.
    """
    taken: list[Dated] = []
    for pattern, meaning in _READINGS:
        for found in pattern.finditer(text):
            if any(found.start() < other.end and other.start < found.end() for other in taken):
                continue
            meant = meaning(found, published, ahead)
            if meant is not None:
                taken.append(_with_preposition(text, found, meant))
    return sorted(taken, key=lambda dated: dated.start)


_BEFORE = re.compile(
    r"(?P<word>by|until|till|before|no later than|not later than|since|after|from|as of|effective|beginning|starting(?: on| from)?|up to|"
    r"as early as|through)(?: the)?(?: (?:end|close|beginning|start|middle) of| mid-?)?(?: early| late)? ?$"
)


def _with_preposition(text: str, found: re.Match[str], meant: tuple[date | None, date | None]) -> Dated:
    dated = _dated(text, found, meant)
    groups = found.groupdict()
    bare = bool(groups.get("m")) and not groups.get("y") and not groups.get("which")
    return replace(dated, yearless=bare or (bool(groups.get("w")) and groups.get("which") is None))


def _dated(text: str, found: re.Match[str], meant: tuple[date | None, date | None]) -> Dated:
    first, last = meant
    start = found.start()
    if (groups := found.groupdict()).get("m") and not groups.get("d"):
        start = found.start("m")
    before = _BEFORE.search(text[:start])
    word = before["word"] if before else ""
    start = before.start() if before else min(start, found.start())
    if word in {"by", "until", "till", "before", "no later than", "not later than", "up to", "through"}:
        return Dated(start, found.end(), first, last, deadline=True)
    if word == "since":
        return Dated(start, found.end(), first, None, since=True)
    if word == "after":
        return Dated(start, found.end(), first, None)
    return Dated(start, found.end(), first, last)


Meaning = Callable[[re.Match[str], Span | None, bool], tuple[date | None, date | None] | None]


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _shift(year: int, month: int, by: int) -> tuple[int, int]:
    year, month = divmod(year * 12 + month - 1 + by, 12)
    return year, month + 1


def _day(found: re.Match[str], published: Span | None, ahead: bool) -> tuple[date, date] | None:  # noqa: FBT001 - one shape for all
    month = _ALL_MONTHS[found["m"].rstrip(".")]
    given = found.groupdict().get("y")
    year = int(given) if given else _year_of(month, int(found["d"]), published, ahead=ahead)
    try:
        day = date(year, month, int(found["d"])) if year else None
    except ValueError:
        return None
    return (day, day) if day else None


def _year_of(month: int, day: int, published: Span | None, *, ahead: bool) -> int | None:
    if published is None:
        return None
    anchor = published.last
    try:
        this = date(anchor.year, month, day)
    except ValueError:
        return None
    if ahead:
        return anchor.year + (this < published.first)
    return anchor.year - (this > anchor + timedelta(days=31))


def _iso(found: re.Match[str], _published: Span | None, _ahead: bool) -> tuple[date, date] | None:  # noqa: FBT001
    try:
        day = date(int(found["y"]), int(found["mm"]), int(found["d"]))
    except ValueError:
        return None
    return day, day


def _month(found: re.Match[str], published: Span | None, ahead: bool) -> tuple[date, date] | None:  # noqa: FBT001
    month = _ALL_MONTHS[found["m"].rstrip(".")]
    groups = found.groupdict()
    if groups.get("y"):
        year = int(found["y"])
    elif published is None:
        return None
    else:
        anchor = published.last
        which = (groups.get("which") or "").strip()
        if which in {"last year", "of last year", "the previous year", "in the previous year"}:
            year = anchor.year - 1
        elif which in {"next year", "of next year"}:
            year = anchor.year + 1
        elif which in {"this year", "of this year"}:
            year = anchor.year
        elif ahead:
            year = anchor.year + (month < anchor.month)
        else:
            year = anchor.year - (month > anchor.month)
    earlier = year - 1 if published and found.group().startswith("last ") and month < published.last.month else year
    return date(earlier, month, 1), _month_end(year, month)


def _year(found: re.Match[str], _published: Span | None, _ahead: bool) -> tuple[date, date]:  # noqa: FBT001
    year = int(found["y"])
    part = (found.groupdict().get("part") or "").strip()
    first, last = {"early": (1, 4), "late": (9, 12), "mid": (5, 8)}.get(part.split("-")[0].split(" ")[0], (1, 12))
    return date(year, first, 1), _month_end(year, last)


def _quarter(found: re.Match[str], published: Span | None, _ahead: bool) -> tuple[date, date] | None:  # noqa: FBT001
    number = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}[found["q"]]
    year = int(found["y"]) if found["y"] else published.last.year if published else None
    size = 3 if found["unit"] == "quarter" else 6
    if year is None or number * size > 12:  # noqa: PLR2004 - there are twelve months
        return None
    return date(year, (number - 1) * size + 1, 1), _month_end(year, number * size)


def _weekday(found: re.Match[str], published: Span | None, ahead: bool) -> tuple[date, date] | None:  # noqa: FBT001
    if published is None:
        return None
    wanted = _DAYS[found["w"]]
    which = (found.groupdict().get("which") or "").strip()
    if ahead or which in {"next", "coming", "this coming"}:
        ends = [_next(day, wanted) for day in (published.first, published.last)]
    else:
        ends = [_latest(day, wanted) for day in (published.first, published.last)]
    if which == "last":
        return ends[0] - timedelta(days=7), ends[1]
    return ends[0], ends[1]


def _latest(day: date, weekday: int) -> date:
    return day - timedelta(days=(day.weekday() - weekday) % 7)


def _next(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def _relative_unit(found: re.Match[str], published: Span | None, _ahead: bool) -> tuple[date, date] | None:  # noqa: FBT001
    """Read "last month", "earlier this week", "next year"."""
    if published is None:
        return None
    which, unit = found["which"], found["unit"]
    step = {"last": -1, "the previous": -1, "this": 0, "the current": 0, "next": 1, "the coming": 1, "the past": -1}[
        which
    ]
    lows, highs = zip(*(_unit(day, unit, step) for day in (published.first, published.last)), strict=True)
    first, last = min(lows), max(highs)
    part = (found.groupdict().get("part") or "").strip()
    if step == 0 and part == "later":
        first = max(first, published.first)
    elif step == 0 and part == "earlier":
        last = min(last, published.last)
    elif step == -1 and unit == "week":
        first = min(first, published.first - timedelta(days=7))
    return first, max(first, last)


def _unit(day: date, unit: str, step: int) -> tuple[date, date]:
    if unit == "week":
        monday = day - timedelta(days=day.weekday()) + timedelta(days=7 * step)
        return monday, monday + timedelta(days=6)
    if unit == "month":
        year, month = _shift(day.year, day.month, step)
        return date(year, month, 1), _month_end(year, month)
    if unit in _SEASONS:
        low, high = _SEASONS[unit]
        started = day.month >= low
        year = day.year + step if step else day.year
        if step == -1 and not started:
            year = day.year - 1
        elif step == -1:
            year = day.year - (day.month < high)
        begin, end = _shift(year, low, 0), _shift(year, high, 0)
        return date(*begin, 1), _month_end(*end)
    if unit == "quarter":
        year, month = _shift(day.year, (day.month - 1) // 3 * 3 + 1, 3 * step)
        return date(year, month, 1), _month_end(*_shift(year, month, 2))
    return date(day.year + step, 1, 1), date(day.year + step, 12, 31)


def _ago(found: re.Match[str], published: Span | None, _ahead: bool) -> tuple[date | None, date | None] | None:  # noqa: FBT001
    if published is None:
        return None
    count, unit = _count(found["n"]), found["unit"]
    if found["how"] != "ago":
        return None, None
    if unit in {"day", "days"}:
        return published.first - timedelta(days=count), published.last - timedelta(days=count)
    if unit in {"week", "weeks"}:
        return published.first - timedelta(days=7 * count + 6), published.last - timedelta(days=7 * count - 6)
    if unit in {"month", "months"}:
        low = _shift(published.first.year, published.first.month, -count - 1)
        high = _shift(published.last.year, published.last.month, -count + 1)
        return date(*low, 1), _month_end(*high)
    low = _shift(published.first.year - count, published.first.month, -_HALF_A_YEAR)
    high = _shift(published.last.year - count, published.last.month, _HALF_A_YEAR)
    return (
        min(date(*low, 1), date(published.first.year - count, 1, 1)),
        max(_month_end(*high), date(published.last.year - count, 12, 31)),
    )


def _recent(found: re.Match[str], published: Span | None, _ahead: bool) -> tuple[date, date] | None:  # noqa: FBT001
    """Read "in recent weeks", "over the past year"."""
    if published is None:
        return None
    unit = found["unit"].rstrip("s")
    count = _count(found["n"]) if found.groupdict().get("n") else (1 if not found["unit"].endswith("s") else 3)
    days = {"day": 10, "week": 14, "month": 62, "year": 366}[unit] * count
    first = published.first - timedelta(days=days)
    last = published.last if unit == "day" else _month_end(published.last.year, published.last.month)
    return (first.replace(day=1) if unit != "day" else first), last


def _today(found: re.Match[str], published: Span | None, _ahead: bool) -> tuple[date, date] | None:  # noqa: FBT001
    if published is None:
        return None
    by = timedelta(days={"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}[found["t"]])
    return published.first + by, published.last + by


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word]


def _readings() -> Iterator[tuple[re.Pattern[str], Meaning]]:
    unit = "(?P<unit>week|month|year|quarter|spring|summer|autumn|winter)"
    which = r"(?P<which> (?:of |in )?(?:last year|next year|this year|the previous year))?"
    yield re.compile(rf"\b{_Y}-(?P<mm>\d\d)-(?P<d>\d\d)\b"), _iso
    yield re.compile(rf"\b{_D}(?: day)?(?: of)? {_M},? {_Y}\b"), _day
    yield re.compile(rf"\b{_M} {_D},? {_Y}\b"), _day
    yield re.compile(rf"\b{_M},? (?:of )?{_Y}\b"), _month
    yield re.compile(rf"\b(?P<q>first|second|third|fourth|last) (?P<unit>quarter|half)(?: of)?(?: {_Y})?\b"), _quarter
    yield re.compile(rf"\b(?:the )?{_D} (?:of )?{_M}(?! \d)"), _day
    yield re.compile(rf"\b{_M} {_D}\b(?!,? (?:19|20)\d\d)"), _day
    yield (
        re.compile(
            rf"\b(?:in |last |early |late |mid-|since |from |until |by )?(?:early |late |mid-)?{_M}{which}(?! \d)",
            re.NOFLAG,
        ),
        _guarded_month,
    )
    yield re.compile(rf"\b(?P<which>last|next|this coming|coming)? ?{_W}\b"), _weekday
    yield (
        re.compile(
            rf"\b(?P<part>earlier|later|late|early)? ?(?P<which>last|the previous|this|the current|next|the coming) {unit}\b"
        ),
        _relative_unit,
    )
    yield re.compile(rf"\b{_N} (?P<unit>days?|weeks?|months?|years?) (?P<how>ago|earlier|before)\b"), _ago
    yield (
        re.compile(
            rf"\b(?:in|over|during|for|within) (?:the )?(?:past|last|recent|previous) (?:{_N} )?(?P<unit>days?|weeks?|months?|years?)\b"
        ),
        _recent,
    )
    yield re.compile(r"\b(?P<t>yesterday|today|tonight|tomorrow)\b"), _today
    after = r"(?![-\d]|,\d| (?:mhz|ghz|spending|defen[cs]e|act|law|budget|national|people|cameras?|jobs|sites|million|billion|still))"
    yield re.compile(rf"(?<![-\d,.$\u20ac\u00a3])\b(?P<part>early |late |mid-?)?{_Y}\b" + after), _year


def _guarded_month(found: re.Match[str], published: Span | None, ahead: bool) -> tuple[date, date] | None:  # noqa: FBT001
    """Read a bare month; "may" and "march" are verbs unless a preposition stands before."""
    word = found["m"].rstrip(".")
    prefixed = found.start("m") > found.start()
    if word in {"may", "march", "mar", "sep", "jan", "dec"} and not (prefixed or found.groupdict().get("which")):
        return None
    return _month(found, published, ahead)


_READINGS = tuple(_readings())
