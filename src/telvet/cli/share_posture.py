"""Options of the commands that ask what a partner's country is to the law: from which facts, and as of when."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from telvet.cli.evidence_options import MOMENT
from telvet.cli.options import DAY, FILE
from telvet.cli.share_asking import share_place

__all__ = ["posture_options"]

_Command = TypeVar("_Command", bound=Callable[..., Any])
_OPTIONS = (
    click.option(
        "--inventory", "inventories", type=FILE, multiple=True, metavar="FILE", help="Equipment in the country."
    ),
    click.option(
        "--overlay", "overlays", type=FILE, multiple=True, metavar="FILE", help="Private, dated facts about it."
    ),
    click.option("--facts", type=FILE, multiple=True, metavar="FILE", help="Partners and arrangements, in YAML."),
    click.option("--packs", type=FILE, multiple=True, metavar="DIR", help="A folder with further packs of law."),
    click.option("--as-of", type=DAY, default=None, help="The day asked about; that of --known-by, else today."),
    click.option("--known-by", type=DAY, default=None, help="Hear only what was published by this day."),
    click.option("--recorded-by", type=MOMENT, default=None, help="Hear only what the ledger held at this moment."),
    click.option("-o", "--output", type=FILE, default=None, metavar="FILE", help="Write here, not to standard output."),
    share_place(required=False),
)


def posture_options(command: _Command) -> _Command:
    """Add the options."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
