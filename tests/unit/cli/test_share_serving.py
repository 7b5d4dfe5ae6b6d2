from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from telvet.cli.share_known import known_from
from telvet.cli.share_serving import Asked, asked_of, readable, working
from telvet.cli.share_state import state_of
from telvet.errors import UsageError
from telvet.sharing.audit.reading import released
from telvet.sharing.audit.records import Decided, Event, Page
from telvet.sharing.taxii.config import Config
from telvet.sharing.taxii.config_reading import read_config
from tests.unit.cli.share_room import a_tool, a_workspace, facts_file

HASH = "0" * 64
CONFIG = f"""title: A desk
roots:
  - path: one
    title: One
    collections:
      - {{id: 6f1f3f0e-6a3c-4a58-9d5b-0d6d1f0f6c11, title: A, alias: a}}
      - {{id: 6f1f3f0e-6a3c-4a58-9d5b-0d6d1f0f6c12, title: B, alias: b}}
  - path: two
    title: Two
    collections:
      - {{id: 6f1f3f0e-6a3c-4a58-9d5b-0d6d1f0f6c13, title: C, alias: c}}
users:
  - {{name: u1, role: partner, partner: p, token_sha256: ["{HASH}"], read: [c]}}
  - {{name: u2, role: partner, partner: p, token_sha256: ["{HASH[:-1]}1"], read: [a]}}
  - {{name: u3, role: partner, partner: q, token_sha256: ["{HASH[:-1]}2"], read: [b]}}
"""


@pytest.fixture
def config(tmp_path: Path) -> Config:
    path = tmp_path / "desk.yaml"
    path.write_text(CONFIG, encoding="utf-8")
    return read_config(path)


def asked(place: Path) -> Asked:
    return asked_of(
        workspace=place, state=None, key=None, log_name="server", laws=("a,b",), home=None, host=None, port=None
    )


def test_a_partner_reads_what_any_of_its_users_may(config: Config) -> None:
    assert [each.title for each in readable(config, "p")] == ["A", "C"]
    assert [each.title for each in readable(config, "q")] == ["B"]
    assert readable(config, "z") == ()


def test_an_extra_that_is_missing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked(tmp_path).laws == ("a", "b")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "uvicorn" else object())
    with pytest.raises(UsageError) as caught:
        asked(tmp_path)
    assert (caught.value.code, caught.value.what) == ("no-extra", "uvicorn is not installed")
    assert "telvet[share]" in caught.value.fix


def test_what_is_recorded_says_what_became_of_the_objects(tmp_path: Path, config: Config) -> None:
    place = a_workspace(tmp_path)
    with working(replace(asked(place), laws=()), config, "me") as parts:
        for number, resource in enumerate(("objects", "manifest", "versions", None), 1):
            one = Decided(a_tool(number)["id"], "", "d", "permit", ("S",))
            about = {} if resource is None else {"resource": resource}
            parts.record(Page(datetime(2024, 1, number, tzinfo=UTC), "p", "r", [one], about))
        parts.record(Event(datetime(2024, 1, 9, tzinfo=UTC), "me", "posted"))
    kept = state_of(place, None)
    assert [row.object for row in released(kept.logs, kept.signer().key)] == [a_tool(1)["id"]]
    assert sorted(path.name for path in kept.logs.iterdir() if path.is_dir()) == ["main", "server"]


def test_a_gate_is_made_anew_when_the_record_has_changed(tmp_path: Path, config: Config) -> None:
    place = a_workspace(tmp_path)
    with working(replace(asked(place), laws=()), config, "me") as parts:
        first = parts.gates.gate("p")
        assert parts.gates.gate("p") is first
        assert {one.id for one in first.known.arrangements} == {"A"}
        text = facts_file(tmp_path).read_text("utf-8").replace("id: A,", "id: B,")
        a_workspace(tmp_path, text, log=False)
        assert {one.id for one in parts.gates.gate("p").known.arrangements} == {"A", "B"}
        assert len(parts.secret) == 32
    assert known_from(place, ()).partners.keys() == {"p"}
