"""Turns a position into a page of the server: its objects, when each was added, and where the next page begins.

* The server's dates are two for a page; the others are learnt from its manifest, for the same filters, and never guessed.
* A few pages are kept for seconds, so that our next page need not ask for what was looked at already.
* A cursor that the server answers with itself changes what comes next whenever it is used: it is used once, and nothing kept.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from telvet.sharing.objects.thing import Thing
from telvet.sharing.proxying.asking import Asked
from telvet.sharing.proxying.envelope import Entry, Envelope, Unreadable, moment, read_envelope, read_manifest
from telvet.sharing.proxying.pairing import by_entries, by_window, in_order
from telvet.sharing.proxying.places import Position
from telvet.sharing.proxying.upstream import Answer, Upstream, failed, together

__all__ = ["BATCH", "Dated", "Page", "Pages", "batches"]

BATCH = 50
"""How many ids are asked for at once: more make an address too long for some servers."""
_OK, _NOT_FOUND = 200, 404
_KEPT, _KEPT_BYTES = 8, 8 * 1024 * 1024
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Dated:
    """An object, and when the server added it, in microseconds since 1970."""

    thing: Thing
    added: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the server."""

    items: tuple[Dated, ...] = ()
    following: Position | None = None
    """Where the next page begins; None if there is none."""
    aside: tuple[Unreadable, ...] = ()

    @property
    def size(self) -> int:
        """Return how many bytes its objects have."""
        return sum(len(each.thing.raw) for each in self.items)


