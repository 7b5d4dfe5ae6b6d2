from __future__ import annotations

import click
import pytest

from telvet.cli import entry
from telvet.cli.by_name import ByName
from telvet.errors import Fault, InputError, UsageError


def code_of(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> int:
    """Return the exit code of a command that ends with an error."""

    @click.command("law")
    def command() -> None:
        raise error

    monkeypatch.setattr(ByName, "get_command", lambda *_: command)
    with pytest.raises(SystemExit) as stop:
        entry.main(["law"])
    assert isinstance(stop.value.code, int)
    return stop.value.code


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        entry.main(["--help"])
    assert stop.value.code == 0
    shown = capsys.readouterr().out
    assert [name for name in ("assess", "explain", "finding", "law", "read", "replay") if name not in shown] == []
    assert "not legal advice" in shown


def test_every_command_can_be_loaded_and_says_what_it_does() -> None:
    context = click.Context(entry.app)
    for name in entry.app.list_commands(context):
        command = entry.app.get_command(context, name)
        assert command is not None
        assert command.name == name
        assert command.help
    assert entry.app.get_command(context, "bogus") is None


def test_an_error_that_teaches_is_told_on_standard_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    faults = (Fault("a.csv", 2, "id", "x", "one"), Fault("a.csv", 3, "id", "x", "two"))
    assert code_of(monkeypatch, InputError("it is bad", faults, code="bad", fix="mend it")) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.splitlines() == [
        "it is bad [bad]",
        "  fix: mend it",
        "  a.csv, record 2, id: one [x]",
        "  a.csv, record 3, id: two [x]",
    ]


def test_each_kind_of_end_has_its_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    assert code_of(monkeypatch, UsageError("no")) == 2
    assert code_of(monkeypatch, click.UsageError("no")) == 2
    assert code_of(monkeypatch, KeyboardInterrupt()) == 130
    assert code_of(monkeypatch, OSError(28, "No space left on device")) == 2
    assert code_of(monkeypatch, BrokenPipeError(32, "Broken pipe")) == 0
    assert code_of(monkeypatch, SystemExit(1)) == 0  # how libraries leave when nobody reads any more
    assert code_of(monkeypatch, ZeroDivisionError("oh")) == 3


def test_what_the_system_refuses_is_told_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code_of(monkeypatch, OSError(13, "Permission denied", "secret.csv"))
    assert capsys.readouterr().err.startswith("secret.csv: the system refused: permission denied [system]\n")


def test_an_internal_error_shows_its_traceback_only_when_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("TELVET_TRACEBACK", raising=False)
    code_of(monkeypatch, ZeroDivisionError("oh"))
    said = capsys.readouterr().err
    assert said.startswith("telvet failed inside: ZeroDivisionError: oh [internal]\n")
    assert "Traceback" not in said
    monkeypatch.setenv("TELVET_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        code_of(monkeypatch, ZeroDivisionError("oh"))
