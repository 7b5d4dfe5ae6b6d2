"""`telvet share lint`: what is wrong with the marks of bundles and events, and what they are marked with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from telvet.cli.options import DAY, FILE, today
from telvet.cli.output import check_outputs, put
from telvet.errors import Fault, SharingError

if TYPE_CHECKING:
    from telvet.sharing.marking.linting import Linted

__all__ = ["command", "content"]


@click.command("lint")
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option(
    "--as-of", type=DAY, default=None, help="The day for which codes of countries are read; today if not given."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl", "json"]),
    default="table",
    show_default=True,
    help="A table for people, a finding a line, or one document with what the files are marked with.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["any", "none"]),
    default="any",
    show_default=True,
    help="Exit with 1 if anything is wrong, or never.",
)
@click.option("-o", "--output", type=FILE, default=None, metavar="FILE", help="Write here, not to standard output.")
def command(files: tuple[Path, ...], as_of: date | None, form: str, fail_on: str, output: Path | None) -> int:
    """Say what is wrong with the marks in FILES: STIX bundles, or events as MISP exports them.

    Below the findings stands what each file is marked with, and what that comes to. A file without findings may still be
    withheld whole.
    """
    check_outputs((output,), files)
    day = as_of or today()
    found = _linted(files, day)
    put(output, lambda out: _write(found, form, day, out, to_file=output is not None))
    return 1 if fail_on == "any" and any(one.findings for one in found) else 0


def content(path: Path) -> bytes:
    """Return the bytes of a file.

    Raises:
        SharingError: It cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as problem:
        what = f"the file cannot be read: {(problem.strerror or str(problem)).lower()}"
        fault = Fault(str(path), None, None, "unreadable", what, "check its name, and that you may read it")
        raise SharingError(f"{path} cannot be read", (fault,), code="unreadable") from None


def _linted(files: Sequence[Path], day: date) -> list[Linted]:
    """Read every file, or tell the faults of all that cannot be read."""
    from telvet.catalog.handling import read_handling
    from telvet.sharing.marking.documents import read_marked
    from telvet.sharing.marking.linting import linted

    rules = read_handling()
    found: list[Linted] = []
    faults: list[Fault] = []
    for path in files:
        try:
            found.append(linted(read_marked(content(path), str(path)), rules, day))
        except SharingError as error:
            faults += error.faults
    if faults:
        count = len({fault.file for fault in faults})
        which = "the file" if len(files) == 1 else f"{count:,} of {len(files):,} files"
        raise SharingError(f"{which} cannot be read", tuple(faults), code=faults[0].code)
    return found


def _write(found: Sequence[Linted], form: str, day: date, out: TextIO, *, to_file: bool) -> None:
    import os

    from telvet.cli.output import width
    from telvet.reporting import markings
    from telvet.reporting.table import colour_wanted

    if form == "jsonl":
        markings.write_jsonl(found, out)
    elif form == "json":
        markings.write_json(found, day.isoformat(), out)
    else:
        colour = not to_file and colour_wanted(out, os.environ)
        markings.write_table(found, 100 if to_file else width(), colour, out)
