"""What Alembic runs: the steps go into the transaction that the caller has opened."""

from alembic import context

from telvet.workspace.schema import METADATA, VERSION_TABLE

__all__: list[str] = []

context.configure(
    connection=context.config.attributes.get("connection"),
    dialect_name=context.config.attributes.get("dialect"),
    target_metadata=METADATA,
    version_table=VERSION_TABLE,
)
context.run_migrations()
