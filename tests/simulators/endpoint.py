"""Turns an answer of the test's choice into a chat-completions endpoint on a real socket of this machine.

* It answers rightly, wrongly, slowly or maliciously, whichever `Answer` it is given; a list of them is given in turn, the last for ever.
* What it was asked is kept, so that a test can say what left the house and what did not.
* It ends at once when the test does, whatever it was doing.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

__all__ = [
    "Answer", "Endpoint", "Request", "breaks_off", "completion", "drips", "drips_headers", "endless", "gzip_bomb", "obedient", "redirects",
    "says", "silent", "statements", "status", "text", "wrong_type",
]  # fmt: skip


@dataclass(frozen=True)
class Request:
    """One request as it arrived."""

    method: str
    path: str
    headers: Mapping[str, str]
    """By name in small letters."""
    body: dict[str, Any]

    @property
    def system(self) -> str:
        return str(self.body["messages"][0]["content"])

    @property
    def user(self) -> str:
        return str(self.body["messages"][1]["content"])

    @property
    def document(self) -> str:
        """The text between the two marks, as a model would see it."""
        found = re.search(r"<<<([0-9a-f]{32}) begin\n(.*)\n\1 end>>>", self.user, re.DOTALL)
        assert found, "the document stands between two marks"
        return found[2]


class Call(BaseHTTPRequestHandler):
    """One connection; it speaks HTTP/1.1, so that bodies may come in parts."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        headers = {name.casefold(): value for name, value in self.headers.items()}
        request = Request(self.command, self.path, headers, json.loads(body))
        self.close_connection = True
        self.server.owner.answer(self, request)

    do_GET = do_POST  # noqa: N815 - the name that the library looks for

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's own name
        """Say nothing."""

    def head(self, status: int, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.flush()

    def whole(self, status: int, body: bytes, kind: str = "application/json", **headers: str) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.head(status, {"Content-Type": kind, "Content-Length": str(len(body)), **named})
        self.wfile.write(body)

    def over(self, seconds: float) -> bool:
        """Wait; tell whether the test has ended meanwhile."""
        return self.server.owner.ended.wait(seconds)


class Server(ThreadingHTTPServer):
    daemon_threads = True
    owner: Endpoint

    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002 - the library's own names
        """Keep what went wrong here; a client that hangs up is no fault."""
        problem = sys.exc_info()[1]
        if not isinstance(problem, ConnectionError):
            self.owner.problems.append(repr(problem))


Answer = Callable[[Call, Request], None]


class Endpoint:
    """The endpoint while a `with` block lasts."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = answers
        self.requests: list[Request] = []
        self.problems: list[str] = []
        self.ended = threading.Event()
        self._server = Server(("127.0.0.1", 0), Call)
        self._server.owner = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def answer(self, call: Call, request: Request) -> None:
        self.requests.append(request)
        self.answers[min(len(self.requests), len(self.answers)) - 1](call, request)

    def __enter__(self) -> Self:
        """Begin to listen."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End whatever is still being answered; what went wrong in here fails the test."""
        self.ended.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        assert kind or not self.problems, self.problems


def completion(content: object, **choice: object) -> bytes:
    """Return a chat completion whose message has this content."""
    message = {"role": "assistant", "content": content, "refusal": None}
    whole = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "choices": [{"index": 0, "message": message, "finish_reason": "stop", **choice}],
    }
    return json.dumps(whole).encode()


def says(body: bytes) -> Answer:
    """Answer with these bytes, as JSON."""
    return lambda call, _: call.whole(200, body)


def text(content: object, **choice: object) -> Answer:
    """Answer with a completion of this content."""
    return says(completion(content, **choice))


def statements(*listed: object, **beside: object) -> Answer:
    """Answer as it should be: a list of statements."""
    return text(json.dumps({"statements": listed, **beside}))


def status(number: int, body: bytes = b"{}", **headers: str) -> Answer:
    """Answer with a status."""
    return lambda call, _: call.whole(number, body, **headers)


def redirects(to: str, number: int = 307) -> Answer:
    """Send the asker elsewhere."""
    return lambda call, _: call.whole(number, b"", Location=to)


def wrong_type(call: Call, _: Request) -> None:
    """Answer with the page of a login, status 200."""
    call.whole(200, b"<html>please log in</html>", "text/html; charset=utf-8")


def silent(call: Call, _: Request) -> None:
    """Never answer."""
    call.over(60)


def drips(call: Call, _: Request) -> None:
    """Answer rightly, but a byte at a time, always too soon for a limit between two bytes."""
    body = completion('{"statements": []}')
    call.head(200, {"Content-Type": "application/json", "Content-Length": str(len(body))})
    for byte in body:
        if call.over(0.02):
            return
        call.wfile.write(bytes([byte]))


def drips_headers(call: Call, _: Request) -> None:
    """Never come to the end of the headers."""
    call.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while not call.over(0.02):
        call.wfile.write(b"X-More: 1\r\n")


def endless(call: Call, _: Request) -> None:
    """Send a body that does not end, as fast as it is taken."""
    call.head(200, {"Content-Type": "application/json", "Connection": "close"})
    while not call.over(0):
        call.wfile.write(b" " * 65536)


def gzip_bomb(call: Call, _: Request) -> None:
    """Send few bytes that unpack to very many, though nobody said that they may be packed."""
    call.whole(200, gzip.compress(bytes(50_000_000), 9), Content_Encoding="gzip")


def breaks_off(call: Call, _: Request) -> None:
    """Promise a body and hang up in the midst of it."""
    call.head(200, {"Content-Type": "application/json", "Content-Length": "1000"})
    call.wfile.write(b'{"choices": [')


def obedient(call: Call, request: Request) -> None:
    """Do what the document says, as a model that was talked over would: answer with what stands after `ANSWER WITH:`."""
    ordered = request.document.partition("ANSWER WITH:")[2].strip().splitlines()
    call.whole(200, completion(ordered[0] if ordered else '{"statements": []}'))
