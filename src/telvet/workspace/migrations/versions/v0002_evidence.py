"""Make the tables of evidence, contents and documents, quotes, statements and judgements, and let no row of them be changed."""

import sqlalchemy as sa
from alembic import op

from telvet.workspace.migrations.guards import REFUSAL, guards

__all__ = ["down_revision", "downgrade", "revision", "upgrade"]

revision = "0002"
down_revision = "0001"

_TABLES = {
    "contents": ("seq", "digest"),
    "documents": ("seq",),
    "quotes": ("seq", "id"),
    "statements": ("seq", "id"),
    "judgements": ("seq",),
}


def upgrade() -> None:
    """Go forward."""
    _make_documents()
    _make_statements()
    _make_judgements()
    for statement in guards(op.get_context().dialect.name, _TABLES):
        op.execute(statement)


def downgrade() -> None:
    """Refuse: evidence is not thrown away."""
    raise NotImplementedError(REFUSAL)


def _make_documents() -> None:
    op.create_table(
        "contents",
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("digest", sa.String(64), nullable=False, unique=True),
        sa.Column("media", sa.String(40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "documents",
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("digest", sa.String(64), nullable=False, index=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("publisher", sa.Text()),
        sa.Column("published_from", sa.String(10), nullable=False),
        sa.Column("published_to", sa.String(10), nullable=False),
        sa.Column("published_how", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(35)),
        sa.Column("address", sa.Text()),
        sa.Column("origins", sa.Text(), nullable=False),
        sa.Column("by", sa.Text()),
        sa.Column("recorded_at", sa.String(27), nullable=False),
        sqlite_autoincrement=True,
    )


def _make_statements() -> None:
    op.create_table(
        "quotes",
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(64), nullable=False, unique=True),
        sa.Column("document", sa.String(64), nullable=False, index=True),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("past", sa.Integer(), nullable=False),
        sa.Column("exact", sa.Text(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("suffix", sa.Text(), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "statements",
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(64), nullable=False, unique=True),
        sa.Column("quote", sa.String(64), nullable=False, index=True),
        sa.Column("country", sa.String(3), index=True),
        sa.Column("vendors", sa.Text(), nullable=False),
        sa.Column("measure", sa.String(40), nullable=False),
        sa.Column("scope", sa.String(40), nullable=False),
        sa.Column("modality", sa.String(40), nullable=False),
        sa.Column("level", sa.String(20), nullable=False),
        sa.Column("when_from", sa.String(10)),
        sa.Column("when_to", sa.String(10)),
        sa.Column("dated", sa.Integer(), nullable=False),
        sa.Column("until", sa.String(10)),
        sa.Column("deadline", sa.String(10)),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.String(27), nullable=False),
        sqlite_autoincrement=True,
    )


def _make_judgements() -> None:
    op.create_table(
        "judgements",
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("statement", sa.String(64), nullable=False, index=True),
        sa.Column("verdict", sa.String(20), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("published_from", sa.String(10)),
        sa.Column("published_to", sa.String(10)),
        sa.Column("replaced_by", sa.String(64)),
        sa.Column("recorded_at", sa.String(27), nullable=False),
        sqlite_autoincrement=True,
    )
