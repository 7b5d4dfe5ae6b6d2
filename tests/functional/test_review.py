"""People decide about candidate statements with single keys on a terminal, and with a key a line from a script."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from telvet.evidence.positions.record import Record
from telvet.model.evidence import Verdict
from telvet.workspace.evidence_ledger import EvidenceLedger
from tests.functional.driver import TELVET, telvet
from tests.unit.evidence.reviewing.reviewed import TEXT, candidates, document

NOW = "2024-01-15T09:30:00.000000Z"
PATIENCE = 60.0
CONTROL = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


class Terminal:
    """A command on a pseudo-terminal of its own."""

    def __init__(self, *arguments: object, **environment: str) -> None:
        self._master, slave = pty.openpty()
        self.process = subprocess.Popen(
            [TELVET, *map(str, arguments)],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**os.environ, "TERM": "xterm", "COLUMNS": "80", "LC_ALL": "C.UTF-8", **environment},
            start_new_session=True,
        )
        os.close(slave)
        self.raw = ""
        self._seen = 0

    def until(self, words: str) -> str:
        """Wait for words on the screen, and return what was shown since the last wait."""
        begun, end = self._seen, time.monotonic() + PATIENCE
        while (at := self.shown.find(words, begun)) < 0:
            assert time.monotonic() < end, f"{words!r} is not in {self.shown[begun:]!r}"
            assert self._read() or words in self.shown[begun:], f"{words!r} is not in {self.shown[begun:]!r}"
        self._seen = at + len(words)
        return self.shown[begun : self._seen]

    def press(self, keys: str) -> None:
        """Press keys, once they are waited for one by one: what is pressed before is thrown away."""
        end = time.monotonic() + 5  # a line may be waited for as a whole, where the system cannot edit it
        while termios.tcgetattr(self._master)[3] & termios.ICANON and time.monotonic() < end:
            time.sleep(0.01)
        os.write(self._master, keys.encode())

    def ended(self) -> int:
        """Wait for the end, and return the exit code."""
        while self._read():
            pass
        return self.process.wait(PATIENCE)

    @property
    def shown(self) -> str:
        """What stood on the screen, without colours."""
        return CONTROL.sub("", self.raw).replace("\r\n", "\n")

    def close(self) -> None:
        """End the command, if it has not ended."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._master)

    def _read(self) -> bool:
        if not select.select([self._master], [], [], PATIENCE)[0]:
            return False
        with suppress(OSError):  # the other end was closed
            read = os.read(self._master, 65536)
            self.raw += read.decode()
            return bool(read)
        return False


Open = Callable[..., Terminal]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    place = tmp_path / "work"
    with EvidenceLedger.open(place, create=True) as ledger:
        ledger.add_document(document(), TEXT.encode(), by="ada", now=NOW)
        ledger.add_statements(candidates(), proposed_by="proposer rules")
    return place


@pytest.fixture
def terminal(workspace: Path) -> Iterator[Open]:
    opened: list[Terminal] = []

    def begin(**environment: str) -> Terminal:
        opened.append(Terminal("evidence", "review", "--by", "ada", "--workspace", workspace, **environment))
        return opened[-1]

    yield begin
    for one in opened:
        one.close()


def verdicts(workspace: Path) -> list[Verdict]:
    with EvidenceLedger.open(workspace) as ledger:
        return [one.verdict for one in ledger.judgements()]


def standing(workspace: Path) -> list[str]:
    """Return the measures of what counts."""
    with EvidenceLedger.open(workspace) as ledger:
        held = [one.statement for one in ledger.statements()]
        record = Record.of(held, ledger.judgements())
    return [said.measure for said in held if record.stands(said, None, None)]


