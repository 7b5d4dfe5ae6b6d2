"""`telvet evidence review`: look at proposals one by one, and accept, mend, reject or skip each.

* Every decision is written the moment it is made; whatever ends a review, what was decided stays.
* Nothing is confirmed without a key that confirms it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from telvet.cli.evidence_options import BY, evidence_place
from telvet.errors import UsageError

if TYPE_CHECKING:
    from telvet.workspace.evidence_ledger import EvidenceLedger

__all__ = ["review"]


@click.command("review")
@click.argument("documents", nargs=-1, metavar="[DOCUMENT]...")
@BY
@evidence_place(required=True)
def review(documents: tuple[str, ...], by: str, workspace: Path | str) -> int:
    """Look at what was proposed, each with its text, and decide with one key.

    DOCUMENTs, by name or digest, limit what is looked at. Where standard input is no terminal, keys are read one a line.
    """
    from telvet.cli.evidence_documents import one_document
    from telvet.cli.review_desk import Desk
    from telvet.cli.review_keys import keys_of
    from telvet.evidence.reviewing.review import Review
    from telvet.workspace.evidence_ledger import EvidenceLedger

    if not by.strip():
        raise UsageError("nobody is named", code="no-name", where="--by", fix="write who decides")
    with EvidenceLedger.open(workspace) as ledger:
        only = frozenset(one_document(ledger, name) for name in documents) or None
        known, held = ledger.documents(), ledger.statements()
        begun = Review.of(by.strip(), held, ledger.judgements(), known, only)
        if begun.current is None:
            click.echo(_nothing(ledger, limited=only is not None))
            return 0
        desk = Desk(ledger, begun, keys_of(sys.stdin), known, held)
        try:
            desk.work()
        finally:
            click.echo(desk.summary())
    return 0


def _nothing(ledger: EvidenceLedger, *, limited: bool) -> str:
    """Say that there is nothing to review, and how to come by something."""
    if not ledger.documents():
        return "there are no documents; keep one with `telvet evidence add FILE`, then `telvet evidence propose`"
    where = " in these documents" if limited else ""
    return f"nothing waits for review{where}; get proposals with `telvet evidence propose`, or take in annotations with `telvet evidence import FILE`"
