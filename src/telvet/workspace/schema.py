"""The ledger's tables as they are now; `migrations/` tells how they came to be, and a test that both agree."""

from __future__ import annotations

from sqlalchemy import Column, Integer, MetaData, String, Table, Text

__all__ = ["APPEND_ONLY", "DISPOSITIONS", "METADATA", "RUNS", "VERSION_TABLE"]

VERSION_TABLE = "telvet_schema"
"""Where the revision of the schema is kept; its presence is what makes a database ours."""

METADATA = MetaData()

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

APPEND_ONLY = (DISPOSITIONS.name, RUNS.name)
