"""Turns ids into the versions of the objects that they name, as the server has them.

* What was looked up is kept for a short time, within bounds of number and size; so is that an object is not there.
* Objects are kept, never what was decided about them.
"""

from __future__ import annotations

import time
from collections import OrderedDict, defaultdict
from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import partial
from uuid import uuid4

from telvet.sharing.objects.thing import Thing
from telvet.sharing.objects.timestamps import microseconds
from telvet.sharing.proxying.asking import Asked, is_id
from telvet.sharing.proxying.envelope import read_envelope
from telvet.sharing.proxying.pages import batches
from telvet.sharing.proxying.upstream import Upstream, failed, together
from telvet.sharing.taxii.source import Collection

__all__ = ["Targets", "Versions"]

_OK, _NOT_FOUND = 200, 404
_MOST, _MOST_BYTES = 50_000, 128 * 1024 * 1024
_NOTHING_BYTES = 200
"""What it costs to know that an object is not there."""
_EVERY = frozenset({"all"})
_Key = tuple[str, str]
Versions = tuple[Thing, ...]
"""All versions of an object, the newest first."""


class Targets:
    """The versions of objects, by collection and id."""

    def __init__(self, upstream: Upstream, seconds: float) -> None:
        self._upstream = upstream
        self._seconds = seconds
        self._kept: OrderedDict[_Key, tuple[float, Versions]] = OrderedDict()
        self._bytes = 0

    async def versions(self, collection: Collection, ids: Iterable[str]) -> dict[str, Versions]:
        """Return all versions of each object of a collection, the newest first; of what is not there, nothing.

        Raises:
            SourceError: The server cannot answer now, or does not answer as TAXII 2.1 has it.
        """
        [found] = await self.everywhere([collection], ids)
        return found

    async def everywhere(self, places: Sequence[Collection], ids: Iterable[str]) -> list[dict[str, Versions]]:
        """Return the same for each of several collections.

        Raises:
            SourceError: The server cannot answer now, or does not answer as TAXII 2.1 has it.
        """
        names = list(dict.fromkeys(ids))
        found: list[dict[str, Versions]] = []
        works: list[Callable[[], Awaitable[None]]] = []
        for place in places:
            known = {name: self._known((place.upstream or "", name)) for name in names}
            found.append({name: kept[1] for name, kept in known.items() if kept is not None and kept[1]})
            due = [name for name, kept in known.items() if kept is None and is_id(name)]
            works += batches(due, partial(self._found, place, found[-1]))
        await together(works)
        return found

    async def _found(self, place: Collection, found: dict[str, Versions], ids: Sequence[str]) -> None:
        """Ask for some ids; put what there is beside what was found, and keep it."""
        told = await self._asked(place, ids)
        found |= told
        for name in ids:
            self._keep((place.upstream or "", name), told.get(name, ()))

    async def made_up(self, place: Collection, kind: str) -> None:
        """Ask for an object of a type that cannot be there, and keep nothing.

        Raises:
            SourceError: The server cannot answer now, or does not answer as TAXII 2.1 has it.
        """
        await self._asked(place, [f"{kind}--{uuid4()}"])

    def forget(self, collection: Collection, ids: Iterable[str]) -> None:
        """Drop what is kept of some objects."""
        for name in ids:
            self._drop((collection.upstream or "", name))

    async def _asked(self, collection: Collection, ids: Sequence[str]) -> dict[str, Versions]:
        """Ask for some ids; for fewer at once where that is more than the server tells in one answer."""
        asked = Asked(collection, ids=frozenset(ids), versions=_EVERY)
        most = max(self._upstream.settings.page, len(ids))
        answer = await self._upstream.get(asked.objects, [*asked.match(), ("limit", str(most))])
        if answer.status == _NOT_FOUND:
            return {}
        if answer.status != _OK:
            raise failed(f"the server answers with status {answer.status} where objects are asked for by id")
        envelope = read_envelope(answer.body, most)
        if not all(asked.admits(thing) for thing in envelope.things):
            raise failed("the server sends objects that were not asked for")
        if envelope.more and len(ids) == 1:
            raise failed("an object has more versions than the server tells in one answer")
        if envelope.more:
            half = len(ids) // 2
            return await self._asked(collection, ids[:half]) | await self._asked(collection, ids[half:])
        found: dict[str, list[Thing]] = defaultdict(list)
        for thing in sorted(envelope.things, key=lambda each: microseconds(each.version) or 0, reverse=True):
            found[thing.id].append(thing)
        odd = {each.id for each in envelope.unreadable}  # which of its versions is the newest is not known
        return {name: tuple(things) for name, things in found.items() if name not in odd}

    def _known(self, key: _Key) -> tuple[float, Versions] | None:
        kept = self._kept.get(key)
        if kept is None:
            return None
        if time.monotonic() - kept[0] >= self._seconds:
            self._drop(key)
            return None
        self._kept.move_to_end(key)
        return kept

    def _keep(self, key: _Key, things: Versions) -> None:
        self._drop(key)
        self._kept[key] = (time.monotonic(), things)
        self._bytes += _size(things)
        while len(self._kept) > _MOST or self._bytes > _MOST_BYTES:
            self._drop(next(iter(self._kept)))

    def _drop(self, key: _Key) -> None:
        kept = self._kept.pop(key, None)
        if kept is not None:
            self._bytes -= _size(kept[1])


def _size(things: Versions) -> int:
    return _NOTHING_BYTES + sum(4 * len(thing.raw) for thing in things)
