from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from telvet.cli.share_release import command
from telvet.errors import UsageError, WorkspaceError
from telvet.workspace.sharing_ledger import SharingLedger
from tests.unit.cli.share_room import ASKED, a_bundle, a_tool, a_workspace


def run(*arguments: object) -> int:
    code: int = command.main([str(one) for one in arguments], standalone_mode=False)
    return code


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return a_workspace(tmp_path)


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    return a_bundle(
        tmp_path / "feed.json",
        a_tool(1),
        a_tool(2, type="malware", id="malware--" + a_tool(2)["id"][6:], is_family=True),
    )


def test_the_receipt_lies_beside_the_artefact_unless_it_is_named(tmp_path: Path, place: Path, feed: Path) -> None:
    asked = (feed, *ASKED, "--by", "ana", "-w", place)
    assert run(*asked, "-o", tmp_path / "a.json") == 0
    assert (tmp_path / "a.json.receipt.json").exists()
    assert run(*asked, "-o", tmp_path / "b.json", "--receipt", tmp_path / "r.json") == 0
    assert not (tmp_path / "b.json.receipt.json").exists()
    told = [json.loads((tmp_path / name).read_text())["receipt"] for name in ("a.json.receipt.json", "r.json")]
    assert [[each["id"] for each in one["objects"]] for one in told] == [[a_tool(1)["id"]]] * 2
    assert told[0]["id"] != told[1]["id"]
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    with SharingLedger.open(place) as ledger:
        assert [each.type for each in ledger.queue()] == ["malware"]


def test_what_cannot_be_recorded_does_not_leave_and_does_not_queue(
    tmp_path: Path, place: Path, feed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise WorkspaceError("another program writes it", code="audit-locked")

    monkeypatch.setattr("telvet.sharing.audit.logs.open_log", refused)
    with pytest.raises(WorkspaceError):
        run(feed, *ASKED, "--by", "ana", "-w", place, "-o", tmp_path / "out.json")
    assert not (tmp_path / "out.json").exists()
    with SharingLedger.open(place) as ledger:
        assert ledger.queue() == []


def test_what_cannot_be_written_is_told_before_anything_is_recorded(tmp_path: Path, place: Path, feed: Path) -> None:
    with pytest.raises(UsageError) as caught:
        run(feed, *ASKED, "--by", "ana", "-w", place, "-o", tmp_path / "none" / "out.json")
    assert caught.value.code == "unwritable"
    (segment,) = (place / "audit" / "main").glob("*.segment")
    assert feed.name.encode() not in segment.read_bytes()
    assert b'"kind":"decisions"' not in segment.read_bytes()


def test_today_may_be_named(tmp_path: Path, place: Path, feed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    day = date(2024, 6, 1)
    for module in ("options", "share_asking"):
        monkeypatch.setattr(f"telvet.cli.{module}.today", lambda: day)
    asked = (feed, *ASKED, "--by", "ana", "-w", place, "-o", tmp_path / "out.json")
    assert run(*asked, "--as-of", "2024-06-01") == 0
    with pytest.raises(UsageError) as caught:
        run(*asked, "--as-of", "2024-06-02")
    assert caught.value.code == "not-now"


def test_a_receipt_is_not_put_beside_what_is_no_file(tmp_path: Path, place: Path, feed: Path) -> None:
    asked = (feed, *ASKED, "--by", "ana", "-w", place, "-o", "/dev/null")
    with pytest.raises(UsageError) as caught:
        run(*asked)
    assert caught.value.code == "no-receipt"
    assert run(*asked, "--receipt", tmp_path / "r.json") == 0
    assert (tmp_path / "r.json").exists()
