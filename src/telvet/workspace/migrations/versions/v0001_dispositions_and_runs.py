"""Make the tables of dispositions and runs, and let no row of them be changed or deleted."""

import sqlalchemy as sa
from alembic import op

__all__ = ["down_revision", "downgrade", "revision", "upgrade"]

revision = "0001"
down_revision = None

_TABLES = ("dispositions", "runs")
_REFUSAL = "the ledger is append-only"


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
    for statement in _guards(op.get_context().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    """Refuse: evidence is not thrown away."""
    raise NotImplementedError(_REFUSAL)


def _guards(dialect: str) -> list[str]:
    """Return the triggers that make the tables append-only."""
    return _sqlite_guards() if dialect == "sqlite" else _postgresql_guards()


def _sqlite_guards() -> list[str]:
    """Return the triggers for SQLite; `INSERT OR REPLACE` deletes without telling a trigger, hence the third."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
    guards = []
    for table in _TABLES:
        taken = f"EXISTS (SELECT 1 FROM {table} WHERE seq = NEW.seq)"  # noqa: S608 - names of our own tables
        guards += [
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {taken} {refuse}",
        ]
    return guards


def _postgresql_guards() -> list[str]:
    """Return the function and triggers for PostgreSQL."""
    function = (
        "CREATE FUNCTION telvet_append_only() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$"
    )
    return [
        function,
        *(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION telvet_append_only()"
            for table in _TABLES
        ),
    ]
