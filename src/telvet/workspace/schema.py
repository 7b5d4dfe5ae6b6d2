"""The ledger's tables as they are now; `migrations/` tells how they came to be, and a test that both agree."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, String, Table, Text

from telvet.workspace.sharing_schema import SHARING_TABLES
from telvet.workspace.tables_of_ledger import METADATA
from telvet.workspace.taxii_schema import TAXII_TABLES

__all__ = [
    "APPEND_ONLY", "CONTENTS", "DISPOSITIONS", "DOCUMENTS", "JUDGEMENTS", "METADATA", "QUOTES", "RUNS", "STATEMENTS", "VERSION_TABLE",
    "WORKING",
]  # fmt: skip

VERSION_TABLE = "telvet_schema"
"""Where the revision of the schema is kept; its presence is what makes a database ours."""

DISPOSITIONS = Table(
    "dispositions",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("finding", String(64), nullable=False, index=True),
    Column("provision", Text),
    Column("operator", Text),
    Column("subject_id", Text),
    Column("equipment", Text),
    Column("state", String(32), nullable=False),
    Column("by", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("ticket", Text),
    Column("recorded_at", String(27), nullable=False),
    sqlite_autoincrement=True,
)

RUNS = Table(
    "runs",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("as_of", String(10), nullable=False),
    Column("laws", Text, nullable=False),
    Column("inputs", Text, nullable=False),
    Column("recorded_at", String(27), nullable=False),
    Column("open", Text, nullable=False),
    Column("total", Integer, nullable=False),
    sqlite_autoincrement=True,
)

CONTENTS = Table(
    "contents",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("media", String(40), nullable=False),
    Column("text", Text, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
    sqlite_autoincrement=True,
)
"""Documents as they came and as they were decoded; `documents` says what is known about them.

The longest come last: SQLite reads a row up to the column that is asked for.
"""

DOCUMENTS = Table(
    "documents",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("digest", String(64), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("title", Text),
    Column("publisher", Text),
    Column("published_from", String(10), nullable=False),
    Column("published_to", String(10), nullable=False),
    Column("published_how", Text, nullable=False),
    Column("lang", String(35)),
    Column("address", Text),
    Column("origins", Text, nullable=False),
    Column("by", Text),
    Column("recorded_at", String(27), nullable=False),
    sqlite_autoincrement=True,
)

QUOTES = Table(
    "quotes",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", String(64), nullable=False, unique=True),
    Column("document", String(64), nullable=False, index=True),
    Column("first", Integer, nullable=False),
    Column("past", Integer, nullable=False),
    Column("exact", Text, nullable=False),
    Column("prefix", Text, nullable=False),
    Column("suffix", Text, nullable=False),
    sqlite_autoincrement=True,
)

STATEMENTS = Table(
    "statements",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", String(64), nullable=False, unique=True),
    Column("quote", String(64), nullable=False, index=True),
    Column("country", String(3), index=True),
    Column("vendors", Text, nullable=False),
    Column("measure", String(40), nullable=False),
    Column("scope", String(40), nullable=False),
    Column("modality", String(40), nullable=False),
    Column("level", String(20), nullable=False),
    Column("when_from", String(10)),
    Column("when_to", String(10)),
    Column("dated", Integer, nullable=False),
    Column("until", String(10)),
    Column("deadline", String(10)),
    Column("origin", Text, nullable=False),
    Column("raw", Text, nullable=False),
    Column("proposed_by", Text, nullable=False),
    Column("recorded_at", String(27), nullable=False),
    sqlite_autoincrement=True,
)

JUDGEMENTS = Table(
    "judgements",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("statement", String(64), nullable=False, index=True),
    Column("verdict", String(20), nullable=False),
    Column("by", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("published_from", String(10)),
    Column("published_to", String(10)),
    Column("replaced_by", String(64)),
    Column("recorded_at", String(27), nullable=False),
    sqlite_autoincrement=True,
)

_EVIDENCE = (CONTENTS, DOCUMENTS, QUOTES, STATEMENTS, JUDGEMENTS)
WORKING = tuple(table.name for table in TAXII_TABLES)
"""Tables of the server, whose rows come and go; what was decided and done about them is in the audit log."""

APPEND_ONLY = tuple(table.name for table in (DISPOSITIONS, RUNS, *_EVIDENCE, *SHARING_TABLES))
