"""Turns what a document says of its own publication into a date, or into none where it says nothing sure.

* Only places that mark a date as that of publication count: metadata, a line that says so, a dateline, or a date that
  stands alone on one of the first or last lines. Never the day of a crawl, of a change or of a copyright.
* `03/04/2020` is no date, whatever stands around it; places that contradict one another give none.
* The day is the one written, whatever the zone; the marks and words are data.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from telvet.catalog.headers import read_headers
from telvet.catalog.yaml_reading import read_yaml
from telvet.inventory.cell_fault import CellFault
from telvet.inventory.dates import canonical_date
from telvet.model.dates import Span, read_span
from telvet.model.evidence import Published
from telvet.shipped import shipped

__all__ = ["Marked", "PublicationWords", "publication_words", "published_by_marks", "published_in_text", "read_date"]

_MARKED_FIRST, _MARKED_LAST = 15, 10
_ALONE_FIRST, _ALONE_LAST = 6, 3
_LONGEST = 120
_PARTS = re.compile(r"\s*[|\u2022\u00b7\u2013\u2014]\s*|\s+-\s+|\s{3,}|\t+")
_DAY_WORDS = re.compile(r"[^\W_]+")
_TIME = re.compile(
    r"[\s,]*(?:\bat\b|\bum\b|\u00e0)?\s*\d{1,2}[:.h]\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[ap]\.?m\.?)?"
    r"\s*(?:Uhr|Z|[A-Z]{2,5}|[+-]\d{2}:?\d{2})?\.?$",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\d{1,2}[:h]\d{2}|\d\.\d{2}\s*(?:[ap]\.?m|[A-Z]{2,4}\b)", re.IGNORECASE)
_COMPACT = re.compile(r"\d{4,8}|\d{1,2}[-./]\d{4}|\d{4}[-./]\d{1,2}|.*Q\d.*", re.IGNORECASE)
_NAMED_DATE = r"(?:\d{1,2}(?:st|nd|rd|th|\.)?\s+[^\W\d_]{3,}\.?,?|[^\W\d_]{3,}\.?\s+\d{1,2}(?:st|nd|rd|th)?,)\s+\d{4}"
_PLACE_AND_DATE = re.compile(
    rf"[^\W\d_][^\W\d_ .'\u2019/-]*(?:[ /-][^\W\d_][^\W\d_.'\u2019-]*){{0,4}},\s+({_NAMED_DATE})\.?"
)
_DATELINE = re.compile(
    rf"[^\W\d_]{{2}}[^\n():;!?]{{0,60}}?,\s+({_NAMED_DATE})\s*(?:\([^()\n]{{1,40}}\))?\s*(?:[\u2013\u2014-]|--)\s"
)


@dataclass(frozen=True, slots=True)
class Marked:
    """A date in a place that marks it as that of publication."""

    where: str
    """The place, e.g. `meta article:published_time`."""
    text: str


@dataclass(frozen=True, slots=True)
class PublicationWords:
    """What marks a date as that of publication, or as another."""

    meta: tuple[str, ...]
    types: tuple[str, ...]
    marks: tuple[str, ...]
    other_marks: tuple[str, ...]
    words: re.Pattern[str]
    other_words: re.Pattern[str]
    ends: re.Pattern[str]
    weekdays: frozenset[str]
    months: Mapping[str, int]


@cache
def publication_words() -> PublicationWords:
    """Read the marks and words that ship with telvet."""
    top = read_yaml(shipped("catalog") / "evidence" / "publication.yaml")
    lists = {key: tuple(str(word).casefold() for word in words) for key, words in top.items()}
    words = "|".join(re.escape(word) for word in sorted(lists["words"], key=len, reverse=True))
    others = "|".join(re.escape(word) for word in sorted(lists["other_words"], key=len, reverse=True))
    return PublicationWords(
        meta=lists["meta"],
        types=tuple(str(type_) for type_ in top["types"]),
        marks=lists["marks"],
        other_marks=lists["other_marks"],
        words=re.compile(rf"(?:{words})(?!\w)\s*:?\s*", re.IGNORECASE),
        other_words=re.compile(rf"(?<!\w)(?:{others})(?!\w)", re.IGNORECASE),
        ends=re.compile(rf"\s+(?:{'|'.join(map(re.escape, lists['ends']))})\s+", re.IGNORECASE),
        weekdays=frozenset(lists["weekdays"]),
        months=read_headers().months,
    )


def read_date(text: str) -> Span | None:
    """Read a date by any usual spelling, with a weekday and a time or without; None where it is none or is ambiguous."""
    text = " ".join(text.split()).strip(" ,.;")
    if len(text) > _LONGEST:
        return None
    words = publication_words()
    first = _DAY_WORDS.match(text)
    if first and first[0].casefold() in words.weekdays:
        text = text[first.end() :].lstrip(" ,.")
    for spelling in (text, _TIME.sub("", text) if _CLOCK.search(text) else text):
        try:
            return read_span(canonical_date(spelling, words.months))
        except (CellFault, ValueError):
            continue
    return None


def published_by_marks(marked: Sequence[Marked]) -> Published | None:
    """Return the date that the marked places give, best place first; None where they differ by more than a day.

    Zones make the same moment two days, so that neighbouring days are no contradiction.
    """
    read = [(one, span) for one in marked if (span := read_date(one.text))]
    if not read:
        return None
    if max(span.first for _, span in read) - min(span.last for _, span in read) > timedelta(days=1):
        return None
    best, span = min(read, key=lambda pair: pair[1].last - pair[1].first)
    return Published(span, best.where)


def published_in_text(text: str) -> Published | None:
    """Return the date of publication that the lines of a text give, or None."""
    lines = [line.strip()[: _LONGEST * 4] for line in text.splitlines() if line.strip()]
    if marked := [one for one in _marked_lines(lines) if re.search(r"\d", one.text)]:
        return published_by_marks(marked) if all(read_date(one.text) for one in marked) else None
    return _alone(lines[:_ALONE_FIRST], "first") or _alone_at_the_end(lines)


def _marked_lines(lines: Sequence[str]) -> list[Marked]:
    """Look for lines, or parts of them, that say that they give the date."""
    near = [*range(min(_MARKED_FIRST, len(lines))), *range(max(_MARKED_FIRST, len(lines) - _MARKED_LAST), len(lines))]
    words = publication_words()
    found: list[Marked] = []
    for place in near:
        parts = _PARTS.split(lines[place])
        if place + 1 < len(lines) and words.words.fullmatch(parts[-1]):
            parts[-1] = f"{parts[-1]} {_PARTS.split(lines[place + 1])[0]}"
        for part in parts:
            if mark := words.words.match(part):
                rest = words.ends.split(part[mark.end() :], maxsplit=1)[0]
                said = part[: mark.end()].strip(" :").casefold()
                found.append(Marked(f"the text, after {said!r}", rest))
    return found


def _alone(lines: Sequence[str], which: str) -> Published | None:
    """Look for one day that stands alone, or after a place, on some lines; several different ones give none."""
    spans: dict[Span, str] = {}
    other = publication_words().other_words
    for place, line in enumerate(lines):
        before = lines[place - 1] if place else ""
        if len(line) <= _LONGEST and other.search(before) and len(before) <= _LONGEST // 3:
            continue
        if dateline := _DATELINE.match(line):
            if span := _named_day(dateline[1]):
                spans.setdefault(span, "the dateline of the text")
            continue
        for part in _PARTS.split(line) if len(line) <= _LONGEST else ():
            placed = _PLACE_AND_DATE.fullmatch(part)
            if span := _named_day(placed[1] if placed else part):
                spans.setdefault(span, f"a date alone on one of the {which} lines")
    return Published(*spans.popitem()) if len(spans) == 1 else None


def _alone_at_the_end(lines: Sequence[str]) -> Published | None:
    """Look among the last lines, where the first ones have nothing to contradict it."""
    if len(lines) <= _ALONE_FIRST or any(_dated(line) for line in lines[:_ALONE_FIRST]):
        return None
    return _alone(lines[max(_ALONE_FIRST, len(lines) - _ALONE_LAST - 1) :], "last")


def _dated(line: str) -> bool:
    return any(_named_day(part) for part in _PARTS.split(line))


def _named_day(text: str) -> Span | None:
    """Read a whole day that is more than bare digits."""
    if _COMPACT.fullmatch(text.strip()):
        return None
    span = read_date(text)
    return span if span and span.first == span.last else None
