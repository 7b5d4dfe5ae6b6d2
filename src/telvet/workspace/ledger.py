"""The ledger: what people decided about findings, and what runs found, each row with its person or its moment.

* Rows are only ever added; the database itself refuses to change or delete one.
* The latest state of a finding counts, a note changes none, and what was recorded later can be left out.
* There is no clock here: whoever records says when.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from telvet.errors import UsageError
from telvet.model.finding import Disposition
from telvet.tables.codes import nearest
from telvet.workspace.entries import STATES, Run, moment

if TYPE_CHECKING:
    from telvet.workspace.store import Store

__all__ = ["Ledger"]

_FINDING = re.compile(r"f-[0-9a-f]{6,64}")
_ABOUT = ("provision", "operator", "subject_id", "equipment")


class Ledger:
    """An open ledger, to be used with `with`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @classmethod
    def open(cls, place: Path | str, *, create: bool = False, patience: float = 15.0) -> Self:
        """Open the ledger in a folder, or at a PostgreSQL address.

        Args:
            place: The workspace's folder, or an address such as `postgresql+psycopg://user@host/database`.
            create: Whether to make folder and ledger where there are none.
            patience: For how many seconds to wait for another writer.

        Raises:
            WorkspaceError: It is missing, locked, damaged, foreign, or of a newer telvet.
        """
        # Heavy, and not needed by a run without a workspace: loaded when used.
        from telvet.workspace.database import open_database  # noqa: PLC0415
        from telvet.workspace.store import Store  # noqa: PLC0415

        return cls(Store(open_database(place, create=create, patience=patience)))

    def record(
        self,
        finding: str,
        state: str,
        *,
        by: str,
        why: str,
        now: datetime,
        ticket: str | None = None,
        known: Mapping[str, str | None] | None = None,
    ) -> Disposition:
        """Add what a person decided about a finding.

        Args:
            finding: The finding's id.
            state: One of `STATES`.
            by: Who decided.
            why: The reason, in words.
            now: When it is recorded, with its time zone.
            ticket: Where the work is followed up.
            known: What the finding is about: `provision`, `operator`, `subject_id`, `equipment`.

        Raises:
            UsageError: The id or state is not one, or person or reason are missing.
            WorkspaceError: The ledger cannot take it.
        """
        _check(finding, state, by, why)
        said = Disposition(state, by.strip(), moment(now), why.strip(), (ticket or "").strip() or None)
        self._store.add_disposition(finding, said, {name: (known or {}).get(name) for name in _ABOUT})
        return said

    def dispositions(self, recorded_by: datetime | None = None) -> dict[str, Disposition]:
        """Return the latest state of every finding that has one, as the ledger knew it at a moment."""
        return self._store.latest(recorded_by)

    def history(self, finding: str) -> tuple[Disposition, ...]:
        """Return everything recorded about a finding, notes included, oldest first.

        Raises:
            UsageError: The id is not one.
        """
        _check_finding(finding)
        return self._store.history(finding)

    def record_run(self, run: Run) -> None:
        """Add what a run found, for the burn-down of later ones."""
        self._store.add_run(run)

    def runs(self) -> tuple[Run, ...]:
        """Return every run, oldest record first."""
        return self._store.runs()

    def close(self) -> None:
        """Let go of the database."""
        self._store.close()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()


def _check_finding(finding: str) -> None:
    if not _FINDING.fullmatch(finding):
        raise UsageError(
            f"{finding!r} is not the id of a finding",
            code="not-a-finding",
            why="an id is `f-` and hexadecimal digits",
            fix="copy it from the report",
        )


def _check(finding: str, state: str, by: str, why: str) -> None:
    """Refuse what would make a row that nobody could account for."""
    _check_finding(finding)
    if state not in STATES:
        near = nearest(state, STATES)
        fix = f"did you mean {near!r}?" if near else f"write one of: {', '.join(STATES)}"
        raise UsageError(f"{state!r} is not a state of a finding", code="unknown-state", fix=fix)
    if not by.strip() or not why.strip():
        raise UsageError(
            "a disposition needs a person and a reason",
            code="no-reason",
            why="it is evidence for whoever asks later",
            fix="give --by and --why",
        )
