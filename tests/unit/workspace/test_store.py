from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from telvet.errors import WorkspaceError
from telvet.workspace.entries import Run
from telvet.workspace.ledger import Ledger

NOW = datetime(2024, 1, 15, 9, 30, tzinfo=UTC)
FINDING = "f-7c1d0a7c1d0a7c1d"
RUN = Run(date(2024, 1, 15), ("aaa.law", "bbb.law"), "sha256:00ff", NOW, {"contravention": 2, "unknown": 1}, 3)


def test_runs_come_back_as_they_were_recorded(tmp_path: Path) -> None:
    with Ledger.open(tmp_path, create=True) as ledger:
        ledger.record_run(RUN)
        ledger.record_run(RUN)
        assert ledger.runs() == (RUN, RUN)


def test_what_a_finding_is_about_is_kept(tmp_path: Path) -> None:
    about = {"provision": "aaa.law.core", "operator": "northwind", "equipment": "hss-02", "more": "ignored"}
    with Ledger.open(tmp_path, create=True) as ledger:
        ledger.record(FINDING, "confirmed", by="ana", why="seen", now=NOW, known=about)
    with sqlite3.connect(tmp_path / "ledger.db") as connection:
        rows = connection.execute("SELECT provision, operator, subject_id, equipment FROM dispositions").fetchall()
    connection.close()
    assert rows == [("aaa.law.core", "northwind", None, "hss-02")]


@pytest.mark.parametrize("text", ["'; DROP TABLE runs; --", "Zoë 中兴", "line\nbreak", "100 %"])
def test_text_is_kept_as_given(tmp_path: Path, text: str) -> None:
    with Ledger.open(tmp_path, create=True) as ledger:
        ledger.record(FINDING, "confirmed", by=text, why=text, now=NOW, ticket=text)
        said = ledger.dispositions()[FINDING]
    assert (said.by, said.why, said.ticket) == (text, text, text)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE dispositions SET state = 'remediated'",
        "DELETE FROM dispositions",
        "INSERT OR REPLACE INTO dispositions (seq, finding, state, by, why, recorded_at) VALUES (1, 'f-0', 'x', 'y', 'z', '')",
        "UPDATE runs SET total = 0",
        "DELETE FROM runs",
    ],
)
def test_the_database_refuses_to_change_or_delete_a_row(tmp_path: Path, change: str) -> None:
    with Ledger.open(tmp_path, create=True) as ledger:
        ledger.record(FINDING, "confirmed", by="ana", why="seen", now=NOW)
        ledger.record_run(RUN)
        with (
            sqlite3.connect(tmp_path / "ledger.db") as connection,
            pytest.raises(sqlite3.IntegrityError, match="append-only"),
        ):
            connection.execute(change)
        connection.close()
        assert ledger.dispositions()[FINDING].state == "confirmed"
        assert ledger.runs() == (RUN,)


def test_a_full_or_broken_ledger_is_told_as_such(tmp_path: Path) -> None:
    with Ledger.open(tmp_path, create=True) as ledger:
        ledger.record(FINDING, "confirmed", by="ana", why="seen", now=NOW)
        path = tmp_path / "ledger.db"
        content = bytearray(path.read_bytes())
        content[200:] = b"\xff" * (len(content) - 200)
        path.write_bytes(bytes(content))
        with pytest.raises(WorkspaceError) as caught:
            ledger.dispositions()
    assert caught.value.code == "workspace-damaged"
