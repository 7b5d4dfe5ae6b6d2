from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from telvet.cli.share_proxy import command
from telvet.errors import InputError, SharingError
from tests.unit.cli.share_room import a_workspace
from tests.unit.cli.test_share_load import CONFIG

ID = "6f1f3f0e-6a3c-4a58-9d5b-0d6d1f0f6c11"


@dataclass
class There:
    """A collection that upstream shows."""

    id: str
    upstream: str = "http://up/api/collections/x/"


@dataclass
class Shown:
    """What asking upstream finds."""

    collection: There


def run(*arguments: object) -> int:
    code: int = command.main([str(one) for one in arguments], standalone_mode=False)
    return code


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    held: dict[str, Any] = {}
    monkeypatch.setattr("telvet.sharing.proxying.proxy.open_proxy", lambda **named: held.update(named))
    monkeypatch.setattr("telvet.cli.share_proxy.run", lambda *given: held.update(run=given))
    (tmp_path / "desk.yaml").write_text(CONFIG, encoding="utf-8")
    return held


def test_a_collection_is_looked_for_upstream_where_its_address_is_not_said(
    tmp_path: Path, asked: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    place = a_workspace(tmp_path)
    monkeypatch.setattr("telvet.sharing.proxying.discovering.discover", lambda _: [Shown(There(ID.upper()))])
    options = ("--config", tmp_path / "desk.yaml", "-w", place, "--seconds", "2", "--cache-seconds", "0")
    assert run("http://127.0.0.1:9/", *options) == 0
    _, read, _, _ = asked["run"]
    assert [each.upstream for root in read.roots for each in root.collections] == ["http://up/api/collections/x/"]
    assert (asked["upstream"].seconds, asked["cache_seconds"], len(asked["key"])) == (2, 0, 32)
    assert (place / "audit" / "proxy").is_dir()


def test_all_collections_that_upstream_lacks_are_told(
    tmp_path: Path, asked: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    place, config = a_workspace(tmp_path), tmp_path / "desk.yaml"
    more = "      - {id: 6f1f3f0e-6a3c-4a58-9d5b-0d6d1f0f6c12, title: More}\nusers:"
    config.write_text(CONFIG.replace("users:", more), encoding="utf-8")
    monkeypatch.setattr("telvet.sharing.proxying.discovering.discover", lambda _: [])
    with pytest.raises(SharingError) as caught:
        run("http://127.0.0.1:9/", "--config", config, "-w", place)
    assert [fault.code for fault in caught.value.faults] == ["no-upstream", "no-upstream"]
    assert "it has none" in caught.value.faults[0].fix
    assert "run" not in asked


def test_nobody_is_asked_where_all_addresses_are_said(
    tmp_path: Path, asked: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    place, config = a_workspace(tmp_path), tmp_path / "desk.yaml"
    config.write_text(
        CONFIG.replace("alias: tools", "alias: tools, upstream: 'http://127.0.0.1:9/x/'"), encoding="utf-8"
    )
    monkeypatch.setattr("telvet.sharing.proxying.discovering.discover", lambda _: pytest.fail("upstream was asked"))
    assert run("http://127.0.0.1:9/", "--config", config, "-w", place) == 0
    assert "run" in asked


def test_a_configuration_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        run("http://127.0.0.1:9/", "--config", tmp_path / "none.yaml", "-w", a_workspace(tmp_path))
