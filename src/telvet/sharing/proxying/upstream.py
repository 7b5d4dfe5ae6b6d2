"""Turns a request to the server before which the gate stands into its answer: the one module here that talks to a network.

* Only the origin of the settings is asked: no redirect, no proxy, no variable of the environment, no stored password.
* One deadline holds for a request, from connecting to the last byte; an answer is bounded and never unpacked.
* A GET is asked twice at most, and only where the connection broke; nothing else is asked twice.
* No message shows a credential, nor what the server wrote.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from telvet.errors import SharingError, SourceError
from telvet.sharing.proxying.settings import UpstreamSettings, authorization, checked, origin_of

if TYPE_CHECKING:
    import httpx

__all__ = [
    "Answer",
    "Tally",
    "Upstream",
    "at_steps",
    "busy",
    "failed",
    "one_at_a_time",
    "run",
    "tallied",
    "together",
    "within",
]

Parameters = Sequence[tuple[str, str]]
_T = TypeVar("_T")
_TAXII = "application/taxii+json;version=2.1"
_TYPE = re.compile(
    r'\s*application/taxii\+json\s*(?:;\s*version\s*=\s*"?2\.1"?\s*|;\s*charset\s*=\s*"?utf-8"?\s*)*', re.IGNORECASE
)
_READABLE = frozenset({200, 202})
_TELLING = frozenset({400, 404, 410})
"""What says that there is no such thing, or no such cursor: whoever asks knows what that means."""
_BUSY = frozenset({408, 425, 429})
_SERVER = 500
_DIGITS = re.compile(r"[0-9]{1,15}")
_AT_ONCE = 4
_FIXES = {
    401: "see that the credentials for the server are those that it wants",
    403: "see that the server lets our account do this in the collection",
    406: "see that a server of TAXII 2.1 answers at this address",
    414: "ask for fewer ids at once",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said."""

    status: int
    body: bytes = b""
    first: str | None = None
    """When the first object of the page was added, as the server writes it."""
    last: str | None = None


@dataclass
class Tally:
    """How many requests were sent within a block."""

    sent: int = 0


_TALLY: ContextVar[Tally | None] = ContextVar("tally", default=None)


@contextmanager
def tallied() -> Iterator[Tally]:
    """Count what is sent from here within the block, also by what goes on beside."""
    before = _TALLY.set(Tally())
    try:
        yield _TALLY.get() or Tally()
    finally:
        _TALLY.reset(before)


