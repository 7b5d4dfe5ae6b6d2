"""`telvet law`: list, show, lint and test the packs of law."""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path

import click

from telvet.cli.options import FILE
from telvet.errors import UsageError

__all__ = ["command"]

_PACKS = click.option("--packs", type=FILE, multiple=True, metavar="DIR", help="A folder with further packs of law.")


@click.group("law")
def command() -> None:
    """List, show, check and test the packs of law."""


@command.command("list")
@_PACKS
def list_(packs: tuple[Path, ...]) -> int:
    """List every pack: its force, since when, and its provisions."""
    from telvet.cli.output import width
    from telvet.pipeline import law_of
    from telvet.reporting import law as law_report
    from telvet.reporting.table import colour_wanted

    law_report.write_list(law_of(packs), width(), colour_wanted(sys.stdout, os.environ), sys.stdout)
    return 0


@command.command("show")
@click.argument("name")
@_PACKS
def show(name: str, packs: tuple[Path, ...]) -> int:
    """Show a pack or a provision: who is bound, what, until when, what excuses, what is uncertain, sources."""
    from telvet.cli.output import width
    from telvet.packs.law import select
    from telvet.pipeline import law_of
    from telvet.reporting import law as law_report

    law = select(law_of(packs), (name,))
    for pack in law.packs_chosen:
        law_report.write_pack(pack, law.chosen, width(), sys.stdout)
    return 0


@command.command("lint")
@click.argument("folders", nargs=-1, type=FILE)
def lint(folders: tuple[Path, ...]) -> int:
    """Check the shipped packs, or those in FOLDERS, for everything that a machine can see."""
    from telvet.catalog.places import read_places
    from telvet.lawcheck.check import lint_packs
    from telvet.pipeline import register_of
    from telvet.shipped import shipped

    count, faults = lint_packs(_folders(folders) or [shipped("packs")], register_of(), read_places())
    if not count and not faults:
        raise UsageError(
            f"no pack of law lies in {', '.join(map(str, folders))}",
            code="no-folder",
            why="nothing would be checked",
            fix="name a folder that holds pack.yaml, itself or below",
        )
    for fault in faults:
        click.echo(fault.line())
    click.echo(f"{count} pack(s) checked, {len(faults)} fault(s)")
    return 1 if faults else 0


def _folders(folders: tuple[Path, ...]) -> list[Path]:
    for folder in folders:
        if not folder.is_dir():
            raise UsageError(f"{folder} is no folder", code="no-folder", fix="name a folder that holds packs")
    return list(folders)


@command.command("test")
@click.argument("names", nargs=-1)
@_PACKS
@click.option("-v", "--verbose", is_flag=True, help="Show every case.")
def test(names: tuple[str, ...], packs: tuple[Path, ...], verbose: bool) -> int:
    """Run the cases of every pack, or of those named, and say what they cover."""
    from telvet.catalog.places import read_places
    from telvet.lawcheck.check import try_packs
    from telvet.pipeline import cache_folder, register_of
    from telvet.shipped import shipped

    results = try_packs([shipped("packs"), *_folders(packs)], register_of(), read_places(), names, cache=cache_folder())
    failed = [result for result in results if result.differences]
    for result in results if verbose else failed:
        click.echo(
            f"{'FAILED' if result.differences else 'ok':<7}{result.pack}.{result.provision} {result.as_of} {result.name}"
        )
        for difference in result.differences:
            click.echo(f"         {difference}")
    seen = Counter((provision, str(status)) for result in results for provision, status in result.statuses)
    click.echo("\ncases by provision and answer")
    for provision in sorted({provision for provision, _ in seen}):
        told = ", ".join(f"{count} {status}" for (name, status), count in sorted(seen.items()) if name == provision)
        click.echo(f"  {provision}: {told}")
    click.echo(f"\n{len(results)} cases, {len(failed)} failed")
    return 1 if failed else 0
