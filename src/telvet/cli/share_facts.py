"""`telvet share facts`: what is on record about partners and what may go to them, in a workspace and as YAML."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from telvet.cli.evidence_options import BY, MOMENT, now
from telvet.cli.options import DAY, FILE, WORKSPACE, today
from telvet.cli.output import check_outputs, put, say
from telvet.cli.share_known import facts_text
from telvet.errors import UsageError
from telvet.reporting.words import counted, printable

if TYPE_CHECKING:
    from telvet.workspace.sharing_rows import FactRow

__all__ = ["command"]

_KINDS = (
    "ours", "partner", "arrangement", "originators", "consent", "waiver", "authority", "ceiling", "recall", "judgement", "consideration",
)  # fmt: skip
"""As the record has them; written out, so that asking for help loads nothing."""
_NOTHING = "nothing is on record; bring facts with `telvet share facts import FILE`"


@click.group("facts")
def command() -> None:
    """Keep what decisions rest on: partners, arrangements, consents, waivers, authorities, recalls."""


_place = click.option(
    "-w",
    "--workspace",
    type=WORKSPACE,
    required=True,
    envvar="TELVET_WORKSPACE",
    show_envvar=True,
    metavar="DIR",
    help="The workspace that keeps the record: a folder, or a database's address.",
)


def _as_known(verb: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say as of when the record is asked."""
    recorded = click.option(
        "--recorded-by", type=MOMENT, default=None, metavar="WHEN", help="Leave out what was recorded later."
    )
    known = click.option("--known-by", type=DAY, default=None, help="Leave out what could be known only later.")
    return recorded(known(verb))


@command.command("import", short_help="Record the facts of a file.")
@click.argument("file", type=FILE)
@BY
@_place
def import_(file: Path, by: str, workspace: Path | str) -> int:
    """Record the facts of FILE (YAML); what is on record just so is left alone, and nothing is taken back."""
    from telvet.sharing.recorded.yaml_reading import read_facts
    from telvet.workspace.database import FILE as LEDGER
    from telvet.workspace.sharing_ledger import SharingLedger

    text = facts_text(file)
    begins = isinstance(workspace, Path) and not (workspace / LEDGER).exists()
    ahead = today() + timedelta(days=1)  # somewhere it is tomorrow already
    held: list[FactRow] = []
    if not begins:
        with SharingLedger.open(workspace, create=True) as ledger:
            held = ledger.facts()
    partners = [row.id for row in held if row.kind == "partner"]
    entries = read_facts(text, file.name, partners, ahead)
    with SharingLedger.open(workspace, create=True) as ledger:
        fresh = ledger.write(entries, by, now())
    if begins:
        say(f"note: there was no ledger in {workspace}; a new one was made")
    click.echo(f"{counted(len(entries), 'fact')}: {fresh:,} recorded, {len(entries) - fresh:,} on record already")
    before = {row.entry for row in held}
    made = [entry.id for entry in entries if entry.kind == "arrangement" and entry not in before]
    if made:
        from telvet.cli.share_consider import consider_recorded

        consider_recorded(made, workspace, by)
    return 0


@command.command("export", short_help="Write what is on record as YAML.")
@click.option("-o", "--output", type=FILE, default=None, metavar="FILE", help="Write here, not to standard output.")
@_as_known
@_place
def export(output: Path | None, recorded_by: str | None, known_by: date | None, workspace: Path | str) -> int:
    """Write what is on record as YAML that `import` takes back; judgements of the queue are not among it."""
    from telvet.sharing.recorded.yaml_writing import write_facts

    check_outputs((output,), ())
    text = write_facts(row.entry for row in _facts(workspace, recorded_by, known_by))
    put(output, lambda out: out.writelines((text,)))
    return 0


