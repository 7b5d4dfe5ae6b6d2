"""Make the tables of the TAXII server: objects, what each partner sees of them, and requests to add some."""

import sqlalchemy as sa
from alembic import op

from telvet.workspace.migrations.guards import REFUSAL

__all__ = ["down_revision", "downgrade", "revision", "upgrade"]

revision = "0004"
down_revision = "0003"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Go forward; these rows may change and go, so nothing guards them."""
    _make_objects()
    _make_views()
    op.create_table(
        "store_changes",
        sa.Column("only", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("added", _NUMBER, nullable=False),
        sa.Column("removed", _NUMBER, nullable=False),
    )
    op.execute("INSERT INTO store_changes VALUES (1, 0, 0)")
    op.create_table(
        "store_removals",
        sa.Column("number", _NUMBER, primary_key=True, autoincrement=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("marked", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "postings",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("root", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.String(27), nullable=False),
    )


def downgrade() -> None:
    """Refuse: objects are not thrown away."""
    raise NotImplementedError(REFUSAL)


def _make_objects() -> None:
    op.create_table(
        "objects",
        sa.Column("added", _NUMBER, primary_key=True, autoincrement=False),
        sa.Column("posted", _NUMBER, nullable=False),
        sa.Column("collection", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("spec_version", sa.String(10), nullable=False),
        sa.Column("version", sa.String(27), nullable=False),
        sa.Column("written", sa.Text(), nullable=False),
        sa.Column("first", sa.Boolean(), nullable=False),
        sa.Column("last", sa.Boolean(), nullable=False),
        sa.Column("latest", sa.Boolean(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.UniqueConstraint("collection", "id", "version", name="objects_once"),
    )
    op.create_index("objects_by_date", "objects", ["collection", "added"])
    op.create_table(
        "object_refs",
        sa.Column("target", sa.Text(), primary_key=True),
        sa.Column("role", sa.String(10), primary_key=True),
        sa.Column("source", _NUMBER, primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )


def _make_views() -> None:
    op.create_table(
        "views",
        sa.Column("partner", sa.Text(), primary_key=True),
        sa.Column("object", _NUMBER, primary_key=True, autoincrement=False),
        sa.Column("collection", sa.Text(), nullable=False),
        sa.Column("added", _NUMBER, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("spec_version", sa.String(10), nullable=False),
        sa.Column("version", sa.String(27), nullable=False),
        sa.Column("first", sa.Boolean(), nullable=False),
        sa.Column("last", sa.Boolean(), nullable=False),
        sa.Column("latest", sa.Boolean(), nullable=False),
        sa.Column("effect", sa.String(20), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("obligations", sa.Text(), nullable=False),
        sa.Column("leaves_by", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("body", sa.LargeBinary()),
    )
    op.create_index("views_by_date", "views", ["partner", "collection", "added"])
    op.create_index("views_by_id", "views", ["partner", "id"])
    op.create_table(
        "view_states",
        sa.Column("partner", sa.Text(), primary_key=True),
        sa.Column("epoch", sa.String(64), nullable=False),
        sa.Column("added", _NUMBER, nullable=False),
        sa.Column("removed", _NUMBER, nullable=False),
        sa.Column("newest", _NUMBER, nullable=False),
    )
