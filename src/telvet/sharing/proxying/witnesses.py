"""Turns marking definitions into objects that are marked with them, by looking through the beginning of a collection.

* TAXII has no filter for marks, so the search is a walk through pages, and bounded: a marking without a witness there stays.
* What was found is looked at first the next time, for a short while; it is decided anew each time.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import aclosing

from telvet.sharing.objects.thing import Thing
from telvet.sharing.proxying.asking import Asked
from telvet.sharing.proxying.pages import Pages
from telvet.sharing.proxying.walking import walk
from telvet.sharing.taxii.source import Collection

__all__ = ["Witnesses"]

_PAGES = 20
_EVERY = frozenset({"all"})
_KEPT = 1000


class Witnesses:
    """Objects that are marked with something."""

    def __init__(self, pages: Pages, limit: int, seconds: float) -> None:
        self._pages = pages
        self._limit = limit
        self._seconds = seconds
        self._kept: OrderedDict[tuple[str, str], tuple[float, Thing]] = OrderedDict()
        self._none: OrderedDict[tuple[str, str, str], float] = OrderedDict()

    def sought(self, collection: Collection, marks: Iterable[str], epoch: str) -> list[str]:
        """Return the markings for which a search is worth while: not those for which the same one just found nothing."""
        since = time.monotonic() - self._seconds
        return [mark for mark in marks if self._none.get((collection.upstream or "", mark, epoch), since) <= since]

    def none(self, collection: Collection, marks: Iterable[str], epoch: str) -> None:
        """Keep that a search found nothing, with the state of the record by which it was decided."""
        for mark in marks:
            self._none[collection.upstream or "", mark, epoch] = time.monotonic()
        while len(self._none) > _KEPT:
            self._none.popitem(last=False)

    async def candidates(self, collection: Collection, marks: Iterable[str]) -> AsyncGenerator[Sequence[Thing], None]:
        """Yield objects, a page at a time, among which those may be that are marked with some markings.

        Raises:
            SourceError: The server cannot answer now, or does not answer as TAXII 2.1 has it.
        """
        kept = [self._kept.get((collection.upstream or "", mark)) for mark in marks]
        now = time.monotonic()
        known = [each[1] for each in kept if each is not None and now - each[0] < self._seconds]
        if known:
            yield known
        async with aclosing(walk(self._pages, Asked(collection, versions=_EVERY), self._limit)) as steps:
            looked = 0
            async for step in steps:
                yield [each.thing for each in step.page.items]
                looked += 1
                if looked >= _PAGES:
                    return

    def keep(self, collection: Collection, marks: Iterable[str], thing: Thing) -> None:
        """Keep an object that goes and is marked with some markings."""
        for mark in marks:
            self._kept[collection.upstream or "", mark] = (time.monotonic(), thing)
            self._kept.move_to_end((collection.upstream or "", mark))
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
