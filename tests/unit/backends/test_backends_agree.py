"""Rows of a file judged by the default engine come out as the same rows held in memory."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from telvet.assessment.assess import assess
from telvet.assessment.findings import Findings
from telvet.assessment.texts import finding_texts
from telvet.backends.duckdb import DuckDB
from telvet.inventory.read import read_inventory
from telvet.lawcheck.rows import Rows
from telvet.model.finding import Finding
from telvet.model.law import Pack
from tests.unit.assessment.toy_world import Cells, knowledge, row
from tests.unit.packs.toy_law import ACME, ID, pack, rule

CORE = {"equipment.function": {"is": "core.auth"}}
SHARE = {"of": ACME, "among": CORE, "by": ["sites", "traffic"], "at most": "35 %"}
METRICS = {"sites": {"count": "site", "mixed": "counts"}, "traffic": {"sum": "traffic"}}
LAW = pack(
    rule("core", {"when": {"all": [ACME, CORE]}, "by": "2021-01-01"}),
    rule("install", {"effect": {"prohibit": "install"}, "from": "2020-06-01"}),
    rule("cap", {"share": SHARE, "by": "2021-01-01"}),
    rule("uses", {"subject": "operator", "when": {"operator.uses": ACME}, "effect": {"bar": "award"}}),
    metrics=METRICS,
)
BOXES = (
    row("e1", function="core.auth", site="s", traffic="1.5", mac="a00001000001"),
    row("e2", function="core.auth", site="s", manufacturer="Borea AG", traffic="2"),
    row("e3", function="core.auth", manufacturer=None, sys_object_id="1.3.6.1.4.1.4001.7", installed_on="2020Q4"),
    row("e4", manufacturer="Nobody \u8a2d\u5099 'Inc'", site='it\'s; a "site"', function="li"),
    row("e5", installed_on="2021-07-01", lifecycle="planned"),
    row("e6", operator="south", function="core.auth", traffic="1"),
    row("e7", operator=None, manufacturer=None),
)
OVERLAYS = (
    {"kind": "waiver", "subject": "e1", "provision": f"{ID}.core", "from": "2021-01-01", "to": "2021-12-31"},
    {"kind": "attestation", "subject": "e7", "text": "equipment.manufacturer=Acme Ltd"},
    {"kind": "site_tag", "subject": "s", "text": "guarded"},
    {"kind": "extension", "subject": "south", "provision": ID, "from": "2021-01-01", "to": "2022-01-01"},
)


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckDB]:
    with DuckDB(memory="300MiB", threads=1) as engine:
        yield engine


def by_duckdb(engine: DuckDB, folder: Path, *given: Cells, **known: Any) -> list[Finding]:
    path = folder / "boxes.jsonl"
    path.write_text("\n".join(json.dumps({k: v for k, v in each.items() if v is not None}) for each in given), "utf-8")
    inventory = read_inventory(engine.reader, [path])
    judged = assess(engine, inventory.relation, knowledge(LAW, **known))
    return list(Findings(engine, judged, {}, ("boxes.jsonl",))())


def by_rows(*given: Cells, **known: Any) -> list[Finding]:
    backend = Rows()
    rows = [{**each, "origin_file": "boxes.jsonl", "origin_row": number} for number, each in enumerate(given, 1)]
    judged = assess(backend, backend.table(rows), knowledge(LAW, **known))
    return list(Findings(backend, judged, {}, ("boxes.jsonl",))())


@pytest.mark.parametrize("day", [date(2021, 1, 1), date(2021, 6, 15)])
@pytest.mark.parametrize("overlays", [(), OVERLAYS], ids=["plain", "overlaid"])
def test_a_file_is_judged_as_its_rows_in_memory_are(
    engine: DuckDB, tmp_path: Path, day: date, overlays: tuple[dict[str, str], ...]
) -> None:
    found = by_duckdb(engine, tmp_path, *BOXES, on=day, overlays=overlays)
    assert found == by_rows(*BOXES, on=day, overlays=overlays)
    assert found


def test_the_order_is_that_of_files_as_given_then_records_then_provisions(engine: DuckDB, tmp_path: Path) -> None:
    for name, identifiers in (("z.csv", ("b", "a")), ("a.csv", ("d", "c"))):
        lines = ["id,operator,manufacturer,function", *(f"{one},north,Acme Ltd,core.auth" for one in identifiers)]
        (tmp_path / name).write_text("\n".join(lines), "utf-8")
    inventory = read_inventory(engine.reader, [tmp_path / "z.csv", tmp_path / "a.csv"])
    judged = assess(engine, inventory.relation, knowledge(LAW))
    found = [one for one in Findings(engine, judged, {}, ("z.csv", "a.csv"))() if one.equipment]
    assert [one.equipment for one in found] == [name for name in "badc" for _ in range(3)]
    assert [one.provision for one in found[:3]] == [f"{ID}.core", f"{ID}.install", f"{ID}.uses"]


def test_a_file_of_findings_has_the_same_columns_whatever_was_found(engine: DuckDB, tmp_path: Path) -> None:
    def columns(law: Pack, maker: str) -> list[tuple[str, str]]:
        (tmp_path / "boxes.csv").write_text(
            f"id,operator,manufacturer,function,site\ne1,north,{maker},core.auth,s\n", "utf-8"
        )
        inventory = read_inventory(engine.reader, [tmp_path / "boxes.csv"])
        judged = assess(engine, inventory.relation, knowledge(law))
        texts = finding_texts(Findings(engine, judged, {}, ("boxes.csv",)), {})
        path = tmp_path / f"{engine.session.name('report')}.parquet"
        engine.write_findings(judged.findings, texts, path)
        told = engine.session.connection.execute("DESCRIBE FROM read_parquet(?)", [str(path)]).fetchall()
        return [(name, kind) for name, kind, *_ in told]

    share = rule("cap", {"share": {**SHARE, "by": ["sites"]}, "by": "2021-01-01"})
    both = columns(LAW, "Acme Ltd")
    assert ("status", "VARCHAR") in both
    assert ("origin_row", "BIGINT") in both
    assert columns(pack(), "Acme Ltd") == both, "findings about elements alone"
    assert columns(pack(share, metrics=METRICS), "Acme Ltd") == both, "findings about networks alone"
    assert columns(LAW, "Borea AG") == both, "no finding"


def test_a_session_that_cannot_begin_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(duckdb.Error):
        DuckDB(memory="lots")
    assert list(tmp_path.iterdir()) == []
