"""`telvet read`: read inventories, show how their headers were understood, and write them in canonical form."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from telvet.cli.options import FILE, SHEET, maps_of
from telvet.cli.output import check_outputs, say

if TYPE_CHECKING:
    from telvet.inventory.reading import Shown

__all__ = ["command"]


@click.command("read")
@click.argument("inputs", nargs=-1, required=True, type=FILE)
@click.option("-o", "--output", type=FILE, default=None, metavar="FILE", help="Write canonical Parquet here.")
@click.option("--show-mapping", is_flag=True, help="Show which header is read as which column, and stop.")
@click.option(
    "--map", "maps", multiple=True, metavar="THEIRS=OURS", help="Read their column as ours; `THEIRS=` leaves it out."
)
@SHEET
@click.option("--strict", is_flag=True, help="Refuse an inventory with any faulty row.")
@click.option("--rejects", type=FILE, default=None, metavar="FILE", help="Where to keep the rows that were set aside.")
def command(
    inputs: tuple[Path, ...],
    output: Path | None,
    show_mapping: bool,
    maps: tuple[str, ...],
    sheet: str | None,
    strict: bool,
    rejects: Path | None,
) -> int:
    """Read INPUTS (CSV, TSV, XLSX, Parquet or JSON lines) and say what was understood."""
    from telvet.backends.duckdb import DuckDB
    from telvet.cli.progress import reading_progress
    from telvet.cli.set_aside import keep_rejects
    from telvet.inventory.read import read_inventory, show_mappings
    from telvet.inventory.snapshot import write_parquet
    from telvet.reporting.words import counted

    chosen = maps_of(maps)
    check_outputs((output, rejects), inputs)
    with DuckDB() as engine, reading_progress() as progress:
        if show_mapping:
            for path, shown in zip(inputs, show_mappings(engine.reader, inputs, chosen, sheet), strict=True):
                _show(path, shown)
            return 0
        inventory = read_inventory(engine.reader, inputs, maps=chosen, strict=strict, sheet=sheet, progress=progress)
        for note in inventory.notes:
            say(f"note: {note}")
        keep_rejects(engine.reader, inventory, rejects)
        if output:
            write_parquet(engine.reader, inventory, output)
    click.echo(
        f"{counted(inventory.rows_in, 'row')} read: {inventory.rows_judged:,} good, {inventory.rows_rejected:,} set aside"
    )
    return 0


def _show(path: Path, shown: Shown) -> None:
    from telvet.reporting.words import printable

    click.echo(printable(f"{path}"))
    for theirs, ours, how in shown.rows:
        click.echo(f"  {printable(theirs):<32} {ours or '(not read)':<24} {how}")
    for fault in shown.faults:
        say(fault.line())
