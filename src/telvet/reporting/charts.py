"""Figures into inline SVG: bars, stacked shares and a time line, drawn by pure functions.

* No script, font or image from elsewhere; colours are CSS classes, so that light, dark and print each have their own.
* Every chart has a title and a description for those who do not see it; the page puts the same figures in a table behind it.
* Coordinates are whole numbers: the same figures give the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from telvet.reporting.words import counted, days_from, number, printable, share

__all__ = ["SERIES", "Bar", "Due", "Stack", "bars", "stacked_shares", "time_line"]

WIDTH = 760
"""The width of every drawing; the page scales it."""
SERIES = 7
"""How many series have a colour of their own; the rest are drawn as `others`."""

_ROW, _TOP, _BAR = 26, 6, 14
_WEAK, _STRONG = 'class="weak"', 'class="strong"'
_YEAR = 12
_MONTHLY, _QUARTERLY, _YEARLY = 150, 800, 3_000
"""Up to so many days the time line has a tick every month, quarter, or year; beyond, every few years."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with a part of it drawn strong."""

    label: str
    whole: int
    part: int


@dataclass(frozen=True, slots=True)
class Stack:
    """A row of shares: (series, count); the series is an index, `others` or `unknown`."""

    label: str
    parts: tuple[tuple[str, str, int], ...]
    """(CSS class, name, count), in drawing order."""


@dataclass(frozen=True, slots=True)
class Due:
    """What falls due on a day."""

    day: date
    label: str
    count: int


def bars(name: str, title: str, about: str, rows: Sequence[Bar]) -> str:
    """Draw horizontal bars, each with its strong part in front."""
    left, right = 236, 70
    most = max((row.whole for row in rows), default=1) or 1
    body = []
    for index, row in enumerate(rows):
        y = _TOP + index * _ROW
        whole, part = (_scaled(value, most, WIDTH - left - right) for value in (row.whole, row.part))
        body += [
            _text(left - 10, y + 15, row.label, "label end"),
            _rect(left, y + 4, (whole, _BAR), _WEAK, f"{row.label}: {number(row.whole)}"),
            _rect(left, y + 4, (part, _BAR), _STRONG, f"{row.label}, alone: {number(row.part)}"),
            _text(left + whole + 8, y + 15, number(row.whole), "value"),
        ]
    return _svg(name, title, about, _TOP * 2 + len(rows) * _ROW, body)


def stacked_shares(name: str, title: str, about: str, rows: Sequence[Stack]) -> str:
    """Draw a bar of full length for every row, cut by shares; the count stands at its end."""
    left, right = 150, 70
    room = WIDTH - left - right
    body = [_hatch(name)]
    for index, row in enumerate(rows):
        y = _TOP + index * _ROW
        total = sum(count for _, _, count in row.parts)
        body.append(_text(left - 10, y + 15, row.label, "label end"))
        before = 0
        for css, series, count in row.parts:
            x, end = (left + room * value // (total or 1) for value in (before, before + count))
            before += count
            told = f"{row.label}, {series}: {number(count)} ({share(count, total)})"
            body += [_rect(x, y + 2, (end - x, _BAR + 4), _paint(css, name), told)] if end > x else []
        body.append(_text(WIDTH - right + 8, y + 15, number(total), "value"))
    return _svg(name, title, about, _TOP * 2 + len(rows) * _ROW, body)


def time_line(name: str, title: str, about: str, as_of: date, rows: Sequence[Due]) -> str:
    """Draw how long remains until each day, soonest first, on one line of time."""
    left, right, row_height, head = 8, 190, 40, 24
    room = WIDTH - left - right
    last = max((row.day for row in rows), default=as_of)
    span = max((last - as_of).days, 1)
    height = head + len(rows) * row_height + 6
    body = []
    for day, label in _ticks(as_of, last):
        x = left + room * (day - as_of).days // span
        body.append(f'<line class="grid" x1="{x}" y1="{head - 6}" x2="{x}" y2="{height}"/>')
        body.append(_text(x, 12, label, "tick middle" if day > as_of else "tick"))
    for index, row in enumerate(rows):
        y = head + index * row_height
        length = max(room * (row.day - as_of).days // span, 2)
        until = f"{row.day.isoformat()} \N{MIDDLE DOT} {counted(row.count, 'finding')}"
        words = f"{row.label}: {number(row.count)} due by {row.day.isoformat()}, {days_from(as_of, row.day)}"
        body += [
            _text(left, y + 14, _short(row.label), "label halo"),
            _rect(left, y + 21, (length, 8), _STRONG, words),
            f'<circle class="strong" cx="{left + length}" cy="{y + 25}" r="6"/>',
            _text(left + length + 12, y + 29, until, "value halo"),
        ]
    return _svg(name, title, about, height, body)


def _ticks(first: date, last: date) -> list[tuple[date, str]]:
    """Return the day of judgement and, up to the last day, the starts of months, quarters or years."""
    days = (last - first).days
    step = 1 if days <= _MONTHLY else 3 if days <= _QUARTERLY else _YEAR * max(1, days // _YEARLY)
    ticks = [(first, first.isoformat())]
    month = first.year * _YEAR + (first.month // step * step if step < _YEAR else step)
    while month <= last.year * _YEAR + last.month - 1:
        day = date(month // _YEAR, month % _YEAR + 1, 1)
        if (day - first).days * 8 > days:
            ticks.append((day, day.isoformat()[: 4 if step >= _YEAR else 7]))
        month += step
    return ticks


def _scaled(value: int, most: int, room: int) -> int:
    return max(room * value // most, 2) if value else 0


def _short(text: str) -> str:
    most = 100
    return text if len(text) <= most else text[: most - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"


def _text(x: int, y: int, text: str, css: str) -> str:
    return f'<text class="{css}" x="{x}" y="{y}">{escape(printable(text))}</text>'


def _rect(x: int, y: int, size: tuple[int, int], paint: str, title: str) -> str:
    told = f"<title>{escape(printable(title))}</title>"
    return f'<rect {paint} x="{x}" y="{y}" width="{size[0]}" height="{size[1]}">{told}</rect>'


def _paint(css: str, owner: str) -> str:
    """Return how a part is painted: by its class, or by the drawing's own hatch where nothing is known."""
    return f'class="part" style="fill:url(#{owner}-hatch)"' if css == "unknown" else f'class="part {css}"'


def _hatch(name: str) -> str:
    size = 'width="6" height="6"'
    lines = f'<rect class="hatch-ground" {size}/><line class="hatch" x1="0" y1="0" x2="0" y2="6"/>'
    turned = 'patternUnits="userSpaceOnUse" patternTransform="rotate(45)"'
    return f'<defs><pattern id="{name}-hatch" {size} {turned}>{lines}</pattern></defs>'


def _svg(name: str, title: str, about: str, height: int, body: Sequence[str]) -> str:
    labels = f'<title id="{name}-title">{escape(printable(title))}</title><desc id="{name}-desc">{escape(printable(about))}</desc>'
    head = f'<svg id="{name}" role="img" aria-labelledby="{name}-title {name}-desc" viewBox="0 0 {WIDTH} {height}">'
    return "\n".join([head + labels, *body, "</svg>"])
