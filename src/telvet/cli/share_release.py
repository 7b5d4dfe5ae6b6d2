"""`telvet share release`: what of a file may leave, leaves, with a receipt that can be checked.

* Deciding, recording and writing happen while the log is ours, so that two releases never share the room below a ceiling.
* Recorded is before written: a file that could not be written was at worst recorded in vain.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from telvet.cli.evidence_options import BY, now
from telvet.cli.options import FILE
from telvet.cli.output import check_outputs, put, say
from telvet.cli.share_asking import Asking, asking, screen
from telvet.cli.share_file import AS, beside, file_of
from telvet.cli.share_state import KEY, STATE, State, state_of
from telvet.errors import UsageError

if TYPE_CHECKING:
    from telvet.model.release import Outcome
    from telvet.sharing.audit.canonical import Json
    from telvet.sharing.audit.keys import Signer
    from telvet.sharing.audit.log import AuditLog
    from telvet.sharing.releasing.filing import Artefact, Left
    from telvet.sharing.releasing.gate import Gate, Offered
    from telvet.sharing.releasing.offering import OfferedFile

__all__ = ["command"]


@dataclass(frozen=True, slots=True)
class _Release:
    """What becomes of a file."""

    gate: Gate
    offered: Sequence[Offered]
    outcomes: Sequence[Outcome]
    leaving: Sequence[Left]
    artefact: Artefact | None
    """None where a file that is no bundle stays."""


@click.command("release")
@click.argument("file", type=FILE)
@asking
@AS
@BY
@STATE
@KEY
@click.option(
    "-o", "--output", type=FILE, required=True, metavar="FILE", help="The artefact: what leaves, as one file."
)
@click.option(
    "--receipt", type=FILE, default=None, metavar="FILE", help="The receipt; OUTPUT.receipt.json if not given."
)
def command(
    asking: Asking,
    file: Path,
    kind: str | None,
    by: str,
    state: Path | None,
    key: Path | None,
    output: Path,
    receipt: Path | None,
) -> int:
    """Write what of FILE leaves for a partner by a standing authority or an approval; queue what waits for a person.

    FILE is STIX 2.1, events as MISP exports them, or any file with its marks in NAME.handling.yaml beside it. Of a file of
    the last kind that stays nothing is written, and the exit code is 1.
    """
    if asking.workspace is None:
        raise UsageError(
            "a release needs a workspace",
            code="no-workspace",
            why="approvals and the log of what has gone out lie there",
            fix="name it: --workspace DIR",
        )
    _check_now(asking)
    files = (output, receipt or _beside(output))
    kept = state_of(asking.workspace, state, key)
    check_outputs(files, (file, beside(file), kept.key))
    kept.signer()
    read = file_of(file, kind)
    with kept.log(by=by) as (log, signer):
        made = _release(asking, kept, read)
        queued = _queue(asking, made, file.name, by)
        signed = _recorded(log, signer, made, by)
    _write(files, made, signed)
    _tell(made, queued, files)
    return 0 if made.artefact else 1


def _beside(output: Path) -> Path:
    """Return where the receipt of an artefact goes.

    Raises:
        UsageError: Nothing can lie beside what is no file.
    """
    if output.exists() and not output.is_file() and not output.is_dir():
        raise UsageError(
            f"{output} is no file that a receipt could lie beside",
            code="no-receipt",
            where="--output",
            fix="name a file, or say where the receipt goes: --receipt FILE",
        )
    return output.with_name(f"{output.name}.receipt.json")


def _check_now(asking: Asking) -> None:
    """Refuse to let anything leave by the facts of another time, or by those that are on nobody's record."""
    from telvet.cli.options import today

    if asking.as_of != today() or asking.known_by or asking.recorded_by or asking.facts:
        raise UsageError(
            "what leaves, leaves today and by what is on record",
            code="not-now",
            where="--as-of, --known-by, --recorded-by, --facts",
            why="a release by other facts than those on record could not be accounted for",
            fix="leave these out; `telvet share decide` answers for other times",
        )


