"""Turns ids into the newest versions of the objects that they name, as the server has them.

* What was looked up is kept for a short time, within bounds of number and size; so is that an object is not there.
* Objects are kept, never what was decided about them.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Iterable, Sequence

from telvet.sharing.objects.thing import Thing
from telvet.sharing.proxying.asking import Asked, is_id
from telvet.sharing.proxying.envelope import read_envelope
from telvet.sharing.proxying.pages import batches
from telvet.sharing.proxying.upstream import Upstream, failed, together
from telvet.sharing.taxii.source import Collection

__all__ = ["Targets"]

_OK, _NOT_FOUND = 200, 404
_MOST, _MOST_BYTES = 50_000, 128 * 1024 * 1024
_NOTHING_BYTES = 200
"""What it costs to know that an object is not there."""
_Key = tuple[str, str]


class Targets:
    """The newest versions of objects, by collection and id."""

    def __init__(self, upstream: Upstream, seconds: float) -> None:
        self._upstream = upstream
        self._seconds = seconds
        self._kept: OrderedDict[_Key, tuple[float, Thing | None]] = OrderedDict()
        self._bytes = 0

    async def newest(self, collection: Collection, ids: Iterable[str]) -> dict[str, Thing]:
        """Return the newest version of each object of a collection; of what is not there, nothing.

        Raises:
            SourceError: The server cannot answer now, or does not answer as TAXII 2.1 has it.
        """
        found: dict[str, Thing] = {}
        due = []
        for name in dict.fromkeys(ids):
            known = self._known((collection.upstream or "", name))
            if known is None:
                due.append(name)
            elif known[1] is not None:
                found[name] = known[1]

        async def one(batch: Sequence[str]) -> dict[str, Thing]:
            return await self._asked(collection, batch)

        asked = [name for name in due if is_id(name)]
        for told in await together(batches(asked, one)):
            found |= told
        for name in asked:
            self._keep((collection.upstream or "", name), found.get(name))
        return found

    def keep(self, collection: Collection, things: Iterable[Thing]) -> None:
        """Keep the newest versions of objects that were seen."""
        for thing in things:
            self._keep((collection.upstream or "", thing.id), thing)

    def forget(self, collection: Collection, ids: Iterable[str]) -> None:
        """Drop what is kept of some objects."""
        for name in ids:
            self._drop((collection.upstream or "", name))

    async def _asked(self, collection: Collection, ids: Sequence[str]) -> dict[str, Thing]:
        """Ask for some ids; again for those that are left where the server sends them by and by."""
        found: dict[str, Thing] = {}
        left = list(ids)
        while left:
            asked = Asked(collection, ids=frozenset(left))
            answer = await self._upstream.get(asked.objects, [*asked.match(), ("limit", str(len(left)))])
            if answer.status == _NOT_FOUND:
                return found
            if answer.status != _OK:
                raise failed(f"the server answers with status {answer.status} where objects are asked for by id")
            envelope = read_envelope(answer.body, len(left))
            if not all(asked.admits(thing) for thing in envelope.things):
                raise failed("the server sends objects that were not asked for")
            found |= {thing.id: thing for thing in envelope.things}
            told = {thing.id for thing in envelope.things} | {each.id for each in envelope.unreadable}
            if not envelope.more:
                return found
            if not told:
                raise failed("the server says that there is more, and tells nothing")
            left = [name for name in left if name not in told]
        return found

    def _known(self, key: _Key) -> tuple[float, Thing | None] | None:
        kept = self._kept.get(key)
        if kept is None:
            return None
        if time.monotonic() - kept[0] >= self._seconds:
            self._drop(key)
            return None
        self._kept.move_to_end(key)
        return kept

    def _keep(self, key: _Key, thing: Thing | None) -> None:
        self._drop(key)
        self._kept[key] = (time.monotonic(), thing)
        self._bytes += _size(thing)
        while len(self._kept) > _MOST or self._bytes > _MOST_BYTES:
            self._drop(next(iter(self._kept)))

    def _drop(self, key: _Key) -> None:
        kept = self._kept.pop(key, None)
        if kept is not None:
            self._bytes -= _size(kept[1])


def _size(thing: Thing | None) -> int:
    return _NOTHING_BYTES if thing is None else 4 * len(thing.raw) + _NOTHING_BYTES
