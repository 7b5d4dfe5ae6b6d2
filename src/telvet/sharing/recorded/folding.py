"""Rows of the record -> `Known`: all that is on record as of a moment, with a digest of it.

* Pure but for `known_at`, which asks a ledger for the rows; there is no clock.
* The digest stands for what counts and for nothing else: who recorded it, when, and in which order does not matter, but
  judgements count in the order in which they were made.
* What is on record and cannot be read is an error, never left out: a recall that is overlooked would let something go.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from telvet.errors import WorkspaceError
from telvet.model.release import Authority, Ceiling, Judgement, Originated, Recall
from telvet.model.sharing import Arrangement, Consent, Partner, Waiver
from telvet.sharing.audit.canonical import canonical
from telvet.sharing.recorded.bodies import noun_of
from telvet.sharing.recorded.known import Known
from telvet.sharing.recorded.shapes import OURS, Noun
from telvet.workspace.sharing_rows import FactRow

if TYPE_CHECKING:
    from telvet.workspace.sharing_ledger import SharingLedger

__all__ = ["fold", "known_at"]

_Noun = TypeVar("_Noun", bound=Noun)
_JUDGEMENT = "judgement"
_BESIDE = frozenset({"consideration"})
"""Records that no decision rests on."""


def known_at(ledger: SharingLedger, recorded_by: str | None = None, known_by: date | None = None) -> Known:
    """Return what a ledger knows.

    Args:
        ledger: The record.
        recorded_by: A moment; what was recorded later is left out.
        known_by: A day; what was published later is left out.

    Raises:
        WorkspaceError: The ledger cannot be read, or holds what this telvet cannot read.
    """
    return fold(ledger.facts(recorded_by, known_by))


def fold(rows: Iterable[FactRow]) -> Known:
    """Return what rows come to.

    Args:
        rows: Those that count, in the order in which they were recorded.

    Raises:
        WorkspaceError: A row cannot be read.
    """
    rows = tuple(row for row in rows if row.kind not in _BESIDE)
    nouns = [_noun(row) for row in rows if row.kind != OURS]
    return Known(
        ours=frozenset(row.id for row in rows if row.kind == OURS),
        partners={each.id: each for each in _those(Partner, nouns)},
        arrangements=frozenset(_those(Arrangement, nouns)),
        consents=frozenset(_those(Consent, nouns)),
        waivers=frozenset(_those(Waiver, nouns)),
        originated={each.about: each for each in _those(Originated, nouns)},
        authorities=frozenset(_those(Authority, nouns)),
        ceilings=frozenset(_those(Ceiling, nouns)),
        recalls=frozenset(_those(Recall, nouns)),
        judgements=tuple(_those(Judgement, nouns)),
        digest=_digest(rows),
    )


def _those(kind: type[_Noun], nouns: Iterable[Noun]) -> list[_Noun]:
    return [noun for noun in nouns if isinstance(noun, kind)]


def _noun(row: FactRow) -> Noun:
    try:
        return _built(row.kind, row.id, row.body)
    except ValueError as problem:
        raise WorkspaceError(
            f"{row.kind} {row.id!r} cannot be read from the record",
            code="workspace-unreadable",
            where=f"record {row.seq}, by {row.by}",
            why=str(problem),
            fix="use the telvet that wrote it, or record the fact again; the latest counts",
        ) from problem


@lru_cache(maxsize=65_536)
def _built(kind: str, id_: str, body: str) -> Noun:
    """Return a noun; a record grows by a few rows at a time, and the others are known already."""
    return noun_of(kind, id_, body)


def _digest(rows: Iterable[FactRow]) -> str:
    """Return the SHA-256 of canonical JSON of the rows, in hexadecimal."""
    facts = sorted((row.kind, row.id, row.body) for row in rows if row.kind != _JUDGEMENT)
    judged = [(row.kind, row.id, row.body) for row in rows if row.kind == _JUDGEMENT]
    return hashlib.sha256(canonical([list(each) for each in (*facts, *judged)])).hexdigest()