def _release(asking: Asking, kept: State, file: OfferedFile) -> _Release:
    """Find what becomes of a file, and the bytes of what leaves."""
    from telvet.cli.share_holding import holding
    from telvet.sharing.releasing import filing
    from telvet.sharing.releasing.offering import Kind, offered

    gate = asking.gate(asking.known())
    things = offered(file, gate, asking.purpose)
    outcomes = gate.outcomes(things, holding(gate, kept.logs, kept.signer().key))
    leaving = filing.left_for(gate.known.partners[gate.partner], things, outcomes, gate.rules.stix)
    stays = file.kind is Kind.PLAIN and not leaving
    return _Release(gate, things, outcomes, leaving, None if stays else filing.artefact(leaving, file.kind))


def _queue(asking: Asking, made: _Release, origin: str, by: str) -> int:
    from telvet.model.sharing import Effect
    from telvet.sharing.releasing.queueing import waiting
    from telvet.workspace.sharing_ledger import SharingLedger

    moment = now()
    waits = [
        waiting(asking.partner, each.thing, outcome, origin=origin, by=by, now=moment, body=each.thing.raw)
        for each, outcome in zip(made.offered, made.outcomes, strict=True)
        if outcome.effect is Effect.REFER
    ]
    if not waits or asking.workspace is None:
        return 0
    with SharingLedger.open(asking.workspace) as ledger:
        ledger.queue_up(waits)
    return len(waits)


def _recorded(log: AuditLog, signer: Signer, made: _Release, by: str) -> bytes:
    """Record every decision; return the receipt."""
    from telvet.sharing.audit.records import Page
    from telvet.sharing.releasing import filing
    from telvet.sharing.releasing.receipts import signed_receipt
    from telvet.workspace.entries import moment

    at, name, gate = datetime.now(UTC), f"release-{secrets.token_hex(8)}", made.gate
    bodies = {id(each.thing): each.digest for each in made.leaving}
    pairs = zip(made.offered, made.outcomes, strict=True)
    entries = [filing.decided(each.thing, outcome, bodies.get(id(each.thing))) for each, outcome in pairs]
    about: dict[str, Json] = {**gate.about, "act": "sent", "by": by, "channel": "file"}
    if made.artefact is not None:
        about["artefact"] = made.artefact.digest
    noted = log.append(Page(at, gate.partner, name, entries, about))
    if made.artefact is None:
        return b""
    told: dict[str, Json] = {"at": moment(at), "by": by, "id": name, "partner": gate.partner}
    place: Json = {"checkpoint": noted.note, "record": noted.first, "origin": signer.key.name}
    return signed_receipt(filing.receipt(made.leaving, made.artefact, {**told, "log": place}, gate.about), signer)


def _write(files: tuple[Path, Path], made: _Release, receipt: bytes) -> None:
    from telvet.inventory.private_file import private_path

    if made.artefact is None:
        return
    for path, data in zip(files, (made.artefact.data, receipt), strict=True):
        with private_path(path) as passing:
            passing.write_bytes(data)


def _tell(made: _Release, queued: int, files: tuple[Path, Path]) -> None:
    from telvet.reporting import decisions as report
    from telvet.reporting.screen import draw, line
    from telvet.reporting.words import counted

    width, colour = screen(None)
    if made.artefact is None:
        wrote = [line(("Nothing leaves, and nothing was written.", "bold"))]
    else:
        shown = (f"  sha256 {made.artefact.digest}", "dim")
        wrote = [line(f"artefact {files[0]}", shown), line(f"receipt  {files[1]}")]
    parts = [
        line((counted(len(made.outcomes), "object"), "bold"), f" for {report.summary(made.gate)}"),
        line(),
        *report.counts(outcome.effect for outcome in made.outcomes),
        line(),
        *wrote,
    ]
    put(None, lambda out: draw(parts, width, colour, out))
    if queued:
        say(f"note: {counted(queued, 'object')} in the queue for a person: telvet share queue list")
