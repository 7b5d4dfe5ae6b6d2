"""`telvet share explain`: every reason for one object, and what would change it."""

from __future__ import annotations

from pathlib import Path

import click

from telvet.cli.options import FILE
from telvet.cli.output import check_outputs, put
from telvet.cli.share_asking import Asking, asking, screen
from telvet.cli.share_file import AS, beside, file_of
from telvet.cli.share_holding import holding_as_they_are
from telvet.errors import UsageError
from telvet.tables.codes import nearest

__all__ = ["command"]


@click.command("explain")
@click.argument("file", type=FILE)
@click.argument("object_id", metavar="OBJECT")
@asking
@AS
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option("-o", "--output", type=FILE, default=None, metavar="FILE", help="Write here, not to standard output.")
def command(asking: Asking, file: Path, object_id: str, kind: str | None, form: str, output: Path | None) -> int:
    """Show every reason for OBJECT of FILE, who could let it go, and what would change it."""
    from telvet.reporting import decision_page as report
    from telvet.sharing.releasing.offering import offered

    check_outputs((output,), (file, beside(file)))
    read = file_of(file, kind)
    gate = asking.gate(asking.known())
    things = offered(read, gate, asking.purpose)
    names = {each.thing.id for each in things}
    if object_id not in names:
        near = nearest(object_id, tuple(sorted(names)))
        fix = f"did you mean {near}?" if near else "copy its id from `telvet share decide`"
        raise UsageError(f"{object_id!r} is not in {file.name}", code="unknown-object", where="OBJECT", fix=fix)
    holding = holding_as_they_are(gate, asking.workspace)
    both = zip(things, gate.decisions(things), gate.outcomes(things, holding), strict=True)
    found = [report.Page(gate, each.thing, one, out) for each, one, out in both if each.thing.id == object_id]
    if form == "json":
        put(output, lambda out: report.write_json(found, out))
    else:
        put(output, lambda out: report.write_table(found, *screen(output), out))
    return 0
