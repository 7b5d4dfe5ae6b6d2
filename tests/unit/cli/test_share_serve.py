from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from telvet.cli.share_serve import command
from telvet.errors import InputError
from tests.unit.cli.share_room import a_workspace
from tests.unit.cli.test_share_load import CONFIG


def run(*arguments: object) -> int:
    code: int = command.main([str(one) for one in arguments], standalone_mode=False)
    return code


def test_a_server_is_opened_as_it_was_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, Any] = {}
    place, config = a_workspace(tmp_path), tmp_path / "desk.yaml"
    config.write_text(CONFIG, encoding="utf-8")
    monkeypatch.setattr("telvet.sharing.store.store.open_store", lambda *_, **named: asked.update(named))
    monkeypatch.setattr("telvet.cli.share_serve.run", lambda *given: asked.update(run=given))
    assert run(config, "-w", place, "--host", "::1", "--port", "0", "--log", "other", "--older-versions") == 0
    asking, read, parts, _ = asked["run"]
    assert (asking.host, asking.port, asking.log_name, read.title) == ("::1", 0, "other", "A desk")
    assert asked["older_versions"] is True
    assert asked["gates"] is parts.gates
    assert (place / "audit" / "other").is_dir()


def test_a_configuration_that_cannot_be_read_begins_nothing(tmp_path: Path) -> None:
    place = a_workspace(tmp_path)
    with pytest.raises(InputError):
        run(tmp_path / "none.yaml", "-w", place)
    assert not (place / "audit" / "server").exists()
