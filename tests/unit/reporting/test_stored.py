from __future__ import annotations

import io
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from telvet.errors import ReportError
from telvet.model.finding import Assessment
from telvet.reporting import html, jsonl
from telvet.reporting import json as json_report
from telvet.reporting.run import run_about, run_object
from telvet.reporting.stored import RUN_MARK, StoredRun, read_stored
from telvet.tables.reading import ReadingRefused
from tests.unit.reporting import sample


def no_marks(path: Path) -> Mapping[str, str]:
    raise AssertionError(path)


def kept(folder: Path, form: str, assessment: Assessment) -> Path:
    out, path = io.StringIO(), folder / "report"
    {"json": json_report, "html": html, "jsonl": jsonl}[form].write(assessment, out)
    path.write_text(out.getvalue(), "utf-8")
    return path


def assessment(**changes: Any) -> Assessment:
    return sample.assessment(**{"options": {}, "laws": ("all", "gbr"), **changes})


def as_told(form: str, said: Assessment) -> StoredRun:
    return StoredRun(
        form=form,
        telvet="0.1.0",
        as_of=sample.AS_OF,
        laws=("all", "gbr"),
        maps={},
        sheet=None,
        redact=False,
        recorded_by=None,
        inputs=tuple((read.name, read.digest, read.format) for read in said.inputs),
        beside=tuple((read.name, read.digest, read.format) for read in said.beside),
        packs={pack.id: pack.digest for pack in said.packs},
        catalogue=said.catalogue,
    )


@pytest.mark.parametrize("form", ["json", "html"])
def test_a_text_report_carries_the_run_that_made_it(tmp_path: Path, form: str) -> None:
    said = assessment()
    assert read_stored(kept(tmp_path, form, said), no_marks) == as_told(form, said)


def test_a_parquet_report_carries_the_run_in_its_metadata(tmp_path: Path) -> None:
    path, said = tmp_path / "report", assessment()
    path.write_bytes(b"PAR1 and the rest")
    asked: list[Path] = []

    def marks(path: Path) -> Mapping[str, str]:
        asked.append(path)
        return {"other": "{}", **run_about(said)}

    assert read_stored(path, marks) == as_told("parquet", said)
    assert asked == [path]


@pytest.mark.parametrize("form", ["json", "html"])
def test_options_are_read_back_as_they_were_asked(tmp_path: Path, form: str) -> None:
    options = {
        "sheet": "Core",
        "maps": '{"Ger\\u00e4t; a=b": "id", "</script><b>": "", "x": "manufacturer"}',
        "redact": "yes",
        "recorded_by": "2024-01-15T09:30:00.000000Z",
    }
    told = read_stored(kept(tmp_path, form, assessment(options=options)), no_marks)
    assert told.sheet == "Core"
    assert told.maps == {"Ger\u00e4t; a=b": "id", "</script><b>": "", "x": "manufacturer"}
    assert list(told.maps) == ["Ger\u00e4t; a=b", "</script><b>", "x"]
    assert told.redact is True
    assert told.recorded_by == datetime(2024, 1, 15, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize("form", ["json", "html"])
def test_a_name_that_would_end_the_pages_data_is_read_back_whole(tmp_path: Path, form: str) -> None:
    said = assessment()
    hostile = assessment(laws=("</script>", "<!-- <script>", "\u2028\\/"), as_of=date(2024, 2, 29))
    told = read_stored(kept(tmp_path, form, hostile), no_marks)
    assert (told.laws, told.as_of) == (("</script>", "<!-- <script>", "\u2028\\/"), date(2024, 2, 29))
    assert told.inputs == as_told(form, said).inputs


def without(key: str) -> str:
    return json.dumps({name: value for name, value in run_object(assessment()).items() if name != key})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        '"text"',
        "{",
        "not a report",
        "<html></html>",
        '<script type="application/json" id="telvet-run">{</script>',
        json.dumps({**json.loads(without("x")), "as_of": "15 January 2024"}),
        json.dumps({**json.loads(without("x")), "as_of": 20240115}),
        json.dumps({**json.loads(without("x")), "inputs": [{"name": "a.csv"}]}),
        json.dumps({**json.loads(without("x")), "options": []}),
        json.dumps({**json.loads(without("x")), "options": {"maps": "a=b"}}),
        *[
            without(key)
            for key in ("telvet", "as_of", "laws", "options", "inputs", "beside", "packs", "catalogue")
        ],
    ],
)  # fmt: skip
def test_what_is_no_report_is_refused_and_said_why(tmp_path: Path, text: str) -> None:
    path = tmp_path / "report"
    path.write_text(text, "utf-8")
    with pytest.raises(ReportError) as caught:
        read_stored(path, no_marks)
    assert (caught.value.code, caught.value.where) == ("report", str(path))
    assert caught.value.why
    assert caught.value.fix


def test_lines_carry_no_run(tmp_path: Path) -> None:
    with pytest.raises(ReportError):
        read_stored(kept(tmp_path, "jsonl", assessment()), no_marks)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "report"
    path.write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(ReportError):
        read_stored(path, no_marks)


@pytest.mark.parametrize("marks", [{}, {RUN_MARK: "{"}, {RUN_MARK: "{}"}])
def test_a_parquet_file_of_another_kind_is_refused(tmp_path: Path, marks: dict[str, str]) -> None:
    path = tmp_path / "report"
    path.write_bytes(b"PAR1")
    with pytest.raises(ReportError):
        read_stored(path, lambda _path: marks)


def test_a_parquet_file_that_the_engine_cannot_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "report"
    path.write_bytes(b"PAR1")

    def broken(path: Path) -> Mapping[str, str]:
        raise ReadingRefused(str(path))

    with pytest.raises(ReportError):
        read_stored(path, broken)


def test_a_report_that_is_not_there_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="cannot read the report"):
        read_stored(tmp_path / "missing", no_marks)
