from __future__ import annotations

from telvet.sharing.store.shelves import Shelves
from telvet.sharing.taxii.source import Collection
from tests.unit.sharing.store.shop import ONE, STAFF, TWO, Shop, an_object, name_of


def test_only_rows_of_the_collections_are_read_oldest_first(shop: Shop) -> None:
    shop.post(an_object(2), an_object(1))
    shop.post(an_object(3), into=TWO)
    read = shop.store.connected.read
    assert [row.id for row in read(Shelves([ONE]).every)] == [name_of(2), name_of(1)]
    assert [row.id for row in read(Shelves([TWO]).every)] == [name_of(3)]
    assert read(Shelves([]).every) == []
    wanted = [name_of(1), name_of(3), name_of(9)]
    assert [row.id for row in read(lambda connection: list(Shelves([ONE]).of(connection, wanted)))] == [name_of(1)]


def test_a_row_is_offered_by_the_names_and_the_purpose_of_its_collection(shop: Shop) -> None:
    shop.post(an_object(1))
    shop.post(an_object(2), into=TWO)
    shelves = Shelves([ONE, TWO])
    first, second = map(shelves.offered, shop.store.connected.read(shelves.every))
    assert (first.collections, first.purpose) == (frozenset({"c-1", "one"}), None)
    assert (second.collections, second.purpose) == (frozenset({"c-2"}), "defence")
    assert first.thing.raw == an_object(1)


def test_holders_are_those_in_the_collections(shop: Shop) -> None:
    shop.post(an_object(1, x=name_of(9)))
    shop.post(an_object(2, x=name_of(9)), into=TWO)
    read = shop.store.connected.read
    assert read(lambda connection: Shelves([ONE]).holders(connection, [name_of(9)])) == {name_of(1)}
    assert read(lambda connection: Shelves([ONE, TWO]).holders(connection, [name_of(9)])) == {name_of(1), name_of(2)}
    assert read(lambda connection: Shelves([ONE]).deriving(connection, [name_of(9)])) == set()


def test_what_has_changed_is_what_came_and_what_went(shop: Shop) -> None:
    shop.post(an_object(1))
    since = shop.page(STAFF).items[0].added
    shop.post(an_object(2))
    shop.delete(name_of(1))
    found = shop.store.connected.read(lambda connection: Shelves([ONE]).changed(connection, since, 0))
    assert found == ({name_of(1), name_of(2)}, set())
    other = Shelves([Collection("c-3", "Three")])
    assert shop.store.connected.read(lambda connection: other.changed(connection, 0, 1)) == (set(), set())
