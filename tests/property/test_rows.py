"""Invariant 8: rows in = rows judged + rows rejected, for every file, and each rejected row has a fault that says why."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telvet.assessment.account import account
from telvet.assessment.assess import assess
from telvet.assessment.findings import Findings
from telvet.backends.duckdb import DuckDB
from telvet.inventory.read import read_inventory
from tests.property.strategies import modestly
from tests.unit.assessment.toy_world import knowledge
from tests.unit.packs.toy_law import ACME, pack, rule

HEADER = ("id", "operator", "vendor", "generation", "installed on", "traffic", "lifecycle", "tags")
SOUND = (
    ("e1", "e2", "e3", "e4", "e5", "e6"), ("north", "south", ""), ("Acme Ltd", "Borea AG", "Nobody Inc", ""),
    ("5G", "4G;5G", "n/a", ""), ("2020-01-01", "2020", ""), ("1", "2.5", ""), ("live", "off", ""), ("a;b", "-a", ""),
)  # fmt: skip
FAULTY = (("",), ("north",), ("Acme Ltd",), ("9G",), ("2020-13-45",), ("-1", "many"), ("lively",), ("a;-a",))
LAW = pack(rule(), rule("fast", {"when": {"all": [ACME, {"equipment.generation": {"is": "5G"}}]}}))
Records = list[list[str]]


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckDB]:
    with DuckDB(threads=1) as opened:
        yield opened


@st.composite
def records(draw: st.DrawFn) -> list[str]:
    """Draw a record: sound, or with a faulty cell, or with cells beyond the header, or empty."""
    cells = [draw(st.sampled_from(values)) for values in SOUND]
    kind = draw(st.sampled_from(["sound", "sound", "sound", "faulty", "long", "short", "blank"]))
    if kind == "faulty":
        place = draw(st.integers(0, len(HEADER) - 1))
        cells[place] = draw(st.sampled_from(FAULTY[place]))
    return {"long": [*cells, "more"], "short": cells[:3], "blank": [""] * len(cells)}.get(kind, cells)


def written(folder: Path, name: str, rows: Sequence[Sequence[str]]) -> Path:
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *rows])
    return folder / name


FILES = st.lists(st.lists(records(), min_size=1, max_size=8).filter(lambda rows: any(map(any, rows))), min_size=1, max_size=2)  # fmt: skip


@modestly(20)
@given(files=FILES)
def test_no_row_is_dropped_silently(engine: DuckDB, files: list[Records]) -> None:
    files = [
        [[f"{cells[0]}-{place}" if cells[0] else "", *cells[1:]] for cells in rows] for place, rows in enumerate(files)
    ]
    with TemporaryDirectory() as folder:
        paths = [written(Path(folder), f"boxes-{place}.csv", rows) for place, rows in enumerate(files)]
        inventory = read_inventory(engine.reader, paths)
    for read, rows in zip(inventory.files, files, strict=True):
        assert read.rows == sum(any(cells) for cells in rows)
        assert read.rows == read.judged + read.rejected
    assert inventory.rows_in == inventory.rows_judged + inventory.rows_rejected
    assert len({(fault.file, fault.record) for fault in inventory.faults}) == inventory.rows_rejected
    judged = assess(engine, inventory.relation, knowledge(LAW, on=date(2021, 6, 15)))
    assert judged.rows == inventory.rows_judged
    findings = Findings(engine, judged, inventory.headers, tuple(read.name for read in inventory.files))
    counted = account(findings)
    assert sum(row.count for row in counted.summary) == len(list(findings()))
    assert sum(count for _, _, count in counted.makers) == judged.rows_in_use
