"""Turns names of tables into the triggers that make them append-only, for SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["REFUSAL", "guards"]

REFUSAL = "the ledger is append-only"
_FUNCTION = (
    "CREATE FUNCTION telvet_append_only() RETURNS trigger LANGUAGE plpgsql AS"
    f" $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
)


def guards(dialect: str, tables: Mapping[str, tuple[str, ...]], *, first: bool = False) -> list[str]:
    """Return the statements that guard tables.

    Args:
        dialect: `sqlite` or `postgresql`.
        tables: The columns that are unique in each table.
        first: Whether these are the first tables of the ledger.
    """
    if dialect == "sqlite":
        return [trigger for table, unique in tables.items() for trigger in _sqlite(table, unique)]
    triggers = [
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION telvet_append_only()"
        for table in tables
    ]
    return [_FUNCTION, *triggers] if first else triggers


def _sqlite(table: str, unique: tuple[str, ...]) -> list[str]:
    """Return the triggers for SQLite; `INSERT OR REPLACE` deletes without telling a trigger, hence the third."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    same = " OR ".join(f"{column} = NEW.{column}" for column in unique)
    taken = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 - names of our own tables and columns
    return [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {taken} {refuse}",
    ]
