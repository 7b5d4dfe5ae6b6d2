from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest

from telvet.errors import SourceError
from telvet.sharing.proxying.settings import UpstreamSettings
from telvet.sharing.proxying.targets import Targets
from telvet.sharing.proxying.upstream import Upstream
from tests.simulators.taxii_upstream import Ask, Kept, Reply, Shelf, Taxii
from tests.unit.sharing.proxying.views import collection, name, stix

T = TypeVar("T")
IDS = [name("indicator", number) for number in range(130)]


def tried(server: Taxii, work: Callable[[Targets], Awaitable[T]], seconds: float = 60) -> T:
    async def whole() -> T:
        upstream = Upstream(UpstreamSettings(server.origin))
        try:
            return await work(Targets(upstream, seconds))
        finally:
            await upstream.close()

    return asyncio.run(whole())


def shelf() -> Shelf:
    return Shelf.of("a", [stix(number, version=version) for number in range(100) for version in (0, 1)])


@pytest.mark.parametrize("page", [1000, 7])
def test_the_newest_versions_are_found_a_few_at_a_time_and_what_is_not_there_is_not(page: int) -> None:
    with Taxii(shelf(), page=page) as server:
        found = tried(server, lambda targets: targets.versions(collection(server, "a"), [*IDS, "nonsense", IDS[0]]))
        assert sorted(found) == IDS[:100]
        assert {tuple(thing.version[17:19] for thing in each) for each in found.values()} == {("01", "00")}
        assert max(len(one.match("id")) for one in server.asked) == 50
        assert page != 1000 or len(server.asked) == 3


def test_what_was_found_or_not_is_kept_for_its_time_and_forgotten_when_told() -> None:
    async def twice(targets: Targets) -> int:
        place = collection(server, "a")
        for _ in range(2):
            await targets.versions(place, [IDS[0], IDS[120]])
        asked = len(server.asked)
        targets.forget(place, [IDS[120]])
        await targets.versions(place, [IDS[0], IDS[120]])
        return len(server.asked) - asked

    with Taxii(shelf()) as server:
        assert (tried(server, twice), len(server.asked)) == (1, 2)
        server.asked.clear()
        assert (tried(server, twice, 0), len(server.asked)) == (1, 3)


def test_several_collections_are_asked_at_once_and_each_is_told_by_itself() -> None:
    other = Shelf.of("b", [stix(1, version=7), stix(120)])
    with Taxii(shelf(), other) as server:
        places = [collection(server, each) for each in "ab"]
        first, second = tried(server, lambda targets: targets.everywhere(places, [IDS[1], IDS[120]]))
    assert [sorted(first), sorted(second)] == [[IDS[1]], [IDS[1], IDS[120]]]
    assert [thing.version[17:19] for thing in second[IDS[1]]] == ["07"]


def test_what_is_made_up_is_asked_for_and_not_kept() -> None:
    async def work(targets: Targets) -> None:
        for _ in range(3):
            await targets.made_up(collection(server, "a"), "malware")

    with Taxii(shelf()) as server:
        tried(server, work)
        ids = [one.match("id") for one in server.asked]
    assert len(set().union(*ids)) == 3
    assert all(name_.startswith("malware--") for each in ids for name_ in each)


def test_objects_that_were_not_asked_for_are_an_error() -> None:
    def others(_: Ask, reply: Reply) -> Reply:
        reply.kept = [Kept.of(stix(500), 1)]
        return reply

    def never_done(_: Ask, reply: Reply) -> Reply:
        reply.kept, reply.told = [], {"more": True}
        return reply

    for twist in (others, never_done):
        with Taxii(shelf()) as server:
            server.twist = twist
            with pytest.raises(SourceError) as caught:
                tried(server, lambda targets: targets.versions(collection(server, "a"), [IDS[0]]))
        assert caught.value.code == "source-failed"
