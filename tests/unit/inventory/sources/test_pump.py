from __future__ import annotations

import csv
from pathlib import Path

from telvet.inventory.files import examine
from telvet.inventory.sources.pump import Pump, flaw
from telvet.tables.reading import BETWEEN_FLAWS


def test_records_become_well_formed_lines(tmp_path: Path) -> None:
    path = tmp_path / "kit.csv"
    path.write_text("x")
    with Pump(tmp_path, examine(path), 2) as pump:
        pump.write(2, ["a", "b"])
        pump.write(3, ["", " "])
        pump.write(4, ["short"])
        pump.write(5, ["a", "b", "beyond"])
        pump.write(6, ["a", "b", " "])
        pump.write(7, ["a", "b"], flaw("no value", code="formula"))
    with pump.path.open(newline="") as lines:
        found = list(csv.reader(lines))
    assert [line[0] for line in found] == ["2", "4", "5", "6", "7"]
    assert all(len(line) == 4 for line in found)
    assert [line[1].split(BETWEEN_FLAWS)[0] for line in found] == ["", "", "extra-cells", "", "formula"]
    assert pump.notes == ("1 record(s) are shorter than the header; their missing cells are unknown",)
