from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from telvet.cli.share_holding import holding, holding_as_they_are
from telvet.cli.share_state import state_of
from telvet.errors import WorkspaceError
from telvet.model.release import Ceiling
from telvet.sharing.audit.records import Decided, Page
from telvet.sharing.recorded.known import Known
from telvet.sharing.releasing.gate import Gate
from telvet.sharing.releasing.gates import gate_of, shipped_rules
from tests.unit.cli.share_room import a_tool, a_workspace


def a_gate(*ceilings: Ceiling) -> Gate:
    return gate_of("p", date(2024, 6, 1), Known(ceilings=frozenset(ceilings)), shipped_rules(), frozenset(), "data")


CAPPED = a_gate(Ceiling("K", None, None, 3))


def sent(place: Path, partner: str, number: int, effect: str = "permit", act: str = "sent") -> None:
    one = Decided(a_tool(number)["id"], "", "d", effect, ("S",))
    with state_of(place, None).log(by="ana") as (log, _):
        log.append(Page(datetime(2024, 1, 1, tzinfo=UTC), partner, f"r{number}", [one], {"act": act}))


def test_what_was_sent_to_the_partner_is_held_and_nothing_else(tmp_path: Path) -> None:
    place = a_workspace(tmp_path)
    sent(place, "p", 1)
    sent(place, "p", 2, "redact")
    sent(place, "p", 3, "withhold")
    sent(place, "p", 4, act="listed")
    sent(place, "q", 5)
    kept = state_of(place, None)
    held = {a_tool(1)["id"], a_tool(2)["id"]}
    assert holding(CAPPED, kept.logs, kept.signer().key) == held
    assert holding_as_they_are(CAPPED, place) == held


def test_where_nothing_is_counted_no_log_is_read(tmp_path: Path) -> None:
    assert holding(a_gate(), tmp_path / "none", None) == frozenset()
    assert holding_as_they_are(CAPPED, tmp_path) == frozenset()
    assert holding_as_they_are(CAPPED, "postgresql://u@h/d") == frozenset()
    assert holding_as_they_are(CAPPED, None) == frozenset()


def test_a_log_that_is_not_there_holds_a_release_up(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError):
        holding(CAPPED, tmp_path / "none", None)
