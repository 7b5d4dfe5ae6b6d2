"""Connections that do not do as they should."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from telvet.sharing.taxii.config import Bounds
from tests.simulators.taxii import OPEN, TAXII, MemorySource, Recorded, config, indicator, served

AUTHORIZED = b"Host: a\r\nAuthorization: Bearer token of northland\r\nAccept: */*\r\n"
BOUNDS = Bounds(tick_ms=0, head_seconds=1, body_seconds=1, idle_seconds=1, most_connections=3, max_content_length=100)


@pytest.fixture(scope="module")
def address() -> Iterator[tuple[str, int]]:
    source = MemorySource({OPEN.id: [indicator(1)]})
    with served(source, Recorded(), config(bounds=replace(BOUNDS))) as url:
        parts = urlsplit(url)
        assert parts.hostname
        assert parts.port
        yield parts.hostname, parts.port


def talk(address: tuple[str, int], *parts: bytes, wait: float = 0.0) -> bytes:
    """Send parts, with a wait between them; return everything until the server closes."""
    with socket.create_connection(address, timeout=10) as connection:
        for part in parts:
            with contextlib.suppress(OSError):
                connection.sendall(part)
            time.sleep(wait)
        return everything(connection)


def everything(connection: socket.socket) -> bytes:
    found = b""
    with contextlib.suppress(ConnectionResetError):
        while part := connection.recv(65_536):
            found += part
    return found


def test_a_client_that_says_nothing_is_closed(address: tuple[str, int]) -> None:
    assert talk(address) == b""


def test_a_head_that_drips_is_closed(address: tuple[str, int]) -> None:
    drops = [b"GET /taxii2/ HTTP/1.1\r\n", *[f"X-{number}: a\r\n".encode() for number in range(8)]]
    assert talk(address, *drops, wait=0.2) == b""


def test_an_idle_connection_is_closed(address: tuple[str, int]) -> None:
    answer = talk(address, b"GET /taxii2/ HTTP/1.1\r\n" + AUTHORIZED + b"\r\n")
    assert answer.startswith(b"HTTP/1.1 200")


def test_a_second_head_that_drips_is_closed(address: tuple[str, int]) -> None:
    whole = b"GET /taxii2/ HTTP/1.1\r\n" + AUTHORIZED + b"\r\n"
    answer = talk(address, whole, *[b"GET /taxii2/ HTTP/1.1\r\n", *[b"X: a\r\n"] * 8], wait=0.2)
    assert answer.count(b"HTTP/1.1 200") == 1


def test_a_body_that_does_not_come_is_told_and_closed(address: tuple[str, int]) -> None:
    head = b"POST /intel/collections/inbox/objects/ HTTP/1.1\r\nContent-Length: 50\r\nContent-Type: " + TAXII.encode()
    answer = talk(address, head + b"\r\n" + AUTHORIZED + b"\r\n", b"{")
    assert answer.startswith(b"HTTP/1.1 408")
    assert b"connection: close" in answer


def test_a_body_that_is_too_large_is_told_even_in_chunks(address: tuple[str, int]) -> None:
    head = (
        b"POST /intel/collections/inbox/objects/ HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Type: "
        + TAXII.encode()
    )
    chunks = [b"40\r\n" + b" " * 64 + b"\r\n"] * 3
    answer = talk(address, head + b"\r\n" + AUTHORIZED + b"\r\n", *chunks, b"0\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 413")


def test_a_client_that_asks_before_it_sends_is_told_before_it_sends(address: tuple[str, int]) -> None:
    head = b"POST /intel/collections/inbox/objects/ HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 101\r\nContent-Type: "
    answer = talk(address, head + TAXII.encode() + b"\r\n" + AUTHORIZED + b"\r\n")
    assert answer.startswith(b"HTTP/1.1 413")


def test_a_refused_body_that_never_ends_is_closed(address: tuple[str, int]) -> None:
    head = (
        b"POST /intel/collections/inbox/objects/ HTTP/1.1\r\nContent-Length: 100000\r\nContent-Type: " + TAXII.encode()
    )
    answer = talk(address, head + b"\r\n" + AUTHORIZED + b"\r\n", *[b" "] * 8, wait=0.2)
    assert answer.startswith(b"HTTP/1.1 413")
    assert answer.count(b"HTTP/1.1") == 1


@pytest.mark.parametrize(
    "text",
    [
        b"what is this\r\n\r\n",
        b"GET /taxii2/ HTTP/1.1\r\n" + AUTHORIZED + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"GET /taxii2/ HTTP/1.1\r\n" + AUTHORIZED + b"Bad Header: a\r\n\r\n",
        b"GET /taxii2/ HTTP/1.1\r\n" + AUTHORIZED + b"X: " + b"a" * 600_000 + b"\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ],
)
def test_what_is_no_http_gets_an_error_resource(address: tuple[str, int], text: bytes) -> None:
    answer = talk(address, text + b"\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 4")
    assert b"application/taxii+json;version=2.1" in answer


def test_a_broken_chunk_ends_the_connection(address: tuple[str, int]) -> None:
    head = (
        b"POST /intel/collections/inbox/objects/ HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Type: "
        + TAXII.encode()
    )
    answer = talk(address, head + b"\r\n" + AUTHORIZED + b"\r\n", b"zz\r\nabc\r\n")
    assert answer.startswith((b"HTTP/1.1 400", b""))


def test_no_more_connections_than_there_may_be(address: tuple[str, int]) -> None:
    held = [socket.create_connection(address, timeout=10) for _ in range(3)]
    try:
        time.sleep(0.3)
        assert talk(address, b"GET /taxii2/ HTTP/1.1\r\n" + AUTHORIZED + b"\r\n") == b""
    finally:
        for connection in held:
            connection.close()
    time.sleep(0.3)
    assert talk(address, b"GET /taxii2/ HTTP/1.1\r\n" + AUTHORIZED + b"\r\n").startswith(b"HTTP/1.1 200")


def test_a_client_that_takes_nothing_is_closed() -> None:
    assert taken(pause=1.5, between=0, buffer=4096, stall_seconds=0.3) < 30_000_000


def test_a_client_that_takes_little_at_a_time_gets_all_of_it() -> None:
    assert taken(pause=0, between=0.05, buffer=1_000_000, stall_seconds=3, head_seconds=0.6) > 30_000_000


def taken(pause: float, between: float, buffer: int, stall_seconds: float, head_seconds: float = 15) -> int:
    """Return how many bytes of a large answer arrive, where the client waits before and between taking parts of it."""
    big = [replace(indicator(number), body=b'{"pad":"' + b"a" * 1_000_000 + b'"}') for number in range(30)]
    bounds = Bounds(tick_ms=0, default_page=50, stall_seconds=stall_seconds, head_seconds=head_seconds)
    settings = config(bounds=bounds)
    with served(MemorySource({OPEN.id: big}), Recorded(), settings) as url, socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        parts = urlsplit(url)
        connection.connect((parts.hostname, parts.port))
        connection.settimeout(10)
        connection.sendall(
            b"GET /intel/collections/open/objects/ HTTP/1.1\r\nConnection: close\r\n" + AUTHORIZED + b"\r\n"
        )
        time.sleep(pause)
        found = 0
        with contextlib.suppress(ConnectionResetError):
            while part := connection.recv(1_000_000):
                found += len(part)
                time.sleep(between)
        return found
