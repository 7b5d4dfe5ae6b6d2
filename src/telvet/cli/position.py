"""`telvet position`: where one country stands on a vendor, who says so, and what stands against it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from telvet.cli.asking import asked_of, asking, country_of, objects, record_at, screen, tell_waiting
from telvet.cli.output import check_outputs, put

__all__ = ["command"]


@click.command("position")
@click.argument("country")
@asking
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def command(
    country: str,
    vendor: str | None,
    as_of: date | None,
    known_by: date | None,
    recorded_by: str | None,
    no_catalogue: bool,
    workspace: Path | str | None,
    output: Path | None,
    form: str,
) -> int:
    """Say where COUNTRY stands on a vendor, what says so, and what stands against it."""
    from telvet.reporting import positions as report

    code = country_of(country)
    asked = asked_of(as_of, known_by, recorded_by)
    check_outputs((output,), ())
    record = record_at(workspace, no_catalogue=no_catalogue, country=code, recorded_by=recorded_by)
    (row,) = objects(record, [code], vendor, asked)
    if form == "json":
        put(output, lambda out: report.write_one_json(row, out))
    else:
        put(output, lambda out: report.write_one_table(row, *screen(output), out))
        tell_waiting(record, code)
    return 0
