"""Asks a proposer what a document says, and checks everything it answers; nothing that it says is confirmed.

* Whatever proposes, a quote that is not verbatim in the document is refused, and told.
* Two proposals of the same statement are one; what goes beyond the most that a person can look at is cut, and told.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from telvet.evidence.proposing.proposer import Proposer
from telvet.evidence.statements.making import Maker, Refused
from telvet.model.evidence import Document, Statement

__all__ = ["MOST", "Proposed", "propose_in"]

MOST = 25
"""Proposals that a person is asked to look at in one document."""
_HEARD = 10 * MOST
"""Proposals that are listened to in one document, good or not."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """What was proposed in one document."""

    document: Document
    statements: tuple[Statement, ...]
    refused: tuple[str, ...]


def propose_in(document: Document, proposer: Proposer, now: str) -> Proposed:
    """Return what a proposer finds in a document, each checked, the first of those that say the same."""
    maker, refused = Maker.of(document), []
    kept: dict[str, Statement] = {}
    before = len(_told(proposer))
    for said in islice(proposer.propose(document), _HEARD):
        try:
            statement, _ = maker.statement(said, now)
        except Refused as refusal:
            refused.append(f"{proposer.name} proposed what is refused: {refusal}")
            continue
        if len(kept) >= MOST and statement.id not in kept:
            refused.append(f"more than {MOST} were proposed; the others are left out")
            break
        kept.setdefault(statement.id, statement)
    return Proposed(document, tuple(kept.values()), (*refused, *_told(proposer)[before:]))


def _told(proposer: Proposer) -> tuple[str, ...]:
    """Return what a proposer has refused by itself so far, if it tells."""
    return tuple(str(one) for one in getattr(proposer, "refused", ()))
