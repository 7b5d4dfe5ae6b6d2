"""`telvet share`: what may go to a partner, why, who let it go, and what has gone out."""

from __future__ import annotations

import click

from telvet.cli.by_name import ByName

__all__ = ["command"]

_COMMANDS = {
    "audit": ("telvet.cli.share_audit", "Prove that the record of decisions is whole."),
    "consider": ("telvet.cli.share_consider", "Record what was considered before an arrangement is signed."),
    "decide": ("telvet.cli.share_decide", "Say what of a file may go to a partner, and why."),
    "explain": ("telvet.cli.share_explain", "Show every reason for one object, and what would change it."),
    "facts": ("telvet.cli.share_facts", "Keep partners, arrangements, consents, waivers and authorities."),
    "load": ("telvet.cli.share_load", "Take a bundle into a collection of the server."),
    "lint": ("telvet.cli.share_lint", "Say what is wrong with the markings of a bundle."),
    "mark": ("telvet.cli.share_mark", "Repair markings in bulk, signed by two persons."),
    "proxy": ("telvet.cli.share_proxy", "Serve partners' views of another TAXII server."),
    "queue": ("telvet.cli.share_queue", "Approve, refuse or return what waits for a person."),
    "recall": ("telvet.cli.share_recall", "Call back what went out, and write the notices."),
    "receipt": ("telvet.cli.share_receipt", "Check the receipt of a release, offline."),
    "release": ("telvet.cli.share_release", "Write what of a file may leave, with a signed receipt."),
    "released": ("telvet.cli.share_released", "List what has gone out."),
    "serve": ("telvet.cli.share_serve", "Serve partners' views over TAXII 2.1."),
    "token": ("telvet.cli.share_token", "Make a token or a password hash for a user of the server."),
    "triggers": ("telvet.cli.share_triggers", "Compare what would end sharing with a country, side by side."),
    "what-if": ("telvet.cli.share_what_if", "Say what else would go out, or stay, if a fact were another."),
}


@click.group("share", cls=ByName, modules=_COMMANDS)
def command() -> None:
    """Say what may go to a partner, let it go by a person's act, and prove what has gone out."""
