"""The ledger's part for evidence: documents, quotes, statements, and what people judged of them.

* Rows are only ever added. What is learned later of a document, such as its day of publication, is a later row about it.
* Facts (statements), quotes and judgements lie in separate tables.
* What is held already is looked up under the lock that writes, so that two who add the same at once both succeed.
* There is no clock here: whoever records says when.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from telvet.errors import EvidenceError
from telvet.model.evidence import Document, Judgement, Statement
from telvet.workspace.evidence_rows import (
    document_of,
    document_row,
    judgement_of,
    judgement_row,
    quote_row,
    statement_of,
    statement_row,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection, Select, Table

    from telvet.workspace.database import Database

__all__ = ["EvidenceLedger", "Held"]

_MANY = 500
"""How many ids are asked for at once."""


@dataclass(frozen=True, slots=True)
class Held:
    """A statement as the ledger holds it, and who proposed it."""

    statement: Statement
    proposed_by: str


class EvidenceLedger:
    """An open ledger of evidence, to be used with `with`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, place: Path | str, *, create: bool = False, patience: float = 15.0) -> Self:
        """Open the ledger in a folder, or at a database's address.

        Raises:
            WorkspaceError: It is missing, locked, damaged, foreign, or of a newer telvet.
        """
        # Heavy, and not needed where there is no workspace: loaded when used.
        from telvet.workspace.database import open_database  # noqa: PLC0415

        return cls(open_database(place, create=create, patience=patience))

    def add_document(self, document: Document, content: bytes, *, by: str | None, now: str) -> bool:
        """Keep a document and what is known about it; return False where the same was known already."""
        from telvet.workspace.schema import CONTENTS, DOCUMENTS  # noqa: PLC0415

        row = document_row(document, by, now)
        kept = {"digest": document.digest, "media": document.media, "text": document.text, "bytes": content}
        with self._writing() as connection:
            rows = connection.execute(_about_documents(document.digest)).all()
            held = document_of(rows[-1], rows[-1].media, "") if rows else None
            if held and document_row(held, by, now) == row:
                return False
            if held is None:
                connection.execute(CONTENTS.insert(), kept)
            connection.execute(DOCUMENTS.insert(), row)
        return True

    def documents(self, recorded_by: str | None = None) -> dict[str, Document]:
        """Return the documents by digest, as they were known at a moment, without their texts."""
        rows = self._rows(_about_documents(recorded_by=recorded_by))
        return {row.digest: document_of(row, row.media, "") for row in rows}

    def document(self, digest: str) -> Document:
        """Return a document with its text; one that is not held is a KeyError."""
        from sqlalchemy import select  # noqa: PLC0415 - heavy: loaded when used

        from telvet.workspace.schema import CONTENTS  # noqa: PLC0415

        known = self.known(digest)
        if known is None:
            raise KeyError(digest)
        (row,) = self._rows(select(CONTENTS.c.text).where(CONTENTS.c.digest == digest))
        return replace(known, text=row.text)

    def known(self, digest: str) -> Document | None:
        """Return what is known about a document, without its text, or None for one that is not held."""
        rows = list(self._rows(_about_documents(digest)))
        return document_of(rows[-1], rows[-1].media, "") if rows else None

    def add_statements(self, statements: Iterable[Statement], *, proposed_by: str) -> int:
        """Add statements that are not held yet, with their quotes; return how many were."""
        from telvet.workspace.schema import QUOTES, STATEMENTS  # noqa: PLC0415

        given = {said.id: said for said in statements}
        if not given:
            return 0
        with self._writing() as connection:
            held = _held(connection, STATEMENTS, given)
            fresh = [said for name, said in given.items() if name not in held]
            quotes = {said.id: quote_row(said.quote) for said in fresh if said.quote}
            by_id = {row["id"]: row for row in quotes.values()}
            known = _held(connection, QUOTES, by_id)
            rows = [statement_row(said, quotes[said.id]["id"], proposed_by) for said in fresh]
            _insert(connection, QUOTES, [row for name, row in by_id.items() if name not in known])
            _insert(connection, STATEMENTS, rows)
        return len(fresh)

    def judge(self, judgements: Iterable[Judgement]) -> None:
        """Add what people judged."""
        from telvet.workspace.schema import JUDGEMENTS  # noqa: PLC0415

        rows = [judgement_row(one) for one in judgements]
        if rows:
            with self._writing() as connection:
                _insert(connection, JUDGEMENTS, rows)

    def statements(self, country: str | None = None, recorded_by: str | None = None) -> list[Held]:
        """Return the statements, oldest record first: all, or those about one country."""
        from sqlalchemy import select  # noqa: PLC0415 - heavy: loaded when used

        from telvet.workspace.schema import QUOTES, STATEMENTS  # noqa: PLC0415

        columns = [QUOTES.c[name] for name in ("document", "first", "past", "exact", "prefix", "suffix")]
        asked = select(STATEMENTS, *columns).join(QUOTES, QUOTES.c.id == STATEMENTS.c.quote).order_by(STATEMENTS.c.seq)
        if country:
            asked = asked.where(STATEMENTS.c.country == country)
        if recorded_by:
            asked = asked.where(STATEMENTS.c.recorded_at <= recorded_by)
        known = self.documents(recorded_by)
        return [Held(statement_of(row, known), row.proposed_by) for row in self._rows(asked) if row.document in known]

    def judgements(self, country: str | None = None) -> list[Judgement]:
        """Return every judgement, oldest first: all, or those of statements about one country."""
        from sqlalchemy import select  # noqa: PLC0415 - heavy: loaded when used

        from telvet.workspace.schema import JUDGEMENTS, STATEMENTS  # noqa: PLC0415

        asked = select(JUDGEMENTS).order_by(JUDGEMENTS.c.seq)
        if country:
            asked = asked.join(STATEMENTS, STATEMENTS.c.id == JUDGEMENTS.c.statement)
            asked = asked.where(STATEMENTS.c.country == country)
        return [judgement_of(row) for row in self._rows(asked)]

    def mark(self) -> tuple[int, ...]:
        """Return numbers that are others as soon as anything was recorded."""
        from sqlalchemy import func, select  # noqa: PLC0415 - heavy: loaded when used

        from telvet.workspace.schema import DOCUMENTS, JUDGEMENTS, STATEMENTS  # noqa: PLC0415

        return tuple(
            row.mark or 0
            for table in (DOCUMENTS, STATEMENTS, JUDGEMENTS)
            for row in self._rows(select(func.max(table.c.seq).label("mark")))
        )

    def latest(self) -> str | None:
        """Return the moment of the latest record, None where there is none."""
        from sqlalchemy import func, select  # noqa: PLC0415 - heavy: loaded when used

        from telvet.workspace.schema import DOCUMENTS, JUDGEMENTS, STATEMENTS  # noqa: PLC0415

        moments = [
            row.latest
            for table in (DOCUMENTS, STATEMENTS, JUDGEMENTS)
            for row in self._rows(select(func.max(table.c.recorded_at).label("latest")))
        ]
        return max((moment for moment in moments if moment), default=None)

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

    def _rows(self, asked: Select[Any]) -> Iterator[Any]:
        from telvet.workspace.troubles import teaching  # noqa: PLC0415

        with teaching(self._database.where), self._database.reader.begin() as connection:
            yield from connection.execute(asked).all()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """Yield a connection that writes: everything within happens, or nothing."""
        from telvet.workspace.troubles import teaching  # noqa: PLC0415

        try:
            with teaching(self._database.where), self._database.writer.begin() as connection:
                yield connection
        except UnicodeEncodeError as problem:
            raise EvidenceError(
                f"a text holds half a character (U+{ord(problem.object[problem.start]):04X}), which cannot be kept",
                code="not-text",
                where=self._database.where,
                fix="write whole characters, in UTF-8",
            ) from None


def _about_documents(digest: str | None = None, *, recorded_by: str | None = None) -> Select[Any]:
    """Ask what is known about all documents, or about one; of one document, the last row counts."""
    from sqlalchemy import select  # noqa: PLC0415 - heavy: loaded when used

    from telvet.workspace.schema import CONTENTS, DOCUMENTS  # noqa: PLC0415

    asked = select(DOCUMENTS, CONTENTS.c.media).join(CONTENTS, CONTENTS.c.digest == DOCUMENTS.c.digest)
    if digest:
        asked = asked.where(DOCUMENTS.c.digest == digest)
    if recorded_by:
        asked = asked.where(DOCUMENTS.c.recorded_at <= recorded_by)
    return asked.order_by(DOCUMENTS.c.seq)


def _held(connection: Connection, table: Table, names: Iterable[str]) -> set[str]:
    from sqlalchemy import select  # noqa: PLC0415 - heavy: loaded when used

    wanted = list(names)
    return {
        row.id
        for place in range(0, len(wanted), _MANY)
        for row in connection.execute(select(table.c.id).where(table.c.id.in_(wanted[place : place + _MANY])))
    }


def _insert(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(table.insert(), rows)
