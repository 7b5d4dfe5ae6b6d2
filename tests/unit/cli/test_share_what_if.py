from __future__ import annotations

import json
from pathlib import Path

import pytest

from telvet.cli.share_what_if import command
from telvet.errors import UsageError
from tests.unit.cli.share_room import ASKED, a_bundle, a_tool, facts_file

LAW = ("--law", "usa.s3153-116")


def run(*arguments: object) -> int:
    code: int = command.main([str(one) for one in arguments], standalone_mode=False)
    return code


@pytest.fixture
def asked(tmp_path: Path) -> list[object]:
    feed = a_bundle(tmp_path / "feed.json", a_tool(1))
    return [feed, *ASKED, "--facts", facts_file(tmp_path), "--as-of", "2024-06-01"]


def test_laws_that_apply_stay_and_others_join_them(asked: list[object], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*asked, *LAW, "--permits", "huawei/5G", "--format", "jsonl") == 0
    permitted = [json.loads(text) for text in capsys.readouterr().out.splitlines()]
    assert {each["after"] for each in permitted} <= {"withhold"}
    assert run(*asked, "--with-law", LAW[1], "--permits", "Huawei / 5G", "--format", "jsonl") == 0
    told = [json.loads(text) for text in capsys.readouterr().out.splitlines()]
    assert [(each["change"], each["before"], each["after"]) for each in told] == [("stays", "permit", "withhold")]
    assert told[0]["added"][0]["rule"] == f"law {LAW[1]}.no-sharing"


def test_nothing_of_what_would_be_is_left_behind(
    asked: list[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passing = tmp_path / "passing"
    passing.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(passing))
    assert run(*asked, "--bans", "huawei/5G", "-o", tmp_path / "out.txt") == 0
    assert list(passing.iterdir()) == []
    assert "it bans huawei/5G" in (tmp_path / "out.txt").read_text("utf-8")


@pytest.mark.parametrize("text", ["", "/", "/5G", "huawei/", "huawei/5g", "huawei/5G/x", "x: y\n- {/5G"])
def test_what_is_no_vendor_and_generation_is_refused(asked: list[object], text: str) -> None:
    with pytest.raises(UsageError) as caught:
        run(*asked, "--bans", text)
    assert (caught.value.code, caught.value.where) in {("not-of-a-country", "--bans"), ("unknown-vendor", "--bans")}
