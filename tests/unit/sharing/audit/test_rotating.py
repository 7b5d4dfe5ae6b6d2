from __future__ import annotations

import stat
from pathlib import Path

import pytest

from telvet.errors import WorkspaceError
from telvet.sharing.audit.key_files import keep_signer, read_signer
from telvet.sharing.audit.log import AuditLog
from telvet.sharing.audit.logs import begin_logs, logs, open_log, signer_for, verify_logs
from telvet.sharing.audit.rotating import rotate_logs
from tests.unit.sharing.audit.logs import AT, signer

OLD, NEW = signer(), signer(2)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    keep_signer(tmp_path / "audit.key", OLD)
    begin_logs(tmp_path / "audit", OLD, at=AT, by="ana").close()
    open_log(tmp_path / "audit", OLD, "serve-1", at=AT, by="ana").close()
    return tmp_path


def rotated(place: Path) -> int:
    new, changed = rotate_logs(place / "audit", place / "audit.key", at=AT, by="ben", why="yearly", made=lambda _: NEW)
    assert new == NEW
    return changed


def test_every_log_is_signed_by_the_new_key_and_the_old_one_is_gone(place: Path) -> None:
    assert rotated(place) == 2
    assert read_signer(place / "audit.key") == NEW
    assert stat.S_IMODE((place / "audit.key").stat().st_mode) == 0o600
    assert sorted(path.name for path in place.iterdir()) == ["audit", "audit.key"]
    for key in (OLD.key, NEW.key):
        assert [made.records for _, made in verify_logs(place / "audit", key)] == [2, 2]
    with pytest.raises(WorkspaceError) as caught:
        open_log(place / "audit", OLD)
    assert caught.value.code == "audit-wrong-key"
    open_log(place / "audit", NEW, "serve-2", at=AT, by="ana").close()
    assert len(verify_logs(place / "audit", OLD.key)) == 3


def test_whoever_is_interrupted_goes_on(place: Path) -> None:
    keep_signer(place / "audit.key.next", NEW)
    log = AuditLog.resume(logs(place / "audit")[0].storage, OLD)
    log.rotate(signer_for(NEW, "main"), at=AT, by="ben", why="yearly")
    log.close()
    assert rotated(place) == 1
    assert [made.records for _, made in verify_logs(place / "audit", NEW.key)] == [2, 2]


def test_nothing_changes_while_another_program_writes(place: Path) -> None:
    log = open_log(place / "audit", OLD, "serve-1")
    with pytest.raises(WorkspaceError) as caught:
        rotated(place)
    assert caught.value.code == "audit-locked"
    assert read_signer(place / "audit.key") == OLD
    log.close()
    assert rotated(place) == 2
