"""The ledger's part for sharing: facts about partners and what may go to them, and the queue of what waits for a person.

* Rows are only ever added; every one names who added it. What is taken back is a later row that says so.
* What is held already is looked up under the lock that writes, so that two who add the same at once both succeed.
* Writers wait for each other, so rows can be seen in the order of their numbers: `mark` misses none.
* There is no clock here: whoever records says when.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from telvet.errors import UsageError
from telvet.tables.codes import nearest
from telvet.workspace.sharing_rows import (
    Entry,
    FactRow,
    Waiting,
    counting,
    fact_of,
    fact_row,
    waiting_of,
    waiting_row,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection, Select

    from telvet.workspace.database import Database

__all__ = ["SharingLedger"]

_MANY = 500
"""How many ids are asked for at once."""
_LOCK = 0x74736872
"""What two writers on PostgreSQL wait for each other on; any number that nobody else uses."""


class SharingLedger:
    """An open record of sharing, to be used with `with`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, place: Path | str, *, create: bool = False, patience: float = 15.0) -> Self:
        """Open the record in a folder, or at a database's address.

        Args:
            place: The workspace's folder, or an address such as `postgresql+psycopg://user@host/database`.
            create: Whether to make folder and ledger where there are none.
            patience: For how many seconds to wait for another writer.

        Raises:
            WorkspaceError: It is missing, locked, damaged, foreign, or of a newer telvet.
        """
        # Heavy, and not needed where there is no workspace: loaded when used.
        from telvet.workspace.database import open_database  # noqa: PLC0415

        return cls(open_database(place, create=create, patience=patience))

    def write(self, entries: Iterable[Entry], by: str, now: str) -> int:
        """Record facts, but those that are on record just so; all of them or, on an error, none.

        Args:
            entries: What is to be recorded.
            by: Who records it.
            now: The moment, as `workspace.entries.moment` writes it.

        Returns:
            How many were new or changed.

        Raises:
            UsageError: Nobody is named.
            WorkspaceError: The ledger cannot take it.
        """
        from telvet.workspace.sharing_schema import SHARING_FACTS  # noqa: PLC0415 - heavy: loaded when used

        given, who = list(entries), _named(by)
        if not given:
            return 0
        with self._writing() as connection:
            held = _latest(connection, {entry.id for entry in given})
            rows = []
            for entry in given:
                if held.get((entry.kind, entry.id)) != entry:
                    rows.append(fact_row(entry, who, now))
                    held[entry.kind, entry.id] = entry
            if rows:
                connection.execute(SHARING_FACTS.insert(), rows)
        return len(rows)

    def retract(self, kind: str, id_: str, by: str, why: str, now: str, published: str | None = None) -> None:
        """Record that a fact counts no more.

        Args:
            kind: The kind of the fact.
            id_: Its id.
            by: Who takes it back.
            why: The reason, in words.
            now: The moment, as `workspace.entries.moment` writes it.
            published: The day from which that could be known; None is the day of recording.

        Raises:
            UsageError: It is not on record, or nobody or no reason is named.
            WorkspaceError: The ledger cannot take it.
        """
        from telvet.workspace.sharing_schema import SHARING_FACTS  # noqa: PLC0415 - heavy: loaded when used

        who, reason = _named(by), why.strip()
        if not reason:
            fix = "say why, in words"
            raise UsageError("a retraction needs a reason", code="no-reason", why="it is evidence", fix=fix)
        with self._writing() as connection:
            held = _latest(connection, {id_}).get((kind, id_))
            if held is None:
                raise _not_on_record(kind, id_, (row.id for row in self.facts() if row.kind == kind))
            gone = Entry(kind, id_, held.body, published)
            connection.execute(SHARING_FACTS.insert(), fact_row(gone, who, now, reason))

    def facts(self, recorded_by: str | None = None, known_by: date | str | None = None) -> list[FactRow]:
        """Return the facts that count, in the order in which they were recorded.

        Args:
            recorded_by: A moment; what was recorded later is left out.
            known_by: A day; what was published later is left out.
        """
        from sqlalchemy import select  # noqa: PLC0415 - heavy: loaded when used

        from telvet.workspace.sharing_schema import SHARING_FACTS  # noqa: PLC0415 - heavy: loaded when used

        asked = select(SHARING_FACTS).order_by(SHARING_FACTS.c.seq)
        if recorded_by:
            asked = asked.where(SHARING_FACTS.c.recorded_at <= recorded_by)
        return counting(map(fact_of, self._rows(asked)), str(known_by) if known_by else None)

    def history(self, kind: str, id_: str) -> list[FactRow]:
        """Return everything that was recorded of one fact, oldest first; nothing for one that never was on record."""
        from sqlalchemy import select  # noqa: PLC0415 - heavy: loaded when used

        from telvet.workspace.sharing_schema import SHARING_FACTS  # noqa: PLC0415 - heavy: loaded when used

        asked = select(SHARING_FACTS).where(SHARING_FACTS.c.id == id_, SHARING_FACTS.c.kind == kind)
        return [fact_of(row) for row in self._rows(asked.order_by(SHARING_FACTS.c.seq))]

    def mark(self) -> int:
        """Return a number that is another one as soon as a fact was recorded or taken back; 0 where there is none."""
        from sqlalchemy import func, select  # noqa: PLC0415 - heavy: loaded when used

        from telvet.workspace.sharing_schema import SHARING_FACTS  # noqa: PLC0415 - heavy: loaded when used

        (row,) = self._rows(select(func.max(SHARING_FACTS.c.seq).label("mark")))
        return row.mark or 0

    def queue_up(self, items: Iterable[Waiting]) -> int:
        """Queue objects, but those that wait already; return how many were new."""
        from telvet.workspace.sharing_schema import SHARING_QUEUE  # noqa: PLC0415 - heavy: loaded when used

        given = {item.id: item for item in items}
        with self._reading() as connection:
            held = _held(connection, given)
        if len(held) == len(given):
            return 0  # what waits already costs no lock
        with self._writing() as connection:
            held = _held(connection, given)
            rows = [waiting_row(item) for name, item in given.items() if name not in held]
            if rows:
                connection.execute(SHARING_QUEUE.insert(), rows)
        return len(rows)

    def queue(
        self, partner: str | None = None, *, object_: str | None = None, after: int = 0, limit: int | None = None
    ) -> list[Waiting]:
        """Return what was queued, without bodies, oldest first; what was judged since is still among it.

        Args:
            partner: For one partner alone.
            object_: Of one object alone.
            after: Behind this place.
            limit: At most so many.
        """
        from sqlalchemy import select  # noqa: PLC0415 - heavy: loaded when used

        from telvet.workspace.sharing_schema import SHARING_QUEUE  # noqa: PLC0415 - heavy: loaded when used

        columns = [column for column in SHARING_QUEUE.c if column.name != "body"]
        asked = select(*columns).where(SHARING_QUEUE.c.seq > after).order_by(SHARING_QUEUE.c.seq).limit(limit)
        if partner is not None:
            asked = asked.where(SHARING_QUEUE.c.partner == partner)
        if object_ is not None:
            asked = asked.where(SHARING_QUEUE.c.object == object_)
        return [waiting_of(row) for row in self._rows(asked)]

    def queued(self, name: int | str) -> Waiting | None:
        """Return what waits at a place or under an id, with its body; None where there is nothing."""
        from sqlalchemy import select  # noqa: PLC0415 - heavy: loaded when used

        from telvet.workspace.sharing_schema import SHARING_QUEUE  # noqa: PLC0415 - heavy: loaded when used

        column = SHARING_QUEUE.c.seq if isinstance(name, int) else SHARING_QUEUE.c.id
        rows = self._rows(select(SHARING_QUEUE).where(column == name))
        return waiting_of(rows[0], body=True) if rows else None

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()

    def _rows(self, asked: Select[Any]) -> Sequence[Any]:
        with self._reading() as connection:
            return connection.execute(asked).all()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        from telvet.workspace.troubles import teaching  # noqa: PLC0415 - heavy: loaded when used

        with teaching(self._database.where), self._database.reader.begin() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """Yield a connection that writes, when nobody else does: everything within happens, or nothing."""
        from sqlalchemy import func, select  # noqa: PLC0415 - heavy: loaded when used

        from telvet.workspace.troubles import teaching  # noqa: PLC0415 - heavy: loaded when used

        try:
            with teaching(self._database.where), self._database.writer.begin() as connection:
                if connection.dialect.name == "postgresql":
                    connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
                yield connection
        except UnicodeEncodeError as problem:
            raise UsageError(
                f"a text holds half a character (U+{ord(problem.object[problem.start]):04X}), which cannot be kept",
                code="not-text",
                where=self._database.where,
                fix="write whole characters, in UTF-8",
            ) from None


