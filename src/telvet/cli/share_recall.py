"""`telvet share recall`: call back what went out, and write the notices."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from telvet.cli.evidence_options import BY, now
from telvet.cli.options import FILE, today
from telvet.cli.output import check_outputs
from telvet.cli.share_asking import share_place
from telvet.cli.share_state import KEY, STATE, State, state_of
from telvet.errors import UsageError
from telvet.reporting.words import counted, printable

if TYPE_CHECKING:
    from telvet.model.release import Recall
    from telvet.sharing.audit.reading import ReleasedRow

__all__ = ["command"]

_ID = re.compile(r"[a-z][a-z0-9-]*--[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@click.command("recall")
@click.argument("objects", nargs=-1, required=True, metavar="OBJECT...")
@click.option(
    "--partner", "partners", multiple=True, metavar="ID", help="From one partner alone; from all if not given."
)
@click.option("--why", required=True, help="The reason; the notice says it.")
@click.option(
    "--notices", type=FILE, default=None, metavar="DIR", help="Write a notice for each partner into this folder."
)
@BY
@STATE
@KEY
@share_place(required=True)
def command(
    objects: tuple[str, ...],
    partners: tuple[str, ...],
    why: str,
    notices: Path | None,
    by: str,
    state: Path | None,
    key: Path | None,
    workspace: Path | str,
) -> int:
    """Call back OBJECTs: from now on they stay, and whoever holds them is told so."""
    from telvet.sharing.releasing.recalling import touched

    _check(objects, why)
    kept = state_of(workspace, state, key)
    if notices is not None:
        _check_folder(notices)
    recall = _recall(objects, partners, why, by)
    rows = _recorded(kept, recall, workspace, by)
    held = touched(recall, rows)
    stay = "stays" if len(recall.objects) == 1 else "stay"
    click.echo(printable(f"{recall.id}: {counted(len(recall.objects), 'object')} {stay} from now on"))
    for partner, mine in held.items():
        click.echo(
            printable(f"  {partner} holds {counted(len(mine), 'version')} of it, the last sent {mine[-1].last[:19]}Z")
        )
    if not held:
        click.echo("  nobody holds any of it, as far as the log says")
    if notices is not None:
        _write(notices, recall, rows)
    return 0


def _check(objects: tuple[str, ...], why: str) -> None:
    """Refuse what cannot be meant: a mistaken id would call nothing back, and nobody would notice.

    Raises:
        UsageError: There is no reason, or something is no id; all of them are told.
    """
    if not why.strip():
        raise UsageError("no reason is given", code="no-reason", where="--why", fix="write why, in words")
    wrong = [name for name in objects if not _ID.fullmatch(name)]
    if wrong:
        raise UsageError(
            f"{', '.join(map(repr, wrong))}: no id of an object",
            code="id-malformed",
            where="OBJECT",
            why="a mistaken id would call nothing back",
            fix="copy it from `telvet share released`: a type, -- and a UUID in lower case",
        )


def _check_folder(folder: Path) -> None:
    """Make the folder for notices, before anything is recorded.

    Raises:
        UsageError: It cannot be made, or cannot be written into.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        raise UsageError(
            f"{folder} is no folder for notices: {(problem.strerror or str(problem)).lower()}",
            code="unwritable",
            where="--notices",
            fix="name a folder in which you may write",
        ) from None
    check_outputs((folder / "notice.txt",), ())


def _recall(objects: tuple[str, ...], partners: tuple[str, ...], why: str, by: str) -> Recall:
    from telvet.model.release import Recall

    named = frozenset(partners) or None
    told = "\n".join((*sorted(objects), *sorted(partners), why, by, now()))
    name = "recall-" + hashlib.sha256(told.encode()).hexdigest()[:12]
    return Recall(name, frozenset(objects), named, by, why.strip(), today())


def _recorded(kept: State, recall: Recall, workspace: Path | str, by: str) -> list[ReleasedRow]:
    """Record it in the ledger first, so that nothing leaves any more, then in the log; return what had gone out by then."""
    from telvet.sharing.audit.reading import released
    from telvet.sharing.audit.records import Event
    from telvet.sharing.recorded.bodies import entry_of
    from telvet.workspace.sharing_ledger import SharingLedger

    told = {
        "objects": sorted(recall.objects),
        "partners": sorted(recall.partners or ()),
        "recall": recall.id,
        "why": recall.why,
    }
    with SharingLedger.open(workspace) as ledger, kept.log(by=by) as (log, signer):
        known = {row.id for row in ledger.facts() if row.kind == "partner"}
        if recall.partners and (strangers := sorted(recall.partners - known)):
            raise UsageError(
                f"{', '.join(strangers)}: no partner on record",
                code="unknown-partner",
                where="--partner",
                fix="`telvet share facts list --kind partner` shows them",
            )
        ledger.write([entry_of(recall)], by, now())
        log.append(Event(datetime.now(UTC), by, "recall", told))
        return list(released(kept.logs, signer.key, objects=recall.objects))


def _write(folder: Path, recall: Recall, rows: list[ReleasedRow]) -> None:
    from telvet.inventory.private_file import private_path
    from telvet.sharing.releasing.recalling import notices

    for place, (partner, text) in enumerate(notices(recall, rows).items(), 1):
        safe = "".join(letter if letter.isalnum() or letter in "-_." else "_" for letter in partner).lstrip(".")
        path = folder / f"{recall.id}-{place}-{safe or 'partner'}.txt"
        with private_path(path) as passing:
            passing.write_text(text, encoding="utf-8")
        click.echo(printable(f"  notice: {path}"))
