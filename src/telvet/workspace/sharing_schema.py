"""The ledger's tables about sharing: facts that people recorded, and objects that wait for a person.

* A fact is the latest row of its kind and id; nothing is changed, a later row counts instead.
* What waits is held once: `id` follows from partner, object, version, digest and the reasons for which it waits.
"""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, String, Table, Text

from telvet.workspace.tables_of_ledger import METADATA

__all__ = ["SHARING_FACTS", "SHARING_QUEUE", "SHARING_TABLES"]

SHARING_FACTS = Table(
    "sharing_facts",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(20), nullable=False),
    Column("id", Text, nullable=False, index=True),
    Column("body", Text, nullable=False),
    Column("published", String(10)),
    Column("by", Text, nullable=False),
    Column("recorded_at", String(27), nullable=False),
    Column("retracted", Integer, nullable=False),
    Column("why", Text),
    sqlite_autoincrement=True,
)

SHARING_QUEUE = Table(
    "sharing_queue",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", String(64), nullable=False, unique=True),
    Column("partner", Text, nullable=False, index=True),
    Column("object", Text, nullable=False, index=True),
    Column("version", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("case", String(64), nullable=False),
    Column("type", Text, nullable=False),
    Column("effect", String(20), nullable=False),
    Column("reasons", Text, nullable=False),
    Column("unless", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("persons", Integer, nullable=False),
    Column("by", Text, nullable=False),
    Column("recorded_at", String(27), nullable=False),
    Column("body", LargeBinary),
    sqlite_autoincrement=True,
)
"""The longest comes last: SQLite reads a row up to the column that is asked for."""

SHARING_TABLES = (SHARING_FACTS, SHARING_QUEUE)
