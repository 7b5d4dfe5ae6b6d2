from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from telvet.workspace.taxii_schema import OBJECTS, POSTINGS, REFERENCES
from tests.unit.sharing.store.shop import ALL, PARTNER, STAFF, TWO, Shop, an_object, name_of


def flags(shop: Shop) -> list[tuple[object, ...]]:
    c = OBJECTS.c
    with shop.store.connected.engine.connect() as connection:
        chosen = select(c.version, c.spec_version, c.first, c.last, c.latest).order_by(c.spec_version, c.version)
        return [(version[8:10], *rest) for version, *rest in connection.execute(chosen)]


def test_the_same_version_with_the_same_bytes_changes_nothing(shop: Shop) -> None:
    first = shop.post(an_object(1))
    again = shop.post(an_object(1), an_object(1))
    assert again.successes == first.successes * 2
    assert len(shop.page(STAFF, versions=ALL).items) == 1


def test_the_same_version_with_other_bytes_fails_and_says_why(shop: Shop) -> None:
    shop.post(an_object(1))
    posting = shop.post(an_object(1, name="other"), an_object(1, day=2))
    ((name, version, why),) = posting.failures
    assert (name, version) == (name_of(1), "2023-01-01T00:00:00.000000Z")
    assert "modified" in why
    assert len(posting.successes) == 1


def test_the_same_object_may_lie_in_two_collections(shop: Shop) -> None:
    assert shop.post(an_object(1)).successes == shop.post(an_object(1), into=TWO).successes
    assert shop.ids(STAFF) == shop.ids(STAFF, TWO) == [name_of(1)]


def test_an_object_without_a_version_goes_by_its_date_and_is_kept_once(shop: Shop) -> None:
    posting = shop.post(an_object(1, day=None))
    assert posting.successes == ((name_of(1), "2024-01-15T12:00:00.000000Z"),)
    shop.later()
    assert shop.post(an_object(1, day=None)).successes == posting.successes
    assert shop.post(an_object(1, day=None, name="other")).successes[0][1] == "2024-01-15T12:00:01.000000Z"
    assert [item.version[17:19] for item in shop.page(STAFF, versions=ALL).items] == ["00", "01"]


def test_dates_increase_in_the_order_of_adding_though_the_clock_steps_back(shop: Shop) -> None:
    shop.post(an_object(3), an_object(1))
    shop.now -= timedelta(days=1)
    shop.post(an_object(2))
    items = shop.page(STAFF).items
    assert [item.id for item in items] == [name_of(3), name_of(1), name_of(2)]
    assert [item.added - items[0].added for item in items] == [0, 1, 2]


def test_a_date_is_never_given_twice_though_the_newest_was_deleted(shop: Shop) -> None:
    shop.post(an_object(1))
    before = shop.page(STAFF).items[0].added
    shop.delete(name_of(1))
    shop.now -= timedelta(days=1)
    shop.post(an_object(2))
    assert shop.page(STAFF).items[0].added > before


def test_versions_may_come_in_any_order(shop: Shop) -> None:
    shop.post(an_object(1, day=2))
    assert flags(shop) == [("02", "2.1", True, True, True)]
    shop.post(an_object(1, day=3), an_object(1, day=1))
    assert flags(shop) == [
        ("01", "2.1", True, False, True), ("02", "2.1", False, False, True), ("03", "2.1", False, True, True),
    ]  # fmt: skip
    shop.post(an_object(1, day=4, spec_version="2.0"))
    assert flags(shop)[0] == ("04", "2.0", True, True, False)
    shop.post(an_object(1, day=1, spec_version="3.0", name="x"))
    assert [row[4] for row in flags(shop)] == [False, True, True, True]  # the same version again is no other version
    shop.post(an_object(1, day=5, spec_version="3.0"))
    assert [row[4] for row in flags(shop)] == [False] * 4 + [True]


def test_a_partner_hears_of_success_where_what_it_does_not_see_is_in_the_way(shop: Shop) -> None:
    shop.post(an_object(1, x_effect="withhold"), an_object(2), an_object(3, day=None, x_effect="withhold"))
    shop.ids()
    shop.later(seconds=5)
    sent = [an_object(1, name="x"), an_object(2, name="x"), an_object(3, day=None, x_effect="withhold"), an_object(4)]
    posting = shop.post(*sent, by=PARTNER)
    assert [name for name, _ in posting.successes] == [name_of(1), name_of(3), name_of(4)]
    assert posting.successes[1][1] == "2024-01-15T12:00:05.000000Z"  # as if it were new
    assert [name for name, _, _ in posting.failures] == [name_of(2)]
    with shop.store.connected.engine.connect() as connection:
        told = json.loads(connection.scalars(select(POSTINGS.c.status).where(POSTINGS.c.id == posting.id)).one())
    assert [name for name, _, _ in told["aside"]] == [name_of(1)]
    assert "aside" not in repr(posting)
    assert len(shop.page(STAFF, versions=ALL).items) == 4


def test_what_an_object_holds_is_kept_beside_it(shop: Shop) -> None:
    marks = ["marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487"]
    derived: dict[str, Any] = {"relationship_type": "derived-from", "source_ref": name_of(2), "target_ref": name_of(3)}
    shop.post(an_object(1, "relationship", object_marking_refs=marks, created_by_ref="someone", **derived))
    with shop.store.connected.engine.connect() as connection:
        held = dict(map(tuple, connection.execute(select(REFERENCES.c.target, REFERENCES.c.role))))
    assert held == {marks[0]: "marks", name_of(2): "derives", name_of(3): "holds", "someone": "holds"}


def test_an_empty_request_is_complete(shop: Shop) -> None:
    assert shop.post().total == 0
