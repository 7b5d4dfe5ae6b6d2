from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

from telvet.sharing.store.changes import Seen, micros, seen, seen_for_writing, write_seen
from tests.unit.sharing.store.shop import Shop, an_object, name_of


def test_a_moment_is_a_whole_number_of_microseconds_in_every_zone() -> None:
    moment = datetime(2024, 1, 15, 12, 0, 0, 1, tzinfo=UTC)
    assert micros(moment) == 1_705_320_000_000_001
    assert micros(moment.astimezone(timezone(timedelta(hours=5)))) == micros(moment)


def test_whoever_has_seen_a_change_has_seen_those_before() -> None:
    assert Seen(2, 1).covers(Seen(2, 1))
    assert Seen(3, 1).covers(Seen(2, 0))
    assert not Seen(3, 0).covers(Seen(2, 1))
    assert not Seen(1, 5).covers(Seen(2, 1))


def test_every_addition_and_every_removal_is_a_change(shop: Shop) -> None:
    found = [shop.store.connected.read(seen)]
    for happens in (lambda: shop.post(an_object(1)), lambda: shop.delete(name_of(1))):
        happens()
        found.append(shop.store.connected.read(seen))
    assert found[0] == Seen(0, 0)
    assert all(later.covers(before) and later != before for before, later in pairwise(found))
    shop.post(b"{}")
    shop.delete(name_of(1))
    assert shop.store.connected.read(seen) == found[-1]


def test_what_is_noted_is_read(shop: Shop) -> None:
    shop.store.connected.write(lambda connection: write_seen(connection, Seen(7, 3)))
    assert shop.store.connected.write(seen_for_writing) == Seen(7, 3)
