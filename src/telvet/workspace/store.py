"""The ledger's reads and writes, one transaction each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Table, select

from telvet.model.finding import Disposition
from telvet.workspace.database import Database
from telvet.workspace.entries import NOTE, Run, moment
from telvet.workspace.schema import DISPOSITIONS, RUNS
from telvet.workspace.troubles import teaching

__all__ = ["Store"]


@dataclass(frozen=True, slots=True)
class Store:
    """Rows in, rows out; every complaint of the database becomes a `WorkspaceError`."""

    database: Database

    def add_disposition(self, finding: str, said: Disposition, about: Mapping[str, str | None]) -> None:
        """Add what a person decided."""
        told = {"state": said.state, "by": said.by, "why": said.why, "ticket": said.ticket, "recorded_at": said.on}
        self._add(DISPOSITIONS, {"finding": finding, **about, **told})

    def add_run(self, run: Run) -> None:
        """Add what a run found."""
        row: dict[str, str | int | None] = {
            "as_of": run.as_of.isoformat(),
            "laws": json.dumps(run.laws),
            "inputs": run.inputs,
            "recorded_at": moment(run.recorded_at),
            "open": json.dumps(dict(run.open), sort_keys=True),
            "total": run.total,
        }
        self._add(RUNS, row)

    def latest(self, recorded_by: datetime | None) -> dict[str, Disposition]:
        """Return the latest state of each finding, notes apart, as known at a moment."""
        table = DISPOSITIONS.c
        where = [table.state != NOTE]
        if recorded_by is not None:
            where.append(table.recorded_at <= moment(recorded_by))
        columns = (table.finding, table.state, table.by, table.recorded_at, table.why, table.ticket)
        with teaching(self.database.where), self.database.reader.begin() as connection:
            rows = connection.execute(select(*columns).where(*where).order_by(table.seq)).all()
        return {finding: Disposition(*said) for finding, *said in rows}

    def history(self, finding: str) -> tuple[Disposition, ...]:
        """Return everything about one finding, oldest first."""
        table = DISPOSITIONS.c
        columns = (table.state, table.by, table.recorded_at, table.why, table.ticket)
        with teaching(self.database.where), self.database.reader.begin() as connection:
            rows = connection.execute(select(*columns).where(table.finding == finding).order_by(table.seq)).all()
        return tuple(Disposition(*said) for said in rows)

    def runs(self) -> tuple[Run, ...]:
        """Return every run, oldest record first."""
        with teaching(self.database.where), self.database.reader.begin() as connection:
            rows = connection.execute(select(RUNS).order_by(RUNS.c.seq)).all()
        return tuple(
            Run(
                as_of=date.fromisoformat(row.as_of),
                laws=tuple(json.loads(row.laws)),
                inputs=row.inputs,
                recorded_at=datetime.fromisoformat(row.recorded_at),
                open=json.loads(row.open),
                total=row.total,
            )
            for row in rows
        )

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    def _add(self, table: Table, row: Mapping[str, str | int | None]) -> None:
        with teaching(self.database.where), self.database.writer.begin() as connection:
            connection.execute(table.insert(), dict(row))
