"""`telvet positions`: where every country stands on a vendor, as a table, CSV, JSON or a map of the world."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from telvet.cli.asking import asked_of, asking, objects, record_at, screen
from telvet.cli.output import check_outputs, put

if TYPE_CHECKING:
    from telvet.evidence.positions.position import Asked

__all__ = ["command"]


@click.command("positions")
@asking
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json", "svg"]),
    default="table",
    show_default=True,
    help="svg is a map of the world.",
)
def command(
    vendor: str | None,
    as_of: date | None,
    known_by: date | None,
    recorded_by: str | None,
    no_catalogue: bool,
    workspace: Path | str | None,
    output: Path | None,
    form: str,
) -> int:
    """Say where every country stands on a vendor, as a table or a map."""
    from telvet.reporting import positions as report

    asked = asked_of(as_of, known_by, recorded_by)
    check_outputs((output,), ())
    record = record_at(workspace, no_catalogue=no_catalogue, country=None, recorded_by=recorded_by)
    rows = [row for row in objects(record, list(record.countries()), vendor, asked) if row["because"]]
    if form == "table":
        by_name = sorted(rows, key=lambda row: str(row["name"]))
        put(output, lambda out: report.write_table(by_name, *screen(output), out))
    elif form == "svg":
        _draw(rows, vendor, asked, output)
    else:
        put(output, lambda out: (report.write_csv if form == "csv" else report.write_json)(rows, out))
    return 0


def _draw(rows: list[dict[str, Any]], vendor: str | None, asked: Asked, output: Path | None) -> None:
    from telvet.reporting import positions as report
    from telvet.reporting import world_map

    known = f", as published by {asked.known_by}" if asked.known_by else ""
    title = f"Positions of countries on {vendor or 'high-risk vendors'}, {asked.as_of}"
    about = f"As of {asked.as_of}{known}. From statements that people confirmed; decision support, not legal advice."
    put(output, lambda out: world_map.write(report.marks(rows), title, about, out))
