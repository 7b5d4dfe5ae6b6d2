"""Finds the one document of a workspace that a person means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telvet.errors import UsageError

if TYPE_CHECKING:
    from telvet.workspace.evidence_ledger import EvidenceLedger

__all__ = ["one_document"]


def one_document(ledger: EvidenceLedger, asked: str) -> str:
    """Return the digest of the one document that a name or digest stands for."""
    from telvet.evidence.statements.importing import find_document

    found = find_document(asked, ledger.documents())
    if len(found) == 1:
        return found[0]
    what = "several documents have this name" if found else "this is no document of the workspace"
    fix = f"write the digest: {', '.join(one[:12] for one in found)}" if found else "see `telvet evidence list`"
    raise UsageError(what, code="unknown-document", where=asked, fix=fix)
