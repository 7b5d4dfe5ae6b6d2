"""Turns objects that somebody sends, and requests to delete, into the same at the server, and its state of them into ours.

* Nothing is remembered: our id of a request says what to ask the server.
* What the server writes beside ids and versions goes to our own staff alone: it may speak of what a partner may not see.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Sequence
from urllib.parse import quote

import msgspec

from telvet.sharing.objects.timestamps import microseconds, taxii_moment
from telvet.sharing.proxying.envelope import moment, parsed
from telvet.sharing.proxying.sealing import Posted, Seal
from telvet.sharing.proxying.upstream import Answer, Upstream, failed
from telvet.sharing.taxii.source import Collection, Posting, Viewer

__all__ = ["Poster"]

_READ = frozenset({200, 202})
_SAYS_ID = re.compile(r"[A-Za-z0-9_.~-]{1,256}")
_ROOT = re.compile(r"(.*/)collections/[^/]+/")
_STATES = ("pending", "complete")
_REFUSED = "it was not taken in"
_LONGEST_REASON = 500


class _Detail(msgspec.Struct):
    id: str
    version: str = ""
    message: str = ""


class _Status(msgspec.Struct):
    id: str
    status: str
    request_timestamp: str = ""
    successes: list[_Detail] = []
    failures: list[_Detail] = []
    pendings: list[_Detail] = []


class Poster:
    """Passes requests on that change something."""

    def __init__(self, upstream: Upstream, seal: Seal) -> None:
        self._upstream = upstream
        self._seal = seal

    async def post(self, viewer: Viewer, root: str, collection: Collection, objects: Sequence[bytes]) -> Posting:
        """Pass objects on.

        Raises:
            SourceError: The server does not take them, or does not say what became of them.
        """
        base = collection.upstream or ""
        answer = await self._upstream.post(f"{base}objects/", b'{"objects":[' + b",".join(objects) + b"]}")
        if answer.status not in _READ:
            raise failed(f"the server answers with status {answer.status} where objects are sent")
        status = _status(answer)
        name = self._seal.close(Posted(viewer.user, viewer.partner, root, base, status.id))
        return _posting(status, name, plain=viewer.partner is None)

    async def status(self, viewer: Viewer, root: str, posting: str) -> Posting | None:
        """Return the state of a request that the viewer made; None for any other.

        Raises:
            SourceError: The server does not say what became of it.
        """
        posted = self._seal.open(posting)
        if posted is None or (posted.user, posted.partner, posted.root) != (viewer.user, viewer.partner, root):
            return None
        found = _ROOT.fullmatch(posted.collection)
        if found is None:
            raise failed("the collection's address does not tell where the server keeps states of requests")
        answer = await self._upstream.get(f"{found[1]}status/{quote(posted.id, safe='')}/")
        if answer.status not in _READ:
            return None
        return _posting(_status(answer), posting, plain=viewer.partner is None)

    async def delete(self, collection: Collection, name: str, filters: Sequence[tuple[str, str]]) -> bool:
        """Have versions of an object deleted; return whether there were any.

        Raises:
            SourceError: The server does not do it.
        """
        answer = await self._upstream.delete(f"{collection.upstream}objects/{quote(name, safe='')}/", filters)
        return answer.status in _READ


def _status(answer: Answer) -> _Status:
    status = parsed(answer.body, _Status)
    if status.status not in _STATES or not _SAYS_ID.fullmatch(status.id) or not status.id.strip("."):
        raise failed("the server's state of a request is none of TAXII 2.1")
    return status


def _posting(status: _Status, name: str, *, plain: bool) -> Posting:
    requested = moment(status.request_timestamp) if status.request_timestamp else time.time_ns() // 1000
    return Posting(
        name,
        status.status,
        requested,
        tuple(_named(status.successes, requested)),
        tuple(
            (*named, each.message[:_LONGEST_REASON] if plain and each.message else _REFUSED)
            for named, each in zip(_named(status.failures, requested), status.failures, strict=True)
        ),
        tuple(_named(status.pendings, requested)),
    )


def _named(details: Iterable[_Detail], requested: int) -> list[tuple[str, str]]:
    found = []
    for each in details:
        version = microseconds(each.version)
        found.append((each.id, taxii_moment(requested if version is None else version)))
    return found
