"""Plain lines, headings and grids onto a console of a given width, with or without colour.

* The only module that knows rich, and only while it draws.
* Nothing is read as markup, emoji or terminal control: every text is made printable here.
* The environment is not asked: width and colour are arguments.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TextIO

from telvet.reporting.words import printable

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

__all__ = ["WIDE", "Column", "Grid", "Heading", "Line", "Part", "bar", "console", "draw", "line"]

WIDE = 110
"""From this many columns on, a report uses the room of a wide console."""

_LEAST_WIDTH = 40
_RULE = "\N{BOX DRAWINGS LIGHT HORIZONTAL}"


@dataclass(frozen=True, slots=True)
class Line:
    """Texts in a row, each with its style; a line end within them stays one."""

    spans: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's heading, ruled to the edge of the console."""

    title: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """How one column of a grid is set; `ratio` shares what the others leave, and wraps."""

    justify: Literal["left", "right"] = "left"
    ratio: int | None = None
    least: int | None = None
    head: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells in columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Line, ...], ...]
    gap: int = 1


Part = Line | Heading | Grid


def line(*spans: str | tuple[str, str]) -> Line:
    """Make a line of texts, plain or with a style."""
    return Line(tuple((span, "") if isinstance(span, str) else span for span in spans))


def bar(value: int, most: int, room: int) -> str:
    """Draw a bar of block characters; what is not zero shows at least an eighth."""
    eighths = max(value * room * 8 // most, 1) if value and most else 0
    whole, rest = divmod(min(eighths, room * 8), 8)
    return "\N{FULL BLOCK}" * whole + (chr(ord("\N{LEFT ONE EIGHTH BLOCK}") + 1 - rest) if rest else "")


def draw(parts: Iterable[Part], width: int, colour: bool, out: TextIO) -> None:  # noqa: FBT001 - one plain question
    """Draw the parts one below the other, no line wider than `width`."""
    screen = console(width, colour, out)
    for part in parts:
        screen.print(_rendered(part))


def console(width: int, colour: bool, out: TextIO) -> Console:  # noqa: FBT001 - one plain question
    """Return a console of a width, with or without colour, whatever the environment says."""
    from rich.console import Console  # noqa: PLC0415 - loaded by those who draw

    return Console(
        file=out,
        width=max(width, _LEAST_WIDTH),
        height=100,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
        _environ={},
    )


def _rendered(part: Part) -> RenderableType:
    from rich.rule import Rule  # noqa: PLC0415 - loaded by those who draw

    if isinstance(part, Heading):
        return Rule(
            _text(Line(((part.title, f"bold {part.style}".strip()),))), align="left", characters=_RULE, style="dim"
        )
    return _grid(part) if isinstance(part, Grid) else _text(part)


def _grid(grid: Grid) -> RenderableType:
    from rich.table import Table  # noqa: PLC0415 - loaded by those who draw

    headed = any(column.head for column in grid.columns)
    full = any(column.ratio for column in grid.columns)
    table = Table(
        box=None, show_header=headed, header_style="dim", padding=(0, grid.gap, 0, 0), pad_edge=False, expand=full
    )
    for column in grid.columns:
        table.add_column(
            column.head,
            justify=column.justify,
            ratio=column.ratio,
            min_width=column.least,
            no_wrap=not column.ratio,
            overflow="fold" if column.ratio else "ellipsis",  # an id that is cut off is none
        )
    for row in grid.rows:
        table.add_row(*(_text(cell) for cell in row))
    return table


def _text(part: Line) -> Text:
    from rich.text import Text  # noqa: PLC0415 - loaded by those who draw

    text = Text()
    for words, style in part.spans:
        text.append("\n".join(printable(words_) for words_ in words.split("\n")), style=style or None)
    return text
