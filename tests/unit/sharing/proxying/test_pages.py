from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import pytest

from telvet.errors import SourceError
from telvet.sharing.proxying.asking import Asked
from telvet.sharing.proxying.pages import Page, Pages, batches
from telvet.sharing.proxying.places import Position
from telvet.sharing.proxying.settings import UpstreamSettings
from telvet.sharing.proxying.upstream import Upstream, run, together
from tests.simulators.taxii_upstream import Kept, Shelf, Taxii, status
from tests.unit.sharing.proxying.views import collection, stix

T = TypeVar("T")
BEGIN = 1_600_000_000_000_000


def tried(server: Taxii, work: Callable[[Pages, Asked], Awaitable[T]], seconds: float = 60) -> T:
    async def whole() -> T:
        upstream = Upstream(UpstreamSettings(server.origin))
        try:
            return await work(Pages(upstream, seconds), Asked(collection(server, "a")))
        finally:
            await upstream.close()

    return asyncio.run(whole())


def fetched(server: Taxii, position: Position, **more: Any) -> Page | None:
    return tried(server, lambda pages, asked: pages.fetch(asked, position), **more)


def dated(*dates: int) -> Shelf:
    return Shelf("a", [Kept.of(stix(number), BEGIN + date) for number, date in enumerate(dates)])


@pytest.mark.parametrize("dates", [(1, 2, 3), (1, 1, 1), (1, 1, 2, 2, 3, 3), (1, 1, 1, 2, 2, 2, 2), (1, 2, 2, 2, 2)])
@pytest.mark.parametrize("limit", [1, 2, 3, 4, 10])
def test_a_page_has_the_date_of_each_object(dates: tuple[int, ...], limit: int) -> None:
    with Taxii(dated(*dates)) as server:
        page = fetched(server, Position(limit))
    assert page is not None
    assert [each.added - BEGIN for each in page.items] == list(dates[:limit])
    assert (page.following is None) is (limit >= len(dates))


def test_where_all_came_at_one_moment_the_manifest_is_not_asked() -> None:
    with Taxii(dated(1, 1, 1)) as server:
        fetched(server, Position(5))
        assert [one.path for one in server.asked] == ["/api/collections/a/objects/"]


def test_the_next_page_is_named_by_the_cursor_or_by_the_last_date() -> None:
    with Taxii(dated(1, 2, 3, 4)) as server:
        page = fetched(server, Position(2))
        server.cursors = "none"
        other = fetched(server, Position(2))
    assert page is not None
    assert other is not None
    tail = page.items[-1].thing.digest
    assert page.following == Position(2, None, "from-2", BEGIN + 2, tail, page.items[0].thing.digest, 0, 2)
    assert other.following == Position(2, BEGIN + 1, "", BEGIN + 2, tail, page.items[0].thing.digest, 0, 2)


def test_a_lost_cursor_is_none_and_a_lost_collection_an_error() -> None:
    with Taxii(dated(1)) as server:
        assert fetched(server, Position(2, None, "gone")) is None
        server.always = lambda asked: status(400) if asked.path.endswith("/objects/") else None
        assert fetched(server, Position(2, None, "gone")) is None
        with pytest.raises(SourceError):
            fetched(server, Position(2))


def test_what_was_added_before_the_floor_is_not_believed() -> None:
    with Taxii(dated(1, 2)) as server, pytest.raises(SourceError, match="order"):
        fetched(server, Position(2, None, "", BEGIN + 2))


def test_a_page_is_kept_for_its_time_unless_its_cursor_is_good_for_one_use() -> None:
    async def twice(pages: Pages, asked: Asked) -> tuple[int, bool]:
        position = Position(2)
        for _ in range(2):
            page = await pages.fetch(asked, position)
            assert page is not None
            assert page.following is not None
            second = await pages.fetch(asked, page.following)
            assert second is None or len(second.items) == 2
        return len([one for one in server.asked if one.path.endswith("/objects/")]), pages.fleeting(asked)

    for cursors, seconds, expected in (("lasting", 60, 2), ("lasting", 0, 4), ("fleeting", 60, 4)):
        with Taxii(dated(*range(9)), cursors=cursors) as server:
            assert tried(server, twice, seconds) == (expected, cursors == "fleeting")


def test_what_is_kept_can_be_forgotten() -> None:
    async def work(pages: Pages, asked: Asked) -> None:
        await pages.fetch(asked, Position(2))
        pages.forget(asked.base)
        await pages.fetch(asked, Position(2))

    with Taxii(dated(1)) as server:
        tried(server, work)
        assert len(server.asked) == 2


def test_ids_are_asked_for_a_few_at_a_time() -> None:
    async def one(batch: Any) -> int:
        return len(batch)

    assert run(together(batches([str(number) for number in range(120)], one))) == [50, 50, 20]
