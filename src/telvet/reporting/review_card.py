"""Turn a candidate statement, its surroundings and what it means into one card for the terminal of a reviewer.

* The quote is marked within its surroundings: by its style, and by brackets where there is no colour.
* What is raw stands beside what it was taken for; what was taken for nothing known is said to be so.
* Every text is shown with its steering characters made visible; see `screen`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TextIO

from telvet.catalog.evidence_codes import EvidenceCodes
from telvet.evidence.reviewing.likeness import Alike
from telvet.evidence.reviewing.surroundings import Surroundings
from telvet.model.dates import show_span
from telvet.model.evidence import Annotation, Document, Statement
from telvet.reporting.screen import WIDE, Column, Grid, Heading, Line, Part, draw, line

__all__ = ["Card", "write"]

_TO = " \N{RIGHTWARDS ARROW} "
_MORE = "\N{HORIZONTAL ELLIPSIS}"
_QUOTED, _AROUND, _NOT_KNOWN, _LESS = "bold yellow", "", "magenta", "dim"
_BRACKETS = ("[[", "]]")
_PARAGRAPH = re.compile(r"[^\S\n]*(?:\r?\n[^\S\n]*){2,}|[\u2029\f]")
_SPACES = re.compile(r"[ \t\r\n\v\u2028]+")
_LONGEST_QUOTE, _LONGEST_BESIDE, _LONGEST_VALUE = 1600, 500, 300
Cell = tuple[str, Line]


@dataclass(frozen=True, slots=True)
class Card:
    """All that a card shows."""

    statement: Statement
    proposed_by: str
    document: Document
    surroundings: Surroundings
    place: str
    """Such as `3 of 25`."""
    keys: tuple[tuple[str, str], ...]
    """The keys to press, and what each does."""
    beside: Alike | None = None
    documents: dict[str, str] = field(default_factory=dict)
    """The names of documents by digest."""


def write(card: Card, codes: EvidenceCodes, width: int, colour: bool, out: TextIO) -> None:  # noqa: FBT001 - one plain question
    """Draw a card, no line wider than `width`."""
    draw(_parts(card, codes, width, colour=colour), width, colour, out)


def _parts(card: Card, codes: EvidenceCodes, width: int, *, colour: bool) -> Iterator[Part]:
    yield Heading(card.place, "cyan")
    yield _whence(card)
    yield line()
    yield _context(card.surroundings, colour=colour)
    yield line()
    main, more = _main(card.statement, codes), [*_more(card.statement), *_beside(card)]
    if width >= WIDE:
        yield Grid((Column(), Column(ratio=3), Column(), Column(ratio=2)), tuple(_paired(main, more)), gap=2)
    else:
        yield Grid((Column(), Column(ratio=1)), tuple((_label(key), value) for key, value in [*main, *more]), gap=2)
    yield line()
    yield line(*(span for key, does in card.keys for span in ((key, "bold"), f" {does}   ")))


def _paired(left: list[Cell], right: list[Cell]) -> Iterator[tuple[Line, ...]]:
    for place in range(max(len(left), len(right))):
        cells: list[Line] = []
        for side in (left, right):
            cells += (_label(side[place][0]), side[place][1]) if place < len(side) else (line(), line())
        yield tuple(cells)


def _label(key: str) -> Line:
    return line((key, _LESS))


def _whence(card: Card) -> Line:
    document = card.document
    day = show_span(document.published.span) if document.published else "unknown when"
    publisher = f"by {_short(document.publisher)}" if document.publisher else "publisher not known"
    told = f"published {day}, {publisher}; proposed by {_short(card.proposed_by)}"
    return line((_short(document.name), "bold"), f"\n{told}")


def _context(around: Surroundings, *, colour: bool) -> Line:
    before, quote, after = _flowing(around.before), _flowing(around.quote), _flowing(around.after)
    if len(before) > _LONGEST_BESIDE:
        before = _MORE + before[-_LONGEST_BESIDE:]
    elif not around.begins:
        before = f"{_MORE} {before}"
    if len(after) > _LONGEST_BESIDE:
        after = after[:_LONGEST_BESIDE] + _MORE
    elif not around.ends:
        after = f"{after} {_MORE}"
    if len(quote) > _LONGEST_QUOTE:
        left_out = len(quote) - _LONGEST_QUOTE
        half = _LONGEST_QUOTE // 2
        quote = f"{quote[:half]} ({left_out:,} characters left out) {quote[-half:]}"
    opened, closed = ("", "") if colour else _BRACKETS
    return line((before, _AROUND), (f"{opened}{quote}{closed}", _QUOTED), (after, _AROUND))


def _flowing(text: str) -> str:
    """Return text with a line end where a paragraph ends, and single spaces elsewhere."""
    return "\n".join(_SPACES.sub(" ", part) for part in _PARAGRAPH.split(text))


def _main(said: Statement, codes: EvidenceCodes) -> list[Cell]:
    raw = said.raw or Annotation("", "")
    measure, modality = codes.measures.get(said.measure), codes.modalities.get(said.modality)
    scope = codes.scopes.get(said.scope)
    scoped = line(*_raw(raw.scope), said.scope, (f"  {scope.title if scope else 'not known'}", _LESS))
    return [
        ("country", _country(raw.country, said.country)),
        ("vendor", _vendors(said)),
        ("measure", line((said.measure, "bold"), (f"  {measure.means if measure else 'not known'}", _LESS))),
        ("modality", line((said.modality, "bold"), (f"  {modality.means if modality else 'not known'}", _LESS))),
        ("scope", scoped),
        ("date", _date(said, raw)),
    ]


def _country(raw: str | None, code: str | None) -> Line:
    if code:
        return line(*_raw(raw if raw != code else None), (code, "bold"))
    return line(_short(raw), (f"{_TO}no known country", _NOT_KNOWN)) if raw else line(("none named", _LESS))


def _vendors(said: Statement) -> Line:
    if not said.vendors:
        return line(("none named", _LESS))
    spans: list[str | tuple[str, str]] = []
    for place, one in enumerate(said.vendors):
        known = one.id or ("any such vendor" if one.anyone else None)
        spans += ["; " if place else "", _short(one.name), _TO]
        spans.append((known, "bold") if known else ("no known vendor", _NOT_KNOWN))
    return line(*spans)


def _date(said: Statement, raw: Annotation) -> Line:
    if said.when is None:
        return line(("none given; from publication", _LESS))
    if said.when.first is None and said.when.last is None:
        return line(*_raw(raw.date), ("whenever", _NOT_KNOWN))
    first, last = (day.isoformat() if day else ".." for day in (said.when.first, said.when.last))
    shown = first if first == last else f"{first}/{last}"
    return line(*_raw(raw.date if raw.date != shown else None), shown)


def _more(said: Statement) -> Iterator[Cell]:
    raw = said.raw or Annotation("", "")
    yield "actor", line(_short(said.actor), "  ") if said.actor else line(("none named", _LESS))
    yield "level", line(said.level.value, ("" if raw.level else "  by the actor and the measure", _LESS))
    for key, text in (("speaker", said.speaker), ("via", said.via)):
        if text:
            yield key, line(_short(text))
    for key, given, day in (("until", raw.until, said.until), ("deadline", raw.deadline, said.deadline)):
        if given:
            yield key, _day(given, day)
    if raw.note:
        yield "note", line(_short(raw.note))


def _day(given: str, day: date | None) -> Line:
    shown = day.isoformat() if day else None
    if shown == given:
        return line(given)
    return line(given, _TO, shown) if shown else line(given, (f"{_TO}no date", _NOT_KNOWN))


def _beside(card: Card) -> Iterator[Cell]:
    if card.beside is None:
        return
    one, opposed = card.beside.statement, card.beside.opposed
    name = card.documents.get(one.quote.document, "") if one.quote else ""
    day = one.when.shown() if one.when else f"published {show_span(one.published)}"
    head = ("the opposite is confirmed", "bold red") if opposed else ("the same is confirmed already", "green")
    yield "beside", line(head, _short(f": {one.measure} ({one.modality}), {one.scope}, {day}, {name}"))


def _raw(text: str | None) -> tuple[str, ...]:
    return (_short(text), _TO) if text else ()


def _short(text: str | None) -> str:
    """Return text of a cell on one line, the end of what is very long left out."""
    flat = " ".join((text or "").split())
    return flat if len(flat) <= _LONGEST_VALUE else flat[:_LONGEST_VALUE] + _MORE
