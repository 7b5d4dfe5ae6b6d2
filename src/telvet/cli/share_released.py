"""`telvet share released`: what has gone out, to whom, since when."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path

import click

from telvet.cli.options import DAY, FILE
from telvet.cli.output import check_outputs, put
from telvet.cli.share_asking import screen, share_place
from telvet.cli.share_state import KEY, STATE, state_of

__all__ = ["command"]


@click.command("released")
@click.option("--partner", default=None, metavar="ID", help="To one partner alone.")
@click.option("--since", type=DAY, default=None, help="From this day on.")
@click.option("--object", "objects", multiple=True, metavar="ID", help="One object alone; may be given several times.")
@click.option("--together", is_flag=True, help="Count what each partner holds together, by type.")
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
@click.option("-o", "--output", type=FILE, default=None, metavar="FILE", help="Write here, not to standard output.")
@STATE
@KEY
@share_place(required=True)
def command(
    partner: str | None,
    since: date | None,
    objects: tuple[str, ...],
    together: bool,
    form: str,
    output: Path | None,
    state: Path | None,
    key: Path | None,
    workspace: Path | str,
) -> int:
    """List what has gone out, by the audit log, every byte of which is verified on the way."""
    from telvet.reporting import released as report
    from telvet.sharing.audit.reading import released

    check_outputs((output,), ())
    kept = state_of(workspace, state, key)
    begins = datetime.combine(since, time.min, UTC) if since else None
    rows = list(released(kept.logs, kept.signer().key, partner, begins, objects or None))
    if together:
        put(output, lambda out: report.write_together(rows, form, *screen(output), out))
    elif form == "jsonl":
        put(output, lambda out: report.write_jsonl(rows, out))
    else:
        put(output, lambda out: report.write_table(rows, *screen(output), out))
    return 0