@command.command("list", short_help="List what is on record.")
@click.option("--kind", type=click.Choice(_KINDS), default=None, help="One kind alone.")
@click.option("--format", "form", type=click.Choice(("table", "jsonl")), default="table", show_default=True)
@_as_known
@_place
def listed(kind: str | None, form: str, recorded_by: str | None, known_by: date | None, workspace: Path | str) -> int:
    """List what is on record: kind, id, whom it is about, its days, and who recorded it when."""
    rows = [row for row in _facts(workspace, recorded_by, known_by) if kind in (None, row.kind)]
    rows.sort(key=lambda row: (_KINDS.index(row.kind) if row.kind in _KINDS else len(_KINDS), row.id))
    shown = _columns([_cells(row) for row in rows]) or [_NOTHING]
    lines = shown if form == "table" else [json.dumps(_told(row)) for row in rows]
    put(None, lambda out: out.writelines(f"{line}\n" for line in lines))
    return 0


@command.command("retract", short_help="Say that a fact counts no more.")
@click.argument("kind", type=click.Choice(_KINDS))
@click.argument("id_", metavar="ID")
@click.option("--why", required=True, help="The reason, in words.")
@BY
@_place
def retract(kind: str, id_: str, why: str, by: str, workspace: Path | str) -> int:
    """Say that the fact of KIND and ID counts no more; what was recorded stays, and earlier days are as they were."""
    from telvet.workspace.sharing_ledger import SharingLedger

    with SharingLedger.open(workspace) as ledger:
        ledger.retract(kind, id_, by, why, now())
        left = [row for row in ledger.facts() if kind == "partner" and _plain(row).get("partner") == id_]
    click.echo(printable(f"{kind} {id_}: taken back by {by}"))
    naming = [f"{row.kind} {row.id}" for row in left if row.kind not in {"judgement", "consideration"}]
    if naming:
        say(f"note: these name it still, and let nothing go: {', '.join(naming)}")
    return 0


@command.command("history", short_help="Show everything that was recorded of one fact.")
@click.argument("kind", type=click.Choice(_KINDS))
@click.argument("id_", metavar="ID")
@_place
def history(kind: str, id_: str, workspace: Path | str) -> int:
    """Show everything that was recorded of the fact of KIND and ID, oldest first."""
    from telvet.workspace.sharing_ledger import SharingLedger

    with SharingLedger.open(workspace) as ledger:
        rows = ledger.history(kind, id_)
    if not rows:
        fix = f"`telvet share facts list --kind {kind}` shows what there is"
        raise UsageError(f"no {kind} {id_!r} was ever on record", code="not-on-record", fix=fix)
    for row in rows:
        known = f", known from {row.published}" if row.published else ""
        what = f"taken back: {row.why}" if row.retracted else row.body
        click.echo(printable(f"{row.recorded_at}  by {row.by}{known}  {what}"))
    return 0


def _facts(workspace: Path | str, recorded_by: str | None, known_by: date | None) -> list[FactRow]:
    from telvet.workspace.sharing_ledger import SharingLedger

    with SharingLedger.open(workspace) as ledger:
        return ledger.facts(recorded_by, known_by)


def _plain(row: FactRow) -> dict[str, Any]:
    from telvet.sharing.recorded.bodies import plain_body

    return plain_body(row.body)


def _told(row: FactRow) -> dict[str, object]:
    """Return a row for JSON lines."""
    return {
        "kind": row.kind,
        "id": row.id,
        "known_from": row.known_from,
        "by": row.by,
        "recorded_at": row.recorded_at,
        "fact": _plain(row),
    }


def _cells(row: FactRow) -> tuple[str, ...]:
    """Return a row for the table."""
    plain = _plain(row)
    about = plain.get("partner") or plain.get("organisation") or ""
    begins, ends = plain.get("from"), plain.get("to")
    days = f"{begins or '?'} to {ends or '?'}" if begins or ends else str(plain.get("on", ""))
    return row.kind, row.id, str(about), days, row.by, row.recorded_at[:10]


def _columns(rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Return lines whose cells stand below each other."""
    shown = [tuple(printable(cell) or "-" for cell in row) for row in rows]
    widths = [max(map(len, column)) for column in zip(*shown, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in shown]
