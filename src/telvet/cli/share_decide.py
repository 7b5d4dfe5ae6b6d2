"""`telvet share decide`: what of a file may go to a partner, and why."""

from __future__ import annotations

from pathlib import Path

import click

from telvet.cli.options import FILE
from telvet.cli.output import check_outputs, put
from telvet.cli.share_asking import Asking, asking, screen
from telvet.cli.share_file import AS, beside, file_of

__all__ = ["command"]


@click.command("decide")
@click.argument("file", type=FILE)
@asking
@AS
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
@click.option("-o", "--output", type=FILE, default=None, metavar="FILE", help="Write here, not to standard output.")
def command(asking: Asking, file: Path, kind: str | None, form: str, output: Path | None) -> int:
    """Say what of FILE may go to a partner on a day, and why; nothing leaves by this.

    FILE is STIX 2.1, events as MISP exports them, or any file with its marks in NAME.handling.yaml beside it.
    """
    from telvet.reporting import decisions as report
    from telvet.sharing.releasing.offering import offered

    check_outputs((output,), (file, beside(file)))
    read = file_of(file, kind)
    gate = asking.gate(asking.known())
    things = offered(read, gate, asking.purpose)
    decided = list(zip((each.thing for each in things), gate.decisions(things), strict=True))
    if form == "jsonl":
        put(output, lambda out: report.write_jsonl(decided, out))
    else:
        put(output, lambda out: report.write_table(gate, decided, *screen(output), out))
    return 0
