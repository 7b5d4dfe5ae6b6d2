"""A configuration and a source -> an ASGI application that speaks TAXII 2.1 for them.

* The order of refusals: too busy, who are you (401), no such address (404), method (405), media type (406), then the endpoint's own.
  Before a client is known it is told nothing but how to say who it is.
* Answers to partners leave at the next tick after their request began, whatever they are: small differences of work do not show.
* Nothing of a failure of ours goes out; one line without any content goes to the error stream.
"""

from __future__ import annotations

import asyncio
import math
import secrets
import sys
import traceback
from collections.abc import Awaitable, Callable, MutableMapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from telvet.errors import SourceError, WorkspaceError
from telvet.sharing.taxii import openapi
from telvet.sharing.taxii.answering import Answer, Answers, Ask, Handling
from telvet.sharing.taxii.authenticating import Authenticator
from telvet.sharing.taxii.bodies import ClientGoneError, Receive
from telvet.sharing.taxii.config import Config, User
from telvet.sharing.taxii.cursors import Cursors
from telvet.sharing.taxii.endpoints import Method, Route, route
from telvet.sharing.taxii.media import JSON, accepts
from telvet.sharing.taxii.recording import Record, Recorder
from telvet.sharing.taxii.refusals import Refusal, busy, not_found, place_lost
from telvet.sharing.taxii.source import Source

__all__ = ["App", "build_app"]

Scope = MutableMapping[str, Any]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

_CHALLENGE = 'Basic realm="TAXII", charset="UTF-8", Bearer realm="TAXII"'


def build_app(
    config: Config,
    source: Source,
    *,
    record: Record,
    secret: bytes,
    handling: Handling | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> App:
    """Build the application.

    Args:
        config: Whom it serves, and what.
        source: Where objects come from; closed with the application.
        record: Writes an entry of the audit log durably, or raises; called in a thread.
        secret: From which the key of `next` is derived; the same in every process that serves the same clients.
        handling: Tells which markings a viewer may receive; called in a thread.
        clock: Tells the time, with its zone.
    """
    recorder = Recorder(record, clock)
    cursors = Cursors(secret, config.bounds.next_seconds)
    answers = Answers(config, source, recorder, cursors, lambda: int(clock().timestamp()), handling)
    return App(config, source, answers)


class App:
    """The application."""

    def __init__(self, config: Config, source: Source, answers: Answers) -> None:
        """Take what it answers with."""
        self._config, self._source, self._answers = config, source, answers
        self._authenticator = Authenticator(config.users)
        self._description = openapi.described(config.bounds)
        self._working = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or live through the beginning and end of the server."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._exchange(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self._authenticator.close()
        await self._source.close()
        await send({"type": "lifespan.shutdown.complete"})

    async def _exchange(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun, request = asyncio.get_running_loop().time(), secrets.token_hex(16)
        if self._working >= self._config.bounds.most_requests:
            await _send(send, scope, _refused(busy(), request), request)
            return
        self._working += 1
        try:
            user, answer = await self._answered(scope, receive, request)
            if answer is not None:
                if user is not None and user.partner is not None:
                    await self._tick(begun)
                await _send(send, scope, answer, request)
        finally:
            self._working -= 1

    async def _answered(self, scope: Scope, receive: Receive, request: str) -> tuple[User | None, Answer | None]:
        """Return who asked, and the answer; none where nobody waits for it."""
        user = None
        try:
            found = route(scope.get("raw_path") or quote(scope["path"]).encode())
            if found is not None and found.endpoint.public:
                _method_of(found, scope)
                return None, Answer(self._description, type=JSON)
            user = await self._client(scope)
            return user, await self._given(user, found, scope, receive, request)
        except ClientGoneError:
            return user, None
        except Refusal as refusal:
            return user, _refused(refusal, request)
        except (SourceError, WorkspaceError) as problem:
            return user, _refused(_of_source(problem, request), request)
        except Exception as problem:  # noqa: BLE001 - whatever it is, nothing of it goes out
            _log(request, problem)
            return user, _refused(_failed(), request)

    async def _client(self, scope: Scope) -> User:
        certificate = scope.get("state", {}).get("peer_certificate")
        user = await self._authenticator.user(_header(scope, b"authorization"), certificate)
        if user is None:
            what = "Send an API token, a name and a password, or a certificate that this server knows."
            raise Refusal(401, "unknown-client", "Say who you are", what, headers={"WWW-Authenticate": _CHALLENGE})
        return user

    async def _given(self, user: User, found: Route | None, scope: Scope, receive: Receive, request: str) -> Answer:
        if found is None:
            raise not_found()
        method = _method_of(found, scope)
        if not accepts(_header(scope, b"accept") or "", method.accept):
            raise Refusal(406, "media-type", "Nothing acceptable", "Accept application/taxii+json;version=2.1.")
        kind, length = _header(scope, b"content-type"), _header(scope, b"content-length")
        ask = Ask(request, user, found, method, scope["query_string"], kind, length, receive)
        return await self._answers.give(ask)

    async def _tick(self, begun: float) -> None:
        if tick := self._config.bounds.tick_ms / 1000:
            now = asyncio.get_running_loop().time()
            await asyncio.sleep(begun + math.ceil((now - begun) / tick) * tick - now)


def _method_of(found: Route, scope: Scope) -> Method:
    name = "GET" if scope["method"] == "HEAD" else str(scope["method"])
    if (method := found.endpoint.methods.get(name)) is None:
        allow = found.endpoint.allow
        raise Refusal(405, "method", "There is no such method here", f"Use {allow}.", headers={"Allow": allow})
    return method


def _header(scope: Scope, name: bytes) -> str | None:
    values = [value for key, value in scope["headers"] if key == name]
    return b", ".join(values).decode("latin-1") if values else None


def _failed() -> Refusal:
    return Refusal(500, "internal", "The server failed", "Tell whoever runs it the id of the request.")


def _of_source(problem: SourceError | WorkspaceError, request: str) -> Refusal:
    if problem.code == "place-lost":
        return place_lost()
    if problem.code == "source-busy":
        return busy()
    _log(request, problem)
    if isinstance(problem, WorkspaceError):  # the record has no room, or another holds it: without it nothing goes out
        return busy()
    return Refusal(502, "source", "The source failed", "What this server serves cannot be read as it should be.")


def _refused(refusal: Refusal, request: str) -> Answer:
    headers = {**refusal.headers, **({"Connection": "close"} if refusal.code == "slow" else {})}
    return Answer(refusal.body(request), refusal.status, headers)


def _log(request: str, problem: BaseException) -> None:
    """Write where something failed; not what it said, which may hold anything."""
    last = traceback.extract_tb(problem.__traceback__)[-1:]
    place = f" in {last[0].name}, line {last[0].lineno}" if last else ""
    sys.stderr.write(f"telvet: request {request} failed: {type(problem).__name__}{place}\n")


async def _send(send: Send, scope: Scope, answer: Answer, request: str) -> None:
    headers = {
        "Content-Type": answer.type,
        "Content-Length": str(len(answer.body)),
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "X-Request-Id": request,
        **answer.headers,
    }
    raw = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": answer.status, "headers": raw})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else answer.body})
