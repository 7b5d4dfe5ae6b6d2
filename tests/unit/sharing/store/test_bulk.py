from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, MetaData, Table, Text, create_engine, select
from sqlalchemy.pool import StaticPool

from telvet.sharing.store.bulk import insert_many

THINGS = Table(
    "things", MetaData(), Column("a", Integer, primary_key=True), Column("order", Text), Column("b", LargeBinary)
)


def test_rows_are_added_with_their_values_in_the_order_of_the_columns() -> None:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    with engine.begin() as connection:
        THINGS.create(connection)
        rows = [(1, "x'); DROP TABLE things; --", b"\x00"), (2, None, None)]
        insert_many(connection, THINGS, rows)
        insert_many(connection, THINGS, [])
        assert [tuple(row) for row in connection.execute(select(THINGS).order_by(THINGS.c.a))] == rows
    engine.dispose()
