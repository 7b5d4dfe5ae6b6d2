from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from telvet.cli.replay_parts import files_at_hand, refuse_missing, request_of, shows_decisions, under_old_names
from telvet.errors import ReportError
from telvet.reporting.stored import StoredRun


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


STORED = StoredRun(
    form="json", telvet="0.0.1", as_of=date(2024, 1, 15), laws=("gbr",), maps={}, sheet=None, redact=False,
    recorded_by=datetime(2024, 2, 1, tzinfo=UTC), inputs=(("list.csv", digest("rows"), "csv"),),
    beside=(("who.yaml", digest("who"), "operators yaml"), ("orders.yaml", digest("orders"), "overlays yaml")),
    packs={"gbr.huawei-direction-2022": "0" * 64}, catalogue="1" * 64,
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "list.csv").write_text("rows")
    (tmp_path / "who.yaml").write_text("who")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "renamed.yaml").write_text("orders")
    return tmp_path


def test_files_are_found_beside_the_report_and_by_digest(folder: Path) -> None:
    found = files_at_hand(STORED, [folder / "other"], folder / "report.json")
    assert found == {
        digest("rows"): folder / "list.csv",
        digest("who"): folder / "who.yaml",
        digest("orders"): folder / "other" / "renamed.yaml",
    }


def test_a_report_cannot_make_a_device_be_read(tmp_path: Path) -> None:
    endless = replace(STORED, inputs=(("/dev/zero", digest("rows"), "csv"),), beside=())
    assert files_at_hand(endless, [], tmp_path / "report.json") == {}


def test_a_file_is_given_under_the_name_that_the_report_knows(folder: Path, tmp_path: Path) -> None:
    found = files_at_hand(STORED, [folder / "other"], folder / "report.json")
    named = under_old_names(STORED, found, tmp_path)
    assert named[digest("orders")].name == "orders.yaml"
    assert named[digest("orders")].read_text() == "orders"
    assert named[digest("rows")] == folder / "list.csv"


def test_the_request_is_that_of_the_report(folder: Path) -> None:
    found = files_at_hand(STORED, [folder / "other"], folder / "report.json")
    request = request_of(replace(STORED, maps={"a=b": "id"}, sheet="Core", redact=True), found, ())
    assert request.inputs == (folder / "list.csv",)
    assert request.operators == (folder / "who.yaml",)
    assert request.overlays == (folder / "other" / "renamed.yaml",)
    assert request.sheet == "Core"
    assert (request.as_of, request.laws, request.maps, request.redact) == (
        date(2024, 1, 15),
        ("gbr",),
        {"a=b": "id"},
        True,
    )


def test_every_missing_part_is_named(folder: Path) -> None:
    with pytest.raises(ReportError) as caught:
        refuse_missing(STORED, {digest("who"): folder / "who.yaml"}, (), folder / "report.json", None)
    assert [(fault.file, fault.code) for fault in caught.value.faults] == [
        ("list.csv", "replay-file"),
        ("orders.yaml", "replay-file"),
        ("gbr.huawei-direction-2022", "replay-pack"),
        ("catalogue", "replay-catalogue"),
        ("telvet", "replay-version"),
        ("workspace", "replay-workspace"),
    ]


def test_parquet_holds_no_decisions_and_needs_no_workspace() -> None:
    assert shows_decisions(STORED)
    assert not shows_decisions(replace(STORED, form="parquet"))
    assert not shows_decisions(replace(STORED, recorded_by=None))
