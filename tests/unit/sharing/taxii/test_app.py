"""Every request, whatever it is for."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from telvet.errors import WorkspaceError
from telvet.sharing.taxii.app import App, build_app
from telvet.sharing.taxii.config import Bounds
from telvet.sharing.taxii.source import Slice
from tests.simulators.taxii import (
    ANN,
    NORTH,
    OPEN,
    SECRET,
    TAXII,
    MemorySource,
    Recorded,
    asked,
    bearer,
    config,
    indicator,
)  # fmt: skip
from tests.unit.sharing.taxii.schemas import validated

PAGE = "/intel/collections/open/objects/"


def app(source: MemorySource | None = None, bounds: Bounds | None = None, **options: Any) -> App:
    settings = config() if bounds is None else config(bounds=bounds)
    source = source or MemorySource({OPEN.id: [indicator(1)]})
    return build_app(settings, source, record=Recorded(), secret=SECRET, **options)


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST", "DELETE", "PATCH", "BREW"])
@pytest.mark.parametrize("path", ["/taxii2/", PAGE, "/nowhere/", "/", "/taxii2"])
def test_who_is_not_known_hears_only_how_to_say_who_it_is(method: str, path: str) -> None:
    answer = asked(app(), method, path, headers={"Accept": "text/html"})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Basic realm="TAXII", charset="UTF-8", Bearer realm="TAXII"'
    if method != "HEAD":
        assert validated("error", answer.content)["title"] == "Say who you are"


@pytest.mark.parametrize(
    ("path", "method", "allow"),
    [
        ("/taxii2/", "POST", "GET, HEAD"),
        ("/intel/collections/", "DELETE", "GET, HEAD"),
        (PAGE, "PUT", "GET, HEAD, POST"),
        (PAGE, "OPTIONS", "GET, HEAD, POST"),
        (f"{PAGE}x/", "POST", "DELETE, GET, HEAD"),
        ("/none/collections/none/objects/", "PUT", "GET, HEAD, POST"),
        ("/openapi.json", "POST", "GET, HEAD"),
    ],
)
def test_other_methods_are_refused_with_those_that_there_are(path: str, method: str, allow: str) -> None:
    answer = asked(app(), method, path, headers=bearer(NORTH))
    assert (answer.status_code, answer.headers["Allow"]) == (405, allow)


@pytest.mark.parametrize("path", ["/taxii2", "/intel", "/intel/collections", PAGE[:-1], PAGE + "x", "/taxii2/x", "//"])
def test_without_its_slash_an_address_is_another(path: str) -> None:
    assert asked(app(), "GET", path, headers=bearer(NORTH)).status_code == 404


@pytest.mark.parametrize(
    "path", ["/taxii2/", "/intel/", PAGE, "/intel/collections/open/manifest/", "/nowhere/", "/openapi.json"]
)
def test_the_head_is_that_of_the_whole_answer(path: str) -> None:
    served, dropped = app(), {"x-request-id"}
    whole, head = (asked(served, method, path, headers=bearer(NORTH)) for method in ("GET", "HEAD"))
    assert head.content == b""
    assert {k: v for k, v in head.headers.items() if k not in dropped} == {
        k: v for k, v in whole.headers.items() if k not in dropped
    }


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/taxii2/", {}),
        (PAGE, {}),
        ("/nowhere/", {}),
        ("/taxii2/", {"Accept": "text/html"}),
        (PAGE + "?limit=0", {}),
        ("/taxii2/", {"Authorization": ""}),
    ],
)
def test_every_answer_has_the_type_of_taxii_and_is_kept_by_nobody(path: str, headers: dict[str, str]) -> None:
    answer = asked(app(), "GET", path, headers=bearer(NORTH) | headers)
    assert answer.headers["Content-Type"] == TAXII
    assert answer.headers["Cache-Control"] == "no-store"
    assert len(answer.headers["X-Request-Id"]) == 32
    assert int(answer.headers["Content-Length"]) == len(answer.content)


def test_the_manifest_admits_what_the_standard_names_for_it() -> None:
    headers = bearer(NORTH) | {"Accept": "application/stix+json;version=2.1"}
    answers = [
        asked(app(), "GET", path, headers=headers).status_code for path in (PAGE, "/intel/collections/open/manifest/")
    ]
    assert answers == [406, 200]


@pytest.mark.parametrize("path", [{"raw_path": b"/taxii2/"}, {"path": "/taxii2/"}])
def test_a_request_names_what_it_accepts(path: dict[str, Any]) -> None:
    async def ask() -> list[Any]:
        sent: list[Any] = []
        headers = [(b"authorization", b"Bearer token of ann")]
        scope = {"type": "http", "method": "GET", "query_string": b"", "headers": headers, **path}

        async def send(message: Any) -> None:
            sent.append(message)

        async def receive() -> Any:
            return {"type": "http.request"}

        await app()(scope, receive, send)
        return sent

    assert asyncio.run(ask())[0]["status"] == 406


def test_the_description_is_for_anybody() -> None:
    answer = asked(app(), "GET", "/openapi.json")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
    assert OPEN.id not in answer.text
    assert "intel" not in answer.text.lower().replace("intelligence", "")


@pytest.mark.parametrize(
    ("code", "status"), [("source-busy", 503), ("source-failed", 502), ("place-lost", 400), ("other", 502)]
)
def test_a_source_that_cannot_answer_is_told_without_its_words(
    code: str, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = asked(app(MemorySource(failing=code)), "GET", PAGE, headers=bearer(NORTH))
    assert answer.status_code == status
    assert ("Retry-After" in answer.headers) == (status == 503)
    assert "secret" not in answer.text + capsys.readouterr().err


def test_whoever_asks_while_the_record_has_no_room_may_come_again(capsys: pytest.CaptureFixture[str]) -> None:
    class Full(MemorySource):
        async def page(self, *_: Any, **__: Any) -> Slice:
            raise WorkspaceError("there is no room for secrets", code="audit-full")

    answer = asked(app(Full()), "GET", PAGE, headers=bearer(NORTH))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "WorkspaceError" in (said := capsys.readouterr().err)
    assert "secret" not in answer.text + said


def test_a_failure_of_ours_is_one_line_on_the_error_stream(capsys: pytest.CaptureFixture[str]) -> None:
    answer = asked(app(MemorySource(broken=True)), "GET", PAGE, headers=bearer(NORTH))
    told = validated("error", answer.content)
    assert answer.status_code == 500
    written = capsys.readouterr().err
    assert told["error_id"] in written
    assert "RuntimeError" in written
    assert written.count("\n") == 1
    assert "secret" not in written + answer.text


@pytest.mark.parametrize("path", ["/taxii2/", PAGE, "/nowhere/", PAGE + "?limit=0"])
def test_answers_to_partners_leave_at_a_tick(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr("telvet.sharing.taxii.app.asyncio.sleep", sleep)
    served = app(bounds=Bounds(tick_ms=100_000))
    assert asked(served, "GET", path, headers=bearer(ANN)).status_code
    assert slept == []
    asked(served, "GET", path, headers=bearer(NORTH))
    assert len(slept) == 1
    assert 0 < slept[0] <= 100


def test_too_many_at_once_are_asked_to_come_again() -> None:
    source = MemorySource()
    served = app(source, replace(config().bounds, most_requests=1))

    async def two() -> list[int]:
        entered, go_on = asyncio.Event(), asyncio.Event()

        async def slow(*_: Any) -> None:
            entered.set()
            await go_on.wait()

        source.status = slow  # type: ignore[method-assign, assignment] # what a test may
        transport = httpx.ASGITransport(served)
        async with httpx.AsyncClient(transport=transport, base_url="http://x", headers=bearer(NORTH)) as client:
            path = "/intel/status/44444444-4444-4444-8444-444444444444/"
            first = asyncio.create_task(client.get(path))
            await entered.wait()
            second = await client.get("/taxii2/")
            go_on.set()
            third = await first
            return [second.status_code, third.status_code, (await client.get("/taxii2/")).status_code]

    assert asyncio.run(two()) == [503, 404, 200]


def test_a_client_that_leaves_gets_nothing() -> None:
    sent: list[Any] = []

    async def leave() -> None:
        headers = [
            (b"authorization", b"Bearer token of northland"),
            (b"accept", b"*/*"),
            (b"content-type", TAXII.encode()),
        ]
        scope = {
            "type": "http",
            "method": "POST",
            "raw_path": b"/intel/collections/inbox/objects/",
            "query_string": b"",
            "headers": headers,
        }

        async def receive() -> Any:
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            sent.append(message)

        await app()(scope, receive, send)

    asyncio.run(leave())
    assert sent == []


def test_the_source_is_closed_with_the_server() -> None:
    source, sent = MemorySource(), list[str]()

    async def live() -> None:
        async def receive() -> Any:
            return {"type": "lifespan"}

        async def send(message: Any) -> None:
            sent.append(message["type"])

        await app(source)({"type": "lifespan"}, receive, send)

    asyncio.run(live())
    assert source.closed
    assert sent == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


def test_the_clock_is_the_callers() -> None:
    record, moment = Recorded(), datetime(2001, 1, 1, tzinfo=UTC)
    served = build_app(config(), MemorySource(), record=record, secret=SECRET, clock=lambda: moment)
    asked(served, "GET", PAGE, headers=bearer(NORTH))
    assert [entry.at for entry in record.entries] == [moment]