def test_single_keys_accept_reject_undo_edit_and_quit(terminal: Open, workspace: Path) -> None:
    screen = terminal()
    screen.until("1 of 3")
    screen.until("? help")
    assert verdicts(workspace) == []
    screen.press("a")
    screen.until("accepted: AUS")
    assert verdicts(workspace) == [Verdict.CONFIRMED]
    screen.until("? help")
    screen.press("r")
    screen.until("why (may be empty): ")
    screen.press("not said\r")
    screen.until("rejected:")
    screen.until("? help")
    screen.press("u")
    screen.until("undone, no longer rejected")
    screen.until("2 of 3")
    screen.until("? help")
    screen.press("e")
    screen.until("edit> ")
    screen.press("measure=CLAM\r")
    screen.until("did you mean CLAIM?")
    screen.until("edit> ")
    screen.press("measure=CLAIM\r")
    screen.until("edit> ")
    screen.press("\r")
    screen.until("u drop the changes")
    assert verdicts(workspace) == [Verdict.CONFIRMED, Verdict.REJECTED, Verdict.REOPENED]
    screen.press("a")
    screen.until("mended:")
    screen.until("3 of 3")
    screen.until("? help")
    screen.press("q")
    screen.until("1 accepted, 1 mended, 0 rejected, 0 skipped, 1 left")
    assert screen.ended() == 0
    assert standing(workspace) == ["BANNED", "CLAIM"]


def test_a_key_that_is_broken_off_with_keeps_what_was_decided(terminal: Open, workspace: Path) -> None:
    screen = terminal()
    screen.until("? help")
    screen.press("a")
    screen.until("2 of 3")
    screen.until("? help")
    screen.press("\x03")
    shown = screen.until("stopped")
    assert "1 accepted, 0 mended, 0 rejected, 0 skipped, 2 left" in shown
    assert screen.ended() == 130
    assert standing(workspace) == ["BANNED"]


def test_a_review_that_is_killed_has_lost_no_decision(terminal: Open, workspace: Path) -> None:
    screen = terminal()
    screen.until("? help")
    screen.press("a")
    screen.until("accepted: AUS")
    os.kill(screen.process.pid, signal.SIGKILL)
    screen.ended()
    assert standing(workspace) == ["BANNED"]


def test_what_is_pasted_and_what_is_no_letter_decides_nothing(terminal: Open, workspace: Path) -> None:
    screen = terminal()
    screen.until("? help")
    screen.press("aaa")
    screen.until("more than one key at once")
    screen.press("\x1b[A")
    screen.until("more than one key at once")
    screen.press("\x04")
    screen.until("3 left")
    assert (screen.ended(), verdicts(workspace)) == (0, [])


@pytest.mark.parametrize(("no_colour", "marked"), [("", "\x1b[1;33mAustralia"), ("1", "[[Australia")])
def test_the_quote_is_marked_in_colour_unless_that_is_declined(terminal: Open, no_colour: str, marked: str) -> None:
    screen = terminal(NO_COLOR=no_colour)
    screen.until("? help")
    assert marked in screen.raw
    assert max(map(len, screen.shown.splitlines())) <= 80
    screen.press("q")
    assert screen.ended() == 0


def test_without_a_terminal_keys_are_read_one_a_line(workspace: Path) -> None:
    line = [TELVET, "evidence", "review", "--by", "ada", "--workspace", str(workspace), "news.txt"]
    keys = "r\nit is about something else\nu\na\ne\nnote=in general\n\na\ns\n"
    done = subprocess.run(line, input=keys, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "why (may be empty): it is about something else" in done.stdout
    assert done.stdout.endswith("that was the last of 3; u takes the latest decision back, q ends\n"
                                "1 accepted, 1 mended, 0 rejected, 1 skipped, 0 left\n")  # fmt: skip
    assert standing(workspace) == ["BANNED", "DENIAL"]
    again = subprocess.run(
        line, stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert "1 of 1 " in again.stdout
    assert again.stdout.endswith("0 accepted, 0 mended, 0 rejected, 0 skipped, 1 left\n")


def test_a_workspace_that_waits_for_nothing_says_so(tmp_path: Path) -> None:
    EvidenceLedger.open(tmp_path, create=True).close()
    said = telvet("evidence", "review", "--by", "ada", "--workspace", tmp_path)
    assert (said.code, said.err) == (0, "")
    assert "telvet evidence add" in said.out
