from __future__ import annotations

from pathlib import Path

import pytest

from telvet.cli.share_audit import command
from telvet.cli.share_audit_exports import export, prove, verify_exported
from telvet.errors import InputError, UsageError


@pytest.fixture
def place(tmp_path: Path) -> Path:
    run("init", "-w", tmp_path / "w", "--name", "example.org/x", "--by", "ann")
    return tmp_path


def run(*arguments: object) -> int:
    code: int = command.main([str(one) for one in arguments], standalone_mode=False)
    return code


def test_they_are_commands_of_the_audit() -> None:
    assert [command.commands[one.name or ""] for one in (export, prove, verify_exported)] == [
        export,
        prove,
        verify_exported,
    ]


def test_what_was_exported_is_checked(place: Path) -> None:
    assert run("export", "-w", place / "w", "-o", place / "x") == 0
    assert run("prove", "0", "-w", place / "w", "-o", place / "y") == 0
    for name in ("x", "y"):
        assert run("verify-export", place / name, "--key", place / "w" / "audit.pub") == 0


def test_what_is_not_there_is_told(place: Path) -> None:
    with pytest.raises(UsageError) as caught:
        run("prove", "7", "-w", place / "w", "-o", place / "x")
    assert caught.value.code == "audit-nothing-found"
    with pytest.raises(InputError) as told:
        run("verify-export", place / "none", "--key", place / "w" / "audit.pub")
    assert told.value.code == "audit-export-unreadable"


def test_the_public_key_is_not_written_over(place: Path) -> None:
    with pytest.raises(UsageError):
        run("export", "-w", place / "w", "-o", place / "w" / "audit.pub")
