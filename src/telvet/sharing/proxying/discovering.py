"""Turns the address of a server, of an API root or of a collection into the collections that our account may read there.

* What answers at the address says which of the three it is; API roots of other servers are not followed.
* Two collections with one id cannot stand behind one gate: then the API root must be named.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import quote, urljoin

import msgspec

from telvet.errors import Fault, SharingError
from telvet.sharing.proxying.envelope import parsed
from telvet.sharing.proxying.settings import UpstreamSettings, origin_of
from telvet.sharing.proxying.upstream import Upstream, failed, run
from telvet.sharing.taxii.source import Collection

__all__ = ["Discovered", "discover", "discovered"]

_OK = 200
_NAME = 256


@dataclass(frozen=True, slots=True)
class Discovered:
    """A collection of a server."""

    collection: Collection
    """With `upstream`, its address."""
    may_write: bool
    """Whether our account may add objects to it."""


class _Listed(msgspec.Struct):
    id: str
    title: str
    can_read: bool
    can_write: bool
    description: str | None = None
    alias: str | None = None
    media_types: list[str] | None = None


class _Any(msgspec.Struct):
    """Whatever stands at an address: a server, an API root, a list of collections or one."""

    api_roots: list[str] | None = None
    versions: list[str] | None = None
    collections: list[_Listed] | None = None
    id: str | None = None
    can_read: bool | None = None


def discover(settings: UpstreamSettings) -> list[Discovered]:
    """Return the collections at the address of some settings; the same as `discovered`, where no event loop runs."""
    return run(discovered(settings))


async def discovered(settings: UpstreamSettings) -> list[Discovered]:
    """Return the collections at the address of some settings.

    Args:
        settings: Their address is that of a server's discovery, of an API root or of a collection.

    Raises:
        SourceError: The server cannot answer now, or does not answer as TAXII 2.1 has it.
        SharingError: The settings cannot serve, or what is there cannot stand behind one gate.
    """
    address = settings.address if settings.address.endswith("/") else f"{settings.address}/"
    upstream = Upstream(replace(settings, address=address))
    try:
        found = await _found(upstream, address)
    finally:
        await upstream.close()
    return _told_apart(found, address)


async def _found(upstream: Upstream, address: str) -> list[Discovered]:
    body = await _body(upstream, address)
    there = parsed(body, _Any)
    if there.collections is not None:
        return [
            _collection(each, f"{address}{quote(each.id, safe='')}/") for each in there.collections if each.can_read
        ]
    if there.id is not None and there.can_read is not None:
        one = parsed(body, _Listed)
        return [_collection(one, address)] if one.can_read else []
    if there.api_roots is not None:
        roots = [urljoin(address, each if each.endswith("/") else f"{each}/") for each in there.api_roots]
        ours = [root for root in dict.fromkeys(roots) if _same(root, address)]
        return [each for root in ours for each in await _of_root(upstream, root)]
    if there.versions is not None:
        return await _of_root(upstream, address)
    raise failed("there is no server, API root or collection of TAXII 2.1 at this address")


async def _of_root(upstream: Upstream, root: str) -> list[Discovered]:
    base = f"{root}collections/"
    there = parsed(await _body(upstream, base), _Any)
    return [_collection(each, f"{base}{quote(each.id, safe='')}/") for each in there.collections or () if each.can_read]


async def _body(upstream: Upstream, address: str) -> bytes:
    answer = await upstream.get(address)
    if answer.status != _OK:
        raise failed(f"the server answers with status {answer.status}", fix="see that the address is right")
    return answer.body


def _collection(listed: _Listed, address: str) -> Discovered:
    if not listed.id or len(listed.id) > _NAME or listed.id.strip(".") == "":
        raise failed("the server names a collection without an id")
    made = Collection(listed.id, listed.title, listed.description, listed.alias, upstream=address)
    types = tuple(listed.media_types or made.media_types)
    return Discovered(replace(made, media_types=types), listed.can_write)


def _same(address: str, other: str) -> bool:
    try:
        return origin_of(address) == origin_of(other)
    except ValueError:
        return False


def _told_apart(found: list[Discovered], address: str) -> list[Discovered]:
    """Refuse nothing, and what has one id twice."""
    ids = [each.collection.id for each in found]
    faults = [
        Fault(
            address,
            None,
            "id",
            "collection-twice",
            "two API roots have a collection of this id",
            "name one API root",
            name,
        )
        for name in sorted({name for name in ids if ids.count(name) > 1})
    ]
    if not found:
        fix = "see that the credentials are those of an account that may read there"
        faults = [Fault(address, None, None, "no-collection", "there is no collection that may be read", fix)]
    if faults:
        raise SharingError("the server's collections cannot stand behind one gate", tuple(faults), code="upstream")
    return found
