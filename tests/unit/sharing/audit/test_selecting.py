from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from telvet.errors import AuditError
from telvet.sharing.audit.checking import verify_export
from telvet.sharing.audit.logs import begin_logs, key_in_export, logs, open_log
from telvet.sharing.audit.selecting import export_logs
from tests.unit.sharing.audit.logs import AT, event, page, signer

KEY = signer().key


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    log = begin_logs(tmp_path / "audit", signer(), at=AT, by="ana")
    log.append(page(1, 2))
    log.append(event())
    log.close()
    log = open_log(tmp_path / "audit", signer(), "serve-1", at=AT, by="ana")
    log.append(page(2, 3))
    log.close()
    return tmp_path / "audit"


def test_one_log_that_has_it_is_one_file(folder: Path, tmp_path: Path) -> None:
    assert export_logs(folder, KEY, tmp_path / "x.jsonl", objects={"indicator--1"}) == [(tmp_path / "x.jsonl", 1)]
    found = verify_export(tmp_path / "x.jsonl", KEY)
    assert (found.records, found.objects, found.complete) == (1, 1, False)
    assert "indicator--2" not in (tmp_path / "x.jsonl").read_text("utf-8")


def test_several_logs_that_have_it_are_a_file_each(folder: Path, tmp_path: Path) -> None:
    written = export_logs(folder, KEY, tmp_path / "x.jsonl", objects={"indicator--2"})
    assert [(path.name, count) for path, count in written] == [("x.main.jsonl", 1), ("x.serve-1.jsonl", 1)]
    assert [verify_export(path, key_in_export(path, KEY)).objects for path, _ in written] == [1, 1]


def test_records_are_chosen_by_log_number_and_time(folder: Path, tmp_path: Path) -> None:
    assert [count for _, count in export_logs(folder, KEY, tmp_path / "x")] == [3, 2]
    assert export_logs(folder, KEY, tmp_path / "x", only="serve-1") == [(tmp_path / "x", 2)]
    assert export_logs(folder, KEY, tmp_path / "x", records={2}) == [(tmp_path / "x", 1)]
    assert [count for _, count in export_logs(folder, KEY, tmp_path / "x", since=AT)] == [3, 2]
    assert export_logs(folder, KEY, tmp_path / "x", since=AT + timedelta(seconds=1)) == []


def test_a_kept_checkpoint_is_shown_to_have_grown(folder: Path, tmp_path: Path) -> None:
    kept = [text for log in logs(folder) if (text := log.storage.published())]
    log = open_log(folder, signer())
    log.append(event())
    log.close()
    export_logs(folder, KEY, tmp_path / "x", only="main", kept=kept)
    assert verify_export(tmp_path / "x", KEY, kept=kept[0]).size == 4


def test_nothing_leaves_without_main(folder: Path, tmp_path: Path) -> None:
    shutil.rmtree(folder / "main")
    with pytest.raises(AuditError):
        export_logs(folder, KEY, tmp_path / "x")
    assert not (tmp_path / "x").exists()
