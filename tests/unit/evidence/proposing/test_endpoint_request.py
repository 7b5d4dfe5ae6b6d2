"""Every test speaks to a real socket of this machine; deadlines are short, so that all of them end soon."""

from __future__ import annotations

import asyncio
import socket
import sys
from time import perf_counter

import pytest

from telvet.errors import EvidenceError, UsageError
from telvet.evidence.proposing.endpoint_request import ask
from telvet.evidence.proposing.endpoint_settings import EndpointSettings
from tests.simulators.endpoint import (
    Answer,
    Call,
    Endpoint,
    Request,
    breaks_off,
    drips,
    drips_headers,
    endless,
    gzip_bomb,
    redirects,
    says,
    silent,
    status,
    wrong_type,
)

KEY = "sk-very-secret"
BODY = {"model": "m", "messages": [{"role": "user", "content": "caf\u00e9 \ud800"}]}
SOON = 0.4
"""A deadline, in seconds."""


def settings(endpoint: Endpoint, *, seconds: float = 10, most_bytes: int = 100_000) -> EndpointSettings:
    return EndpointSettings(endpoint.address, "m", KEY, timeout_s=seconds, most_bytes=most_bytes)


def error(*answers: Answer, seconds: float = 10, within: float = 5) -> EvidenceError:
    """Return the error that an answer leads to, within a time."""
    with Endpoint(*answers) as endpoint:
        began = perf_counter()
        with pytest.raises(EvidenceError) as raised:
            ask(BODY, settings(endpoint, seconds=seconds))
        assert perf_counter() - began < within
        told = "\n".join(raised.value.lines())
        assert endpoint.address in told
        assert KEY not in told + repr(raised.value)
        assert raised.value.fix
        assert raised.value.__cause__ is None
    return raised.value


def test_the_body_of_an_answer_is_returned_as_it_came() -> None:
    with Endpoint(says(b' {"a": "\xc3\xa9"} ')) as endpoint:
        assert ask(BODY, settings(endpoint)) == b' {"a": "\xc3\xa9"} '
        (request,) = endpoint.requests
    assert (request.method, request.path, request.body) == ("POST", "/v1/chat/completions", BODY)
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert request.headers["accept-encoding"] == "identity"
    assert request.headers["user-agent"] == "telvet"


def test_an_endpoint_is_asked_from_within_a_running_loop_too() -> None:
    async def asks(endpoint: Endpoint) -> bytes:
        return ask(BODY, settings(endpoint))

    with Endpoint(says(b"{}")) as endpoint:
        assert asyncio.run(asks(endpoint)) == b"{}"
    with Endpoint(silent) as endpoint, pytest.raises(EvidenceError, match="seconds"):
        ask(BODY, settings(endpoint, seconds=0.1))


def test_without_a_key_none_is_sent() -> None:
    with Endpoint(says(b"{}")) as endpoint:
        ask(BODY, EndpointSettings(endpoint.address, "m"))
        assert "authorization" not in endpoint.requests[0].headers


def test_no_proxy_and_no_stored_password_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    with Endpoint(says(b"{}")) as endpoint, Endpoint(says(b"{}")) as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "HTTPS_PROXY"):
            monkeypatch.setenv(name, proxy.address)
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.setenv("NETRC", f"{tmp_path}/netrc")
        ask(BODY, settings(endpoint))
        assert (len(endpoint.requests), len(proxy.requests)) == (1, 0)


