"""The tables of the TAXII server: objects as they came, what each partner may see of them, and requests to add some.

* `objects.added` is a row's key and its date at once: microseconds, strictly increasing in the order of adding.
* A partner's view holds what was decided to go to it, and nothing else; its dates are its own.
* Unlike the ledger's, these rows change and go: a deleted object is really gone.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, String, Table, Text, UniqueConstraint

from telvet.workspace.tables_of_ledger import METADATA

__all__ = ["CHANGES", "OBJECTS", "POSTINGS", "REFERENCES", "REMOVALS", "TAXII_TABLES", "VIEWS", "VIEW_STATES"]

_NUMBER = BigInteger().with_variant(Integer, "sqlite")
"""SQLite stores a row by its key only where the key is declared as INTEGER; it holds 64 bits there too."""

OBJECTS = Table(
    "objects",
    METADATA,
    Column("added", _NUMBER, primary_key=True, autoincrement=False),
    Column("posted", _NUMBER, nullable=False),
    Column("collection", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("spec_version", String(10), nullable=False),
    Column("version", String(27), nullable=False),
    Column("written", Text, nullable=False),
    Column("first", Boolean, nullable=False),
    Column("last", Boolean, nullable=False),
    Column("latest", Boolean, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("body", LargeBinary, nullable=False),
    UniqueConstraint("collection", "id", "version", name="objects_once"),
    Index("objects_by_date", "collection", "added"),
)
"""One row a version of an object in a collection; `written` is its version as it stands in the object, or nothing.

`posted` is the clock's time of the request. `first` and `last` tell where the version stands among those of its
spec_version, `latest` whether that is the newest spec_version of the object.
"""

REFERENCES = Table(
    "object_refs",
    METADATA,
    Column("target", Text, primary_key=True),
    Column("role", String(10), primary_key=True),
    Column("source", _NUMBER, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
"""Which row of `objects` holds which id, and what that is to it."""

VIEWS = Table(
    "views",
    METADATA,
    Column("partner", Text, primary_key=True),
    Column("object", _NUMBER, primary_key=True, autoincrement=False),
    Column("collection", Text, nullable=False),
    Column("added", _NUMBER, nullable=False),
    Column("id", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("spec_version", String(10), nullable=False),
    Column("version", String(27), nullable=False),
    Column("first", Boolean, nullable=False),
    Column("last", Boolean, nullable=False),
    Column("latest", Boolean, nullable=False),
    Column("effect", String(20), nullable=False),
    Column("reasons", Text, nullable=False),
    Column("obligations", Text, nullable=False),
    Column("leaves_by", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("body", LargeBinary),
    Index("views_by_date", "partner", "collection", "added"),
    Index("views_by_id", "partner", "id"),
)
"""What a partner may see; `body` only where it differs from the object's. Lists are JSON."""

VIEW_STATES = Table(
    "view_states",
    METADATA,
    Column("partner", Text, primary_key=True),
    Column("epoch", String(64), nullable=False),
    Column("added", _NUMBER, nullable=False),
    Column("removed", _NUMBER, nullable=False),
    Column("newest", _NUMBER, nullable=False),
)
"""Up to which change a view is decided, under which state of the record, and the newest date that it ever gave."""

CHANGES = Table(
    "store_changes",
    METADATA,
    Column("only", Integer, primary_key=True, autoincrement=False),
    Column("added", _NUMBER, nullable=False),
    Column("removed", _NUMBER, nullable=False),
)
"""One row: the last date given to an object, and the number of the last removal."""

REMOVALS = Table(
    "store_removals",
    METADATA,
    Column("number", _NUMBER, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False),
    Column("marked", Boolean, nullable=False),
)
"""The ids of objects of which a version was deleted, of what that said whose it is, and of what it was `marked` with."""

POSTINGS = Table(
    "postings",
    METADATA,
    Column("id", String(36), primary_key=True),
    Column("root", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("recorded_at", String(27), nullable=False),
)
"""Requests to add objects, and what became of them."""

TAXII_TABLES = (OBJECTS, REFERENCES, VIEWS, VIEW_STATES, CHANGES, REMOVALS, POSTINGS)
