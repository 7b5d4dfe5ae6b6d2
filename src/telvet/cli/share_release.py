"""`telvet share release` and `telvet share receipt`: what of a file may leave, leaves, with a receipt that can be checked."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from telvet.cli.evidence_options import BY, now
from telvet.cli.options import FILE
from telvet.cli.output import check_outputs, put, say
from telvet.cli.share_asking import Asking, asking, bundle_of, offered_of, screen
from telvet.cli.share_state import KEY, STATE, State, state_of
from telvet.errors import UsageError

if TYPE_CHECKING:
    from telvet.model.release import Outcome
    from telvet.sharing.audit.canonical import Json
    from telvet.sharing.objects.thing import Thing
    from telvet.sharing.releasing.filing import Artefact, Left
    from telvet.sharing.releasing.gate import Gate

__all__ = ["command"]


@click.command("release")
@click.argument("bundle", type=FILE)
@asking
@BY
@STATE
@KEY
@click.option("-o", "--output", type=FILE, required=True, metavar="FILE", help="The artefact: a bundle of what leaves.")
@click.option(
    "--receipt", type=FILE, default=None, metavar="FILE", help="The receipt; OUTPUT.receipt.json if not given."
)
def command(
    asking: Asking, bundle: Path, by: str, state: Path | None, key: Path | None, output: Path, receipt: Path | None
) -> int:
    """Write what of BUNDLE leaves for a partner by a standing authority or an approval; queue what waits for a person."""
    from telvet.sharing.releasing import filing
    from telvet.sharing.releasing.gates import shipped_rules

    if asking.workspace is None:
        raise UsageError(
            "a release needs a workspace",
            code="no-workspace",
            why="approvals and the log of what has gone out lie there",
            fix="name it: --workspace DIR",
        )
    _check_now(asking)
    receipt = receipt or output.with_name(f"{output.name}.receipt.json")
    check_outputs((output, receipt), (bundle,))
    kept = state_of(asking.workspace, state, key)
    kept.signer()
    read = bundle_of(bundle)
    gate = asking.gate(asking.known())
    outcomes = gate.outcomes(offered_of(read, asking.purpose))
    queued = _queue(asking, read.things, outcomes, bundle.name, by)
    leaving = filing.left(read.things, outcomes, shipped_rules().stix)
    made = filing.artefact(leaving)
    _record_and_write(kept, gate, (read.things, outcomes), leaving, made, by, (output, receipt))
    _tell(gate, outcomes, made, queued, (output, receipt))
    return 0


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


def _queue(asking: Asking, things: Sequence[Thing], outcomes: Sequence[Outcome], origin: str, by: str) -> int:
    from telvet.model.sharing import Effect
    from telvet.sharing.releasing.queueing import waiting
    from telvet.workspace.sharing_ledger import SharingLedger

    moment = now()
    waits = [
        waiting(asking.partner, thing, outcome, origin=origin, by=by, now=moment, body=thing.raw)
        for thing, outcome in zip(things, outcomes, strict=True)
        if outcome.effect is Effect.REFER
    ]
    if not waits or asking.workspace is None:
        return 0
    with SharingLedger.open(asking.workspace) as ledger:
        ledger.queue_up(waits)
    return len(waits)


def _record_and_write(
    kept: State,
    gate: Gate,
    decided: tuple[Sequence[Thing], Sequence[Outcome]],
    leaving: Sequence[Left],
    made: Artefact,
    by: str,
    files: tuple[Path, Path],
) -> None:
    """Record every decision, then write the artefact and its receipt."""
    from telvet.inventory.private_file import private_path
    from telvet.sharing.audit.records import Page
    from telvet.sharing.releasing import filing
    from telvet.sharing.releasing.receipts import signed_receipt
    from telvet.workspace.entries import moment

    at, name = datetime.now(UTC), f"release-{secrets.token_hex(8)}"
    bodies = {id(each.thing): each.digest for each in leaving}
    pairs = zip(*decided, strict=True)
    entries = [filing.decided(thing, outcome, bodies.get(id(thing))) for thing, outcome in pairs]
    about = {**gate.about, "act": "sent", "artefact": made.digest, "by": by, "channel": "file"}
    with kept.log(by=by) as (log, signer):
        noted = log.append(Page(at, gate.partner, name, entries, about))
        told: dict[str, Json] = {"at": moment(at), "by": by, "id": name, "partner": gate.partner}
        place = {"checkpoint": noted.note, "record": noted.first, "origin": signer.key.name}
        written = filing.receipt(leaving, made, {**told, "log": place}, gate.about)
        signed = signed_receipt(written, signer)
    for path, data in zip(files, (made.data, signed), strict=True):
        with private_path(path) as passing:
            passing.write_bytes(data)


def _tell(gate: Gate, outcomes: Sequence[Outcome], made: Artefact, queued: int, files: tuple[Path, Path]) -> None:
    from telvet.reporting import decisions as report
    from telvet.reporting.screen import draw, line

    width, colour = screen(None)
    parts = [
        line((f"{len(outcomes):,} objects", "bold"), f" for {report.summary(gate)}"),
        line(),
        *report.counts(outcome.effect for outcome in outcomes),
        line(),
        line(f"artefact {files[0]}", (f"  sha256 {made.digest}", "dim")),
        line(f"receipt  {files[1]}"),
    ]
    put(None, lambda out: draw(parts, width, colour, out))
    if queued:
        say(f"note: {queued:,} wait for a person: telvet share queue list")
