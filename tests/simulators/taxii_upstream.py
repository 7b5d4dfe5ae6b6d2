"""Turns lists of objects into a server of TAXII 2.1 on a real socket of this machine, which may also fail, dawdle or lie.

* Without a twist it answers after the standard: filters, order, pages, dates in headers, manifests, states of requests.
* A `Twist` changes right answers into wrong ones; an `Act` takes the connection into its own hands.
* What it was asked is kept, so that a test can say what left the house and what did not.
"""

from __future__ import annotations

import gzip
import json
import socket
import ssl
import struct
import sys
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, unquote, urlsplit
from uuid import UUID

__all__ = [
    "TAXII",
    "Act",
    "Ask",
    "Kept",
    "Reply",
    "Shelf",
    "Taxii",
    "Twist",
    "breaks_off",
    "drips",
    "endless",
    "gzip_bomb",
    "micro",
    "redirects",
    "resets",
    "says",
    "silent",
    "stamp",
    "status",
]  # fmt: skip

TAXII = "application/taxii+json;version=2.1"
_BEGIN = datetime(1970, 1, 1, tzinfo=UTC)


def stamp(micros: int) -> str:
    """Write microseconds since 1970."""
    return (_BEGIN + timedelta(microseconds=micros)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def micro(text: str) -> int:
    """Read a moment."""
    return (datetime.fromisoformat(text) - _BEGIN) // timedelta(microseconds=1)


@dataclass(frozen=True)
class Kept:
    """A version of an object as the server holds it."""

    raw: bytes
    added: int
    id: str
    version: int
    spec: str

    @classmethod
    def of(cls, held: Mapping[str, Any], added: int) -> Kept:
        written = held.get("modified") or held.get("created")
        version = micro(written) if written else added
        spec = held.get("spec_version", "2.0" if "created" in held else "2.1")
        return cls(json.dumps(held).encode(), added, held["id"], version, spec)

    @property
    def entry(self) -> dict[str, Any]:
        media = f"application/stix+json;version={self.spec}"
        return {"id": self.id, "date_added": stamp(self.added), "version": stamp(self.version), "media_type": media}


@dataclass
class Shelf:
    """A collection."""

    id: str
    kept: list[Kept] = field(default_factory=list)
    may_read: bool = True
    may_write: bool = True

    @classmethod
    def of(cls, name: str, objects: Iterable[Mapping[str, Any]], *, begin: int = 1_600_000_000_000_000) -> Shelf:
        """Return a collection to which an object was added each millisecond."""
        return cls(name, [Kept.of(held, begin + 1000 * place) for place, held in enumerate(objects)])

    @property
    def told(self) -> dict[str, Any]:
        return {"id": self.id, "title": f"The {self.id}", "can_read": self.may_read, "can_write": self.may_write}

    def chosen(self, asked: Ask, only: str = "") -> list[Kept]:
        """Return what filters leave, in the order of dates."""
        kept = sorted(self.kept, key=lambda one: one.added)
        ids = {only} if only else asked.match("id")
        types, specs = asked.match("type"), asked.match("spec_version")
        after = asked.parameters.get("added_after")
        left = [
            one
            for one in kept
            if (not ids or one.id in ids)
            and (not types or one.id.partition("--")[0] in types)
            and (not specs or one.spec in specs)
        ]
        if not specs:
            best: dict[str, str] = {}
            for one in left:
                best[one.id] = max(best.get(one.id, ""), one.spec)
            left = [one for one in left if one.spec == best[one.id]]
        left = self._versions(left, asked.match("version") or {"last"})
        return [one for one in left if after is None or one.added > micro(after)]

    @staticmethod
    def _versions(left: Sequence[Kept], versions: set[str]) -> list[Kept]:
        newest: dict[str, int] = {}
        oldest: dict[str, int] = {}
        for one in left:
            newest[one.id] = max(newest.get(one.id, one.version), one.version)
            oldest[one.id] = min(oldest.get(one.id, one.version), one.version)
        moments = {micro(each) for each in versions - {"all", "first", "last"}}
        return [
            one
            for one in left
            if "all" in versions
            or one.version in moments
            or ("last" in versions and one.version == newest[one.id])
            or ("first" in versions and one.version == oldest[one.id])
        ]


@dataclass(frozen=True)
class Ask:
    """One request as it arrived."""

    method: str
    path: str
    parameters: Mapping[str, str]
    headers: Mapping[str, str]
    """By name in small letters."""
    body: bytes = b""

    def match(self, name: str) -> set[str]:
        """Return the values of a filter."""
        found = self.parameters.get(f"match[{name}]")
        return set(found.split(",")) if found else set()


@dataclass
class Reply:
    """A right answer, before a twist."""

    status: int = 200
    told: dict[str, Any] = field(default_factory=dict)
    kept: list[Kept] | None = None
    """The objects of an envelope; their bytes go out as they are."""
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def body(self) -> bytes:
        if not self.kept:
            return json.dumps(self.told).encode()
        rest = json.dumps(self.told)[1:]
        return (
            b'{"objects":['
            + b",".join(one.raw for one in self.kept)
            + b"]"
            + (b"," if self.told else b"")
            + rest.encode()
        )


Twist = Callable[[Ask, Reply], Reply]
Act = Callable[["Call", Ask], None]


class Call(BaseHTTPRequestHandler):
    """One connection; it is kept alive."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 65536
    server: Server

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or "0"))
        parts = urlsplit(self.path)
        headers = {name.casefold(): value for name, value in self.headers.items()}
        asked = Ask(self.command, unquote(parts.path), dict(parse_qsl(parts.query)), headers, body)
        self.server.owner.answer(self, asked)

    do_POST = do_DELETE = do_GET  # noqa: N815 - the names that the library looks for

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's own name
        """Say nothing."""

    def head(self, status: int, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def whole(self, status: int, body: bytes, kind: str = TAXII, **headers: str) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.head(status, {"Content-Type": kind, "Content-Length": str(len(body)), **named})
        self.wfile.write(body)
        self.wfile.flush()

    def over(self, seconds: float) -> bool:
        """Wait; tell whether the test has ended meanwhile."""
        return self.server.owner.ended.wait(seconds)


class Server(ThreadingHTTPServer):
    daemon_threads = True
    owner: Taxii

    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002 - the library's own names
        """Keep what went wrong here; a client that hangs up is no fault."""
        problem = sys.exc_info()[1]
        if not isinstance(problem, ConnectionError):
            self.owner.problems.append(repr(problem))


class Taxii:
    """The server while a `with` block lasts."""

    def __init__(
        self,
        *shelves: Shelf,
        page: int = 1000,
        cursors: str = "lasting",
        wants: str = "",
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.shelves = {shelf.id: shelf for shelf in shelves}
        self.page = page
        self.cursors = cursors
        """`lasting`: each names a place; `fleeting`: a session, as of the reference server; `none`: there are none."""
        self.wants = wants
        """The header `Authorization` that it asks for."""
        self.twist: Twist = lambda _, reply: reply
        self.acts: list[Act] = []
        """Done one by one to the next requests, in place of an answer."""
        self.always: Callable[[Ask], Act | None] = lambda _: None
        """Chooses an act for a request, every time."""
        self.asked: list[Ask] = []
        self.problems: list[str] = []
        self.ended = threading.Event()
        self._numbers = count(1)
        self._sessions: dict[str, list[Kept]] = {}
        self._states: dict[str, dict[str, Any]] = {}
        self._lock = threading.Lock()
        self._server = Server(("127.0.0.1", 0), Call)
        self._server.owner = self
        self.scheme = "https" if tls else "http"
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    @property
    def origin(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self._server.server_port}"

    def address(self, shelf: str) -> str:
        """Return the address of a collection."""
        return f"{self.origin}/api/collections/{shelf}/"

    def pages(self, ending: str = "/objects/") -> list[Ask]:
        """Return the requests for a resource that named neither ids nor types."""
        filters = {"match[id]", "match[type]"}
        return [one for one in self.asked if one.path.endswith(ending) and not filters & one.parameters.keys()]

    def forget_cursors(self) -> None:
        """Know none of the cursors any more."""
        self._sessions.clear()

    def answer(self, call: Call, asked: Ask) -> None:
        self.asked.append(asked)
        with self._lock:
            act = self.acts.pop(0) if self.acts else self.always(asked)
        if act is not None:
            act(call, asked)
            return
        if self.wants and asked.headers.get("authorization") != self.wants:
            call.whole(401, b"{}", WWW_Authenticate="Basic")
            return
        with self._lock:
            reply = self.twist(asked, self._reply(asked))
        call.whole(reply.status, reply.body, **reply.headers)

    def _reply(self, asked: Ask) -> Reply:
        steps = [step for step in asked.path.split("/") if step]
        if steps == ["taxii2"]:
            return Reply(told={"title": "A server", "api_roots": ["/api/", "https://elsewhere.invalid/api/"]})
        if steps == ["api"]:
            return Reply(told={"title": "A root", "versions": [TAXII], "max_content_length": 1_000_000})
        if steps[:2] == ["api", "status"] and steps[2] in self._states:
            return Reply(told=self._states[steps[2]])
        if steps == ["api", "collections"]:
            return Reply(told={"collections": [shelf.told for shelf in self.shelves.values()]})
        if steps[:2] == ["api", "collections"] and len(steps) > 2 and steps[2] in self.shelves:
            return self._of(self.shelves[steps[2]], steps[3:], asked)
        return _missing()

    def _of(self, shelf: Shelf, steps: Sequence[str], asked: Ask) -> Reply:
        match steps:
            case []:
                return Reply(told=shelf.told)
            case ["manifest"]:
                return self._paged(shelf.chosen(asked), asked, manifest=True)
            case ["objects"]:
                return self._taken(shelf, asked) if asked.method == "POST" else self._paged(shelf.chosen(asked), asked)
            case ["objects", name] if any(one.id == name for one in shelf.kept):
                return self._of_object(shelf, name, asked)
        return _missing()

    def _of_object(self, shelf: Shelf, name: str, asked: Ask) -> Reply:
        if asked.method != "DELETE":
            return self._paged(shelf.chosen(asked, name), asked)
        gone = shelf.chosen(asked, name) if asked.match("version") else [one for one in shelf.kept if one.id == name]
        shelf.kept = [one for one in shelf.kept if one not in gone]
        return Reply()

    def _paged(self, left: list[Kept], asked: Ask, *, manifest: bool = False) -> Reply:
        cursor = asked.parameters.get("next", "")
        limit = min(int(asked.parameters.get("limit", self.page)), self.page)
        fleeting = self.cursors == "fleeting"
        if cursor and (cursor not in self._sessions if fleeting else not cursor.startswith("from-")):
            return _missing()
        begin = 0 if fleeting or not cursor else int(cursor.removeprefix("from-"))
        left = self._sessions.pop(cursor) if fleeting and cursor else left[begin:]
        here, rest = left[:limit], left[limit:]
        told: dict[str, Any] = {}
        if rest:
            told["more"] = True
            if self.cursors != "none" and not manifest:
                told["next"] = (cursor or f"session-{next(self._numbers)}") if fleeting else f"from-{begin + limit}"
                if fleeting:
                    self._sessions[told["next"]] = rest
        dates = [stamp(one.added) for one in here]
        headers = {"X_TAXII_Date_Added_First": dates[0], "X_TAXII_Date_Added_Last": dates[-1]} if dates else {}
        if manifest:
            return Reply(told=told | ({"objects": [one.entry for one in here]} if here else {}), headers=headers)
        return Reply(told=told, kept=here, headers=headers)

    def _taken(self, shelf: Shelf, asked: Ask) -> Reply:
        added = max((one.added for one in shelf.kept), default=1_600_000_000_000_000) + 1000
        name = str(UUID(int=next(self._numbers)))
        details = []
        for held in json.loads(asked.body)["objects"]:
            shelf.kept.append(Kept.of(held, added))
            details.append({"id": held["id"], "version": stamp(shelf.kept[-1].version)})
        self._states[name] = {
            "id": name, "status": "complete", "request_timestamp": stamp(added), "total_count": len(details),
            "success_count": len(details), "successes": details, "failure_count": 0, "pending_count": 0,
        }  # fmt: skip
        return Reply(202, self._states[name])

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


def _missing() -> Reply:
    return Reply(404, {"title": "There is no such thing"})


def says(body: bytes, kind: str = TAXII, **headers: str) -> Act:
    """Answer with these bytes."""
    return lambda call, _: call.whole(200, body, kind, **headers)


def status(number: int) -> Act:
    """Answer with a status."""
    return lambda call, _: call.whole(number, b'{"title":"no"}')


def redirects(to: str) -> Act:
    """Send the asker elsewhere."""
    return lambda call, _: call.whole(302, b"", Location=to)


def silent(call: Call, _: Ask) -> None:
    """Never answer."""
    call.close_connection = True
    call.over(60)


def drips(call: Call, _: Ask) -> None:
    """Answer a byte at a time, always too soon for a limit between two bytes."""
    call.close_connection = True
    call.head(200, {"Content-Type": TAXII, "Content-Length": "5000"})
    while not call.over(0.02):
        call.wfile.write(b" ")
        call.wfile.flush()


def endless(call: Call, _: Ask) -> None:
    """Send a body that does not end, as fast as it is taken."""
    call.close_connection = True
    call.head(200, {"Content-Type": TAXII, "Connection": "close"})
    while not call.over(0):
        call.wfile.write(b" " * 65536)


def gzip_bomb(call: Call, _: Ask) -> None:
    """Send few bytes that unpack to very many, though nobody said that they may be packed."""
    call.whole(200, gzip.compress(bytes(5_000_000), 9), Content_Encoding="gzip")


def breaks_off(call: Call, _: Ask) -> None:
    """Promise a body and hang up in the midst of it."""
    call.close_connection = True
    call.head(200, {"Content-Type": TAXII, "Content-Length": "1000"})
    call.wfile.write(b'{"objects": [')
    call.wfile.flush()


def resets(call: Call, _: Ask) -> None:
    """Break the connection before an answer."""
    call.close_connection = True
    call.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    call.connection.shutdown(socket.SHUT_RDWR)