def _named(by: str) -> str:
    if not by.strip():
        fix = "write who does this"
        raise UsageError("nobody is named", code="no-name", why="the record names who wrote each fact", fix=fix)
    return by.strip()


def _not_on_record(kind: str, id_: str, known: Iterable[str]) -> UsageError:
    near = nearest(id_, tuple(known))
    return UsageError(
        f"no {kind} {id_!r} is on record",
        code="not-on-record",
        why="only what counts can be taken back, and once",
        fix=f"did you mean {near!r}?" if near else "list what is on record",
    )


def _latest(connection: Connection, ids: Iterable[str]) -> dict[tuple[str, str], Entry]:
    """Return what the latest row of each kind says under some ids; what was taken back is not there."""
    from sqlalchemy import select  # noqa: PLC0415 - heavy: loaded when used

    from telvet.workspace.sharing_schema import SHARING_FACTS  # noqa: PLC0415 - heavy: loaded when used

    wanted = sorted(ids)
    rows = [
        fact_of(row)
        for place in range(0, len(wanted), _MANY)
        for row in connection.execute(
            select(SHARING_FACTS)
            .where(SHARING_FACTS.c.id.in_(wanted[place : place + _MANY]))
            .order_by(SHARING_FACTS.c.seq)
        )
    ]
    return {(row.kind, row.id): row.entry for row in counting(rows)}


def _held(connection: Connection, names: Iterable[str]) -> set[str]:
    """Return those ids under which something waits already."""
    from sqlalchemy import select  # noqa: PLC0415 - heavy: loaded when used

    from telvet.workspace.sharing_schema import SHARING_QUEUE  # noqa: PLC0415 - heavy: loaded when used

    wanted = list(names)
    return {
        row.id
        for place in range(0, len(wanted), _MANY)
        for row in connection.execute(
            select(SHARING_QUEUE.c.id).where(SHARING_QUEUE.c.id.in_(wanted[place : place + _MANY]))
        )
    }
