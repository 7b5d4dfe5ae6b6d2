from __future__ import annotations

from typing import TYPE_CHECKING

from telvet.sharing.store.changes import Seen
from telvet.sharing.store.dating import Before, dated
from telvet.sharing.store.shelves import Shelves, Shown
from telvet.sharing.store.view_rows import State, kept, put, state_of
from tests.unit.sharing.store.shop import ONE, Shop, an_object, name_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

STATE = State("epoch", Seen(5, 2), 9)


def write(shop: Shop, numbers: set[int], *, digest: str = "d", state: State = STATE) -> None:
    """Make the view of `p` hold some of the objects, and nothing else."""
    shelves = Shelves([ONE])

    def work(connection: Connection) -> None:
        rows = [row for row in shelves.every(connection) if int(row.id[-1]) in numbers]
        old = kept(connection, "p", None)
        before = Before(9, 9, {key: (row.added, row.digest) for key, (_, row) in old.items()})
        now, _ = dated([Shown(row, "permit", "[]", "[]", "[]", digest, None) for row in rows], before, 100)
        put(connection, "p", old, now, state)

    shop.store.connected.write(work)


def held(shop: Shop, *, partner: str = "p", ids: list[str] | None = None) -> dict[str, int]:
    found = shop.store.connected.read(lambda connection: kept(connection, partner, ids))
    return {name: row.added for name, row in found.values()}


def test_a_view_becomes_what_it_is_told_and_others_stay_as_they_are(shop: Shop) -> None:
    shop.post(an_object(1), an_object(2), an_object(3))
    write(shop, {1, 2})
    first = held(shop)
    assert sorted(first) == [name_of(1), name_of(2)]
    write(shop, {2, 3})
    assert sorted(held(shop)) == [name_of(2), name_of(3)]
    assert held(shop)[name_of(2)] == first[name_of(2)]
    assert held(shop, partner="q") == {}
    assert list(held(shop, ids=[name_of(3), name_of(1)])) == [name_of(3)]


def test_a_row_that_differs_is_written_anew(shop: Shop) -> None:
    shop.post(an_object(1))
    write(shop, {1})
    before = held(shop)
    write(shop, {1}, digest="e")
    assert held(shop) != before
    write(shop, set())
    assert held(shop) == {}


def test_how_far_a_view_is_decided_is_written_with_it(shop: Shop) -> None:
    read = shop.store.connected.read
    assert read(lambda connection: state_of(connection, "p")) is None
    write(shop, set())
    assert read(lambda connection: state_of(connection, "p")) == STATE
    write(shop, set(), state=State("next", Seen(6, 2), 9))
    assert read(lambda connection: state_of(connection, "p")) == State("next", Seen(6, 2), 9)
    assert read(lambda connection: state_of(connection, "q")) is None
