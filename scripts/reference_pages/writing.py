"""Small pieces of Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

__all__ = ["ROOT", "cell", "page", "table"]

ROOT = Path(__file__).resolve().parents[2]
_MADE = "<!-- Made by `make docs`; change what it is made from. -->"


def cell(text: object) -> str:
    """Return a text as it may stand in a cell of a table."""
    return " ".join(str(text).split()).replace("|", "\\|")


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell(part) for part in line) + " |" for line in lines)


def page(title: str, *parts: str) -> str:
    """Return a page: title, the note that it is made, and its parts."""
    return "\n\n".join([f"# {title}", _MADE, *(part.strip("\n") for part in parts if part.strip())]) + "\n"
