from __future__ import annotations

import json
from pathlib import Path

import pytest

from telvet.cli.share_queue import command
from telvet.errors import UsageError
from telvet.workspace.sharing_ledger import SharingLedger
from telvet.workspace.sharing_rows import Waiting
from tests.unit.cli.share_room import a_workspace

REASONS = json.dumps([{"because": "nobody's act", "cites": [], "rule": "authority"}])


def waiting(name: str, persons: int = 1, partner: str = "p") -> Waiting:
    return Waiting(
        partner=partner, object=name, version="1", digest=f"d{name}", type="tool", effect="refer", reasons=REASONS, unless="[]",
        origin="a file", persons=persons, by="ana", recorded_at="2024-01-01T00:00:00.000000Z", body=b"{}",
    )  # fmt: skip


@pytest.fixture
def place(tmp_path: Path) -> Path:
    made = a_workspace(tmp_path, log=False)
    with SharingLedger.open(made) as ledger:
        ledger.queue_up([waiting("a"), waiting("b", 2), waiting("c", partner="q")])
    return made


def run(*arguments: object) -> int:
    code: int = command.main([str(one) for one in arguments], standalone_mode=False)
    return code


def listed(capsys: pytest.CaptureFixture[str], place: Path, *more: str) -> dict[str, str]:
    capsys.readouterr()
    assert run("list", *more, "--format", "jsonl", "-w", place) == 0
    told = [json.loads(text) for text in capsys.readouterr().out.splitlines()]
    return {each["object"]: each["state"] for each in told}


def test_entries_are_judged_by_number_and_several_at_once(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("approve", "1", "#2", "--by", "bo", "--why", "fine", "-w", place) == 0
    said = capsys.readouterr().out
    assert "#1 a for p: approved\n" in said
    assert "#2 b for p: waiting; 1 more must approve\n" in said
    assert listed(capsys, place) == {"b": "waiting", "c": "waiting"}
    assert listed(capsys, place, "--state", "all", "--partner", "p") == {"a": "approved", "b": "waiting"}
    assert run("refuse", "2", "--by", "cy", "--why", "no", "-w", place) == 0
    assert run("return", "3", "--by", "cy", "--why", "mend it", "-w", place) == 0
    assert listed(capsys, place, "--state", "refused") == {"b": "refused"}
    assert listed(capsys, place, "--state", "returned") == {"c": "returned"}


def test_one_mistaken_entry_lets_none_be_judged(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UsageError) as caught:
        run("approve", "1", "77", "--by", "bo", "--why", "fine", "-w", place)
    assert caught.value.code == "unknown-entry"
    assert listed(capsys, place)["a"] == "waiting"


@pytest.mark.parametrize("name", ["", "#", "-1", "1.0", "²", "9" * 30])
def test_what_is_no_number_and_no_id_is_a_mistake(place: Path, name: str) -> None:
    with pytest.raises(UsageError) as caught:
        run("show", "-w", place, "--", name)
    assert caught.value.code == "unknown-entry"


def test_an_entry_is_shown_with_its_object(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("show", "#1", "-w", place) == 0
    assert "nobody's act" in capsys.readouterr().out
