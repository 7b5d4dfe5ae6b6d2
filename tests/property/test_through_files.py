"""What vectors say comes out the same through files: packs in YAML, rows in CSV, the pipeline from end to end."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from telvet import pipeline
from telvet.catalog.places import Places
from telvet.catalog.positions import read_catalogue
from telvet.inventory import cells
from telvet.packs.law import load_law
from telvet.tables.beside import ARRANGEMENTS, OPERATORS, OVERLAYS, PARTNERS
from telvet.tables.columns import Table
from telvet.tables.equipment import EQUIPMENT
from tests.oracle.register import Row
from tests.oracle.vectors import FOLDER, SHOWN, Vector, read_vectors
from tests.property.engine import places_of, plain, register_of

TOY_COUNTRIES = {code: f"Toyland {code}" for code in ("XAA", "XBB", "XCC", "XDD", "XEE", "XZZ")}


def longest_of_each_file() -> list[Vector]:
    """Return the vectors with most rows, of those that files alone can tell."""
    files = {"arrangements"}
    told = (
        [each for each in read_vectors(path) if each.abroad.keys() <= files] for path in sorted(FOLDER.glob("*.yaml"))
    )
    return [max(vectors, key=lambda vector: len((*vector.equipment, *vector.partners))) for vectors in told if vectors]


def write_rows(path: Path, table: Table, rows: Sequence[Row]) -> tuple[Path, ...]:
    """Write a table; nothing where it has no rows, for telvet refuses an empty file."""
    if not rows:
        return ()
    with path.open("w", encoding="utf-8", newline="") as file:
        columns = [name for name in table.names if not name.startswith("origin_")]
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([row.get(column) or "" for column in columns] for row in rows)
    return (path,)


def write_pack(folder: Path, files: dict[str, Any]) -> None:
    for name, document in files.items():
        path = folder / files["pack.yaml"]["id"].replace(".", "/") / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(document, sort_keys=False), "utf-8")


@pytest.fixture(params=longest_of_each_file(), ids=lambda vector: vector.name)
def vector(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Vector]:
    """A vector in whose world telvet stands: its register, its places, its packs and no others."""
    vector: Vector = request.param
    places = Places(TOY_COUNTRIES, {code.casefold(): code for code in TOY_COUNTRIES}, places_of(vector.register).unions)
    read_catalogue()  # what ships is of the real world, whichever test comes first
    monkeypatch.setattr("telvet.catalog.places._shipped", lambda: places)
    monkeypatch.setattr(pipeline, "register_of", lambda: register_of(json.dumps(vector.register, sort_keys=True)))
    monkeypatch.setattr(pipeline, "law_of", load_law)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    cells.shipped_words.cache_clear()
    yield vector
    cells.shipped_words.cache_clear()


def test_a_vector_comes_out_the_same_through_files(vector: Vector, tmp_path: Path) -> None:
    for files in vector.packs:
        write_pack(tmp_path / "packs", dict(files))
    request = pipeline.Request(
        inputs=write_rows(tmp_path / "inventory.csv", EQUIPMENT, vector.equipment or [{"id": "none"}]),
        as_of=vector.day,
        laws=tuple(files["pack.yaml"]["id"] for files in vector.packs),
        operators=write_rows(tmp_path / "operators.csv", OPERATORS, vector.operators),
        overlays=write_rows(tmp_path / "overlays.csv", OVERLAYS, vector.overlays),
        partners=write_rows(tmp_path / "partners.csv", PARTNERS, vector.partners),
        arrangements=write_rows(tmp_path / "arrangements.csv", ARRANGEMENTS, vector.abroad.get("arrangements", ())),
        packs=(tmp_path / "packs",),
    )
    with pipeline.running(request) as run:
        found = [plain(finding) for finding in run.findings()]
        assert run.inventory.rows_rejected == 0
    shown = [{part: finding[part] for part in SHOWN} for finding in found]
    assert sorted(shown, key=str) == sorted(({part: each[part] for part in SHOWN} for each in vector.expect), key=str)
