"""`telvet share queue`: what waits for a person, and what persons say of it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from telvet.cli.evidence_options import BY, now
from telvet.cli.options import FILE
from telvet.cli.output import check_outputs, put
from telvet.cli.share_asking import screen, share_place
from telvet.errors import UsageError

if TYPE_CHECKING:
    from telvet.model.release import Judgement
    from telvet.sharing.releasing.queueing import Standing
    from telvet.workspace.sharing_ledger import SharingLedger
    from telvet.workspace.sharing_rows import Waiting

__all__ = ["command"]

_STATES = ("waiting", "approved", "refused", "returned")
_WHY = click.option("--why", required=True, help="The reason, in words.")
_ENTRIES = click.argument("entries", nargs=-1, required=True, metavar="ENTRY...")


@click.group("queue")
def command() -> None:
    """Approve, refuse or return what waits for a person; nothing that is withheld can be approved."""


@command.command("list", short_help="List what waits, or how each was judged.")
@click.option("--partner", default=None, metavar="ID", help="For one partner alone.")
@click.option("--state", type=click.Choice([*_STATES, "all"]), default="waiting", show_default=True)
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
@click.option("-o", "--output", type=FILE, default=None, metavar="FILE", help="Write here, not to standard output.")
@share_place(required=True)
def list_(partner: str | None, state: str, form: str, output: Path | None, workspace: Path | str) -> int:
    """List what waits for a person, the oldest first."""
    from telvet.reporting import queue as report
    from telvet.workspace.sharing_ledger import SharingLedger

    check_outputs((output,), ())
    with SharingLedger.open(workspace) as ledger:
        found = [each for each in _standings(ledger, ledger.queue(partner)) if state in ("all", each.state.value)]
    if form == "jsonl":
        put(output, lambda out: report.write_jsonl(found, out))
    else:
        put(output, lambda out: report.write_table(found, state, *screen(output), out))
    return 0


@command.command("show", short_help="Show one entry, with the object if the queue keeps it.")
@click.argument("entry")
@share_place(required=True)
def show(entry: str, workspace: Path | str) -> int:
    """Show why ENTRY waits, who said what of it, and the object itself if the queue keeps it."""
    from telvet.reporting import queue as report
    from telvet.workspace.sharing_ledger import SharingLedger

    with SharingLedger.open(workspace) as ledger:
        waits = _entry(ledger, entry)
        (found,) = _standings(ledger, [waits])
        body = (ledger.queued(waits.seq) or waits).body
    put(None, lambda out: report.write_one(found, body, *screen(None), out))
    return 0


def _verb(name: str, about: str) -> click.Command:
    @click.command(name, help=about, short_help=about)
    @_ENTRIES
    @BY
    @_WHY
    @share_place(required=True)
    def verb(entries: tuple[str, ...], by: str, why: str, workspace: Path | str) -> int:
        return _judge(name, entries, by, why, workspace)

    return verb


def _judge(verb: str, names: Iterable[str], by: str, why: str, workspace: Path | str) -> int:
    from telvet.model.release import Verdict
    from telvet.reporting.words import printable
    from telvet.sharing.recorded.bodies import entry_of
    from telvet.sharing.recorded.folding import known_at
    from telvet.sharing.releasing.queueing import judged_by
    from telvet.workspace.sharing_ledger import SharingLedger

    if not why.strip():
        raise UsageError("no reason is given", code="no-reason", where="--why", fix="write why, in words")
    moment = now()
    with SharingLedger.open(workspace) as ledger:
        chosen = [_entry(ledger, name) for name in names]
        judged: list[Judgement] = list(known_at(ledger).judgements)
        before = len(judged)
        for entry in chosen:
            judged.append(judged_by(entry, Verdict(verb), by=by, why=why, now=moment, before=judged))
        ledger.write([entry_of(each) for each in judged[before:]], by, moment)
        found = _standings(ledger, chosen)
    for each in found:
        left = each.entry.persons - each.approvals
        more = f"; {left} more must approve" if each.state.value == "waiting" and verb == "approve" else ""
        click.echo(
            printable(f"#{each.entry.seq} {each.entry.object} for {each.entry.partner}: {each.state.value}{more}")
        )
    return 0


def _entry(ledger: SharingLedger, name: str) -> Waiting:
    """Return an entry by its number (`12`, `#12`) or its id."""
    number = name.removeprefix("#")
    numbered = number.isascii() and number.isdigit() and len(number) < len(str(2**63))
    found = ledger.queued(int(number)) if numbered else ledger.queued(name)
    if found is None:
        raise UsageError(
            f"{name!r} is no entry of the queue",
            code="unknown-entry",
            fix="copy its number from `telvet share queue list --state all`",
        )
    return found


def _standings(ledger: SharingLedger, entries: list[Waiting]) -> list[Standing]:
    from telvet.sharing.recorded.folding import known_at
    from telvet.sharing.releasing.queueing import standings

    return standings(entries, known_at(ledger).judgements)


for _name, _about in (
    ("approve", "Let entries go, as far as you may; two persons where two are needed."),
    ("refuse", "Keep entries back for good, unless you say otherwise later."),
    ("return", "Send entries back to whoever brought them, to be mended."),
):
    command.add_command(_verb(_name, _about))
