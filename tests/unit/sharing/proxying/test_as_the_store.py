"""A partner reads the same through the proxy as from the store, whatever lies where."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from telvet.sharing.proxying.proxy import Proxy
from telvet.sharing.recorded.known import Known
from telvet.sharing.taxii.source import Item, Query
from tests.property.test_views import facts, opened, things
from tests.simulators.taxii_upstream import Kept, Shelf, Taxii
from tests.unit.sharing.proxying.views import all_items, run
from tests.unit.sharing.store.real import SHELVES, Real, marked, marking
from tests.unit.sharing.store.shop import ALL, PARTNER

BASE = [marked(1, "identity"), marked(2, "identity"), marked(1), *map(marking, ("clear", "green"))]


def told(items: Sequence[Item], *, markings: bool = False) -> set[tuple[str, str, bytes]]:
    """Return objects, or marking definitions."""
    return {(each.id, each.version, each.body) for each in items if each.id.startswith("marking-") is markings}


@settings(max_examples=40, deadline=None)
@given(st.lists(things(), max_size=10), st.lists(things(), max_size=6), facts(), st.booleans())
def test_the_view_of_a_partner_is_the_same(
    first: list[bytes], second: list[bytes], on_record: Known, every: bool
) -> None:
    versions = ALL if every else frozenset({"last"})
    with opened(Real, facts=on_record) as shop:
        shelves: list[Shelf] = []
        for shelf, objects in zip(SHELVES, ([*BASE, *first], second), strict=True):
            kept: dict[tuple[str, int], Kept] = {}
            for place, raw in enumerate(objects):
                one = replace(Kept.of(json.loads(raw), 1_600_000_000_000_000 + place), raw=raw)
                if kept.setdefault((one.id, one.version), one) is one:
                    shop.post(raw, into=shelf)
                    shop.later()
            shelves.append(Shelf(shelf.id, list(kept.values())))
        with Taxii(*shelves, page=4) as server:
            places = {each.id: replace(each, upstream=server.address(each.id)) for each in SHELVES}

            async def work(opened_: Proxy) -> dict[str, list[Item]]:
                query = Query(limit=3, versions=versions)
                return {name: await all_items(opened_, place, query, PARTNER) for name, place in places.items()}

            through = run(server, work, gates=shop, readable=lambda _: list(places.values()))
        direct = {each.id: shop.page(PARTNER, each, versions=versions).items for each in SHELVES}
        marks = told([one for items in direct.values() for one in items], markings=True)
        for shelf in SHELVES:
            assert told(through[shelf.id]) == told(direct[shelf.id])
            # Of one marking in both collections the store serves one.
            assert told(through[shelf.id], markings=True) <= marks
