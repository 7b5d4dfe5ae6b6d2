from __future__ import annotations

import asyncio

from telvet.sharing.objects.reading import read_object
from telvet.sharing.proxying.pages import Pages
from telvet.sharing.proxying.settings import UpstreamSettings
from telvet.sharing.proxying.upstream import Upstream
from telvet.sharing.proxying.witnesses import Witnesses
from tests.simulators.taxii_upstream import Kept, Shelf, Taxii
from tests.unit.sharing.proxying.views import collection, name, stix

MARK = name("marking-definition", 1)


def test_a_search_goes_through_pages_within_a_bound_and_what_was_found_comes_first_the_next_time() -> None:
    async def work() -> None:
        upstream = Upstream(UpstreamSettings(server.origin))
        witnesses = Witnesses(Pages(upstream, 0), 2, 60)
        place = collection(server, "a")
        looked = [len(things) async for things in witnesses.candidates(place, [MARK])]
        assert looked == [2] * 20
        found = read_object(Kept.of(stix(77), 1).raw)
        witnesses.keep(place, {MARK}, found)
        again = witnesses.candidates(place, [MARK])
        assert await anext(again) == [found]
        await again.aclose()
        await upstream.close()

    with Taxii(Shelf.of("a", [stix(number) for number in range(60)])) as server:
        asyncio.run(work())


def test_a_search_that_found_nothing_is_not_repeated_in_the_same_state_of_the_record() -> None:
    with Taxii() as server:
        place = collection(server, "a")
        for seconds, epoch, expected in ((60, "e1", []), (60, "e2", [MARK]), (0, "e1", [MARK])):
            witnesses = Witnesses(Pages(Upstream(UpstreamSettings(server.origin)), 0), 2, seconds)
            assert witnesses.sought(place, [MARK], "e1") == [MARK]
            witnesses.none(place, [MARK], "e1")
            assert witnesses.sought(place, [MARK], epoch) == expected
