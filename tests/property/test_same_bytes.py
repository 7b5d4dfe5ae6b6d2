"""Invariant 5: same inputs, same bytes, whatever the process: its hash seed, threads, zone, language and folder."""

from __future__ import annotations

import csv
import io
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from telvet.backends.duckdb import DuckDB
from tests.property.one_run import FORMS
from tests.property.row_strategies import EQUIPMENT_CELLS
from tests.unit.assessment.toy_register import write_register
from tests.unit.packs.toy_law import ACME, CITES, ID, designation, pack_files, rule, write

ROOT = Path(__file__).parents[2]
FAST = {"equipment.generation": {"is": "5G"}}
TAGGED = {"equipment.site_tags": {"has": "guarded"}}
LEFT_OUT = {"country", "country_of_origin", "staff_country"}
RULES = (
    rule("core", {"when": {"all": [ACME, {"equipment.function": {"in": "core"}}]}, "by": "2021-01-01"}),
    rule("fast", {"when": {"any": [{"all": [ACME, FAST]}, TAGGED]}, "except": [{"id": "e", "when": FAST, "cites": CITES}]}),
    rule("new", {"effect": {"prohibit": "install"}, "from": "2020-06-01"}),
    rule("uses", {"subject": "operator", "when": {"operator.uses": ACME}, "effect": {"bar": "award"}}),
    rule("cap", {"share": {"of": ACME, "among": FAST, "by": ["sites", "traffic"], "at most": "20 %"}, "by": "2021-01-01",
                 "per": ["operator", "access_technology"]}),
)  # fmt: skip
METRICS = {"sites": {"count": "site", "mixed": "counts"}, "traffic": {"sum": "traffic"}}
SURROUNDINGS = (
    {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "4711", "TZ": "Asia/Tokyo", "LC_ALL": "C", "COLUMNS": "200"},
)


def write_boxes(path: Path, rows: int, seed: int) -> None:
    """Write random elements: blanks, disputed and unresolved makers, faulty cells."""
    chance = random.Random(seed)  # noqa: S311 - the same rows each time
    columns = [name for name in EQUIPMENT_CELLS if name not in LEFT_OUT]
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["id", *columns])
        for number in range(rows):
            cells = [chance.choice(["", "", *EQUIPMENT_CELLS[name]]) for name in columns]
            out.writerow([f"{path.stem}-{number}", *cells])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("world")
    both = [
        designation(tests="supplied", closure="affiliates"),
        designation("borea", vendor="borea", owned_on="making"),
    ]
    write(
        root / "packs",
        pack_files(*RULES, designations=both[:1], metrics=METRICS, functions={"core": ["core.auth", "li"]}),
    )
    borea = {"when": {"equipment.vendor": {"designated": "borea"}}, "binds": {"operator.roles": {"has": "mno"}}}
    write(root / "packs", pack_files(rule("rule", borea), id="xb.other", designations=both[1:], force="policy"))
    write_register(root / "catalog" / "vendors")
    write_boxes(root / "boxes.csv", 60, 1)
    write_boxes(root / "more.csv", 25, 2)
    (root / "operators.yaml").write_text("- {operator: north, roles: [mno, isp]}\n- {operator: west}\n", "utf-8")
    overlays = [
        f"- {{kind: waiver, subject: boxes-3, provision: {ID}, source: letter}}",
        f"- {{kind: extension, subject: north, provision: {ID}.core, to: 2022-01-01}}",
        "- {kind: site_tag, subject: s1, text: guarded}",
        "- {kind: attestation, subject: more-1, text: equipment.generation=5G}",
    ]
    (root / "overlays.yaml").write_text("\n".join(overlays), "utf-8")
    return root


@pytest.fixture(scope="module")
def reports(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Run twice, as different from one another as a process can be."""
    outs = (tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("other"))
    for threads, (out, surroundings) in enumerate(zip(outs, SURROUNDINGS, strict=True), 1):
        command = [sys.executable, "-m", "tests.property.one_run", str(folder), str(out), str(threads)]
        paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
        subprocess.run(command, check=True, cwd=out, env={**os.environ, "PYTHONPATH": paths, **surroundings})
    return outs


@pytest.mark.parametrize("form", FORMS)
def test_two_runs_give_the_same_bytes(reports: tuple[Path, Path], form: str) -> None:
    one, other = ((out / form).read_bytes() for out in reports)
    assert len(one) > 1000
    assert one == other


def test_two_runs_give_the_same_findings_as_parquet(reports: tuple[Path, Path]) -> None:
    one, other = (out / "parquet" for out in reports)
    with DuckDB(threads=1) as engine:
        assert engine.same_rows(one, other)
        marks = [engine.reader.parquet_marks(path) for path in (one, other)]
    assert marks[0] == marks[1]


def test_the_findings_of_all_forms_are_as_many(reports: tuple[Path, Path]) -> None:
    out = reports[0]
    lines = len((out / "jsonl").read_text("utf-8").splitlines())
    assert lines > 100
    records = list(csv.reader(io.StringIO((out / "csv").read_text("utf-8"), newline="")))
    assert len(records) in (lines, lines + 1)
