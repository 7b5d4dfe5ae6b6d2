from __future__ import annotations

import json
from pathlib import Path

import pytest

from telvet.cli.share_explain import command
from telvet.errors import UsageError
from tests.unit.cli.share_room import ASKED, FACTS, a_bundle, a_tool, a_workspace, facts_file


def run(*arguments: object) -> int:
    code: int = command.main([str(one) for one in arguments], standalone_mode=False)
    return code


def test_every_version_of_an_object_has_a_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    later = a_tool(1, modified="2024-04-01T00:00:00Z")
    feed = a_bundle(tmp_path / "b.json", a_tool(1), later, a_tool(2))
    asked = (feed, a_tool(1)["id"], *ASKED, "--facts", facts_file(tmp_path), "--as-of", "2024-06-01")
    assert run(*asked, "--format", "json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [each["version"] for each in told] == ["2024-03-01T00:00:00Z", "2024-04-01T00:00:00Z"]
    assert all(each["release"]["object"] == each["object"] for each in told)


def test_an_object_that_is_not_there_is_a_mistake(tmp_path: Path) -> None:
    feed = a_bundle(tmp_path / "b.json", a_tool(1))
    for name, fix in ((a_tool(2)["id"], f"did you mean {a_tool(1)['id']}?"), ("x", "copy its id")):
        with pytest.raises(UsageError) as caught:
            run(feed, name, *ASKED, "--facts", facts_file(tmp_path))
        assert (caught.value.code, caught.value.where) == ("unknown-object", "OBJECT")
        assert fix in caught.value.fix


def test_what_the_partner_holds_counts_where_the_workspace_has_a_log(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = a_workspace(tmp_path, f"{FACTS}ceilings:\n  - {{id: K, partners: all, types: [tool], most: 0}}\n")
    feed = a_bundle(tmp_path / "b.json", a_tool(1))
    capsys.readouterr()
    assert run(feed, a_tool(1)["id"], *ASKED, "-w", place, "--format", "json") == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["effect"], told["release"]["effect"]) == ("permit", "refer")
