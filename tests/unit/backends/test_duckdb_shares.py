"""What is DuckDB's own about shares: exact sums. The rest: tests/unit/tables/test_judging.py."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from telvet.backends.duckdb import DuckDB
from telvet.tables.judging import ShareCode, ShareUnit
from tests.unit.backends.engines import hold, whole_key


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckDB]:
    with DuckDB(threads=1) as opened:
        yield opened


def test_large_weights_are_summed_exactly(engine: DuckDB) -> None:
    rows = [{"id": "1", "operator": "a", "traffic": "999999999999999"}, {"id": "2", "operator": "a", "traffic": "0.000001"}]  # fmt: skip
    held = hold(engine, rows)
    key = whole_key(engine, held, "operator")
    (found,) = engine.shares(held, [key], [ShareCode((0,), 2, 2, 0)], ShareUnit(("operator",), None, "traffic"))
    assert str(found.sure) == "999999999999999.000001"
