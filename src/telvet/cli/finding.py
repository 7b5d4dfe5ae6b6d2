"""`telvet finding`: what a person decides about a finding, kept in the ledger of a workspace."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from telvet.cli.options import WORKSPACE

__all__ = ["command"]

_STATES = {
    "confirm": ("confirmed", "Say that a finding is right."),
    "dismiss": ("not covered", "Say that a finding is wrong: the element is not covered."),
    "accept": ("accepted risk", "Accept the risk of a finding."),
    "remediate": ("remediated", "Say that a finding was remedied."),
    "reopen": ("candidate", "Open a finding again."),
    "note": ("note", "Add a note to a finding; its state stays."),
}


@click.group("finding")
def command() -> None:
    """Confirm, dismiss, accept or note a finding, in a workspace."""


def _verb(name: str, state: str, about: str) -> click.Command:
    @click.command(name, help=about)
    @click.argument("finding")
    @click.option("--by", required=True, help="Who decides.")
    @click.option("--why", required=True, help="The reason, in words.")
    @click.option("--ticket", default=None, help="Where the work is followed up.")
    @click.option(
        "--workspace", type=WORKSPACE, required=True, metavar="DIR", help="The workspace whose ledger keeps it."
    )
    def verb(finding: str, by: str, why: str, ticket: str | None, workspace: Path | str) -> int:
        from telvet.workspace.database import FILE
        from telvet.workspace.ledger import Ledger

        begins = isinstance(workspace, Path) and not (workspace / FILE).exists()
        with Ledger.open(workspace, create=True) as ledger:
            said = ledger.record(finding, state, by=by, why=why, ticket=ticket, now=datetime.now(tz=UTC))
        if begins:
            click.echo(f"note: there was no ledger in {workspace}; a new one was made", err=True)
        click.echo(f"{finding}: {said.state}, by {said.by}, {said.on[:10]}")
        return 0

    return verb


for _name, (_state, _about) in _STATES.items():
    command.add_command(_verb(_name, _state, _about))


@command.command("history")
@click.argument("finding")
@click.option("--workspace", type=WORKSPACE, required=True, metavar="DIR", help="The workspace whose ledger keeps it.")
def history(finding: str, workspace: Path | str) -> int:
    """Show everything that was recorded about a finding, oldest first."""
    from telvet.workspace.ledger import Ledger

    with Ledger.open(workspace) as ledger:
        said = ledger.history(finding)
    for one in said:
        ticket = f" [{one.ticket}]" if one.ticket else ""
        click.echo(f"{one.on}  {one.state}, by {one.by}: {one.why}{ticket}")
    if not said:
        click.echo("nothing is recorded about it")
    return 0
