"""`telvet share consider`: the record of what a named person weighed before an arrangement is signed, never a yes or no."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from telvet.cli.evidence_options import BY, SPAN, now
from telvet.cli.options import FILE, names_of, today
from telvet.cli.output import check_outputs, put, say
from telvet.cli.share_asking import screen
from telvet.cli.share_posture import posture_options
from telvet.errors import UsageError
from telvet.model.dates import Span

if TYPE_CHECKING:
    from telvet.model.sharing import Arrangement
    from telvet.sharing.lawful.consideration import Consideration
    from telvet.sharing.lawful.gathering import Question
    from telvet.sharing.recorded.known import Known

__all__ = ["command", "consider_recorded"]

_NOTHING = "nothing-to-consider"


@click.command("consider")
@click.argument("name", metavar="ARRANGEMENT")
@BY
@click.option(
    "--assertions", type=FILE, multiple=True, metavar="FILE", help="What analysts assert, signed and sourced."
)
@click.option("--law", "laws", multiple=True, metavar="ID[,ID]", help="Packs or provisions; all but scenarios if none.")
@click.option("--home", default=None, metavar="CODE", help="Our own country: law of others is left out.")
@click.option("--signed-on", type=SPAN, default=None, help="The day of signing; the first of its term if not given.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@posture_options
def command(
    name: str,
    by: str,
    assertions: tuple[Path, ...],
    inventories: tuple[Path, ...],
    overlays: tuple[Path, ...],
    facts: tuple[Path, ...],
    laws: tuple[str, ...],
    packs: tuple[Path, ...],
    home: str | None,
    signed_on: Span | None,
    as_of: date | None,
    known_by: date | None,
    recorded_by: str | None,
    form: str,
    output: Path | None,
    workspace: Path | str | None,
) -> int:
    """Weigh what law asks to be weighed for ARRANGEMENT, and keep the record where a workspace is named."""
    from telvet.sharing.lawful.gathering import Question

    check_outputs((output,), (*assertions, *inventories, *overlays, *facts))
    known = _known(workspace, facts, known_by, recorded_by)
    day = as_of or known_by or today()
    question = Question(day, known_by, recorded_by, names_of(laws), home, inventories, overlays, assertions)
    found = _weighed(known, _arrangement(known, name), question, workspace, packs, by, signed_on)
    _write(found, form, output)
    if workspace is not None:
        _keep(found, workspace)
    return 0


def consider_recorded(names: Sequence[str], workspace: Path | str, by: str) -> None:
    """Keep a record of what was weighed for each arrangement that was just recorded, where a law on file asks for one."""
    from telvet.sharing.lawful.gathering import Question

    known = _known(workspace, (), None, None)
    for name in names:
        try:
            found = _weighed(known, _arrangement(known, name), Question(today()), workspace, (), by, None)
        except UsageError as error:
            if error.code != _NOTHING:
                raise
            return
        say(
            f"note: {name} asks to be weighed; see, and complete with assertions: telvet share consider {name} --by WHO"
        )
        _keep(found, workspace)


def _weighed(
    known: Known,
    arrangement: Arrangement,
    question: Question,
    workspace: Path | str | None,
    packs: tuple[Path, ...],
    by: str,
    signed_on: Span | None,
) -> Consideration:
    from telvet.backends.duckdb import DuckDB
    from telvet.cli.share_law import record_in
    from telvet.pipeline import law_of, register_of
    from telvet.sharing.lawful.consideration import considered
    from telvet.sharing.lawful.gathering import posture

    record, partner = record_in(workspace, question.recorded_by), known.partners.get(arrangement.partner)
    with posture(question, law_of(packs), register_of(), record, DuckDB) as ready:
        return considered(arrangement, partner, ready, by=by, signed_on=signed_on)


def _write(found: Consideration, form: str, output: Path | None) -> None:
    from telvet.reporting import consideration as page

    if form == "json":
        put(output, lambda out: page.write_json(found, out))
    else:
        put(output, lambda out: page.write_table(found, *screen(output), out))


def _known(
    workspace: Path | str | None, facts: tuple[Path, ...], known_by: date | None, recorded_by: str | None
) -> Known:
    from telvet.cli.share_known import known_from

    if workspace is None and not facts:
        raise UsageError(
            "there is nothing to answer from",
            code="no-facts",
            why="the arrangement and its partner are facts on record",
            fix="name a workspace with --workspace DIR, or a file with --facts FILE",
        )
    return known_from(workspace, facts, recorded_by=recorded_by, known_by=known_by)


def _arrangement(known: Known, name: str) -> Arrangement:
    from telvet.tables.codes import nearest

    by_id = {one.id: one for one in known.arrangements}
    if name not in by_id:
        near = nearest(name, tuple(sorted(by_id)))
        raise UsageError(
            f"{name!r} is no arrangement on record",
            code="unknown-arrangement",
            where="ARRANGEMENT",
            fix=f"did you mean {near!r}?" if near else "`telvet share facts list --kind arrangement` shows them",
        )
    return by_id[name]


def _keep(found: Consideration, workspace: Path | str) -> None:
    from telvet.sharing.lawful.consideration_entry import consideration_entry
    from telvet.workspace.sharing_ledger import SharingLedger

    entry = consideration_entry(found)
    with SharingLedger.open(workspace) as ledger:
        new = ledger.write([entry], by=found.by, now=now())
    say(f"kept as {entry.id}" if new else f"kept already as {entry.id}")
