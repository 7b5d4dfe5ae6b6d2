"""What is on record about sharing, from a workspace, from files, or from both together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from telvet.errors import Fault, SharingError

if TYPE_CHECKING:
    from telvet.sharing.recorded.known import Known
    from telvet.workspace.sharing_rows import FactRow

__all__ = ["facts_text", "known_from"]


def known_from(
    workspace: Path | str | None, files: Sequence[Path], *, recorded_by: str | None = None, known_by: date | None = None
) -> Known:
    """Return what is on record; of one fact that stands in several places, the last file counts.

    Args:
        workspace: Where a ledger lies.
        files: Facts in YAML; they are taken as if somebody had recorded them now.
        recorded_by: A moment; what the ledger recorded later is left out.
        known_by: A day; what was published later is left out.

    Raises:
        SharingError: With every fault of every file.
        WorkspaceError: The ledger cannot be read.
    """
    from telvet.sharing.recorded.folding import fold
    from telvet.workspace.sharing_ledger import SharingLedger

    rows: list[FactRow] = []
    if workspace is not None:
        with SharingLedger.open(workspace) as ledger:
            rows = ledger.facts(recorded_by, known_by)
    given = _given(files, {row.id for row in rows if row.kind == "partner"})
    heard = [row for row in given if known_by is None or row.published is None or row.published <= str(known_by)]
    latest = {(row.kind, row.id): row for row in (*rows, *heard)}
    return fold(latest.values())


def _given(files: Sequence[Path], partners: set[str]) -> list[FactRow]:
    """Read facts from files; partners of one file are known to those after it."""
    from telvet.sharing.recorded.yaml_reading import read_facts
    from telvet.workspace.sharing_rows import FactRow

    rows: list[FactRow] = []
    faults: list[Fault] = []
    for path in files:
        known = partners | {row.id for row in rows if row.kind == "partner"}
        try:
            entries = read_facts(facts_text(path), path.name, known)
        except SharingError as error:
            if not error.faults:
                raise
            faults.extend(error.faults)
            continue
        rows += [
            FactRow(0, entry.kind, entry.id, entry.body, entry.published, path.name, "9999-12-31") for entry in entries
        ]
    if faults:
        many = f"{len(faults)} fault{'s' * (len(faults) > 1)}"
        raise SharingError(f"{', '.join(path.name for path in files)}: {many}", tuple(faults), code="sharing-facts")
    return [replace(row, seq=place) for place, row in enumerate(rows, 1)]


def facts_text(path: Path) -> str:
    """Return the text of a file of facts.

    Raises:
        SharingError: It cannot be read, or is not UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as problem:
        what = f"the file cannot be read: {(problem.strerror or str(problem)).lower()}"
        raise SharingError(what, code="unreadable", where=str(path), fix="name a file of facts in YAML") from None
    except UnicodeDecodeError:
        raise SharingError("this is not UTF-8", code="unreadable", where=str(path), fix="save it as UTF-8") from None
