from __future__ import annotations

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telvet.errors import SourceError
from telvet.sharing.proxying.asking import Asked
from telvet.sharing.proxying.pages import Pages
from telvet.sharing.proxying.places import Place, Position
from telvet.sharing.proxying.settings import UpstreamSettings
from telvet.sharing.proxying.upstream import Upstream
from telvet.sharing.proxying.walking import walk
from tests.simulators.taxii_upstream import Ask, Kept, Reply, Shelf, Taxii
from tests.unit.sharing.proxying.views import collection, stix

BEGIN = 1_600_000_000_000_000


def walked(server: Taxii, limit: int, place: Place | None = None) -> list[int]:
    """Return the numbers of the objects that a walk meets, in their order."""

    async def work() -> list[int]:
        upstream = Upstream(UpstreamSettings(server.origin))
        try:
            steps = walk(Pages(upstream, 0), Asked(collection(server, "a")), limit, place)
            return [int(each.thing.id[-12:], 16) async for step in steps for each in step.page.items[step.begin :]]
        finally:
            await upstream.close()

    return asyncio.run(work())


def shelf(size: int, ties: int) -> Shelf:
    return Shelf("a", [Kept.of(stix(number), BEGIN + number // ties) for number in range(size)])


@settings(max_examples=60)
@given(
    size=st.integers(0, 25),
    ties=st.integers(1, 8),
    limit=st.integers(1, 9),
    begin=st.integers(0, 24),
    cursors=st.sampled_from(["lasting", "fleeting", "none"]),
    lost=st.booleans(),
)
def test_a_walk_meets_each_object_once_from_any_place_on(
    size: int, ties: int, limit: int, begin: int, cursors: str, lost: bool
) -> None:
    """Whether the server knows the cursor of the place still or not."""
    limit = max(limit, ties + 1) if cursors == "none" else limit
    with Taxii(shelf(size, ties), cursors=cursors) as server:
        assert walked(server, limit) == list(range(size))
        if begin < size:
            kept = server.shelves["a"].kept[begin]
            digest = Place(Position(limit), kept.added, _digest(kept))
            cursor = "gone" if lost else f"from-{begin // limit * limit}"
            place = Place(Position(limit, None, cursor), kept.added, digest.digest)
            assert walked(server, limit, place) == list(range(begin, size))


def _digest(kept: Kept) -> str:
    import hashlib  # noqa: PLC0415 - one use

    return hashlib.sha256(kept.raw).hexdigest()


def test_where_the_object_of_a_place_is_gone_those_of_its_date_come_again() -> None:
    with Taxii(shelf(12, 3)) as server:
        place = Place(Position(4, None, "gone"), BEGIN + 2, "0" * 64)
        assert walked(server, 4, place) == list(range(6, 12))


def test_without_cursors_more_objects_of_one_date_than_a_page_are_an_error() -> None:
    with Taxii(shelf(9, 9), cursors="none") as server:
        with pytest.raises(SourceError, match="same date"):
            walked(server, 4)
        assert len(server.asked) < 6


def test_a_few_empty_pages_are_borne_and_no_more() -> None:
    empty = 0

    def hollow(asked: Ask, reply: Reply) -> Reply:
        nonlocal empty
        if asked.path.endswith("/objects/") and empty:
            empty -= 1
            return Reply(told={"more": True, "next": f"from-{'0' * (1 + empty % 7)}"})
        return reply

    with Taxii(shelf(5, 1)) as server:
        server.twist = hollow
        empty = 5
        assert walked(server, 10) == list(range(5))
        empty = 10_000
        with pytest.raises(SourceError, match="again and again"):
            walked(server, 10)
        assert empty > 9_950
