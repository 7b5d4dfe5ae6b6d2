"""`telvet read`: read inventories, show how their headers were understood, and write them in canonical form."""

from __future__ import annotations

from pathlib import Path

import click

from telvet.cli.options import FILE, SHEET, maps_of

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
    from telvet.inventory.read import read_inventory
    from telvet.inventory.read import show_mapping as mapping_of
    from telvet.inventory.rejects import write_rejects
    from telvet.inventory.snapshot import write_parquet

    chosen = maps_of(maps)
    with DuckDB() as engine, reading_progress() as progress:
        if show_mapping:
            for path in inputs:
                _show(path, mapping_of(engine.reader, path, chosen, sheet))
            return 0
        inventory = read_inventory(engine.reader, inputs, maps=chosen, strict=strict, sheet=sheet, progress=progress)
        for note in inventory.notes:
            click.echo(f"note: {note}", err=True)
        for fault in inventory.faults[:20]:
            click.echo(fault.line(), err=True)
        if rejects and inventory.rows_rejected:
            write_rejects(engine.reader, inventory, rejects)
        if output:
            write_parquet(engine.reader, inventory, output)
    click.echo(
        f"{inventory.rows_in:,} rows read: {inventory.rows_judged:,} good, {inventory.rows_rejected:,} set aside"
    )
    return 0


def _show(path: Path, rows: object) -> None:
    click.echo(f"{path}")
    for theirs, ours, how in rows:  # type: ignore[attr-defined]
        click.echo(f"  {theirs:<32} {ours or '(not read)':<24} {how}")
