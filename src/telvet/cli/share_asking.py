"""What the commands of `telvet share` have in common: whom it is about, when, by which law, and from which facts."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from telvet.cli.evidence_options import MOMENT
from telvet.cli.options import DAY, FILE, WORKSPACE, names_of, today
from telvet.cli.output import width
from telvet.errors import UsageError

if TYPE_CHECKING:
    from telvet.model.sharing import LawAnswer
    from telvet.sharing.lawful.gathering import Question
    from telvet.sharing.objects.reading import Bundle
    from telvet.sharing.recorded.known import Known
    from telvet.sharing.releasing.gate import Gate

__all__ = ["Asking", "asking", "bundle_of", "screen", "share_place"]

_Command = TypeVar("_Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Asking:
    """What a person asks."""

    partner: str
    as_of: date
    known_by: date | None = None
    recorded_by: str | None = None
    laws: tuple[str, ...] = ()
    home: str | None = None
    purpose: str | None = None
    facts: tuple[Path, ...] = ()
    workspace: Path | str | None = None
    inventories: tuple[Path, ...] = ()
    overlays: tuple[Path, ...] = ()

    def known(self) -> Known:
        """Return what is on record: in the workspace, in files, or both.

        Raises:
            UsageError: There is nothing to answer from.
            SharingError: A file has faults.
        """
        from telvet.cli.share_known import known_from

        if self.workspace is None and not self.facts:
            raise UsageError(
                "there is nothing to answer from",
                code="no-facts",
                why="what may go to a partner follows from facts about it",
                fix="name a workspace with --workspace DIR, or a file with --facts FILE",
            )
        return known_from(self.workspace, self.facts, recorded_by=self.recorded_by, known_by=self.known_by)

    def gate(self, known: Known) -> Gate:
        """Return the gate of the partner.

        Raises:
            UsageError: The partner is not on record.
        """
        from telvet.sharing.releasing.gates import data_digest, gate_of, shipped_rules
        from telvet.tables.codes import nearest

        partner = known.partners.get(self.partner)
        if partner is None:
            near = nearest(self.partner, tuple(sorted(known.partners)))
            raise UsageError(
                f"{self.partner!r} is no partner on record",
                code="unknown-partner",
                where="--partner",
                fix=f"did you mean {near!r}?" if near else "`telvet share facts list --kind partner` shows them",
            )
        return gate_of(self.partner, self.as_of, known, shipped_rules(), self.answers(known), data_digest())

    def answers(self, known: Known) -> frozenset[LawAnswer]:
        """Return what the law asked for says about the partner."""
        from telvet.cli.share_law import laws_of

        return laws_of(self.question, self.workspace)(known.partners.get(self.partner), self.as_of)

    @property
    def question(self) -> Question:
        """Return what is asked of the law."""
        from telvet.sharing.lawful.gathering import Question

        return Question(
            self.as_of,
            self.known_by,
            self.recorded_by,
            self.laws or ("all",),
            self.home,
            self.inventories,
            self.overlays,
        )


def share_place(*, required: bool) -> Callable[[Any], Any]:
    """Return the option for the workspace in which facts, queue and log lie."""
    return click.option(
        "-w",
        "--workspace",
        type=WORKSPACE,
        required=required,
        envvar="TELVET_WORKSPACE",
        show_envvar=True,
        metavar="DIR",
        help="The workspace with facts, queue and log: a folder, or a database's address.",
    )


def asking(command: _Command) -> _Command:
    """Add the options that say whom it is about, when, by which law and from which facts; they come as one `Asking`."""

    @wraps(command)
    def asked(
        *,
        partner: str,
        as_of: date | None,
        known_by: date | None,
        recorded_by: str | None,
        laws: tuple[str, ...],
        home: str | None,
        purpose: str | None,
        facts: tuple[Path, ...],
        workspace: Path | str | None,
        inventories: tuple[Path, ...],
        overlays: tuple[Path, ...],
        **others: object,
    ) -> int:
        named = names_of(laws) if laws else ()
        question = Asking(
            partner,
            as_of or known_by or today(),
            known_by,
            recorded_by,
            named,
            home,
            purpose,
            facts,
            workspace,
            inventories,
            overlays,
        )
        code: int = command(asking=question, **others)
        return code

    made: Any = asked
    for option in reversed(_OPTIONS):
        made = option(made)
    return cast("_Command", made)


_OPTIONS = (
    click.option("--partner", required=True, metavar="ID", help="The partner, as on record."),
    click.option("--purpose", default=None, help="What it is shared for, as arrangements name it."),
    click.option(
        "--law", "laws", multiple=True, metavar="ID[,ID]", help="Packs or provisions; scenarios only when named."
    ),
    click.option("--home", default=None, metavar="CODE", help="Our own country: law of others is left out."),
    click.option("--as-of", type=DAY, default=None, help="The day asked about; that of --known-by, else today."),
    click.option("--known-by", type=DAY, default=None, help="Hear only what was published by this day."),
    click.option(
        "--recorded-by",
        type=MOMENT,
        default=None,
        help="Hear only what the ledger held at this moment; a day means its end.",
    ),
    click.option(
        "--facts", type=FILE, multiple=True, metavar="FILE", help="Facts in YAML, beside the workspace or without one."
    ),
    click.option(
        "--inventory",
        "inventories",
        type=FILE,
        multiple=True,
        metavar="FILE",
        help="Equipment in the partner's country.",
    ),
    click.option(
        "--overlay",
        "overlays",
        type=FILE,
        multiple=True,
        metavar="FILE",
        help="Private, dated facts about the country.",
    ),
    share_place(required=False),
)


def bundle_of(path: Path) -> Bundle:
    """Read a bundle.

    Raises:
        SharingError: It cannot be read, with every fault.
    """
    from telvet.cli.share_file import read_bytes
    from telvet.sharing.objects.reading import read_bundle

    return read_bundle(read_bytes(path, "name a STIX bundle"), path.name)


def screen(output: Path | None) -> tuple[int, bool]:
    """Return the width and colour of where a table goes."""
    import os

    from telvet.reporting.table import colour_wanted

    return (100, False) if output else (width(), colour_wanted(sys.stdout, os.environ))
