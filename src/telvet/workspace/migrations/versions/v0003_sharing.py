"""Make the tables of sharing, facts and what waits for a person, and let no row of them be changed or deleted."""

import sqlalchemy as sa
from alembic import op

from telvet.workspace.migrations.guards import REFUSAL, guards

__all__ = ["down_revision", "downgrade", "revision", "upgrade"]

revision = "0003"
down_revision = "0002"

_TABLES = {"sharing_facts": ("seq",), "sharing_queue": ("seq", "id")}


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "sharing_facts",
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("id", sa.Text(), nullable=False, index=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("published", sa.String(10)),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.String(27), nullable=False),
        sa.Column("retracted", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text()),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "sharing_queue",
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(64), nullable=False, unique=True),
        sa.Column("partner", sa.Text(), nullable=False, index=True),
        sa.Column("object", sa.Text(), nullable=False, index=True),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("case", sa.String(64), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("effect", sa.String(20), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("unless", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.String(27), nullable=False),
        sa.Column("body", sa.LargeBinary()),
        sqlite_autoincrement=True,
    )
    for statement in guards(op.get_context().dialect.name, _TABLES):
        op.execute(statement)


def downgrade() -> None:
    """Refuse: evidence is not thrown away."""
    raise NotImplementedError(REFUSAL)
