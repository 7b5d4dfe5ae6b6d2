"""What law says about a partner, for the commands of `telvet share`."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from telvet.evidence.positions.record import Record
    from telvet.model.sharing import LawAnswer, Partner
    from telvet.sharing.lawful.gathering import Question

__all__ = ["laws_of", "record_in"]


def record_in(workspace: Path | str | None, recorded_by: str | None = None) -> Record:
    """Return the statements about countries: the catalogue's, and those of a workspace."""
    from telvet.evidence.positions.asking import record_of
    from telvet.workspace.evidence_ledger import EvidenceLedger

    with EvidenceLedger.open(workspace) if workspace is not None else nullcontext() as ledger:
        return record_of(ledger, catalogue=True, recorded_by=recorded_by)


def laws_of(
    question: Question, workspace: Path | str | None, packs: Sequence[Path] = ()
) -> Callable[[Partner | None, date], frozenset[LawAnswer]]:
    """Return what tells how law about a partner came out on a day.

    Args:
        question: By which law, and from which further facts.
        workspace: Where statements about countries lie beside the catalogue's.
        packs: Folders of further packs.
    """
    from telvet.backends.duckdb import DuckDB
    from telvet.pipeline import law_of, register_of
    from telvet.sharing.lawful.gathering import partner_laws

    def record() -> Record:
        return record_in(workspace, question.recorded_by)

    return partner_laws(question, law_of(packs), register_of(), record, DuckDB)
