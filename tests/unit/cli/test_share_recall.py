from __future__ import annotations

from pathlib import Path

import pytest

from telvet.cli.share_recall import command
from telvet.errors import UsageError, WorkspaceError
from telvet.workspace.sharing_ledger import SharingLedger
from tests.unit.cli.share_room import a_tool, a_workspace

ONE = a_tool(1)["id"]


def run(*arguments: object) -> int:
    code: int = command.main([str(one) for one in arguments], standalone_mode=False)
    return code


def recalls(place: Path) -> list[str]:
    with SharingLedger.open(place) as ledger:
        return [row.id for row in ledger.facts() if row.kind == "recall"]


def test_all_mistaken_ids_are_told_at_once_and_nothing_is_recorded(tmp_path: Path) -> None:
    place = a_workspace(tmp_path)
    with pytest.raises(UsageError) as caught:
        run("x", ONE, ONE.upper(), "--by", "ana", "--why", "wrong", "-w", place)
    assert caught.value.code == "id-malformed"
    assert "'x'" in caught.value.what
    assert ONE.upper() in caught.value.what
    assert f"'{ONE}'" not in caught.value.what
    assert recalls(place) == []


def test_a_partner_who_is_on_nobodys_record_is_a_mistake(tmp_path: Path) -> None:
    place = a_workspace(tmp_path)
    with pytest.raises(UsageError) as caught:
        run(ONE, "--partner", "z", "--partner", "p", "--by", "ana", "--why", "wrong", "-w", place)
    assert caught.value.what == "z: no partner on record"
    assert recalls(place) == []


def test_what_cannot_be_logged_is_not_recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = a_workspace(tmp_path)

    def refused(*_: object, **__: object) -> None:
        raise WorkspaceError("another program writes it", code="audit-locked")

    monkeypatch.setattr("telvet.sharing.audit.logs.open_log", refused)
    with pytest.raises(WorkspaceError):
        run(ONE, "--by", "ana", "--why", "wrong", "-w", place)
    assert recalls(place) == []


def test_two_recalls_of_one_object_are_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = a_workspace(tmp_path)
    for why in ("wrong", "and late"):
        assert run(ONE, "--by", "ana", "--why", why, "-w", place) == 0
    assert len(set(recalls(place))) == 2
    assert capsys.readouterr().out.count("1 object stays from now on") == 2
