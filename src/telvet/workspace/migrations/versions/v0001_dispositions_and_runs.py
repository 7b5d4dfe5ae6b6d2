"""Make the tables of dispositions and runs, and let no row of them be changed or deleted."""

import sqlalchemy as sa
from alembic import op

from telvet.workspace.migrations.guards import REFUSAL, guards

__all__ = ["down_revision", "downgrade", "revision", "upgrade"]

revision = "0001"
down_revision = None

_TABLES = {"dispositions": ("seq",), "runs": ("seq",)}


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "dispositions",
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("finding", sa.String(64), nullable=False, index=True),
        sa.Column("provision", sa.Text()),
        sa.Column("operator", sa.Text()),
        sa.Column("subject_id", sa.Text()),
        sa.Column("equipment", sa.Text()),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("ticket", sa.Text()),
        sa.Column("recorded_at", sa.String(27), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "runs",
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("as_of", sa.String(10), nullable=False),
        sa.Column("laws", sa.Text(), nullable=False),
        sa.Column("inputs", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.String(27), nullable=False),
        sa.Column("open", sa.Text(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sqlite_autoincrement=True,
    )
    for statement in guards(op.get_context().dialect.name, _TABLES, first=True):
        op.execute(statement)


def downgrade() -> None:
    """Refuse: evidence is not thrown away."""
    raise NotImplementedError(REFUSAL)
