from __future__ import annotations

import pytest

from telvet.tables.beside import TABLES_BESIDE
from telvet.tables.columns import Kind, Table
from telvet.tables.equipment import EQUIPMENT, MAKER_COLUMNS

TABLES = (EQUIPMENT, *TABLES_BESIDE)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_is_declared_soundly(table: Table) -> None:
    assert len(set(table.names)) == len(table.names)
    assert table.columns[0].key
    for column in table.columns:
        assert column.about.endswith((".", "`fact=value`."))
        assert bool(column.codes) == (column.kind in {Kind.CODE, Kind.CODES, Kind.YES_NO})
        excluded = {code for _, others in column.excludes for code in others} | {code for code, _ in column.excludes}
        assert excluded <= set(column.codes)


def test_a_column_is_found_by_its_name() -> None:
    assert EQUIPMENT.column("mac").kind is Kind.MAC
    with pytest.raises(KeyError):
        EQUIPMENT.column("colour")


def test_some_columns_hint_at_the_maker() -> None:
    assert "manufacturer" in MAKER_COLUMNS
    assert "model" not in MAKER_COLUMNS
