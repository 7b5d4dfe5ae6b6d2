from __future__ import annotations

from pathlib import Path

import pytest

from telvet.cli.finding import command
from telvet.workspace.ledger import Ledger

FINDING = "f-0123456789abcdef"


@pytest.mark.parametrize(
    ("verb", "state"),
    [
        ("confirm", "confirmed"), ("dismiss", "not covered"), ("accept", "accepted risk"), ("remediate", "remediated"),
        ("reopen", "candidate"), ("note", "note"),
    ],
)  # fmt: skip
def test_a_verb_records_a_state_with_person_reason_and_ticket(
    tmp_path: Path, verb: str, state: str, capsys: pytest.CaptureFixture[str]
) -> None:
    line = [verb, FINDING, "--by", "ada", "--why", "seen", "--ticket", "T-1", "--workspace", str(tmp_path)]
    assert command.main(line, standalone_mode=False) == 0
    with Ledger.open(tmp_path) as ledger:
        [said] = ledger.history(FINDING)
    assert (said.state, said.by, said.why, said.ticket) == (state, "ada", "seen", "T-1")
    assert capsys.readouterr().out == f"{FINDING}: {state}, by ada, {said.on[:10]}\n"


def test_a_new_ledger_is_said_to_be_new(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = ["confirm", FINDING, "--by", "ada", "--why", "seen", "--workspace", str(tmp_path / "work")]
    for said in (f"note: there was no ledger in {tmp_path / 'work'}; a new one was made\n", ""):
        assert command.main(line, standalone_mode=False) == 0
        assert capsys.readouterr().err == said
