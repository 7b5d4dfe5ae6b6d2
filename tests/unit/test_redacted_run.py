"""A redacted run tells no secret in any of its forms: what the pipeline, the reports and the engine do together."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from telvet.pipeline import Request, Run, running, stored_run, write_parquet, write_report
from tests.unit.packs.toy_law import designation, pack_files, rule, write

ID, VENDOR = "xa.secret", "huawei"
MADE = {"equipment.vendor": {"designated": "named"}}
PERMITS = {"partner.country.permits": {"permits": {"vendor": VENDOR, "generation": "5G"}}}
BOXES = """\
id,operator,vendor,function,country,lifecycle,site
e1,north,Huawei,core.auth,France,live,attic-1
e2,north,,li,France,live,attic-2
e3,south,Huawei,core.auth,France,,attic-3
"""
PRIVATE = f"""\
- {{kind: waiver, subject: north, provision: {ID}.core, to: 2021-12-31, source: letter 7}}
- {{kind: permits, subject: DEU, text: {VENDOR}/5G, source: cable 9}}
"""
SECRETS = ("attic-", "letter 7", "cable 9", "2021-12-31", f"{VENDOR}/5G", '"e2"', ",e2,")
TEXTS = ("json", "jsonl", "csv", "html", "table")


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Request:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
    core = rule("core", {"when": {"all": [MADE, {"equipment.function": {"any of": ["core.auth", "li"]}}]}})
    named = designation("named", vendor=VENDOR, closure="affiliates")
    write(tmp_path / "law", pack_files(core, designations=[named], id=ID))
    release = rule("release", {"subject": "partner", "when": PERMITS, "effect": {"bar": "release"}})
    write(tmp_path / "law", pack_files(release, designations=[], id="xa.partners"))
    (tmp_path / "boxes.csv").write_text(BOXES, "utf-8")
    (tmp_path / "private.yaml").write_text(PRIVATE, "utf-8")
    return Request(
        inputs=(tmp_path / "boxes.csv",), laws=(ID, "xa.partners"), overlays=(tmp_path / "private.yaml",),
        packs=(tmp_path / "law",), redact=True, memory="300MiB", as_of=date(2021, 6, 15),
    )  # fmt: skip


def report(run: Run, form: str) -> str:
    out = io.StringIO()
    write_report(run, form, out)
    return out.getvalue()


def parquet_rows(run: Run, path: Path) -> list[dict[str, Any]]:
    count = write_parquet(run, path)
    result = run.backend.session.connection.execute("FROM read_parquet(?)", [str(path)])
    names = [column[0] for column in result.description or ()]
    rows = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    assert len(rows) == count
    return rows


def told(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


def test_no_form_tells_a_secret(asked: Request, tmp_path: Path) -> None:
    with running(asked) as run:
        assert {form: told(report(run, form)) for form in TEXTS} == {form: [] for form in TEXTS}
        assert told(json.dumps(parquet_rows(run, tmp_path / "report.parquet"))) == []


def test_without_redaction_they_are_all_told(asked: Request, tmp_path: Path) -> None:
    with running(replace(asked, redact=False)) as run:
        text = report(run, "jsonl") + json.dumps(parquet_rows(run, tmp_path / "report.parquet"))
        assert {"attic-", "letter 7", "2021-12-31", f"{VENDOR}/5G", '"e2"'} <= set(told(text))


def test_every_form_holds_the_same_findings(asked: Request, tmp_path: Path) -> None:
    with running(asked) as run:
        lines = [json.loads(line)["id"] for line in report(run, "jsonl").splitlines()]
        assert [one["id"] for one in json.loads(report(run, "json"))["findings"]] == lines
        rows = parquet_rows(run, tmp_path / "report.parquet")
        assert sorted(row["id"] for row in rows) == sorted(lines)
        assert {row["provision"] for row in rows} == {f"{ID}.core", "xa.partners.release"}


def test_the_account_of_every_form_counts_what_is_left(asked: Request, tmp_path: Path) -> None:
    with running(asked) as run:
        rows = parquet_rows(run, tmp_path / "report.parquet")
        marks = run.backend.reader.parquet_marks(tmp_path / "report.parquet")
        assert json.loads(marks["telvet-counts"])["findings"] == len(rows)
        assert json.loads(report(run, "json"))["counts"]["findings"] == len(rows)


def test_a_redacted_report_says_that_it_is_one(asked: Request, tmp_path: Path) -> None:
    with running(asked) as run:
        write_parquet(run, tmp_path / "report.parquet")
        (tmp_path / "report.json").write_text(report(run, "json"), "utf-8")
    assert stored_run(tmp_path / "report.parquet").redact
    assert stored_run(tmp_path / "report.json").redact
