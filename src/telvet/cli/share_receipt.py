"""`telvet share receipt`: check the receipt of a release, with the public key alone."""

from __future__ import annotations

from pathlib import Path

import click

from telvet.cli.options import FILE
from telvet.cli.output import put

__all__ = ["command"]

_FIX = "check its name"


@click.command("receipt")
@click.argument("receipt", type=FILE)
@click.argument("artefact", type=FILE, required=False)
@click.option("--key", type=FILE, required=True, metavar="FILE", help="The public key of the log.")
def command(receipt: Path, artefact: Path | None, key: Path) -> int:
    """Check that RECEIPT was signed as it is, and that ARTEFACT is what left; needs no workspace and no network."""
    from telvet.cli.share_file import read_bytes
    from telvet.reporting.words import counted, printable
    from telvet.sharing.audit.key_files import read_verifier
    from telvet.sharing.releasing.receipts import check_receipt

    verifier = read_verifier(key)
    checked = check_receipt(
        read_bytes(receipt, _FIX), verifier, None if artefact is None else read_bytes(artefact, _FIX)
    )
    held = checked.receipt
    objects = held.get("objects")
    lines = [
        f"signed by {verifier.name}: {held.get('id')}, {held.get('at')}, by {held.get('by')} for {held.get('partner')}",
        counted(len(objects) if isinstance(objects, list) else 0, "object"),
        str(held.get("says", "")),
    ]
    if checked.same is not None:
        word = "the artefact is the one that left" if checked.same else "THE ARTEFACT IS NOT THE ONE THAT LEFT"
        lines.insert(1, word)
    put(None, lambda out: out.writelines(f"{printable(line)}\n" for line in lines))
    return 1 if checked.same is False else 0
