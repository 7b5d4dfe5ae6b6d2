from __future__ import annotations

import io

import click
import pytest

from telvet.cli.review_keys import LineKeys, TerminalKeys, keys_of


def test_a_script_gives_a_key_a_line_and_lines_as_they_are_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    keys = LineKeys(io.StringIO("a\n\n  r \nit is\x1b[2J\u202e not said\r\n\nA"))
    assert [keys.key(), keys.key()] == ["a", "r"]
    assert keys.line("why: ") == "it is\ufffd[2J\ufffd not said"
    assert keys.line("why: ") == ""
    assert [keys.key(), keys.key(), keys.line("why: ")] == ["A", None, None]
    assert capsys.readouterr().out == "why: it is\ufffd[2J\ufffd not said\nwhy: \n"


@pytest.mark.parametrize(("pressed", "key"), [("a", "a"), ("A", "A"), ("\x1b[A", "\x1b[A"), ("", None)])
def test_a_terminal_gives_keys_as_they_are_pressed(
    monkeypatch: pytest.MonkeyPatch, pressed: str, key: str | None
) -> None:
    monkeypatch.setattr(click, "getchar", lambda: pressed)
    assert TerminalKeys().key() == key


def test_the_end_of_input_on_a_terminal_is_the_end_of_keys(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def ended(*_: object) -> str:
        raise EOFError

    monkeypatch.setattr(click, "getchar", ended)
    monkeypatch.setattr("builtins.input", ended)
    assert (TerminalKeys().key(), TerminalKeys().line("why: ")) == (None, None)
    assert capsys.readouterr().out == "\n"
    monkeypatch.setattr("builtins.input", lambda prompt: f" {prompt} ")
    assert TerminalKeys().line("why") == "why"


def test_the_kind_of_stream_decides() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    assert isinstance(keys_of(Terminal()), TerminalKeys)
    assert isinstance(keys_of(io.StringIO()), LineKeys)
    assert keys_of(None).key() is None


def test_bytes_that_are_no_text_do_not_end_a_review() -> None:
    keys = keys_of(io.TextIOWrapper(io.BytesIO(b"\xff\na\n"), encoding="utf-8"))
    assert [keys.key(), keys.key()] == ["\ufffd", "a"]
