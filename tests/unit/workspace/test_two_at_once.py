"""Real processes: two that write at once, and one that is killed while it writes."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from telvet.workspace.ledger import Ledger

WRITE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from telvet.workspace.ledger import Ledger
now = datetime(2024, 1, 15, tzinfo=UTC)
name, count = sys.argv[2], int(sys.argv[3])
for number in range(count):
    with Ledger.open(Path(sys.argv[1]), create=True) as ledger:
        ledger.record(f"f-{number:08x}", "confirmed", by=name, why="seen", now=now)
"""

HALF_WRITTEN = """
import sys, time
from sqlalchemy import text
from telvet.workspace.database import open_database
from telvet.workspace.schema import DISPOSITIONS
database = open_database(__import__("pathlib").Path(sys.argv[1]), create=True, patience=5)
row = dict(finding="f-00000000", state="confirmed", by="ana", why="w" * 4000, recorded_at="2024-01-15T00:00:00.000000Z")
with database.writer.begin() as connection:
    connection.execute(text("PRAGMA cache_size = 1"))
    for number in range(500):
        connection.execute(DISPOSITIONS.insert(), row)
    print("half way", flush=True)
    time.sleep(60)
"""


def start(program: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", program, *arguments], stdout=subprocess.PIPE, text=True)


def test_two_processes_write_into_a_new_ledger_and_no_row_is_lost(tmp_path: Path) -> None:
    place = tmp_path / "workspace"
    both = [start(WRITE, str(place), name, "15") for name in ("ana", "bo")]
    for process in both:
        process.communicate(timeout=120)
    assert [process.returncode for process in both] == [0, 0]
    with Ledger.open(place) as ledger:
        assert len(ledger.dispositions()) == 15
        assert all({said.by for said in ledger.history(f"f-{number:08x}")} == {"ana", "bo"} for number in range(15))


def test_a_run_killed_while_it_writes_leaves_the_earlier_rows(tmp_path: Path) -> None:
    assert start(WRITE, str(tmp_path), "ana", "3").communicate(timeout=60)
    process = start(HALF_WRITTEN, str(tmp_path))
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "half way"
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    with Ledger.open(tmp_path) as ledger:
        assert {said.by for said in ledger.dispositions().values()} == {"ana"}
        assert len(ledger.dispositions()) == 3
    connection = sqlite3.connect(tmp_path / "ledger.db")
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_a_reader_waits_for_a_writer_to_finish(tmp_path: Path) -> None:
    Ledger.open(tmp_path, create=True).close()
    other = sqlite3.connect(tmp_path / "ledger.db", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN EXCLUSIVE")
    reader = start(
        "import sys; from telvet.workspace.ledger import Ledger; Ledger.open(sys.argv[1]).close()", str(tmp_path)
    )
    time.sleep(0.3)
    other.execute("COMMIT")
    other.close()
    reader.communicate(timeout=60)
    assert reader.returncode == 0
