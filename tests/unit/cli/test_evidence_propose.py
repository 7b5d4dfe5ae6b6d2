from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from telvet.cli.evidence import command as evidence
from telvet.cli.evidence_propose import propose
from telvet.errors import UsageError
from telvet.evidence.proposing import proposer as proposing
from telvet.model.evidence import Annotation, Document
from telvet.workspace.evidence_ledger import EvidenceLedger

TEXT = "Australia banned Huawei \x1b[31mfrom 5G. Germany waits."


class Toy:
    name = "toy"

    def propose(self, document: Document) -> Iterable[Annotation]:
        yield Annotation(
            document.digest,
            TEXT[:39],
            country="Australia",
            vendor=("Huawei",),
            measure="BANNED",
            modality="done",
            date="2018",
        )
        yield Annotation(document.digest, "Germany waits", measure="UNDECIDED", modality="ongoing")
        yield Annotation(document.digest, "France waits", measure="UNDECIDED", modality="ongoing")


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    monkeypatch.setattr(proposing, "load_proposer", lambda _name: Toy())
    (tmp_path / "a.txt").write_text(TEXT)
    line = ["add", str(tmp_path / "a.txt"), "--published", "2019", "--workspace", str(tmp_path / "w")]
    assert evidence.main(line, standalone_mode=False) == 0
    capsys.readouterr()
    return tmp_path / "w"


def run(*arguments: str, workspace: Path) -> None:
    assert propose.main([*arguments, "--workspace", str(workspace)], standalone_mode=False) == 0


def test_proposals_are_shown_and_kept_for_review(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(workspace=workspace)
    shown = capsys.readouterr()
    assert shown.out.splitlines()[:2] == ["a.txt: 2 proposed", "  AUS  BANNED (done), all, Huawei, 2018"]
    assert "  ???  UNDECIDED (ongoing), all, no vendor named" in shown.out
    assert "\x1b" not in shown.out
    assert "toy proposed what is refused" in shown.err
    assert shown.err.endswith(
        "2 statements proposed in 1 document; 2 new, kept for review: telvet evidence review --by WHO\n"
    )
    with EvidenceLedger.open(workspace) as ledger:
        assert [held.proposed_by for held in ledger.statements()] == ["proposer rules"] * 2
        assert ledger.judgements() == []
    run("a", workspace=workspace)
    assert "; 0 new" in capsys.readouterr().err


def test_a_dry_run_keeps_nothing_and_its_lines_are_annotations(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("--dry-run", "--format", "jsonl", workspace=workspace)
    shown = capsys.readouterr()
    rows = [json.loads(line) for line in shown.out.splitlines()]
    assert [row["quote"] for row in rows] == [TEXT[:39], "Germany waits"]
    assert all(TEXT[row["start"] : row["end"]] == row["quote"] for row in rows)
    assert shown.err.endswith("none kept\n")
    with EvidenceLedger.open(workspace) as ledger:
        assert ledger.statements() == []


def test_a_document_that_is_not_held_is_told(workspace: Path) -> None:
    with pytest.raises(UsageError, match="no document of the workspace"):
        run("b.txt", workspace=workspace)


def test_lines_go_into_a_private_file(workspace: Path) -> None:
    out = workspace.parent / "out.jsonl"
    run("--format", "jsonl", "-o", str(out), workspace=workspace)
    assert (out.stat().st_mode & 0o777, len(out.read_text().splitlines())) == (0o600, 2)
