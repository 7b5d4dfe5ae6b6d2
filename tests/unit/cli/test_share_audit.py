from __future__ import annotations

from pathlib import Path

import pytest

from telvet.cli.share_audit import command
from telvet.errors import UsageError, WorkspaceError
from telvet.sharing.audit.key_files import read_signer, read_verifier


def run(*arguments: object) -> int:
    code: int = command.main([str(one) for one in arguments], standalone_mode=False)
    return code


def init(place: Path, *more: object) -> int:
    return run("init", "-w", place / "w", "--name", "example.org/x", "--by", "ann", *more)


def test_the_key_may_lie_elsewhere(tmp_path: Path) -> None:
    assert init(tmp_path, "--key", tmp_path / "k") == 0
    assert read_signer(tmp_path / "k").key == read_verifier(tmp_path / "w" / "audit.pub")
    assert not (tmp_path / "w" / "audit.key").exists()
    assert run("rotate", "-w", tmp_path / "w", "--key", tmp_path / "k", "--by", "ben", "--why", "x") == 0
    assert read_signer(tmp_path / "k").key == read_verifier(tmp_path / "w" / "audit.pub")
    assert run("verify", "-w", tmp_path / "w") == 0


def test_a_log_that_cannot_begin_leaves_no_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise WorkspaceError("no room", code="audit-full")

    monkeypatch.setattr("telvet.sharing.audit.logs.begin_logs", refused)
    with pytest.raises(WorkspaceError):
        init(tmp_path)
    assert not (tmp_path / "w" / "audit.key").exists()
    monkeypatch.undo()
    assert init(tmp_path) == 0


def test_a_checkpoint_that_is_none_is_not_kept(tmp_path: Path) -> None:
    init(tmp_path)
    (tmp_path / "w" / "audit" / "main" / "checkpoint").write_text("x")
    with pytest.raises(WorkspaceError) as caught:
        run("status", "-w", tmp_path / "w", "--keep", tmp_path / "kept")
    assert caught.value.code == "audit-altered"
    assert not (tmp_path / "kept").exists()


def test_what_was_begun_and_not_acknowledged_is_said_to_be_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    init(tmp_path)
    (tmp_path / "w" / "audit" / "main" / "checkpoint").unlink()
    assert run("status", "-w", tmp_path / "w") == 0
    assert "nothing was acknowledged yet" in capsys.readouterr().out


def test_nothing_is_verified_without_a_public_key(tmp_path: Path) -> None:
    init(tmp_path)
    (tmp_path / "w" / "audit.pub").unlink()
    with pytest.raises(UsageError) as caught:
        run("verify", "-w", tmp_path / "w")
    assert caught.value.code == "audit-key-unreadable"
