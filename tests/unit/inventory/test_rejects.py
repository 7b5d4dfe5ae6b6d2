from __future__ import annotations

import csv
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

from telvet.backends.duckdb_reading import DuckDBReader
from telvet.inventory.read import read_inventory
from telvet.inventory.reading import Inventory
from telvet.inventory.rejects import write_rejects

Read = Callable[..., Inventory]
Rows = Callable[[Inventory], list[dict[str, Any]]]


def test_rejects_hold_file_record_faults_and_the_raw_cells(read: Read, reader: DuckDBReader, tmp_path: Path) -> None:
    inventory = read({
        "one.csv": "id,vendor,country,colour\na,Acme,Nowhereland,=1+1\nb,Acme,GB,red\nb,Acme,GB,-5.5\n",
        "two.csv": "Hostname,vendor,Install Date\nc,Acme,2020-02-30\n",
    })  # fmt: skip
    target = tmp_path / "rejects.csv"
    assert write_rejects(reader, inventory, target) == 3
    with target.open(encoding="utf-8", newline="") as lines:
        found = list(csv.DictReader(lines))
    assert [(row["file"], row["record"], row["id"], row["Hostname"]) for row in found] == [
        ("one.csv", "2", "a", ""),
        ("one.csv", "4", "b", ""),
        ("two.csv", "2", "", "c"),
    ]
    assert [row["colour"] for row in found] == ["'=1+1", "-5.5", ""]
    assert "country: 'Nowhereland' is no country" in found[0]["faults"]
    assert "record 3 of one.csv" in found[1]["faults"]
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_mended_rejects_can_be_given_again(read: Read, reader: DuckDBReader, rows: Rows, tmp_path: Path) -> None:
    first = read("id,vendor,country,capabilities\na,Acme,Nowhereland,-visibility\n")
    target = tmp_path / "rejects.csv"
    write_rejects(reader, first, target)
    target.write_text(target.read_text().replace("Nowhereland", "GB"))
    again = read_inventory(reader, [target])
    assert again.rows_rejected == 0
    assert rows(again)[0]["capabilities"] == "-visibility"


def test_without_rejects_no_file_is_written(read: Read, reader: DuckDBReader, tmp_path: Path) -> None:
    assert write_rejects(reader, read("id,vendor\na,Acme\n"), tmp_path / "rejects.csv") == 0
    assert not (tmp_path / "rejects.csv").exists()


def test_headers_given_twice_are_kept_apart(read: Read, reader: DuckDBReader, tmp_path: Path) -> None:
    inventory = read("id,vendor,x,x\n,Acme,1,2\nb,Acme,,\n")
    write_rejects(reader, inventory, tmp_path / "rejects.csv")
    header, row = (tmp_path / "rejects.csv").read_text().splitlines()
    assert header == "file,record,faults,id,vendor,x,x (2)"
    assert row.endswith(",Acme,1,2")
