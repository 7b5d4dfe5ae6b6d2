"""Options that several commands share, and how their values are read."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from telvet.errors import UsageError
from telvet.model.dates import read_day

__all__ = ["DAY", "FILE", "MEMORY", "SHEET", "WORKSPACE", "beside_options", "maps_of", "names_of", "today"]

_Command = TypeVar("_Command", bound=Callable[..., Any])
FILE = click.Path(path_type=Path, readable=False)
"""A path; whether it can be read is told by whoever reads it, with every other fault."""
_YEARS = range(1900, 2200)
"""Days of judgement that can be meant; engines count no further than the year 9999."""


class _Day(click.ParamType[date]):
    """A day written YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ANN401
        """Read a day."""
        if isinstance(value, date):
            return value
        try:
            day = read_day(value)
        except ValueError:
            self.fail(f"{value!r} is not a day of the calendar written YYYY-MM-DD", param, ctx)
        if day.year not in _YEARS:
            self.fail(f"{value!r} is not between the years {_YEARS[0]} and {_YEARS[-1]}", param, ctx)
        return day


DAY = _Day()


class _Memory(click.ParamType[str]):
    """An amount of memory, such as 600MiB."""

    name = "memory"
    _amount = re.compile(r"(\d+(?:\.\d+)?) ?([MGT])i?B", re.IGNORECASE)
    _least = 100  # MiB; with less the engine cannot even read

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401
        """Read an amount."""
        text = str(value).strip()
        found = self._amount.fullmatch(text)
        if not found or float(found[1]) * 1024 ** "MGT".index(found[2].upper()) < self._least:
            self.fail(f"{text!r} is no amount of memory from {self._least}MiB up, such as 600MiB or 2GB", param, ctx)
        return text


MEMORY = _Memory()


class _Workspace(click.ParamType[Path | str]):
    """A folder, or the address of a database; an address is no path and stays as it is written."""

    name = "workspace"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path | str:  # noqa: ANN401
        """Read a place."""
        del param, ctx
        return str(value) if "://" in str(value) else Path(value)


WORKSPACE = _Workspace()
SHEET = click.option("--sheet", default=None, metavar="NAME", help="Of workbooks; the first visible one if not given.")


def today() -> date:
    """Return the day of the clock, for when no date is asked for."""
    return datetime.now(tz=UTC).date()


def beside_options(command: _Command) -> _Command:
    """Add the options that say what is known beside the inventory."""
    for option in reversed((*_JUDGED, *_BESIDE, *_READ)):
        command = option(command)
    return command


_JUDGED = (
    click.option(
        "--law",
        "laws",
        multiple=True,
        metavar="ID[,ID]",
        help="Packs, provisions or prefixes; `all` is every pack but scenarios.",
    ),
    click.option("--as-of", type=DAY, default=None, help="The day of judgement, YYYY-MM-DD; today if not given."),
)


def _beside(
    name: str, what: str, metavar: str = "FILE", parameter: str | None = None
) -> Callable[[_Command], _Command]:
    names = (name, parameter) if parameter else (name,)
    return click.option(*names, type=FILE, multiple=True, metavar=metavar, help=what)


_BESIDE = (
    _beside("--operators", "Operators: country, roles, licences (YAML or CSV)."),
    _beside("--overlay", "Private, dated facts: orders, waivers, extensions (YAML or CSV).", "FILE|DIR", "overlays"),
    _beside("--partners", "Who may receive intelligence (YAML or CSV)."),
    _beside("--arrangements", "What is agreed, or to be signed, with partners (YAML or CSV)."),
    _beside("--assertions", "What analysts assert of countries, each signed and sourced (YAML or CSV)."),
    _beside("--packs", "A folder with further packs of law.", "DIR"),
)
_READ = (
    click.option(
        "--map",
        "maps",
        multiple=True,
        metavar="THEIRS=OURS",
        help="Read their column as ours; `THEIRS=` leaves it out.",
    ),
    SHEET,
    click.option("--strict", is_flag=True, help="Refuse an inventory with any faulty row."),
)


def maps_of(texts: tuple[str, ...]) -> dict[str, str]:
    """Read `theirs=ours`, several times; `theirs=` leaves their column out."""
    maps = {}
    for text in texts:
        theirs, equals, ours = text.rpartition("=")
        if not equals or not theirs:
            raise UsageError(
                f"{text!r} is not theirs=ours",
                code="map",
                where="--map",
                fix="write the file's header, `=`, and our column's name, or nothing after `=` to leave the header out",
            )
        maps[theirs] = ours
    return maps


def names_of(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Read names separated by commas, several times; `all` if none is given."""
    names = tuple(name.strip() for text in texts for name in text.split(",") if name.strip())
    return names or ("all",)
