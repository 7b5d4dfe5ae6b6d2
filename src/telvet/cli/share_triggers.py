"""`telvet share triggers`: what would stop sharing with countries under each of several facts, side by side; no law."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from telvet.cli.options import today
from telvet.cli.output import check_outputs, put
from telvet.cli.share_asking import screen
from telvet.cli.share_posture import posture_options
from telvet.errors import UsageError
from telvet.tables.codes import GENERATIONS

if TYPE_CHECKING:
    from telvet.sharing.lawful.gathering import Question
    from telvet.sharing.lawful.triggers import Compared

__all__ = ["command"]


@click.command("triggers")
@click.option("--vendor", required=True, metavar="ID", help="A group or organisation.")
@click.option(
    "--generation", type=click.Choice(GENERATIONS), default="5G", show_default=True, help="Of what law permits."
)
@click.option("--partner", "partners", multiple=True, metavar="ID", help="The country of a partner on record.")
@click.option(
    "--country", "countries", multiple=True, metavar="CODE", help="A country; all that are spoken of if none."
)
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
@posture_options
def command(
    vendor: str,
    generation: str,
    partners: tuple[str, ...],
    countries: tuple[str, ...],
    inventories: tuple[Path, ...],
    overlays: tuple[Path, ...],
    facts: tuple[Path, ...],
    packs: tuple[Path, ...],
    as_of: date | None,
    known_by: date | None,
    recorded_by: str | None,
    form: str,
    output: Path | None,
    workspace: Path | str | None,
) -> int:
    """Compare what would stop sharing: what law permits, what is in use and where, what a government says."""
    from telvet.cli.asking import country_of
    from telvet.sharing.lawful.gathering import Question

    check_outputs((output,), (*inventories, *overlays, *facts))
    named = [country_of(text) for text in countries]
    if partners:
        named += _homes(partners, facts, workspace, known_by, recorded_by)
    day = as_of or known_by or today()
    question = Question(day, known_by, recorded_by, inventories=inventories, overlays=overlays)
    found = _compared(question, named, vendor, generation, workspace, packs)
    _write(found, question, form, output)
    return 0


def _compared(
    question: Question,
    named: list[str],
    vendor: str,
    generation: str,
    workspace: Path | str | None,
    packs: tuple[Path, ...],
) -> tuple[Compared, ...]:
    """Compare in the countries that are named, or in all of which something is said."""
    from telvet.backends.duckdb import DuckDB
    from telvet.cli.share_law import record_in
    from telvet.evidence.positions.asking import vendor_asked
    from telvet.pipeline import law_of, register_of
    from telvet.sharing.lawful.gathering import posture
    from telvet.sharing.lawful.triggers import compared

    register = register_of()
    whose = vendor_asked(vendor, register) or vendor
    record = record_in(workspace, question.recorded_by)
    with posture(question, law_of(packs), register, record, DuckDB) as ready:
        asked = named or sorted({*record.countries(), *ready.knowledge.overlays.countries})
        return tuple(compared(ready, asked, whose, generation))


def _write(found: tuple[Compared, ...], question: Question, form: str, output: Path | None) -> None:
    from telvet.catalog.places import read_places
    from telvet.reporting import triggers as page

    names = read_places().names
    if form == "jsonl":
        put(output, lambda out: page.write_jsonl(found, question, names, out))
        return
    wide, colour = screen(output)
    put(output, lambda out: page.write_table(found, question, names, width=wide, colour=colour, out=out))


def _homes(
    partners: tuple[str, ...],
    facts: tuple[Path, ...],
    workspace: Path | str | None,
    known_by: date | None,
    recorded_by: str | None,
) -> list[str]:
    """Return the countries of partners on record.

    Raises:
        UsageError: One is not on record, or its country is not, or there is no record.
    """
    from telvet.cli.share_known import known_from
    from telvet.tables.codes import nearest

    if workspace is None and not facts:
        raise UsageError(
            "there is nothing to answer from",
            code="no-facts",
            why="the country of a partner is a fact on record",
            fix="name a workspace with --workspace DIR, a file with --facts FILE, or countries with --country",
        )
    known = known_from(workspace, facts, recorded_by=recorded_by, known_by=known_by)
    homes = []
    for name in partners:
        partner = known.partners.get(name)
        near = nearest(name, tuple(sorted(known.partners))) if partner is None else None
        if partner is None or partner.country is None:
            raise UsageError(
                f"{name!r} is no partner on record" if partner is None else f"the country of {name!r} is not known",
                code="unknown-partner" if partner is None else "no-country",
                where="--partner",
                fix=f"did you mean {near!r}?" if near else "name countries with --country, or record the partner's",
            )
        homes.append(partner.country)
    return homes
