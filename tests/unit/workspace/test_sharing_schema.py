from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from telvet.workspace.schema import APPEND_ONLY
from telvet.workspace.sharing_ledger import SharingLedger
from telvet.workspace.sharing_rows import Entry, Waiting
from telvet.workspace.sharing_schema import SHARING_QUEUE, SHARING_TABLES

NOW = "2026-01-01T09:30:00.000000Z"
ITEM = Waiting("north", "x", "1", "ab" * 32, "indicator", "refer", "[]", "[]", "files", 1, "gate", NOW, b"{}")


def test_every_table_of_sharing_is_guarded() -> None:
    assert {table.name for table in SHARING_TABLES} <= set(APPEND_ONLY)


def test_the_longest_column_comes_last() -> None:
    assert list(SHARING_QUEUE.c.keys())[-1] == "body"


@pytest.mark.parametrize("table", [table.name for table in SHARING_TABLES])
@pytest.mark.parametrize(
    "act", ["UPDATE {} SET \"by\" = 'x'", "DELETE FROM {}", "INSERT OR REPLACE INTO {} SELECT * FROM {}"]
)
def test_no_row_is_changed_deleted_or_replaced(tmp_path: Path, table: str, act: str) -> None:
    with SharingLedger.open(tmp_path, create=True) as ledger:
        ledger.write([Entry("partner", "a", "{}")], "ana", NOW)
        ledger.queue_up([ITEM])
    connection = sqlite3.connect(tmp_path / "ledger.db")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(act.format(table, table))
    connection.close()


def test_what_waits_cannot_be_replaced_under_its_id(tmp_path: Path) -> None:
    with SharingLedger.open(tmp_path, create=True) as ledger:
        ledger.queue_up([ITEM])
    connection = sqlite3.connect(tmp_path / "ledger.db")
    columns = ", ".join(f'"{name}"' for name in SHARING_QUEUE.c.keys() if name != "seq")  # noqa: SIM118 - no mapping
    act = f"INSERT OR REPLACE INTO sharing_queue ({columns}) SELECT {columns} FROM sharing_queue"  # noqa: S608 - our own
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(act)
    connection.close()
