from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from telvet.errors import WorkspaceError
from telvet.sharing.audit.keys import VerifierKey
from telvet.sharing.audit.logs import begin_logs, open_log
from telvet.sharing.audit.reading import DECIDED, LISTED, SENT, ReleasedRow, released
from telvet.sharing.audit.records import Decided, Event, Page
from telvet.workspace.entries import moment
from tests.unit.sharing.audit.logs import AT, decided, event, signer

KEY = signer().key
LATER = AT + timedelta(days=1)


def sent(*decisions: Decided, at: datetime = AT, partner: str = "a", act: str = SENT, request: str = "r") -> Page:
    return Page(at, partner, request, decisions, {"act": act, "day": at.date().isoformat()})


def filled(folder: Path, *entries: Page | Event, name: str = "main") -> Path:
    if not folder.exists():
        begin_logs(folder, signer(), at=AT, by="ana").close()
    log = open_log(folder, signer(), name, at=AT, by="ana")
    for entry in entries:
        log.append(entry)
    log.close()
    return folder


def rows(folder: Path, key: VerifierKey | None = None, **asked: Any) -> list[ReleasedRow]:
    found = list(released(folder, key, **asked))
    assert found == list(released(folder, KEY, **asked))
    return found


def test_what_went_out_is_told_once_with_its_first_and_last_time(tmp_path: Path) -> None:
    filled(tmp_path / "audit", sent(decided(1), decided(2, "redact")), event(), sent(decided(1), at=LATER, request="s"))
    one, other = rows(tmp_path / "audit")
    assert one == ReleasedRow(
        "a", "indicator--1", decided(1).version, decided(1).digest, "permit", moment(AT), moment(LATER), 2, "s",
        {"act": "sent", "day": "2024-01-16"},
    )  # fmt: skip
    assert (other.object, other.effect, other.times, other.first, other.last) == (
        "indicator--2", "redact", 1, moment(AT), moment(AT),
    )  # fmt: skip


def test_what_did_not_go_out_is_not_told(tmp_path: Path) -> None:
    filled(
        tmp_path / "audit",
        sent(decided(1, "withhold"), decided(2, "refer")),
        sent(decided(3), act=DECIDED),
        sent(decided(4), act=LISTED),
        sent(decided(5), partner=""),
        Page(AT, "a", "r", [decided(6)], {}),
        sent(),
    )
    assert rows(tmp_path / "audit") == []


def test_other_bytes_another_version_and_another_partner_are_other_rows(tmp_path: Path) -> None:
    one = decided(1)
    filled(
        tmp_path / "audit",
        sent(one, replace(one, digest="x"), replace(one, version="2025")),
        sent(one, partner="b"),
    )
    assert [row.times for row in rows(tmp_path / "audit")] == [1, 1, 1, 1]


def test_all_logs_are_read_together(tmp_path: Path) -> None:
    filled(tmp_path / "audit", sent(decided(1), at=LATER, request="late"))
    filled(tmp_path / "audit", sent(decided(1), request="early"), name="serve-1")
    (row,) = rows(tmp_path / "audit")
    assert (row.first, row.last, row.times, row.request) == (moment(AT), moment(LATER), 2, "late")


def test_it_is_asked_by_partner_time_and_object(tmp_path: Path) -> None:
    odd = replace(decided(3), object='odd "id" \u00e9', reasons=("indicator--1",))
    filled(tmp_path / "audit", sent(decided(1), decided(2), odd), sent(decided(1), at=LATER, partner="b"))
    assert {row.partner for row in rows(tmp_path / "audit", partner="b")} == {"b"}
    assert [row.partner for row in rows(tmp_path / "audit", since=LATER)] == ["b"]
    assert [row.object for row in rows(tmp_path / "audit", objects={"indicator--2", odd.object})] == [
        "indicator--2", odd.object,
    ]  # fmt: skip
    assert [row.partner for row in rows(tmp_path / "audit", objects=["indicator--1"])] == ["a", "b"]
    assert rows(tmp_path / "audit", objects=[]) == []


def test_with_a_key_a_changed_log_tells_nothing_and_without_one_it_must_at_least_be_whole(tmp_path: Path) -> None:
    folder = filled(tmp_path / "audit", sent(decided(1)))
    with pytest.raises(WorkspaceError) as caught:
        list(released(folder, signer(2).key))
    assert caught.value.code == "audit-wrong-key"
    filled(folder, sent(decided(1)), name="serve-1")
    shutil.copytree(folder, tmp_path / "copy")
    shutil.rmtree(tmp_path / "copy" / "main")
    with pytest.raises(WorkspaceError) as gone:
        list(released(tmp_path / "copy", KEY))
    assert gone.value.code == "audit-gone"
    assert len(list(released(tmp_path / "copy"))) == 1
    segment = folder / "main" / "00000001.segment"
    segment.write_bytes(segment.read_bytes().replace(b"indicator--1", b"indicator--2"))
    for key in (KEY, None):
        with pytest.raises(WorkspaceError):
            list(released(folder, key))
