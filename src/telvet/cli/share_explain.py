"""`telvet share explain`: every reason for one object, and what would change it."""

from __future__ import annotations

from pathlib import Path

import click

from telvet.cli.options import FILE
from telvet.cli.output import check_outputs, put
from telvet.cli.share_asking import Asking, asking, bundle_of, offered_of, screen
from telvet.errors import UsageError
from telvet.tables.codes import nearest

__all__ = ["command"]


@click.command("explain")
@click.argument("bundle", type=FILE)
@click.argument("object_id", metavar="OBJECT")
@asking
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option("-o", "--output", type=FILE, default=None, metavar="FILE", help="Write here, not to standard output.")
def command(asking: Asking, bundle: Path, object_id: str, form: str, output: Path | None) -> int:
    """Show every reason for OBJECT of BUNDLE, who could let it go, and what would change it."""
    from telvet.reporting import decision_page as report

    check_outputs((output,), (bundle,))
    read = bundle_of(bundle)
    if not any(thing.id == object_id for thing in read.things):
        near = nearest(object_id, tuple(sorted({thing.id for thing in read.things})))
        fix = f"did you mean {near}?" if near else "copy its id from `telvet share decide`"
        raise UsageError(f"{object_id!r} is not in {bundle.name}", code="unknown-object", where="OBJECT", fix=fix)
    gate = asking.gate(asking.known())
    offered = offered_of(read, asking.purpose)
    both = zip(read.things, gate.decisions(offered), gate.outcomes(offered), strict=True)
    found = [report.Page(gate, *one) for one in both if one[0].id == object_id]
    if form == "json":
        put(output, lambda out: report.write_json(found, out))
    else:
        put(output, lambda out: report.write_table(found, *screen(output), out))
    return 0
