"""Turns the relationships of a collection into those that say what an object is derived from, for they make others its originators too.

* TAXII has no filter for them but their type, so all relationships are read once, and later those that were added since.
* How far the reading has come is kept, so that one that was cut short goes on where it was; nobody decides before it is done.
* All versions are read: what any of them said counts, as it does where all lie in one store.
* A relationship that was deleted at the server counts until this process ends: it never makes anything more open.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import AbstractAsyncContextManager, aclosing
from dataclasses import dataclass, field

from telvet.sharing.objects.thing import Thing
from telvet.sharing.proxying.asking import Asked
from telvet.sharing.proxying.pages import Pages
from telvet.sharing.proxying.places import Place
from telvet.sharing.proxying.upstream import one_at_a_time
from telvet.sharing.proxying.walking import walk
from telvet.sharing.taxii.source import Collection

__all__ = ["Derivations"]

_RELATIONSHIP, _EVERY, _DERIVED = frozenset({"relationship"}), frozenset({"all"}), "derived-from"


@dataclass
class _Read:
    """What was read of one collection."""

    until: int | None = None
    """When the last relationship was added that was read."""
    place: Place | None = None
    """Where an unfinished reading goes on."""
    at: float | None = None
    """When a reading was finished."""
    by_id: dict[str, dict[str, Thing]] = field(default_factory=dict)
    """The versions of relationships of which one says so, by id and digest."""
    of: dict[str, set[str]] = field(default_factory=dict)
    """The ids of relationships by the id of what a version of theirs calls derived."""
    turn: AbstractAsyncContextManager[None] = field(default_factory=one_at_a_time)

    def due(self, seconds: float) -> bool:
        """Tell whether the last reading is as long ago as that."""
        return self.at is None or time.monotonic() - self.at >= seconds


class Derivations:
    """What objects are derived from."""

    def __init__(self, pages: Pages, limit: int, seconds: float) -> None:
        self._pages = pages
        self._limit = limit
        self._seconds = seconds
        self._read: dict[str, _Read] = {}

    async def refresh(self, collections: Iterable[Collection]) -> None:
        """Read what was added since the last time, if that is a while ago.

        Raises:
            SourceError: The server cannot answer now, or does not answer as TAXII 2.1 has it.
        """
        for collection in collections:
            read = self._read.setdefault(collection.upstream or "", _Read())
            if read.due(self._seconds):
                began = time.monotonic()
                async with read.turn:
                    if read.at is None or read.at < began:  # nobody else read it meanwhile
                        await self._go_on(collection, read)

    def of(self, collection: Collection, ids: Iterable[str]) -> list[Thing]:
        """Return the relationships of a collection that say, or once said, what some objects are derived from."""
        read = self._read.get(collection.upstream or "", _Read())
        found = dict.fromkeys(each for name in ids for each in sorted(read.of.get(name, ())))
        return [thing for each in found for thing in read.by_id[each].values()]

    async def _go_on(self, collection: Collection, read: _Read) -> None:
        asked = Asked(collection, types=_RELATIONSHIP, versions=_EVERY, added_after=read.until)
        began = time.monotonic()
        until = read.until
        async with aclosing(walk(self._pages, asked, self._limit, read.place)) as steps:
            async for step in steps:
                items = step.page.items[step.begin :]
                for each in items:
                    _note(read, each.thing)
                if items:
                    until = items[-1].added
                    read.place = Place(step.position, items[-1].added, items[-1].thing.digest)
        read.place, read.until, read.at = None, until, began


def _note(read: _Read, thing: Thing) -> None:
    """Keep a version that says so, and any later one of such a relationship; earlier ones are looked up with it."""
    source = thing.held.get("source_ref")
    derives = thing.held.get("relationship_type") == _DERIVED and isinstance(source, str)
    if derives or thing.id in read.by_id:
        read.by_id.setdefault(thing.id, {})[thing.digest] = thing
    if derives:
        read.of.setdefault(str(source), set()).add(thing.id)
