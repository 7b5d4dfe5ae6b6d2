from __future__ import annotations

import json
import stat
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from telvet.assessment.assess import assess
from telvet.assessment.findings import Findings
from telvet.assessment.knowledge import Knowledge
from telvet.assessment.texts import finding_texts
from telvet.backends.duckdb import DuckDB
from tests.unit.assessment.toy_world import FILE, knowledge, row, rows_of
from tests.unit.backends.engines import hold
from tests.unit.packs.toy_law import ACME, ID, pack, rule

FAST = {"equipment.generation": {"is": "5G"}}
USES = {"subject": "operator", "when": {"operator.uses": ACME}, "effect": {"bar": "award"}}
SHARE = {"share": {"of": ACME, "among": FAST, "by": ["sites"], "at most": "0 %"}, "by": "2021-01-01"}
METRICS = {"sites": {"count": "site", "mixed": "counts"}}
LAW = pack(rule("fast", {"when": {"all": [ACME, FAST]}}), rule("uses", USES), rule("cap", SHARE), metrics=METRICS)
GIVEN = (
    row("e1", generation="5G", site="s1", country="XAA"), row("e2", operator=None, site="s2", manufacturer="Airwave"),
    row("e3", manufacturer="Borea AG"), row("o'e4", manufacturer="Nobody Inc", generation="5G"),
)  # fmt: skip


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckDB]:
    with DuckDB(threads=1) as opened:
        yield opened


def judged(engine: DuckDB, known: Knowledge, *given: Mapping[str, str | int | None]) -> Findings:
    return Findings(engine, assess(engine, hold(engine, rows_of(*given)), known), {}, (FILE,))


def written(
    engine: DuckDB, path: Path, known: Knowledge, *given: Mapping[str, str | int | None], redact: bool = False
) -> list[dict[str, Any]]:
    found = judged(engine, known, *given)
    texts = finding_texts(found, {"telvet-run": "{}"}, redact=redact)
    count = engine.write_findings(found.judgement.findings, texts, path)
    rows = read(engine, path)
    assert count == len(rows)
    return rows


def read(engine: DuckDB, path: Path) -> list[dict[str, Any]]:
    result = engine.session.connection.execute("SELECT * FROM read_parquet(?)", [str(path)])
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, values, strict=True)) for values in result.fetchall()]


def told(rows: Sequence[Mapping[str, Any]], *parts: str) -> list[tuple[Any, ...]]:
    return sorted((tuple(each[part] for part in parts) for each in rows), key=str)


def test_a_file_holds_every_finding_as_people_read_them(engine: DuckDB, tmp_path: Path) -> None:
    known = knowledge(LAW)
    rows = written(engine, tmp_path / "findings.parquet", known, *GIVEN)
    shown = list(judged(engine, known, *GIVEN)())
    assert len(rows) == len(shown) > 5
    assert told(rows, "id", "provision", "status", "equipment", "operator", "country", "missing", "grade") == sorted(
        (
            (
                each.id, each.provision, each.status.value, each.equipment, each.operator, each.country,
                "; ".join(each.missing), each.grade.value,
            )
            for each in shown
        ),
        key=str,
    )  # fmt: skip


def test_a_row_knows_its_maker_and_its_place(engine: DuckDB, tmp_path: Path) -> None:
    rows = written(engine, tmp_path / "f.parquet", knowledge(LAW), *GIVEN)
    (found,) = (each for each in rows if each["equipment"] == "e1" and each["provision"] == f"{ID}.fast")
    assert {part: found[part] for part in ("site", "organisation", "vendor_group", "relation", "tier", "origin_file", "origin_row")} == {
        "site": "s1", "organisation": "acme", "vendor_group": "acme", "relation": "owned", "tier": "legal alias",
        "origin_file": FILE, "origin_row": 2,
    }  # fmt: skip
    (nobody,) = (each for each in rows if each["equipment"] == "o'e4" and each["provision"] == f"{ID}.fast")
    assert (nobody["organisation"], nobody["candidates"]) == (None, "Nobody Inc")
    (network,) = (each for each in rows if each["subject"] == "network" and each["status"] == "contravention")
    assert (network["subject_id"], network["equipment"], network["origin_row"]) == ("north", None, None)


def test_findings_without_elements_alone_make_a_file(engine: DuckDB, tmp_path: Path) -> None:
    law = pack(rule("cap", SHARE), metrics=METRICS)
    (only,) = written(engine, tmp_path / "f.parquet", knowledge(law), GIVEN[0])
    assert (only["provision"], only["status"]) == (f"{ID}.cap", "contravention")


def test_no_findings_make_a_file_without_rows(engine: DuckDB, tmp_path: Path) -> None:
    assert written(engine, tmp_path / "f.parquet", knowledge(LAW), row(manufacturer="Borea AG")) == []


def test_a_file_says_what_run_made_it_whatever_the_text(engine: DuckDB, tmp_path: Path) -> None:
    found = judged(engine, knowledge(LAW), *GIVEN)
    run = json.dumps({"name": "o'neil's \"boxes\".csv; {x: 'y'}", "more": "é\n"})
    path = tmp_path / "o'neil.parquet"
    engine.write_findings(found.judgement.findings, finding_texts(found, {"telvet-run": run, "other": "1"}), path)
    assert engine.reader.parquet_marks(path)["telvet-run"] == run
    assert engine.reader.parquet_marks(path)["other"] == "1"


def test_a_file_is_its_owners_alone_even_where_one_stood_open(engine: DuckDB, tmp_path: Path) -> None:
    path = tmp_path / "f.parquet"
    path.write_text("old", "utf-8")
    path.chmod(0o644)
    written(engine, path, knowledge(LAW), *GIVEN)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_redacted_file_withholds_intercept_and_sites(engine: DuckDB, tmp_path: Path) -> None:
    given = (*GIVEN, row("secret", generation="5G", function="core.auth;li", site="s3"))
    plain = written(engine, tmp_path / "plain.parquet", knowledge(LAW), *given)
    redacted = written(engine, tmp_path / "redacted.parquet", knowledge(LAW), *given, redact=True)
    assert {each["equipment"] for each in plain} - {each["equipment"] for each in redacted} == {"secret"}
    assert {each.get("site") for each in redacted} == {None}
    assert {each["site"] for each in plain} > {"s1", "s3"}


def test_a_redacted_file_masks_private_orders(engine: DuckDB, tmp_path: Path) -> None:
    waiver = [{"kind": "waiver", "subject": "north", "provision": ID, "source": "letter 7", "to": "2022-01-01"}]
    known = knowledge(LAW, overlays=waiver)
    rows = written(engine, tmp_path / "f.parquet", known, *GIVEN, redact=True)
    waived = [each for each in rows if each["status"] == "waived"]
    assert waived
    assert {(each["excused_by"], each["until"]) for each in waived} == {("redacted", None)}


def test_the_same_judgement_gives_files_of_the_same_content(engine: DuckDB, tmp_path: Path) -> None:
    one, other, fewer = (tmp_path / f"{name}.parquet" for name in ("one", "other", "fewer"))
    written(engine, one, knowledge(LAW), *GIVEN)
    with DuckDB(threads=2) as second:
        written(second, other, knowledge(LAW), *GIVEN)
    written(engine, fewer, knowledge(LAW), *GIVEN[:2])
    assert engine.same_rows(one, other)
    assert not engine.same_rows(one, fewer)
