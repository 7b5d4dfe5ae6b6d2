"""Turns objects that somebody sends, and requests to delete, into the same at the server, and its state of them into ours.

* No request is remembered: our id of it says what to ask the server.
* What the server writes beside ids and versions goes to our own staff alone: it may speak of what a partner may not see.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from urllib.parse import quote
from uuid import UUID

import msgspec

from telvet.sharing.objects.timestamps import microseconds, taxii_moment
from telvet.sharing.proxying.envelope import moment, parsed
from telvet.sharing.proxying.sealing import Seal
from telvet.sharing.proxying.upstream import Answer, Upstream, failed
from telvet.sharing.taxii.source import Collection, Posting, Viewer

__all__ = ["Poster"]

_READ = frozenset({200, 202})
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_COLLECTION = re.compile(r"(.*/)collections/[^/]+/")
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
        self._roots: dict[str, None] = {}
        """The server's API roots to which something was sent."""

    async def post(self, viewer: Viewer, root: str, collection: Collection, objects: Sequence[bytes]) -> Posting:
        """Pass objects on.

        Raises:
            SourceError: The server does not take them, or does not say what became of them.
        """
        base = collection.upstream or ""
        answer = await self._upstream.post(f"{base}objects/", b'{"objects":[' + b",".join(objects) + b"]}")
        if answer.status not in _READ:
            raise failed(f"the server answers with status {answer.status} where objects are sent")
        status, name = _status(answer)
        self._roots.update(dict.fromkeys(_roots([base])))
        return _posting(status, str(self._seal.close(viewer, root, name)), plain=viewer.partner is None)

    async def status(self, viewer: Viewer, root: str, posting: str, others: Iterable[Collection]) -> Posting | None:
        """Return the state of a request that the viewer made; None for any other.

        Args:
            viewer: Who asks.
            root: Our API root.
            posting: Our id of the request.
            others: Collections in whose API roots to look, besides those to which something was sent lately.

        Raises:
            SourceError: The server does not say what became of it.
        """
        if not _UUID.fullmatch(posting):
            return None
        name = self._seal.open(viewer, root, UUID(posting))
        known = _roots([self._upstream.settings.address, *(each.upstream or "" for each in others)])
        for base in dict.fromkeys([*self._roots, *known]):
            answer = await self._upstream.get(f"{base}status/{name}/")
            if answer.status in _READ:
                return _posting(_status(answer)[0], posting, plain=viewer.partner is None)
        return None

    async def delete(
        self, collection: Collection, name: str, versions: AbstractSet[str], spec_versions: AbstractSet[str]
    ) -> bool:
        """Have versions of an object deleted; return whether there were any.

        Raises:
            SourceError: The server does not do it.
        """
        words = (("match[version]", versions), ("match[spec_version]", spec_versions))
        filters = [(key, ",".join(sorted(values))) for key, values in words if values]
        answer = await self._upstream.delete(f"{collection.upstream}objects/{quote(name, safe='')}/", filters)
        return answer.status in _READ


def _roots(addresses: Iterable[str]) -> list[str]:
    """Return API roots: of addresses of collections what is before them, and others as they are."""
    found = [(_COLLECTION.fullmatch(address), address) for address in addresses]
    return [match[1] if match else address for match, address in found if address.endswith("/")]


def _status(answer: Answer) -> tuple[_Status, UUID]:
    status = parsed(answer.body, _Status)
    if status.status not in _STATES or not _UUID.fullmatch(status.id.lower()):
        raise failed("the server's state of a request is none of TAXII 2.1")
    return status, UUID(status.id)


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
