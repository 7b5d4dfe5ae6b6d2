"""Turns a place into the pages of the server from there on, in their order, each object once.

* A page must bring something new, later or as late as what came before: there is no endless walk, and nothing is left out.
* A place is found again by the object that stood there: by the server's cursor where it still leads there, else by its date.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass

from telvet.sharing.proxying.asking import Asked
from telvet.sharing.proxying.pages import Page, Pages
from telvet.sharing.proxying.places import Place, Position
from telvet.sharing.proxying.upstream import failed

__all__ = ["Step", "walk"]

_EMPTY = 10
"""How many pages in a row may be empty while more is promised."""


@dataclass(frozen=True, slots=True)
class Step:
    """A page of the server, from one of its objects on."""

    page: Page
    position: Position
    begin: int = 0


async def walk(pages: Pages, asked: Asked, limit: int, place: Place | None = None) -> AsyncGenerator[Step, None]:
    """Yield the pages from a place on.

    Args:
        pages: Of the server.
        asked: What is asked of which collection.
        limit: How many objects to ask for at once; a place has its own.
        place: Where to begin; at the beginning without it.

    Raises:
        SourceError: The server cannot answer now, or does not answer as TAXII 2.1 has it.
    """
    step = await (_first(pages, asked, limit) if place is None else _found_again(pages, asked, place))
    empty = 0
    while True:
        empty = 0 if step.page.items[step.begin :] else empty + 1
        yield step
        if step.page.following is None:
            return
        if empty > _EMPTY:
            raise failed("the server says again and again that there is more, and tells nothing")
        step = await _next(pages, asked, step.page.following)


async def _first(pages: Pages, asked: Asked, limit: int) -> Step:
    floor = 0 if asked.added_after is None else asked.added_after + 1
    position = Position(limit, asked.added_after, "", max(floor, 0))
    page = await pages.fetch(asked, position)
    if page is None:
        raise failed("the server knows no first page")
    return Step(page, position)


async def _next(pages: Pages, asked: Asked, position: Position) -> Step:
    page = await pages.fetch(asked, position)
    if page is None:  # the cursor was good for some time only: by the date, past the object before it
        return await _by_date(pages, asked, Place(position, position.floor, position.tail), after=1)
    if position.next:
        return Step(page, position)
    begin = _index(page, position.tail)
    if begin is None or begin + 1 >= len(page.items):
        raise failed("the server says that there is more, and not where: more objects than a page have the same date")
    return Step(page, position, begin + 1)


async def _found_again(pages: Pages, asked: Asked, place: Place) -> Step:
    position = place.position
    if not (position.next and pages.fleeting(asked)):
        page = await pages.fetch(asked, position)
        begin = None if page is None else _index(page, place.digest)
        if page is not None and begin is not None:
            return Step(page, position, begin)
    return await _by_date(pages, asked, place)


async def _by_date(pages: Pages, asked: Asked, place: Place, *, after: int = 0) -> Step:
    """Look for an object among those of its date; where it is gone, begin with the first of these."""
    position = Position(place.position.limit, place.added - 1 if place.added else None, "", place.added)
    looked: set[str] = set()
    where: Position | None = position
    while where is not None and where.tail not in looked:
        page = await pages.fetch(asked, where, fresh=True)
        if page is None:
            break
        begin = _index(page, place.digest)
        if begin is not None:
            return Step(page, where, begin + after)
        if page.items and page.items[-1].added > place.added:
            break
        looked.add(where.tail)
        where = page.following
    again = await pages.fetch(asked, position, fresh=True)
    if again is None:
        raise failed("the server knows no first page")
    return Step(again, position)


def _index(page: Page, digest: str) -> int | None:
    return next((place for place, each in enumerate(page.items) if each.thing.digest == digest), None)
