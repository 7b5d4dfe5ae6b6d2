from __future__ import annotations

import io
import stat
import sys
from pathlib import Path

import pytest

from telvet.cli.output import check_outputs, deafen, left_unread, private_file, put, settle_streams, width
from telvet.errors import UsageError


def test_text_goes_to_standard_output_where_no_file_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    put(None, lambda out: print("said", file=out))
    assert capsys.readouterr().out == "said\n"


def test_text_goes_whole_into_a_private_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "report.txt"
    put(target, lambda out: print("gesagt: ü", file=out))
    assert target.read_bytes() == "gesagt: ü\n".encode()
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert capsys.readouterr().out == ""


def test_what_fails_on_the_way_leaves_nothing(tmp_path: Path) -> None:
    def half(target: Path) -> None:
        with private_file(target) as out:
            out.write("half")
            raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - any would do
        half(tmp_path / "report.txt")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(UsageError, match="cannot be written"):
        half(tmp_path)


class Closed(io.StringIO):
    """A pipe that nobody reads."""

    def write(self, text: str) -> int:
        raise BrokenPipeError(32, text)


def test_a_reader_that_went_away_ends_the_writing_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", Closed())
    put(None, lambda out: print("said", file=out))


def test_only_a_reader_that_went_away_is_taken_for_one() -> None:
    assert left_unread(BrokenPipeError())
    assert left_unread(SystemExit(1))
    assert not left_unread(SystemExit(2))
    assert not left_unread(OSError(28, "No space left on device"))
    with pytest.raises(SystemExit):
        put(None, lambda _: sys.exit(3))


def test_letting_go_of_an_output_without_a_file_does_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    deafen()


def test_streams_write_utf8_and_plain_line_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii", newline="\r\n"))
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    settle_streams()
    sys.stdout.write("█\n")
    sys.stdout.flush()
    assert raw.getvalue() == "█\n".encode()


def test_a_terminal_that_cannot_show_a_character_gets_another(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", Terminal(raw, encoding="ascii", newline="\n"))
    settle_streams()
    sys.stdout.write("█\n")
    sys.stdout.flush()
    assert raw.getvalue() == b"?\n"


def test_the_width_is_the_terminals_or_a_hundred(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "72")
    assert width() == 72


def test_a_stream_that_was_closed_before_the_start_goes_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    settle_streams()
    with sys.stdout:
        sys.stdout.write("said")


def test_what_is_read_or_written_already_is_not_written_over(tmp_path: Path) -> None:
    given, link = tmp_path / "list.csv", tmp_path / "link.csv"
    given.write_text("id\n")
    link.symlink_to(given)
    check_outputs((None, tmp_path / "a", tmp_path / "b", given), ())
    for written in ((given,), (None, link), (tmp_path / "new", tmp_path / "new")):
        with pytest.raises(UsageError, match="would be written over"):
            check_outputs(written, (given, tmp_path / "missing.csv"))
