from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from telvet.cli.evidence_review import review
from telvet.errors import UsageError, WorkspaceError
from telvet.workspace.evidence_ledger import EvidenceLedger
from tests.unit.evidence.reviewing.reviewed import candidates, document

NOW = "2024-01-15T09:30:00.000000Z"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    place = tmp_path / "work"
    EvidenceLedger.open(place, create=True).close()
    return place


def fill(workspace: Path) -> None:
    with EvidenceLedger.open(workspace) as ledger:
        for name in ("news.txt", "other.txt"):
            one = document(name)
            ledger.add_document(one, one.text.encode(), by="ada", now=NOW)
            ledger.add_statements(candidates(one), proposed_by="proposer rules")


def run(workspace: Path, *more: str) -> object:
    return review.main([*more, "--workspace", str(workspace)], standalone_mode=False)


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("a\nq\n"))


def test_an_empty_queue_says_how_to_fill_it(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(workspace, "--by", "ada") == 0
    assert "telvet evidence add FILE" in capsys.readouterr().out
    with EvidenceLedger.open(workspace) as ledger:
        ledger.add_document(document(), b"", by="ada", now=NOW)
    assert run(workspace, "--by", "ada", "news.txt") == 0
    assert (
        "nothing waits for review in these documents; get proposals with `telvet evidence propose`"
        in capsys.readouterr().out
    )


def test_documents_limit_what_is_looked_at(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill(workspace)
    assert run(workspace, "--by", "ada", "other") == 0
    shown = capsys.readouterr().out
    assert "1 of 3 \u2500" in shown
    assert "news.txt" not in shown
    assert shown.endswith("1 accepted, 0 mended, 0 rejected, 0 skipped, 2 left\n")


def test_what_cannot_be_done_is_a_usage_error(workspace: Path, tmp_path: Path) -> None:
    fill(workspace)
    with pytest.raises(UsageError, match="no document"):
        run(workspace, "--by", "ada", "unheard.txt")
    with pytest.raises(UsageError, match="nobody is named"):
        run(workspace, "--by", " ")
    with pytest.raises(WorkspaceError, match="no ledger"):
        run(tmp_path / "elsewhere", "--by", "ada")


def test_what_was_decided_stays_and_is_counted_when_a_review_is_broken_off(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(workspace)

    def stopped() -> Iterator[str]:
        yield "a\n"
        raise KeyboardInterrupt

    lines = io.StringIO()
    monkeypatch.setattr(lines, "readline", stopped().__next__)
    monkeypatch.setattr("sys.stdin", lines)
    with pytest.raises((KeyboardInterrupt, click.Abort)):
        run(workspace, "--by", "ada")
    assert "1 accepted" in capsys.readouterr().out
    with EvidenceLedger.open(workspace) as ledger:
        assert [one.by for one in ledger.judgements()] == ["ada"]
