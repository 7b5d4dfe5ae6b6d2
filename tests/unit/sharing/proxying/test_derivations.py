from __future__ import annotations

import asyncio
from typing import Any

import pytest

from telvet.errors import SourceError
from telvet.sharing.proxying.derivations import Derivations
from telvet.sharing.proxying.pages import Pages
from telvet.sharing.proxying.settings import UpstreamSettings
from telvet.sharing.proxying.upstream import Upstream
from telvet.sharing.taxii.source import Query
from tests.simulators.taxii_upstream import Kept, Shelf, Taxii, status
from tests.unit.sharing.proxying.views import all_items, collection, name, run, stix


def derived(number: int, source: int, target: int, kind: str = "derived-from", version: int = 0) -> dict[str, Any]:
    ends = {"source_ref": name("indicator", source), "target_ref": name("indicator", target)}
    return stix(number, kind="relationship", version=version, relationship_type=kind, **ends)


MANY = [derived(n, n, n + 1, ("derived-from", "related-to")[n % 2]) for n in range(20)]


async def known(read: Derivations, server: Taxii, *ids: int) -> list[str]:
    place = collection(server, "a")
    await read.refresh([place])
    return [thing.id for thing in read.of(place, [name("indicator", number) for number in ids])]


def test_what_says_that_something_is_derived_is_found_and_read_once_and_then_what_was_added_since() -> None:
    async def work() -> None:
        upstream = Upstream(UpstreamSettings(server.origin))
        read = Derivations(Pages(upstream, 0), 6, 0)
        assert await known(read, server, 2, 3, 4) == [name("relationship", 2), name("relationship", 4)]
        server.asked.clear()
        shelf.kept.append(Kept.of(derived(90, 3, 1), shelf.kept[-1].added + 5))
        assert await known(read, server, 3) == [name("relationship", 90)]
        assert {one.parameters["match[type]"] for one in server.asked} == {"relationship"}
        assert len([one for one in server.asked if one.path.endswith("/objects/")]) == 1
        shelf.kept.append(Kept.of(derived(90, 3, 1, "related-to", 5), shelf.kept[-1].added + 5))
        assert await known(read, server, 3) == [name("relationship", 90)] * 2, "what a version said still counts"
        await upstream.close()

    shelf = Shelf.of("a", [stix(1), *MANY, stix(2)])
    with Taxii(shelf) as server:
        asyncio.run(work())


def test_a_reading_that_is_cut_short_goes_on_where_it_was() -> None:
    async def work() -> None:
        upstream = Upstream(UpstreamSettings(server.origin))
        read = Derivations(Pages(upstream, 0), 6, 60)
        server.always = lambda asked: status(503) if asked.parameters.get("next") == "from-12" else None
        with pytest.raises(SourceError):
            await known(read, server, 2)
        server.always = lambda _: None
        server.asked.clear()
        assert await known(read, server, 0, 18) == [name("relationship", 0), name("relationship", 18)]
        cursors = [one.parameters.get("next") for one in server.asked if one.path.endswith("/objects/")]
        assert cursors == ["from-6", "from-12", "from-18"]
        server.asked.clear()
        assert await known(read, server, 0)
        assert not server.asked
        await upstream.close()

    with Taxii(Shelf.of("a", MANY)) as server:
        asyncio.run(work())


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_version_that_said_so_counts_though_a_later_one_says_something_else(order: tuple[int, ...]) -> None:
    async def work() -> None:
        upstream = Upstream(UpstreamSettings(server.origin))
        read = Derivations(Pages(upstream, 0), 6, 60)
        assert set(await known(read, server, 3)) == {name("relationship", 90)}
        assert await known(read, server, 5) == []
        await upstream.close()

    versions = [derived(90, 3, 1), derived(90, 5, 1, "related-to", 5)]
    with Taxii(Shelf.of("a", [versions[each] for each in order])) as server:
        asyncio.run(work())


def test_what_an_older_version_says_is_at_hand_when_the_object_is_decided() -> None:
    """The gate counts the object, both versions of the relationship, and what both lead to."""
    from tests.unit.sharing.proxying.views import MarkedGates  # noqa: PLC0415 - one use

    gates = MarkedGates()
    versions = [derived(7, 1, 2), derived(7, 3, 3, version=5)]
    with Taxii(Shelf.of("a", [stix(1)]), Shelf.of("b", [*versions, stix(2), stix(3)])) as server:
        got = run(server, lambda opened: all_items(opened, collection(server, "a"), Query()), gates=gates)
    assert len(got) == 1
    assert gates.made.calls == [5]


def test_the_relationship_and_what_it_leads_to_are_at_hand_when_the_object_is_decided() -> None:
    """The gate of these tests counts what it is offered: the object, the relationship and its other end."""
    from tests.unit.sharing.proxying.views import MarkedGates  # noqa: PLC0415 - one use

    gates = MarkedGates()
    with Taxii(Shelf.of("a", [stix(1)]), Shelf.of("b", [derived(7, 1, 2), stix(2)])) as server:
        got = run(server, lambda opened: all_items(opened, collection(server, "a"), Query()), gates=gates)
    assert len(got) == 1
    assert gates.made.calls == [3]
