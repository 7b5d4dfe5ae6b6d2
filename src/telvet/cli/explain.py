"""`telvet explain`: how each provision came out for one element, on which facts, and why the others do not apply."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

import click

from telvet.cli.options import FILE, beside_options, maps_of, names_of, today
from telvet.errors import UsageError

__all__ = ["command"]


@click.command("explain")
@click.argument("identifier", metavar="ID")
@click.option(
    "--in",
    "inputs",
    multiple=True,
    required=True,
    type=FILE,
    metavar="INPUT",
    help="The inventory that holds the element.",
)
@beside_options
def command(
    identifier: str, inputs: tuple[Path, ...], laws: tuple[str, ...], as_of: date | None, operators: tuple[Path, ...],
    overlays: tuple[Path, ...], partners: tuple[Path, ...], arrangements: tuple[Path, ...],
    assertions: tuple[Path, ...], packs: tuple[Path, ...], maps: tuple[str, ...], sheet: str | None, strict: bool,
) -> int:  # fmt: skip
    """Show how each provision that could touch the element ID came out, and why the others do not."""
    from telvet.cli.output import width
    from telvet.pipeline import Request, explained, running
    from telvet.reporting import explanation
    from telvet.reporting.table import colour_wanted

    request = Request(
        inputs=inputs, as_of=as_of or today(), laws=names_of(laws), operators=operators, overlays=overlays,
        partners=partners, arrangements=arrangements, assertions=assertions,
        maps=maps_of(maps), sheet=sheet, strict=strict, packs=packs,
    )  # fmt: skip
    with running(request) as run:
        found = explained(run, identifier)
        if not found:
            raise UsageError(
                f"no element is called {identifier!r}",
                code="no-element",
                where=", ".join(map(str, inputs)),
                fix="give the id as the file spells it",
            )
        explanation.write(found, run.assessment.provisions, width(), colour_wanted(sys.stdout, os.environ), sys.stdout)
    return 0
