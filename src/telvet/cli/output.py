"""Put a report where it is wanted: on standard output, or into a file that only its owner can read.

* The bytes are the same whatever the locale; only a terminal is asked what it can show.
* A reader that goes away early (`| head`) ends the writing and nothing else: the exit code still says what was found.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

import click

from telvet.errors import UsageError
from telvet.inventory.private_file import check_place, private_path

__all__ = ["check_outputs", "deafen", "left_unread", "private_file", "put", "say", "settle_streams", "width"]


def width() -> int:
    """Return how wide the terminal is."""
    return shutil.get_terminal_size((100, 24)).columns


def put(output: Path | None, write: Callable[[TextIO], None]) -> None:
    """Let something be written to a private file, or to standard output where none is named."""
    if output is not None:
        with private_file(output) as out:
            write(out)
        return
    try:
        write(sys.stdout)
        sys.stdout.flush()
    except (BrokenPipeError, SystemExit) as stop:
        if not left_unread(stop):
            raise
        deafen()


@contextmanager
def private_file(path: Path) -> Iterator[TextIOWrapper]:
    """Yield a text file that takes its place, readable by its owner only, when all went well."""
    with private_path(path) as passing, passing.open("w", encoding="utf-8", newline="") as out:
        yield out


def say(line: str) -> None:
    """Write a line to standard error; what came from a file cannot steer the terminal."""
    from telvet.reporting.words import printable

    click.echo(printable(line), err=True)


def check_outputs(written: Iterable[Path | None], read: Iterable[Path]) -> None:
    """Raise UsageError where a file cannot be written, or only over one that is read or written already."""
    taken = list(read)
    for target in written:
        if target is None:
            continue
        if any(_same(target, one) for one in taken):
            raise UsageError(
                f"{target} would be written over what is read or written already",
                code="overwrites",
                fix="name another file",
            )
        check_place(target)
        taken.append(target)


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other) and one.is_file()
    except OSError:
        return one.absolute() == other.absolute()


def left_unread(stop: BaseException) -> bool:
    """Tell whether a command stopped because nobody reads standard output any more.

    Commands return their codes; only the libraries that draw tables and read the command line leave by SystemExit, then.
    """
    return isinstance(stop, BrokenPipeError) or (isinstance(stop, SystemExit) and stop.code == 1)


def deafen() -> None:
    """Let standard output go nowhere, so that nothing complains when the process ends."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def settle_streams() -> None:
    """Write UTF-8 and plain line ends, whatever the locale; a terminal that cannot show a character gets another.

    A stream that was closed before the start goes nowhere.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - for as long as we live
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
