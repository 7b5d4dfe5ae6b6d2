"""No record, no answer."""

from __future__ import annotations

import asyncio
import threading
from datetime import UTC, datetime

import pytest

from telvet.sharing.audit.records import Decided, Event, Page
from telvet.sharing.taxii.recording import Recorder
from telvet.sharing.taxii.refusals import Refusal
from telvet.sharing.taxii.source import Slice
from tests.simulators.taxii import ANN, NORTH, Recorded

NOW = datetime(2024, 3, 1, tzinfo=UTC)
DECIDED = [Decided("a--1", "1", "digest", "permit", ("marks",))]


def test_a_page_to_a_partner_is_recorded_with_what_it_rests_on() -> None:
    record = Recorded()
    part = Slice(decided=DECIDED, about={"facts": "digest"})
    asyncio.run(Recorder(record, lambda: NOW).page(NORTH, "an-id", part, {"collection": "c"}))
    about = {"facts": "digest", "collection": "c", "user": "northland"}
    assert record.entries == [Page(NOW, "northland-cert", "an-id", DECIDED, about)]


def test_a_page_to_our_own_staff_is_decided_by_nobody() -> None:
    record = Recorded()
    asyncio.run(Recorder(record, lambda: NOW).page(ANN, "an-id", Slice(), {}))
    assert record.entries == []


def test_what_a_user_did_is_recorded_whoever_it_is() -> None:
    record = Recorded()
    asyncio.run(Recorder(record, lambda: NOW).event(ANN, "an-id", "taxii-delete", {"object": "a--1"}))
    told = {"object": "a--1", "partner": None, "request": "an-id"}
    assert record.entries == [Event(NOW, "ann", "taxii-delete", told)]


def test_what_cannot_be_recorded_does_not_go_out(capsys: pytest.CaptureFixture[str]) -> None:
    recorder = Recorder(Recorded(failing=True), lambda: NOW)
    with pytest.raises(Refusal) as caught:
        asyncio.run(recorder.page(NORTH, "an-id", Slice(), {}))
    assert (caught.value.status, "Retry-After" in caught.value.headers) == (503, True)
    assert "secrets" not in capsys.readouterr().err


def test_it_is_kept_in_a_thread() -> None:
    threads: list[str] = []
    recorder = Recorder(lambda _: threads.append(threading.current_thread().name), lambda: NOW)
    asyncio.run(recorder.event(ANN, "an-id", "x", {}))
    assert threads != [threading.current_thread().name]
