from __future__ import annotations

from telvet.workspace.schema import METADATA as OF_THE_LEDGER
from telvet.workspace.sharing_schema import SHARING_TABLES
from telvet.workspace.tables_of_ledger import METADATA


def test_every_module_declares_its_tables_in_one_register() -> None:
    assert OF_THE_LEDGER is METADATA
    assert all(table.metadata is METADATA for table in SHARING_TABLES)
