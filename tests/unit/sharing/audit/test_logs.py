from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from telvet.errors import AuditError, UsageError, WorkspaceError
from telvet.sharing.audit.exporting import export
from telvet.sharing.audit.logs import (
    MAIN,
    begin_logs,
    key_in_export,
    key_of,
    logs,
    notes_in,
    open_log,
    signer_for,
    trusted_key,
    verify_logs,
)
from tests.unit.sharing.audit.logs import AT, NAME, event, page, signer

KEY = signer().key


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the logs of commands and of two processes."""
    begin_logs(tmp_path / "audit", signer(), at=AT, by="ana").close()
    for name in ("serve-2", "serve-1", MAIN):
        log = open_log(tmp_path / "audit", signer(), name, at=AT, by="ana")
        log.append(page(1, 2), event())
        log.close()
    return tmp_path / "audit"


def test_each_process_has_a_log_and_all_are_verified_with_one_key(folder: Path) -> None:
    found = verify_logs(folder, KEY)
    assert [log.name for log, _ in found] == [MAIN, "serve-1", "serve-2"]
    assert [(made.records, made.objects) for _, made in found] == [(3, 2)] * 3
    assert [made.keys[0].name for _, made in found] == [NAME, f"{NAME}/serve-1", f"{NAME}/serve-2"]


def test_no_two_logs_sign_for_one_origin() -> None:
    assert key_of(KEY, MAIN) == KEY
    assert key_of(KEY, "a").key_id != key_of(KEY, "b").key_id != KEY.key_id
    assert signer_for(signer(), "a").key == key_of(KEY, "a")


def test_kept_checkpoints_are_told_apart_by_their_logs(folder: Path) -> None:
    kept = [text for log in logs(folder) if (text := log.storage.published())]
    assert notes_in("\n".join(kept)) == notes_in("".join(kept)) == kept
    assert notes_in("") == notes_in("\n\n") == []
    assert len(verify_logs(folder, KEY, kept)) == 3
    shutil.rmtree(folder / "serve-1")
    assert len(verify_logs(folder, KEY)) == 2
    with pytest.raises(AuditError) as caught:
        verify_logs(folder, KEY, kept)
    assert (caught.value.code, caught.value.exit_code) == ("audit-gone", 1)


def test_a_checkpoint_of_somebody_else_is_told(folder: Path) -> None:
    for text in ("x", "other.example\n0\nAAAA\n\n\u2014 other.example AAAAAAA=\n"):
        with pytest.raises(WorkspaceError) as caught:
            verify_logs(folder, KEY, [text])
        assert caught.value.code == "audit-kept"


def test_a_log_under_another_key_is_told(folder: Path) -> None:
    shutil.rmtree(folder / "serve-1")
    begin_logs(folder.parent / "other", signer(3), at=AT, by="eve").close()
    open_log(folder.parent / "other", signer(3), "serve-1", at=AT, by="eve").close()
    (folder.parent / "other" / "serve-1").rename(folder / "serve-1")
    with pytest.raises(WorkspaceError) as caught:
        verify_logs(folder, KEY)
    assert caught.value.code == "audit-wrong-key"


def test_without_main_there_is_no_trust(folder: Path) -> None:
    shutil.rmtree(folder / MAIN)
    with pytest.raises(AuditError):
        verify_logs(folder, KEY)
    with pytest.raises(WorkspaceError) as caught:
        open_log(folder, signer(), at=AT, by="ana")
    assert caught.value.code == "audit-missing"
    with pytest.raises(WorkspaceError):
        open_log(folder, signer(), "serve-3", at=AT, by="ana")


def test_a_log_that_is_not_asked_for_is_not_begun(folder: Path) -> None:
    with pytest.raises(WorkspaceError) as caught:
        open_log(folder, signer(), "serve-3")
    assert caught.value.code == "audit-missing"
    with pytest.raises(WorkspaceError):
        begin_logs(folder, signer(), at=AT, by="ana")


@pytest.mark.parametrize("name", ["", "A", "../x", "a/b", "a b", "-a", "a.b"])
def test_a_log_has_a_plain_name(folder: Path, name: str) -> None:
    with pytest.raises(UsageError) as caught:
        open_log(folder, signer(), name, at=AT, by="ana")
    assert caught.value.code == "audit-name"


def test_one_writes_and_another_waits_no_longer_than_it_says(folder: Path) -> None:
    log = open_log(folder, signer())
    with pytest.raises(WorkspaceError) as caught:
        open_log(folder, signer(), patience=0.05)
    assert caught.value.code == "audit-locked"
    log.close()
    open_log(folder, signer(), patience=0.05).close()


def test_where_nothing_is_there_is_no_log(tmp_path: Path) -> None:
    (tmp_path / "audit").mkdir()
    (tmp_path / "audit" / "Odd").mkdir()
    for folder in (tmp_path / "audit", tmp_path / "nothing"):
        with pytest.raises(WorkspaceError) as caught:
            logs(folder)
        assert caught.value.code == "audit-missing"


def test_a_log_whose_beginning_cannot_be_read_is_told(folder: Path) -> None:
    found = {log.name: log for log in logs(folder)}
    assert trusted_key(found["serve-1"], [signer(2).key, KEY]) == key_of(KEY, "serve-1")
    segment = folder / "serve-1" / "00000001.segment"
    segment.write_bytes(segment.read_bytes().splitlines(keepends=True)[0])
    with pytest.raises(WorkspaceError) as caught:
        trusted_key(found["serve-1"], [KEY])
    assert caught.value.code == "audit-missing"


def test_the_key_of_an_export_follows_from_the_key_of_main(folder: Path, tmp_path: Path) -> None:
    for log in logs(folder):
        export(log.storage, key_of(KEY, log.name), tmp_path / "export")
        assert key_in_export(tmp_path / "export", KEY) == key_of(KEY, log.name)
    (tmp_path / "export").write_bytes(b"x")
    assert key_in_export(tmp_path / "export", KEY) == key_in_export(tmp_path / "none", KEY) == KEY
