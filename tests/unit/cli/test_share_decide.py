from __future__ import annotations

import json
from pathlib import Path

import pytest

from telvet.cli.share_decide import command
from telvet.errors import UsageError
from tests.unit.cli.share_room import ASKED, US, a_bundle, a_tool, facts_file


def test_a_report_may_go_into_a_file(tmp_path: Path) -> None:
    feed = a_bundle(tmp_path / "b.json", a_tool(1), a_tool(2, created_by_ref=US))
    asked = [str(feed), *ASKED, "--facts", str(facts_file(tmp_path)), "--as-of", "2024-06-01"]
    out = tmp_path / "out.jsonl"
    assert command.main([*asked, "--format", "jsonl", "-o", str(out)], standalone_mode=False) == 0
    told = [json.loads(text) for text in out.read_text("utf-8").splitlines()]
    assert [each["object"] for each in told] == [a_tool(1)["id"], a_tool(2)["id"]]
    with pytest.raises(UsageError) as caught:
        command.main([*asked, "-o", str(feed)], standalone_mode=False)
    assert caught.value.code == "overwrites"


def test_marks_beside_a_file_are_not_written_over(tmp_path: Path) -> None:
    note, marks = tmp_path / "n.txt", tmp_path / "n.txt.handling.yaml"
    note.write_text("x")
    marks.write_text("tlp: green\n")
    asked = [str(note), *ASKED, "--facts", str(facts_file(tmp_path))]
    with pytest.raises(UsageError) as caught:
        command.main([*asked, "-o", str(marks)], standalone_mode=False)
    assert caught.value.code == "overwrites"
    assert command.main(asked, standalone_mode=False) == 0
