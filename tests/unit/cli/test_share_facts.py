from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from telvet.cli.share_facts import command
from telvet.errors import SharingError, UsageError, WorkspaceError
from telvet.sharing.recorded.bodies import entry_of
from telvet.workspace.sharing_ledger import SharingLedger
from tests.unit.sharing.recorded.facts import JUDGED

ROOT = Path(__file__).resolve().parents[3]
EXAMPLE = ROOT / "examples" / "sharing" / "facts.yaml"
NOW = "2026-01-01T09:30:00.000000Z"
PARTNER = "partners:\n  - {id: north, country: GBR, organisation: Northland}\n"
ARRANGED = "arrangements:\n  - {id: A-1, partner: north, from: 2024, to: never}\n"


def run(place: Path, *arguments: object) -> int:
    code: int = command.main([*map(str, arguments), "-w", str(place / "w")], standalone_mode=False)
    return code


def bring(place: Path, text: str, by: str = "ana") -> int:
    (place / "x.yaml").write_text(text, encoding="utf-8")
    return run(place, "import", place / "x.yaml", "--by", by)


def test_facts_are_recorded_once_and_a_new_ledger_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "import", EXAMPLE, "--by", "ana") == 0
    shown = capsys.readouterr()
    assert shown.out == "14 facts: 14 recorded, 0 on record already\n"
    first, *weighed = shown.err.splitlines()
    assert first == f"note: there was no ledger in {tmp_path / 'w'}; a new one was made"
    assert [line.split()[1] for line in weighed if line.startswith("note")] == ["A-1", "A-2"]
    assert run(tmp_path, "import", EXAMPLE, "--by", "bo") == 0
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("14 facts: 0 recorded, 14 on record already\n", "")


def test_what_is_exported_is_taken_in_to_the_same_record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(tmp_path, "import", EXAMPLE, "--by", "ana")
    target = tmp_path / "out.yaml"
    assert run(tmp_path, "export", "-o", target) == 0
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    capsys.readouterr()
    run(tmp_path, "import", target, "--by", "bo")
    assert capsys.readouterr().out == "14 facts: 0 recorded, 14 on record already\n"
    run(tmp_path, "export")
    assert capsys.readouterr().out == target.read_text(encoding="utf-8")


def test_a_faulty_file_makes_no_ledger_and_records_nothing(tmp_path: Path) -> None:
    with pytest.raises(SharingError) as caught:
        bring(tmp_path, PARTNER + "arrangements:\n  - {id: A, partner: nroth, tlp: ambr}\n")
    assert [fault.code for fault in caught.value.faults] == ["unknown-partner", "unknown-code"]
    assert not (tmp_path / "w").exists()


def test_a_partner_on_record_may_be_named(tmp_path: Path) -> None:
    bring(tmp_path, PARTNER)
    assert bring(tmp_path, ARRANGED) == 0
    run(tmp_path, "retract", "partner", "north", "--by", "bo", "--why", "left")
    with pytest.raises(SharingError, match=r"x\.yaml has 1 fault"):
        bring(tmp_path, ARRANGED)


def test_what_was_published_lies_not_ahead(tmp_path: Path) -> None:
    with pytest.raises(SharingError) as caught:
        bring(tmp_path, "ours: [{id: x, published: 2199-01-01}]\n")
    assert caught.value.faults[0].code == "published-ahead"


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "x.yaml").write_bytes(content)
    with pytest.raises(SharingError) as caught:
        run(tmp_path, "import", tmp_path / "x.yaml", "--by", "ana")
    assert caught.value.code == "unreadable"


def test_somebody_must_be_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        bring(tmp_path, PARTNER, by=" ")


def test_the_record_is_listed_by_kind_and_id(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bring(tmp_path, PARTNER + ARRANGED)
    capsys.readouterr()
    run(tmp_path, "list")
    lines = capsys.readouterr().out.splitlines()
    told = [line.split()[:3] for line in lines]
    assert told[:2] == [["partner", "north", "Northland"], ["arrangement", "A-1", "north"]]
    assert [kind for kind, *_ in told[2:]] == ["consideration"]
    assert "2024 to never  ana  20" in lines[1]
    run(tmp_path, "list", "--kind", "arrangement", "--format", "jsonl")
    (row,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert row["fact"] == {"from": "2024", "partner": "north", "to": "never"}
    assert (row["kind"], row["id"], row["by"]) == ("arrangement", "A-1", "ana")


def test_an_empty_record_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    SharingLedger.open(tmp_path / "w", create=True).close()
    run(tmp_path, "list")
    assert "nothing is on record" in capsys.readouterr().out
    run(tmp_path, "list", "--format", "jsonl")
    assert capsys.readouterr().out == ""


def test_a_fact_is_taken_back_and_what_still_names_it_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bring(tmp_path, PARTNER + ARRANGED)
    with SharingLedger.open(tmp_path / "w") as ledger:
        ledger.write([entry_of(JUDGED)], "ana", NOW)
    capsys.readouterr()
    assert run(tmp_path, "retract", "partner", "north", "--by", "bo", "--why", "left") == 0
    shown = capsys.readouterr()
    assert shown.out == "partner north: taken back by bo\n"
    assert shown.err == "note: these name it still, and let nothing go: arrangement A-1\n"
    run(tmp_path, "history", "partner", "north")
    first, second = capsys.readouterr().out.splitlines()
    assert 'by ana  {"country":"GBR","organisation":"Northland"}' in first
    assert second.endswith("by bo  taken back: left")
    run(tmp_path, "list", "--kind", "partner")
    assert "north" not in capsys.readouterr().out


def test_an_earlier_moment_and_an_earlier_day_are_as_they_were(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bring(tmp_path, "partners:\n  - {id: north, published: 2020-01-01}\n")
    bring(tmp_path, PARTNER)
    capsys.readouterr()
    run(tmp_path, "export", "--known-by", "2021-01-01")
    assert capsys.readouterr().out == "partners:\n  - id: north\n    published: 2020-01-01\n"
    run(tmp_path, "export", "--recorded-by", "2021-01-01")
    assert capsys.readouterr().out == "# Nothing is on record.\n"
    run(tmp_path, "history", "partner", "north")
    assert "known from 2020-01-01" in capsys.readouterr().out.splitlines()[0]


def test_what_never_was_on_record_has_no_history(tmp_path: Path) -> None:
    bring(tmp_path, PARTNER)
    with pytest.raises(UsageError) as caught:
        run(tmp_path, "history", "recall", "north")
    assert caught.value.code == "not-on-record"


@pytest.mark.parametrize("asked", [("list",), ("export",), ("retract", "partner", "a", "--by", "b", "--why", "c")])
def test_a_missing_workspace_is_told(tmp_path: Path, asked: tuple[str, ...]) -> None:
    with pytest.raises(WorkspaceError):
        run(tmp_path, *asked)
    assert not (tmp_path / "w").exists()


def test_what_steers_a_terminal_is_not_passed_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bring(tmp_path, 'partners:\n  - {id: north, organisation: "a\\e[2Jb"}\n')
    run(tmp_path, "list")
    run(tmp_path, "history", "partner", "north")
    assert "\x1b" not in capsys.readouterr().out
