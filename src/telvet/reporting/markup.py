"""Texts and cells into HTML; every text is escaped here and nowhere else.

* `text` is the only way from a value to markup; what it returns, and what tags are built of it, is not escaped again.
* A table always has a caption and scoped heads; on a narrow screen its cells name their heads themselves.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from telvet.model.status import Force, Grade, Status
from telvet.reporting.words import printable, standing

__all__ = [
    "Head",
    "badge",
    "bullets",
    "code",
    "data_script",
    "details",
    "figure",
    "paragraph",
    "section",
    "small",
    "table",
    "text",
]


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head; `css` is `n` for numbers, `day` for dates."""

    name: str
    css: str = ""


def text(value: str) -> str:
    """Escape a text for HTML."""
    return escape(printable(value))


def code(value: str) -> str:
    """Set an identifier in a monospaced face."""
    return f"<code>{text(value)}</code>"


def small(markup: str) -> str:
    """Set markup small and muted on a line of its own; nothing for nothing."""
    return f'<div class="small">{markup}</div>' if markup else ""


def paragraph(markup: str, css: str = "") -> str:
    """Make a paragraph of markup."""
    return f'<p class="{css}">{markup}</p>' if css else f"<p>{markup}</p>"


def bullets(parts: Iterable[str]) -> str:
    """Make an unmarked list of markup; nothing for nothing."""
    items = "".join(f"<li>{part}</li>" for part in parts)
    return f"<ul>{items}</ul>" if items else ""


def badge(status: Status, force: Force, grade: Grade = Grade.SECONDARY) -> str:
    """Show a status by its words and a coloured mark; the words alone suffice."""
    return f'<span class="status {status}">{text(standing(status, force, grade))}</span>'


def section(name: str, title: str, *parts: str) -> str:
    """Make a section with a heading that the contents link to."""
    body = "\n".join(part for part in parts if part)
    return f'<section id="{name}" aria-labelledby="{name}-h">\n<h2 id="{name}-h">{text(title)}</h2>\n{body}\n</section>'


def details(title: str, markup: str) -> str:
    """Fold markup away behind a title."""
    return f"<details><summary>{text(title)}</summary>{markup}</details>"


def figure(caption: str, legend: str, drawing: str, behind: str) -> str:
    """Join a drawing, its legend and the table behind it."""
    view = f'<div class="scroll" tabindex="0" role="region" aria-label="{text(caption)}">{drawing}</div>'
    return f"<figure><figcaption>{text(caption)}</figcaption>{legend}{view}</figure>\n{details('The same as a table', behind)}"


def table(caption: str, heads: Sequence[Head], rows: Iterable[Sequence[str]], css: str = "") -> str:
    """Make a table of markup cells; the first cell of a row is its head.

    `css` is `cards` where a row becomes a card on a narrow screen, `slim` where two columns need no more room.
    """
    top = "".join(f'<th scope="col"{_class(head.css)}>{text(head.name)}</th>' for head in heads)
    body = "\n".join(_row(heads, row) for row in rows)
    inner = f"<table{_class(css)}><caption>{text(caption)}</caption><thead><tr>{top}</tr></thead><tbody>\n{body}\n</tbody></table>"
    return f'<div class="scroll" tabindex="0" role="region" aria-label="{text(caption)}">{inner}</div>'


def data_script(value: object) -> str:
    """Write a value as JSON that cannot end the script element it stands in."""
    return json.dumps(value, ensure_ascii=True).replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _class(css: str) -> str:
    return f' class="{css}"' if css else ""


def _row(heads: Sequence[Head], cells: Sequence[str]) -> str:
    rest = zip(heads[1:], cells[1:], strict=True)
    body = "".join(f'<td{_class(head.css)} data-label="{text(head.name)}">{cell}</td>' for head, cell in rest)
    return f'<tr><th scope="row"{_class(heads[0].css)}>{cells[0]}</th>{body}</tr>'