class Upstream:
    """A server that is asked; within one event loop."""

    def __init__(self, settings: UpstreamSettings) -> None:
        self._settings = checked(settings)
        self._origin = origin_of(settings.address)
        self._authorization = authorization(settings)
        self._trust = _trusted(settings)
        self._client: httpx.AsyncClient | None = None

    @property
    def settings(self) -> UpstreamSettings:
        """Return how it is asked."""
        return self._settings

    async def get(self, address: str, parameters: Parameters = (), *, again: bool = True) -> Answer:
        """Ask for something.

        Args:
            address: Where.
            parameters: Names and values of the query.
            again: Ask once more where the connection breaks; not where asking changes what comes next.

        Raises:
            SourceError: There is no answer, or none with status 200, 400, 404 or 410 that can be read.
        """
        import httpx  # noqa: PLC0415 - heavy: loaded when used

        try:
            return await self._in_time("GET", address, parameters)
        except (httpx.ReadError, httpx.WriteError, httpx.CloseError, httpx.RemoteProtocolError) as problem:
            if not again:
                raise _broken(problem) from None
        except (httpx.HTTPError, OSError) as problem:
            raise _broken(problem) from None
        try:
            return await self._in_time("GET", address, parameters)
        except (httpx.HTTPError, OSError) as problem:
            raise _broken(problem) from None

    async def post(self, address: str, body: bytes) -> Answer:
        """Send something, once.

        Raises:
            SourceError: There is no answer that can be read; whether it was taken is not known then.
        """
        return await self._once("POST", address, (), body)

    async def delete(self, address: str, parameters: Parameters = ()) -> Answer:
        """Have something deleted, once.

        Raises:
            SourceError: There is no answer that can be read; whether it was deleted is not known then.
        """
        return await self._once("DELETE", address, parameters)

    async def close(self) -> None:
        """Close all connections."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    async def _once(self, method: str, address: str, parameters: Parameters, body: bytes = b"") -> Answer:
        import httpx  # noqa: PLC0415 - heavy: loaded when used

        try:
            return await self._in_time(method, address, parameters, body)
        except (httpx.HTTPError, OSError) as problem:
            raise _broken(problem) from None

    async def _in_time(self, method: str, address: str, parameters: Parameters, body: bytes = b"") -> Answer:
        self._see_to_origin(address)
        if tally := _TALLY.get():
            tally.sent += 1
        try:
            async with asyncio.timeout(self._settings.seconds):
                return await self._asked(method, address, parameters, body)
        except TimeoutError:
            raise busy(f"the server had not answered after {self._settings.seconds:g} seconds") from None

    def _see_to_origin(self, address: str) -> None:
        try:
            same = origin_of(address) == self._origin
        except ValueError:
            same = False
        if not same:
            raise failed(
                "an address of another server is not asked", fix="write the collection's address in the config"
            )

    async def _asked(self, method: str, address: str, parameters: Parameters, body: bytes) -> Answer:
        headers = {"Accept": _TAXII, "Accept-Encoding": "identity", "User-Agent": "telvet"}
        if self._authorization:
            headers["Authorization"] = self._authorization
        if body:
            headers["Content-Type"] = _TAXII
        chosen: list[tuple[str, str | int | float | bool | None]] | None = [*parameters] or None
        client = self._opened()
        async with client.stream(method, address, params=chosen, headers=headers, content=body or None) as response:
            _see_to_status(response)
            if response.status_code not in _READABLE:
                return Answer(response.status_code)
            if method == "DELETE":
                return Answer(response.status_code)
            self._see_to_head(response)
            dates = [response.headers.get(f"X-TAXII-Date-Added-{which}") for which in ("First", "Last")]
            return Answer(response.status_code, await self._body(response), *dates)

    def _opened(self) -> httpx.AsyncClient:
        if self._client is None:
            import httpx  # noqa: PLC0415 - heavy: loaded when used

            self._client = httpx.AsyncClient(
                trust_env=False,
                follow_redirects=False,
                timeout=None,  # noqa: S113 - a deadline stands around each request
                verify=self._trust,
                limits=httpx.Limits(max_connections=32, max_keepalive_connections=8),
            )
        return self._client

    def _see_to_head(self, response: httpx.Response) -> None:
        if not _TYPE.fullmatch(response.headers.get("Content-Type", "")):
            raise failed("the server's answer is not of TAXII 2.1", fix=_FIXES[406])
        if response.headers.get("Content-Encoding", "identity").strip().casefold() != "identity":
            raise failed("the server's answer is packed, though nobody asked for that")
        length = response.headers.get("Content-Length", "0")
        if not _DIGITS.fullmatch(length) or int(length) > self._settings.most_bytes:
            raise self._too_long()

    async def _body(self, response: httpx.Response) -> bytes:
        read = bytearray()
        async for part in response.aiter_raw():
            read += part
            if len(read) > self._settings.most_bytes:
                raise self._too_long()
        return bytes(read)

    def _too_long(self) -> SourceError:
        return failed(f"the server's answer is longer than {self._settings.most_bytes} bytes")


def run(work: Coroutine[object, object, _T]) -> _T:
    """Do something where no event loop runs."""
    return asyncio.run(work)


def one_at_a_time() -> AbstractAsyncContextManager[None]:
    """Return what lets one after the other pass."""
    return asyncio.Lock()


async def within(seconds: float, work: Awaitable[_T]) -> _T:
    """Await something, for so many seconds.

    Raises:
        SourceError: It took longer.
    """
    try:
        async with asyncio.timeout(seconds):
            return await work
    except TimeoutError:
        raise busy(f"the server had not told all of a page after {seconds:g} seconds") from None


async def at_steps(seconds: float, work: Awaitable[_T]) -> _T:
    """Await something, and then the next multiple of some seconds since it began, whether it failed or not."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    try:
        found = await work
    except Exception:
        await _step(loop, began, seconds)
        raise
    await _step(loop, began, seconds)
    return found


async def _step(loop: asyncio.AbstractEventLoop, began: float, seconds: float) -> None:
    if seconds > 0:
        await asyncio.sleep(-(loop.time() - began) % seconds)


async def together(works: Iterable[Callable[[], Awaitable[_T]]]) -> list[_T]:
    """Do several things, a few at a time; where one fails, the others are ended."""
    limit = asyncio.Semaphore(_AT_ONCE)

    async def one(work: Callable[[], Awaitable[_T]]) -> _T:
        async with limit:
            return await work()

    tasks = [asyncio.ensure_future(one(work)) for work in works]
    try:
        return list(await asyncio.gather(*tasks))
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def busy(what: str) -> SourceError:
    """Return the error of a server that cannot answer now."""
    return SourceError(what, code="source-busy", fix="try again later, or see that the server runs")


def failed(what: str, *, fix: str = "see what answers there: this is not as TAXII 2.1 has it") -> SourceError:
    """Return the error of a server that answers as it may not."""
    return SourceError(what, code="source-failed", why="nothing is served that may be a part of the truth", fix=fix)


def _broken(problem: Exception) -> SourceError:
    return busy(f"the server could not be asked, or broke off: {type(problem).__name__}")


def _see_to_status(response: httpx.Response) -> None:
    status = response.status_code
    if status in _READABLE or status in _TELLING:
        return
    if status >= _SERVER or status in _BUSY:
        raise busy(f"the server answers with status {status}")
    if response.is_redirect:
        fix = "write the final address, if you trust it"
        raise failed(f"the server sends us elsewhere (status {status})", fix=fix)
    raise failed(f"the server answers with status {status}", fix=_FIXES.get(status, "see the log of the server"))


def _trusted(settings: UpstreamSettings) -> ssl.SSLContext:
    """Return whose certificates are trusted, with our own certificate."""
    if not settings.address.startswith("https:"):
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # nobody's: none is asked for
    try:
        context = ssl.create_default_context()
        if settings.trusted is not None:
            context.load_verify_locations(settings.trusted)
        if settings.certificate is not None:
            context.load_cert_chain(settings.certificate, settings.certificate_key)
    except (OSError, ValueError) as problem:
        raise SharingError(
            f"a certificate for the server cannot be read: {type(problem).__name__}",
            code="upstream-settings",
            fix="see that certificate, certificate_key and trusted name files of PEM, and that they belong together",
        ) from None
    return context
