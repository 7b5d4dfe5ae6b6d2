from __future__ import annotations

from pathlib import Path

import pytest

from telvet.cli.share_load import command
from telvet.errors import UsageError
from tests.unit.cli.share_room import a_bundle, a_tool, a_workspace

CONFIG = """title: A desk
roots:
  - path: api
    title: A root
    collections:
      - {id: 6f1f3f0e-6a3c-4a58-9d5b-0d6d1f0f6c11, title: Tools, alias: tools}
users:
  - {name: ann, role: staff, token_sha256: ["0000000000000000000000000000000000000000000000000000000000000000"], read: [all], write: [all]}
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "desk.yaml"
    path.write_text(CONFIG, encoding="utf-8")
    return path


def run(*arguments: object) -> int:
    code: int = command.main([str(one) for one in arguments], standalone_mode=False)
    return code


def test_what_is_loaded_is_counted_and_recorded(
    tmp_path: Path, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place, feed = a_workspace(tmp_path), a_bundle(tmp_path / "b.json", a_tool(1), a_tool(2))
    assert run(feed, "--config", config, "--into", "tools", "--by", "ana", "-w", place) == 0
    assert "2 objects in Tools, 0 refused" in capsys.readouterr().out
    (segment,) = (place / "audit" / "main").glob("*.segment")
    assert b'"successes":2' in segment.read_bytes()


def test_where_nothing_could_be_loaded_the_command_fails(
    tmp_path: Path, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = a_workspace(tmp_path)
    asked = ("--config", config, "--into", "tools", "--by", "ana", "-w", place)
    assert run(a_bundle(tmp_path / "1.json", *map(a_tool, range(30))), *asked) == 0
    others = [a_tool(number, name="other") for number in range(30)]
    assert run(a_bundle(tmp_path / "2.json", *others), *asked) == 2
    said = capsys.readouterr()
    assert "0 objects in Tools, 30 refused" in said.out
    assert "... and 10 more" in said.err


def test_a_collection_that_is_not_configured_is_a_mistake(tmp_path: Path, config: Path) -> None:
    place, feed = a_workspace(tmp_path), a_bundle(tmp_path / "b.json", a_tool(1))
    with pytest.raises(UsageError) as caught:
        run(feed, "--config", config, "--into", "zzz", "--by", "ana", "-w", place)
    assert (caught.value.code, caught.value.fix) == ("unknown-collection", "name one of: tools")


def test_without_a_log_nothing_is_loaded(tmp_path: Path, config: Path) -> None:
    place, feed = a_workspace(tmp_path, log=False), a_bundle(tmp_path / "b.json", a_tool(1))
    with pytest.raises(UsageError) as caught:
        run(feed, "--config", config, "--into", "tools", "--by", "ana", "-w", place)
    assert caught.value.code == "audit-missing"
