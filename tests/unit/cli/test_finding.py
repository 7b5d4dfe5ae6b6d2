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
