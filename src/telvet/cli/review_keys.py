"""Reads what a reviewer presses: single keys on a terminal, and a key a line from anything else.

* More than one character at once is a paste or a key such as an arrow: never a decision.
* Capital letters are no keys: the end of an arrow key's characters, come late over a slow line, is one.
* What was typed before a card was shown is thrown away by the terminal; a script's lines are read one by one.
"""

from __future__ import annotations

from contextlib import suppress
from io import StringIO, TextIOWrapper
from typing import Protocol, TextIO

import click

from telvet.reporting.words import printable

__all__ = ["Keys", "LineKeys", "TerminalKeys", "keys_of"]


class Keys(Protocol):
    """Where keys and lines come from."""

    def key(self) -> str | None:
        """Return the next key; None when there are no more."""
        ...

    def line(self, prompt: str) -> str | None:
        """Return a line of text without its end; None when there are no more."""
        ...


class TerminalKeys:
    """Keys as they are pressed."""

    def __init__(self) -> None:
        """Let the arrow keys work while a line is typed, where the system can."""
        with suppress(ImportError):
            import readline  # noqa: F401 - it makes `input` edit lines

    def key(self) -> str | None:
        """Wait for a key."""
        try:
            pressed = click.getchar()
        except EOFError:
            return None
        return pressed or None

    def line(self, prompt: str) -> str | None:
        """Ask for a line."""
        try:
            return _clean(input(prompt))
        except EOFError:
            click.echo()
            return None


class LineKeys:
    """Keys that stand one a line, as a script gives them."""

    def __init__(self, source: TextIO) -> None:
        self._source = source

    def key(self) -> str | None:
        """Read the next line that is not empty."""
        while read := self._source.readline():
            if pressed := read.strip():
                return pressed
        return None

    def line(self, prompt: str) -> str | None:
        """Read the next line, and show it behind its prompt."""
        read = self._source.readline()
        if not read:
            return None
        said = _clean(read.rstrip("\r\n"))
        click.echo(f"{prompt}{said}")
        return said


def keys_of(source: TextIO | None) -> Keys:
    """Return the keys of a terminal, or of a file or pipe; a stream that was closed before the start has none."""
    if source is None:
        return LineKeys(StringIO())
    if source.isatty():
        return TerminalKeys()
    if isinstance(source, TextIOWrapper):
        source.reconfigure(errors="replace")
    return LineKeys(source)


def _clean(text: str) -> str:
    """Return text that every database keeps and no terminal obeys."""
    return printable(text).strip()