class Pages:
    """The pages of a server."""

    def __init__(self, upstream: Upstream, seconds: float) -> None:
        self._upstream = upstream
        self._seconds = seconds
        self._kept: OrderedDict[tuple[Asked, Position], tuple[float, Page]] = OrderedDict()
        self._fleeting: set[str] = set()

    def fleeting(self, asked: Asked) -> bool:
        """Tell whether the cursors of a collection are good for one use."""
        return asked.base in self._fleeting

    async def fetch(self, asked: Asked, position: Position, *, fresh: bool = False) -> Page | None:
        """Return a page; None if the server does not know its cursor any more.

        Args:
            asked: What is asked of which collection.
            position: Where the page begins.
            fresh: Ask, whatever is kept.

        Raises:
            SourceError: The server cannot answer now, or does not answer as TAXII 2.1 has it.
        """
        kept = self._kept.get((asked, position))
        if kept and not fresh and not self.fleeting(asked) and time.monotonic() - kept[0] < self._seconds:
            return kept[1]
        page = await self._asked(asked, position)
        if page is not None and not self.fleeting(asked) and page.size <= _KEPT_BYTES:
            self._kept[asked, position] = (time.monotonic(), page)
            self._kept.move_to_end((asked, position))
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return page

    def forget(self, collection: str) -> None:
        """Drop what is kept of a collection, by its address."""
        for key in [key for key in self._kept if key[0].base == collection]:
            del self._kept[key]

    async def _asked(self, asked: Asked, position: Position) -> Page | None:
        parameters = [*asked.match(), *asked.after(position.after), ("limit", str(position.limit))]
        if position.next:
            parameters.append(("next", position.next))
        answer = await self._upstream.get(asked.objects, parameters, again=not position.next)
        if answer.status != _OK:
            return await self._nothing(asked, position, answer)
        envelope = read_envelope(answer.body, position.limit)
        if position.next and envelope.next == position.next:
            self._fleeting.add(asked.base)
        if not all(asked.admits(thing) for thing in envelope.things):
            raise failed("the server sends objects that were not asked for")
        dates = await self._dates(asked, answer, envelope)
        if dates and dates[0] < position.floor:
            raise failed("the server's pages are not in the order in which their objects were added")
        items = tuple(map(Dated, envelope.things, dates))
        if position.next and items and items[0].thing.digest == position.turtle:
            raise failed("the server tells the same objects again and again")
        return Page(items, _following(position, items, envelope), aside=envelope.unreadable)

    async def _nothing(self, asked: Asked, position: Position, answer: Answer) -> Page | None:
        """Tell a cursor that is lost from a collection that is empty, and that from one that is not there."""
        if position.next:
            return None
        if answer.status != _NOT_FOUND:
            raise failed(f"the server answers with status {answer.status}")
        there = await self._upstream.get(asked.base)
        if there.status != _OK:
            raise failed("the server knows no such collection", fix="see the collection's `upstream` in the config")
        return Page()

    async def _dates(self, asked: Asked, answer: Answer, envelope: Envelope) -> list[int]:
        things = envelope.things
        if not things:
            return []
        ends = None
        dates: list[int | None] = [None] * len(things)
        if answer.first is not None and answer.last is not None:
            ends = (moment(answer.first), moment(answer.last))
            if ends[0] > ends[1]:
                raise failed("the server's dates of a page are in the wrong order")
            dates = await self._in_window(asked, envelope, ends)
        missing = [thing for thing, date in zip(things, dates, strict=True) if date is None]
        if missing:
            entries = await self._entries(asked, sorted({thing.id for thing in missing}))
            later = iter(by_entries(missing, entries))
            dates = [next(later) if date is None else date for date in dates]
        known = [date for date in dates if date is not None]
        if len(known) != len(things):
            raise failed("the server's manifest does not tell when an object was added that it sends")
        in_order(known, ends)
        return known

    async def _in_window(self, asked: Asked, envelope: Envelope, ends: tuple[int, int]) -> list[int | None]:
        """Learn dates from the manifest of what came after the first; where the ends are one moment, all came then."""
        if ends[0] == ends[1]:
            return [ends[0]] * len(envelope.things)
        most = len(envelope.things) + len(envelope.unreadable)
        filters = [*asked.match(), *asked.after(ends[0])]
        entries, more = await self._manifest(asked, filters, most)
        aside = frozenset(each.id for each in envelope.unreadable)
        return by_window(envelope.things, ends, entries, more=more, aside=aside)

    async def _entries(self, asked: Asked, ids: Sequence[str]) -> list[Entry]:
        """Ask the manifest for all versions of some objects."""
        whole = replace(asked, ids=frozenset(ids), types=frozenset(), versions=frozenset({"all"}))

        async def one(batch: Sequence[str]) -> Sequence[Entry]:
            filters = replace(whole, ids=frozenset(batch)).match()
            entries, more = await self._manifest(asked, filters, self._upstream.settings.page)
            if not more or len(batch) == 1:
                return entries
            half = len(batch) // 2
            return [*await one(batch[:half]), *await one(batch[half:])]

        return [entry for found in await together(batches(ids, one)) for entry in found]

    async def _manifest(
        self, asked: Asked, filters: Sequence[tuple[str, str]], most: int
    ) -> tuple[Sequence[Entry], bool]:
        answer = await self._upstream.get(asked.manifest, [*filters, ("limit", str(most))])
        if answer.status == _NOT_FOUND:
            return [], False
        if answer.status != _OK:
            raise failed(f"the server's manifest answers with status {answer.status}")
        return read_manifest(answer.body, most)


def _following(position: Position, items: Sequence[Dated], envelope: Envelope) -> Position | None:
    """Return where the next page begins: by the cursor, or by the date of the last object, which then comes again."""
    if not envelope.more:
        return None
    floor = items[-1].added if items else position.floor
    tail = items[-1].thing.digest if items else position.tail
    if envelope.next:
        turtle = position.turn(items[0].thing.digest if items else "")
        return Position(position.limit, position.after, envelope.next, floor, tail, *turtle)
    if not items:
        raise failed("the server says that there is more, and neither what nor where")
    turtle = position.turn(items[0].thing.digest)
    return Position(position.limit, floor - 1 if floor else None, "", floor, tail, *turtle)


def batches(ids: Sequence[str], one: Callable[[Sequence[str]], Awaitable[_T]]) -> Iterator[Callable[[], Awaitable[_T]]]:
    """Return what asks for some ids, a few at a time."""
    return (partial(one, ids[begin : begin + BATCH]) for begin in range(0, len(ids), BATCH))
