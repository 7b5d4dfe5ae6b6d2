"""Reports on standard output, everything else on standard error, as pipes, terminals and full disks have it."""

from __future__ import annotations

import os
import pty
import subprocess
from pathlib import Path

import pytest

from tests.functional.driver import TELVET, command, telvet

ASKED = "--operators operators.yaml --law gbr --as-of 2024-01-15"


def shell(line: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a line of a shell in which the first failure of a pipe counts."""
    bash = ["bash", "-o", "pipefail", "-c", line.replace("telvet", TELVET, 1)]
    return subprocess.run(bash, cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture(autouse=True)
def given(inventory: Path, operators: Path) -> Path:
    assert inventory.parent == operators.parent
    return inventory.parent


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (f"telvet assess inventory.csv {ASKED} | head -1", 0),
        (f"telvet assess inventory.csv {ASKED} --fail-on due | head -1", 1),
        (f"telvet assess inventory.csv {ASKED} --fail-on due --format json | true", 1),
        ("telvet law list | true", 0),
    ],
)
def test_a_reader_that_goes_away_ends_the_writing_and_nothing_else(given: Path, line: str, code: int) -> None:
    done = shell(line, given)
    assert (done.returncode, done.stderr) == (code, "")


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="the system has no /dev/full")
def test_a_full_disk_is_told_in_words(given: Path) -> None:
    done = shell("telvet law list > /dev/full", given)
    assert done.returncode == 2
    assert "no space left on device" in done.stderr
    assert "Traceback" not in done.stderr


def test_closed_streams_are_no_fault_of_ours(given: Path) -> None:
    for closed in (">&-", "2>&-"):
        assert shell(f"telvet assess inventory.csv {ASKED} --fail-on due {closed}", given).returncode == 1


def test_the_bytes_do_not_depend_on_the_locale(given: Path) -> None:
    plain = telvet("assess", given / "inventory.csv", "--operators", given / "operators.yaml", *ASKED.split()[2:])
    odd = command(
        *("assess", "inventory.csv", *ASKED.split()),
        cwd=given,
        env={"PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0"},
    )
    assert odd == plain
    assert "\N{FULL BLOCK}" in plain.out


def in_a_terminal(arguments: list[str], cwd: Path, **env: str) -> tuple[int, str]:
    """Run the command in a terminal of its own; return its code and everything it showed."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100", **env}
    with subprocess.Popen(
        [TELVET, *arguments], cwd=cwd, stdin=theirs, stdout=theirs, stderr=theirs, env=environment
    ) as process:
        os.close(theirs)
        shown = b""
        try:
            while part := os.read(ours, 65536):
                shown += part
        except OSError:  # how a terminal says that nobody is there any more
            pass
    os.close(ours)
    return process.returncode, shown.decode()


def test_a_terminal_gets_colour_and_the_report_whole(given: Path) -> None:
    code, shown = in_a_terminal(["assess", "inventory.csv", *ASKED.split()], given)
    assert code == 0
    assert "\x1b[" in shown
    assert "4 in = 4 judged + 0 rejected" in shown
    assert "Traceback" not in shown


def test_who_wants_no_colour_gets_none(given: Path) -> None:
    plain = telvet("assess", given / "inventory.csv", "--operators", given / "operators.yaml", *ASKED.split()[2:]).out
    code, shown = in_a_terminal(["assess", "inventory.csv", *ASKED.split()], given, NO_COLOR="1")
    assert code == 0
    report = shown[shown.index("telvet as of") :].replace("\r\n", "\n")
    assert "\x1b[3" not in report
    assert report == plain


def test_notes_stand_on_standard_error_where_the_format_has_no_room(given: Path) -> None:
    (given / "noted.csv").write_text("id,manufacturer,colour\n1,Huawei,red\n")
    lines = telvet("assess", given / "noted.csv", "--law", "usa.ndaa-889.part-b", "--format", "jsonl")
    assert len(lines.findings) == 1
    assert "note: noted.csv: not read: colour" in lines.err
    table = telvet("assess", given / "noted.csv", "--law", "usa.ndaa-889.part-b")
    assert "noted.csv: not read: colour" in table.out
    assert table.err == ""


def test_what_a_file_holds_never_steers_the_terminal(given: Path) -> None:
    (given / "odd.csv").write_text("id,manufacturer,generation,col\x1b[31mour\n1,Huawei,5\x1b]G\n2,Huawei,\n", "utf-8")
    runs = [telvet("read", given / "odd.csv"), telvet("read", given / "odd.csv", "--show-mapping")]
    assert ["\x1b" in ran.out + ran.err for ran in runs] == [False, False]
    assert "col\ufffd[31mour" in runs[0].err
    assert "col\ufffd[31mour" in runs[1].out


def test_help_and_version_are_there_without_anything() -> None:
    assert command("--version").out.startswith("telvet, version ")
    assert [
        name for name in ("assess", "explain", "finding", "law", "read", "replay") if name not in telvet("-h").out
    ] == []


@pytest.mark.parametrize("line", ["assess", "bogus", "assess --bogus", "law bogus", "finding confirm"])
def test_a_command_line_that_is_wrong_says_how_to_get_help(line: str) -> None:
    ran = telvet(*line.split())
    assert (ran.code, ran.out) == (2, "")
    assert "--help" in ran.err
