"""`telvet evidence propose`: candidate statements for a person to look at; nothing is confirmed by machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from telvet.cli.evidence_options import evidence_place, now
from telvet.cli.options import FILE
from telvet.cli.output import check_outputs, put, say, width
from telvet.reporting.words import counted, printable

if TYPE_CHECKING:
    from telvet.evidence.proposing.proposals import Proposed

__all__ = ["propose"]


@click.command("propose", short_help="Propose statements for a person to look at.")
@click.argument("documents", nargs=-1)
@click.option(
    "--proposer", default="rules", show_default=True, metavar="NAME", help="rules, endpoint, or one that is installed."
)
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
@click.option("--dry-run", is_flag=True, help="Show them, and keep none for review.")
@click.option("-o", "--output", type=FILE, default=None, metavar="FILE", help="Write here, not to standard output.")
@evidence_place(required=True)
def propose(
    documents: tuple[str, ...], proposer: str, form: str, dry_run: bool, output: Path | None, workspace: Path | str
) -> int:
    """Propose statements in DOCUMENTS, by name or digest; in all of them if none is named."""
    from telvet.cli.evidence_documents import one_document
    from telvet.evidence.proposing.proposals import propose_in
    from telvet.evidence.proposing.proposer import load_proposer
    from telvet.evidence.statements.annotations import write_annotation
    from telvet.workspace.evidence_ledger import EvidenceLedger

    check_outputs((output,), ())
    asked = load_proposer(proposer)
    with EvidenceLedger.open(workspace) as ledger:
        digests = [one_document(ledger, name) for name in documents] or list(ledger.documents())
        found = [propose_in(ledger.document(digest), asked, now()) for digest in digests]
        fresh = 0
        if not dry_run:
            proposed_by = f"proposer {proposer}"
            fresh = sum(ledger.add_statements(one.statements, proposed_by=proposed_by) for one in found)
    for one in found:
        for refusal in one.refused:
            say(f"note: {one.document.name}: {refusal}")
    if form == "jsonl":
        lines = [write_annotation(said.raw) for one in found for said in one.statements if said.raw]
        put(output, lambda out: out.writelines(f"{line}\n" for line in lines))
    else:
        put(output, lambda out: out.writelines(_table(one) for one in found))
    many = counted(sum(len(one.statements) for one in found), "statement")
    kept = "none kept" if dry_run else f"{fresh:,} new, kept for review: telvet evidence review --by WHO"
    say(f"{many} proposed in {counted(len(found), 'document')}; {kept}")
    return 0


def _table(one: Proposed) -> str:
    from textwrap import shorten

    lines = [f"{one.document.name}: {len(one.statements)} proposed"]
    for said in one.statements:
        about = ", ".join(vendor.name for vendor in said.vendors) or "no vendor named"
        when = f", {said.when.shown()}" if said.when else ""
        lines.append(f"  {said.country or '???'}  {said.measure} ({said.modality}), {said.scope}, {about}{when}")
        lines.append(
            f"       \N{LEFT DOUBLE QUOTATION MARK}{shorten(said.text, max(40, width() - 12), placeholder=' ...')}\N{RIGHT DOUBLE QUOTATION MARK}"
        )
    return "".join(f"{printable(line)}\n" for line in lines)
