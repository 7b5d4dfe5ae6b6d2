"""`telvet share decide`: what of a bundle may go to a partner, and why."""

from __future__ import annotations

from pathlib import Path

import click

from telvet.cli.options import FILE
from telvet.cli.output import check_outputs, put
from telvet.cli.share_asking import Asking, asking, bundle_of, offered_of, screen

__all__ = ["command"]


@click.command("decide")
@click.argument("bundle", type=FILE)
@asking
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
@click.option("-o", "--output", type=FILE, default=None, metavar="FILE", help="Write here, not to standard output.")
def command(asking: Asking, bundle: Path, form: str, output: Path | None) -> int:
    """Say what of BUNDLE (STIX 2.1) may go to a partner on a day, and why; nothing leaves by this."""
    from telvet.reporting import decisions as report

    check_outputs((output,), (bundle,))
    read = bundle_of(bundle)
    gate = asking.gate(asking.known())
    decided = list(zip(read.things, gate.decisions(offered_of(read, asking.purpose)), strict=True))
    if form == "jsonl":
        put(output, lambda out: report.write_jsonl(decided, out))
    else:
        put(output, lambda out: report.write_table(gate, decided, *screen(output), out))
    return 0
