from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from telvet.workspace.taxii_schema import OBJECTS, REFERENCES, REMOVALS, VIEWS
from tests.unit.sharing.store.shop import ALL, PARTNER, STAFF, TWO, Shop, an_object, name_of


def counts(shop: Shop) -> list[int]:
    with shop.store.connected.engine.connect() as connection:
        tables = (OBJECTS, REFERENCES, VIEWS)
        return [connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def test_nothing_is_left_of_what_was_deleted(shop: Shop) -> None:
    shop.post(an_object(1, name="secret", x_refs=[name_of(2)], x_effect="redact", x_gone=["name"], x_may_redact=True))
    shop.post(an_object(2))
    shop.ids()
    assert counts(shop) == [2, 1, 2]
    assert shop.delete(name_of(1)).found
    assert counts(shop) == [1, 0, 1]


def test_the_versions_that_are_named_go_and_the_others_stand_anew(shop: Shop) -> None:
    shop.post(an_object(1, day=1), an_object(1, day=2), an_object(1, day=3))
    assert len(shop.delete(name_of(1), versions=frozenset({"last"})).deleted) == 1
    assert [item.version[8:10] for item in shop.page(STAFF).items] == ["02"]
    shop.delete(name_of(1), versions=frozenset({"2023-01-01T00:00:00.000000Z"}))
    assert [item.version[8:10] for item in shop.page(STAFF, versions=frozenset({"first"})).items] == ["02"]


def test_without_versions_and_spec_versions_all_go(shop: Shop) -> None:
    shop.post(
        an_object(1, day=1),
        an_object(1, day=2),
        an_object(1, day=1, spec_version="2.0", modified="2022-01-01T00:00:00Z"),
    )
    assert len(shop.delete(name_of(1), versions=frozenset()).deleted) == 3
    assert not shop.delete(name_of(1)).found


def test_a_spec_version_that_is_named_goes_alone(shop: Shop) -> None:
    shop.post(an_object(1, day=1), an_object(1, day=2, spec_version="2.0"))
    assert len(shop.delete(name_of(1), spec_versions=frozenset({"2.0"})).deleted) == 1
    assert shop.ids(STAFF) == [name_of(1)]


def test_an_object_may_be_there_though_no_such_version_is(shop: Shop) -> None:
    shop.post(an_object(1))
    gone = shop.delete(name_of(1), versions=frozenset({"2020-01-01T00:00:00.000000Z"}))
    assert (gone.found, gone.deleted) == (True, ())


def test_another_collection_keeps_its_own(shop: Shop) -> None:
    shop.post(an_object(1))
    shop.post(an_object(1), into=TWO)
    shop.delete(name_of(1))
    assert (shop.ids(STAFF), shop.ids(STAFF, TWO)) == ([], [name_of(1)])


def test_a_partner_deletes_the_versions_that_it_sees_by_its_own_dates(shop: Shop) -> None:
    shop.post(an_object(1, day=1, x_effect="withhold"), an_object(1, day=2), an_object(2, day=None))
    shop.stays = frozenset({name_of(2)})
    shop.ids()
    shop.stays, shop.epoch = frozenset(), "2"
    shop.later(hours=1)
    (item,) = shop.page(only=name_of(2)).items
    assert item.version == "2024-01-15T13:00:00.000000Z"
    gone = shop.delete(name_of(2), by=PARTNER, versions=frozenset({item.version}))
    assert gone.deleted == ((name_of(2), item.version),)
    assert len(shop.delete(name_of(1), by=PARTNER, versions=ALL).deleted) == 1
    assert [item.version[8:10] for item in shop.page(STAFF, versions=ALL).items] == ["01"]


def test_what_was_deleted_its_marks_and_what_it_derived_are_noted(shop: Shop) -> None:
    mark = "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487"
    derived: dict[str, Any] = {"relationship_type": "derived-from", "source_ref": name_of(2), "target_ref": name_of(3)}
    shop.post(an_object(1, "relationship", object_marking_refs=[mark], **derived))
    shop.delete(name_of(1, "relationship"))
    with shop.store.connected.engine.connect() as connection:
        noted = dict(map(tuple, connection.execute(select(REMOVALS.c.id, REMOVALS.c.marked))))
    assert noted == {mark: True, name_of(2): False, name_of(1, "relationship"): False}