@pytest.mark.parametrize("number", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(number: int) -> None:
    with Endpoint(says(b"{}")) as elsewhere:
        assert error(redirects(f"{elsewhere.address}/chat/completions", number)).code == "endpoint-redirect"
        assert elsewhere.requests == []


@pytest.mark.parametrize("answer", [silent, drips, drips_headers])
def test_the_deadline_holds_for_all_of_an_answer(answer: Answer) -> None:
    problem = error(answer, seconds=SOON, within=SOON + 1)
    assert problem.code == "endpoint-slow"
    assert "TELVET_ENDPOINT_SECONDS" in problem.fix


def test_an_endpoint_that_never_takes_the_connection_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as full:
        address = f"http://127.0.0.1:{full.getsockname()[1]}/v1"
        began = perf_counter()
        with pytest.raises(EvidenceError) as raised:
            ask(BODY, EndpointSettings(address, "m", timeout_s=SOON))
    assert raised.value.code == "endpoint-slow"
    assert perf_counter() - began < SOON + 1


def test_a_body_without_end_is_left_where_it_is_too_long() -> None:
    assert error(endless).code == "endpoint-long"


def test_a_body_that_says_that_it_is_too_long_is_not_read() -> None:
    def boasts(call: Call, _: Request) -> None:
        call.head(200, {"Content-Type": "application/json", "Content-Length": "999999999"})
        call.over(60)

    assert error(boasts, within=2).code == "endpoint-long"


def test_a_length_that_is_no_number_is_told() -> None:
    def lies(call: Call, _: Request) -> None:
        call.head(200, {"Content-Type": "application/json", "Content-Length": "1" * 5000})

    assert error(lies).code in {"endpoint-long", "endpoint-unreachable"}


def test_a_packed_body_is_not_unpacked() -> None:
    assert error(gzip_bomb, within=2).code == "endpoint-type"


def test_an_answer_of_another_type_is_not_read() -> None:
    assert error(wrong_type).code == "endpoint-type"


@pytest.mark.parametrize("number", [201, 204, 400, 401, 403, 404, 413, 418, 422, 500, 502])
def test_a_status_that_is_no_answer_is_told_and_not_tried_again(number: int) -> None:
    with Endpoint(status(number, KEY.encode())) as endpoint:
        with pytest.raises(EvidenceError, match=str(number)) as raised:
            ask(BODY, settings(endpoint))
        assert len(endpoint.requests) == 1
    assert raised.value.code == "endpoint-status"
    assert KEY not in "\n".join(raised.value.lines())


def test_a_wrong_key_is_told_with_the_variable_that_holds_it() -> None:
    assert "TELVET_ENDPOINT_KEY" in error(status(401, f'{{"error": "bad key {KEY}"}}'.encode())).fix


@pytest.mark.parametrize("number", [429, 503])
def test_a_busy_endpoint_is_asked_once_more(number: int) -> None:
    with Endpoint(status(number, Retry_After="0"), says(b"{}")) as endpoint:
        assert ask(BODY, settings(endpoint)) == b"{}"
        assert len(endpoint.requests) == 2


def test_an_endpoint_that_stays_busy_is_not_asked_a_third_time() -> None:
    with Endpoint(status(429, Retry_After="0")) as endpoint:
        with pytest.raises(EvidenceError) as raised:
            ask(BODY, settings(endpoint))
        assert len(endpoint.requests) == 2
    assert raised.value.code == "endpoint-busy"


@pytest.mark.parametrize("pause", ["30", "999999999999999999", "soon", "-1", "Wed, 21 Oct 2015 07:28:00 GMT", "\u00b2"])
def test_a_pause_beyond_the_deadline_is_not_waited_for(pause: str) -> None:
    assert error(status(503, Retry_After=pause), seconds=SOON, within=SOON).code == "endpoint-busy"


def test_the_retry_stands_under_the_same_deadline() -> None:
    assert error(status(503, Retry_After="0"), silent, seconds=SOON, within=SOON + 1).code == "endpoint-slow"


@pytest.mark.parametrize("garbage", [b"", b"\x00\xff\x00\xff\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000])
def test_an_endpoint_that_speaks_no_http_is_told(garbage: bytes) -> None:
    def speaks(call: Call, _: Request) -> None:
        call.wfile.write(garbage)

    assert error(speaks).code == "endpoint-unreachable"


def test_an_answer_that_breaks_off_is_told() -> None:
    assert error(breaks_off).code == "endpoint-unreachable"


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/v1", "https://127.0.0.1:1/v1", "http://localhost:1"])
def test_an_endpoint_that_is_not_there_is_told(address: str) -> None:
    with pytest.raises(EvidenceError) as raised:
        ask(BODY, EndpointSettings(address, "m", KEY, timeout_s=5))
    assert raised.value.code == "endpoint-unreachable"


def test_a_name_that_no_machine_can_have_is_told() -> None:
    with pytest.raises(EvidenceError) as raised:
        ask(BODY, EndpointSettings(f"https://{'a' * 70}.invalid/v1", "m", KEY, timeout_s=5))
    assert raised.value.code == "endpoint-unreachable"


def test_a_server_that_only_speaks_plain_is_not_spoken_to_over_https() -> None:
    with Endpoint(says(b"{}")) as endpoint:
        with pytest.raises(EvidenceError) as raised:
            ask(BODY, EndpointSettings(endpoint.address.replace("http:", "https:"), "m", KEY, timeout_s=5))
        assert endpoint.requests == []
        endpoint.problems.clear()
    assert raised.value.code == "endpoint-unreachable"


def test_without_the_library_it_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    with pytest.raises(UsageError, match="httpx") as raised:
        ask(BODY, EndpointSettings("http://127.0.0.1:1/v1", "m"))
    assert "evidence" in raised.value.fix
