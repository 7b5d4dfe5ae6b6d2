from __future__ import annotations

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import MetaData

from telvet.workspace.database import open_database
from telvet.workspace.schema import APPEND_ONLY, VERSION_TABLE
from telvet.workspace.taxii_schema import CHANGES, OBJECTS, REFERENCES, TAXII_TABLES


def test_the_step_leads_to_the_tables_that_are_declared(tmp_path: Path) -> None:
    declared = MetaData()
    names = {table.to_metadata(declared).name for table in TAXII_TABLES}
    database = open_database(tmp_path, create=True, patience=1)
    with database.reader.begin() as connection:
        told = {
            "version_table": VERSION_TABLE,
            "compare_type": True,
            "include_name": lambda name, kind, _: kind != "table" or name in names,
        }
        assert compare_metadata(MigrationContext.configure(connection, opts=told), declared) == []
        assert connection.execute(CHANGES.select()).all() == [(1, 0, 0)]
    database.close()


def test_sqlite_finds_an_object_by_its_key_without_an_index(tmp_path: Path) -> None:
    database = open_database(tmp_path, create=True, patience=1)
    with database.reader.begin() as connection:
        (plan,) = connection.exec_driver_sql("EXPLAIN QUERY PLAN SELECT body FROM objects WHERE added = 1").all()
        assert "INTEGER PRIMARY KEY" in plan[-1]
        question = "EXPLAIN QUERY PLAN SELECT added FROM views WHERE partner = 'p' AND collection = 'c' AND added > 1 ORDER BY added"
        assert all("TEMP B-TREE" not in row[-1] for row in connection.exec_driver_sql(question))
    database.close()


def test_the_longest_column_comes_last_and_nothing_here_is_append_only() -> None:
    assert list(OBJECTS.columns)[-1] is OBJECTS.c.body
    assert [column.name for column in REFERENCES.primary_key] == ["target", "role", "source"]
    assert not {table.name for table in TAXII_TABLES} & set(APPEND_ONLY)
