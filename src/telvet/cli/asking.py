"""What `telvet position` and `telvet positions` share: their options, the record they ask, and the objects they print."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from telvet.cli.evidence_options import CATALOGUE, MOMENT, evidence_place
from telvet.cli.options import DAY, FILE, today
from telvet.cli.output import say, width
from telvet.errors import UsageError

if TYPE_CHECKING:
    from telvet.evidence.positions.position import Asked
    from telvet.evidence.positions.record import Record

__all__ = ["asked_of", "asking", "country_of", "objects", "record_at", "screen", "tell_waiting"]

_Command = TypeVar("_Command", bound=Callable[..., Any])


def asking(command: _Command) -> _Command:
    """Add the options that both commands share."""
    options = [
        click.option("--vendor", default=None, metavar="ID", help="A group or organisation; any vendor if not given."),
        click.option(
            "--as-of", type=DAY, default=None, help="The day asked about; that of --known-by, else today, if not given."
        ),
        click.option("--known-by", type=DAY, default=None, help="Hear only what was published by this day."),
        click.option(
            "--recorded-by",
            type=MOMENT,
            default=None,
            help="Hear only what the ledger held at this moment; a day means its end.",
        ),
        CATALOGUE,
        evidence_place(required=False),
        click.option(
            "-o", "--output", type=FILE, default=None, metavar="FILE", help="Write here, not to standard output."
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def screen(output: Path | None) -> tuple[int, bool]:
    """Return the width and colour of where a table goes."""
    from telvet.reporting.table import colour_wanted

    return (100, False) if output else (width(), colour_wanted(sys.stdout, os.environ))


def asked_of(as_of: date | None, known_by: date | None, recorded_by: str | None) -> Asked:
    """Return the three times of a question; the day asked about is that of knowing where none is given."""
    from telvet.evidence.positions.position import Asked

    return Asked(as_of or known_by or today(), known_by, recorded_by)


def country_of(text: str) -> str:
    """Return the alpha-3 code of a country by any spelling."""
    from telvet.catalog.places import read_places

    places = read_places()
    found = places.alpha3(text)
    if found is None:
        near = places.nearest(text)
        fix = f"did you mean {near}?" if near else "write its name or its ISO 3166-1 code"
        raise UsageError(f"{text!r} is no country", code="unknown-country", where="COUNTRY", fix=fix)
    return found


def record_at(place: Path | str | None, *, no_catalogue: bool, country: str | None, recorded_by: str | None) -> Record:
    """Return the record of a workspace, of the catalogue, or of both."""
    from telvet.evidence.positions.asking import record_of
    from telvet.workspace.evidence_ledger import EvidenceLedger

    if place is None and no_catalogue:
        raise UsageError(
            "there is nothing to answer from",
            code="no-evidence",
            why="the catalogue is left out, and no workspace is named",
            fix="name a workspace with --workspace DIR, or leave --no-catalogue out",
        )
    with EvidenceLedger.open(place) if place is not None else nullcontext() as ledger:
        return record_of(ledger, catalogue=not no_catalogue, country=country, recorded_by=recorded_by)


def tell_waiting(record: Record, country: str) -> None:
    """Tell a person of statements that nobody has judged, and that do not count for that reason."""
    from telvet.reporting.words import counted

    judged = record.merged | record.judgements.keys()
    waiting = sum(said.id not in judged for said in record.by_country.get(country, ()))
    if waiting:
        say(f"note: {counted(waiting, 'statement')} about it not confirmed yet: telvet evidence review --by WHO")


def objects(record: Record, countries: list[str], vendor: str | None, asked: Asked) -> list[dict[str, Any]]:
    """Return the objects of the positions of countries."""
    from telvet.catalog.places import read_places
    from telvet.evidence.positions.asking import vendor_asked
    from telvet.evidence.positions.position import position
    from telvet.pipeline import register_of
    from telvet.reporting.position_object import position_object

    names = read_places().names
    wanted = vendor_asked(vendor, register_of()) if vendor is not None else None
    return [position_object(position(record, code, wanted, asked), names.get(code, code)) for code in countries]
