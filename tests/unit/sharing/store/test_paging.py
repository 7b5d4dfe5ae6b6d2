from __future__ import annotations

from typing import Any

import pytest

from telvet.errors import SourceError
from telvet.sharing.store.paging import place_of
from telvet.sharing.taxii.source import Viewer, What
from tests.unit.sharing.store.shop import ALL, PARTNER, STAFF, TWO, Shop, an_object, name_of

both = pytest.mark.parametrize("viewer", [STAFF, PARTNER], ids=["staff", "partner"])


def versions(shop: Shop, viewer: Viewer, **query: Any) -> list[str]:
    return sorted(f"{item.id[-1]}:{item.version[8:10]}" for item in shop.page(viewer, **query).items)


@both
def test_pages_follow_each_other_and_the_last_has_no_place(shop: Shop, viewer: Viewer) -> None:
    shop.post(*(an_object(number) for number in range(5)))
    first = shop.page(viewer, limit=3)
    assert (len(first.items), first.more, bool(first.place)) == (3, True, True)
    second = shop.page(viewer, limit=3, after=first.place)
    assert (len(second.items), second.more, second.place) == (2, False, b"")
    assert [item.id for item in (*first.items, *second.items)] == [name_of(number) for number in range(5)]
    assert not shop.page(viewer, limit=5).more


@both
def test_a_page_goes_on_though_the_row_where_it_ended_has_gone(shop: Shop, viewer: Viewer) -> None:
    shop.post(*(an_object(number) for number in range(4)))
    first = shop.page(viewer, limit=2)
    shop.delete(name_of(1))
    shop.delete(name_of(0))
    assert [item.id for item in shop.page(viewer, limit=2, after=first.place).items] == [name_of(2), name_of(3)]


@both
def test_versions_are_those_that_are_asked_for(shop: Shop, viewer: Viewer) -> None:
    shop.post(*(an_object(1, day=day) for day in (2, 1, 3)), an_object(2, day=1))
    assert versions(shop, viewer) == ["1:03", "2:01"]
    assert versions(shop, viewer, versions=frozenset({"first"})) == ["1:01", "2:01"]
    assert versions(shop, viewer, versions=frozenset({"first", "last"})) == ["1:01", "1:03", "2:01"]
    assert len(versions(shop, viewer, versions=ALL)) == 4
    moment = "2023-01-02T00:00:00.000000Z"
    assert versions(shop, viewer, versions=frozenset({moment})) == ["1:02"]
    assert versions(shop, viewer, versions=frozenset({moment, "first"})) == ["1:01", "1:02", "2:01"]


@both
def test_without_a_spec_version_the_newest_that_an_object_has_is_meant(shop: Shop, viewer: Viewer) -> None:
    shop.post(an_object(1, day=3, spec_version="2.0"), an_object(1, day=2), an_object(2, spec_version="2.0"))
    assert versions(shop, viewer) == ["1:02", "2:01"]
    assert versions(shop, viewer, spec_versions=frozenset({"2.0"})) == ["1:03", "2:01"]
    assert len(versions(shop, viewer, spec_versions=frozenset({"2.0", "2.1"}))) == 3
    assert shop.page(viewer, only=name_of(2)).items[0].media_type == "application/stix+json;version=2.0"


@both
def test_ids_types_and_dates_narrow_a_page(shop: Shop, viewer: Viewer) -> None:
    shop.post(an_object(1), an_object(2, "note"), an_object(3))
    assert shop.ids(viewer, ids=frozenset({name_of(3), name_of(9)})) == [name_of(3)]
    assert shop.ids(viewer, types=frozenset({"note"})) == [name_of(2, "note")]
    assert shop.ids(viewer, types=frozenset({"note"}), ids=frozenset({name_of(3)})) == []
    added = shop.page(viewer).items[0].added
    assert len(shop.ids(viewer, added_after=added)) == 2
    assert len(shop.ids(viewer, added_after=added - 1)) == 3
    assert shop.ids(viewer, TWO) == []


@both
def test_one_object_is_found_whatever_the_query_leaves_over(shop: Shop, viewer: Viewer) -> None:
    shop.post(an_object(1))
    page = shop.page(viewer, only=name_of(1), versions=frozenset({"2020-01-01T00:00:00.000000Z"}))
    assert (page.found, list(page.items)) == (True, [])
    assert not shop.page(viewer, TWO, only=name_of(1)).found


def test_last_and_first_are_those_that_the_viewer_sees(tmp_path: Any) -> None:
    shop = Shop(tmp_path, older_versions=True)
    shop.post(an_object(1, day=1, x_effect="withhold"), *(an_object(1, day=day) for day in (2, 3)))
    shop.post(an_object(1, day=4, x_effect="withhold"), an_object(1, day=5, spec_version="3.0", x_effect="withhold"))
    assert versions(shop, PARTNER) == ["1:03"]
    assert versions(shop, PARTNER, versions=frozenset({"first"})) == ["1:02"]
    assert versions(shop, STAFF) == ["1:05"]
    shop.close()


@both
def test_manifest_and_versions_have_no_bodies(shop: Shop, viewer: Viewer) -> None:
    shop.post(an_object(1))
    for what in (What.MANIFEST, What.VERSIONS):
        assert shop.page(viewer, what=what).items[0].body == b""


@pytest.mark.parametrize("after", [b"x", b"123456789"])
def test_what_is_no_place_is_told(after: bytes) -> None:
    with pytest.raises(SourceError) as caught:
        place_of(after)
    assert caught.value.code == "place-lost"
    assert caught.value.fix
