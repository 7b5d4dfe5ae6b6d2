from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from telvet.model.release import Ceiling
from telvet.sharing.audit.records import Page
from telvet.sharing.store.changes import Seen
from telvet.sharing.taxii.source import Viewer
from tests.unit.sharing.store.real import Real, known, marked
from tests.unit.sharing.store.shop import ALL, ONE, PARTNER, STAFF, TWO, Shop, an_object, name_of


def test_everything_that_was_decided_is_on_the_record_before_it_is_seen(shop: Shop) -> None:
    shop.post(an_object(1), an_object(2, x_effect="withhold"))

    def broken(_: Page) -> None:
        raise OSError("the disk of the log is full")

    object.__setattr__(shop.store.views, "record", broken)
    with pytest.raises(OSError, match="full"):
        shop.ids()
    object.__setattr__(shop.store.views, "record", shop.pages.append)
    assert shop.ids() == [name_of(1)]
    (page,) = shop.pages
    assert (page.partner, page.request, page.about) == ("p-1", "view", {"epoch": "1"})
    assert [(one.object, one.effect) for one in page.decided] == [(name_of(1), "permit"), (name_of(2), "withhold")]


def test_the_record_comes_in_pages_of_a_thousand(shop: Shop) -> None:
    shop.post(*(an_object(number) for number in range(2100)))
    shop.ids()
    assert [len(page.decided) for page in shop.pages] == [1000, 1000, 100]


def test_what_waits_for_a_person_is_queued_with_its_collection(shop: Shop) -> None:
    shop.post(an_object(1, x_effect="refer"), an_object(2))
    shop.post(an_object(3, x_effect="refer"), into=TWO)
    shop.ids()
    assert shop.queued == [("p-1", name_of(1), "c-1", "refer"), ("p-1", name_of(3), "c-2", "refer")]


def test_nothing_is_decided_while_nothing_changes(shop: Shop) -> None:
    shop.post(an_object(1))
    for _ in range(3):
        shop.ids()
    assert len(shop.pages) == 1
    assert shop.store.views.sync("p-1") == shop.store.views.sync("p-1")


def test_a_change_of_what_a_partner_may_read_decides_anew(shop: Shop) -> None:
    shop.post(an_object(1))
    assert shop.ids() == [name_of(1)]
    shop.readable = {"p-1": (TWO,)}
    assert shop.ids() == []
    shop.readable = {"p-1": (replace(ONE, purpose="other"),)}
    assert shop.ids() == [name_of(1)]


def test_an_object_that_comes_into_another_collection_counts_for_both(shop: Shop) -> None:
    shop.post(an_object(1, x_refs=[name_of(2)]))
    assert shop.ids() == []
    shop.post(an_object(2), into=TWO)
    assert (shop.ids(), shop.ids(of=TWO)) == ([name_of(1)], [name_of(2)])
    assert shop.ids(Viewer("cy", "p-2")) == []  # who may not read the other does not get it


def test_older_versions_go_where_the_newest_goes_unless_told_otherwise(tmp_path: Path) -> None:
    for older, expected in ((False, [1, 1, 2, 2]), (True, [1, 1, 2, 2, 3])):
        shop = Shop(tmp_path / str(older), older_versions=older)
        shop.post(an_object(1, day=1), an_object(1, day=2), an_object(2, day=2), an_object(2, day=1))
        shop.post(an_object(3, day=1), an_object(3, day=2, x_effect="withhold"))
        shown = [int(item.id[-1]) for item in shop.page(versions=ALL).items]
        assert sorted(shown) == expected
        if older:
            assert name_of(3) in shop.ids()
        assert ("newer-version-stays" in {rule for one in shop.pages[0].decided for rule in one.reasons}) is not older
        shop.close()


def test_a_view_that_another_process_decided_meanwhile_is_not_written_over(shop: Shop) -> None:
    shop.post(an_object(1))
    other = Shop(shop.place)
    told: list[Page] = []

    def overtaken(page: Page) -> None:
        told.append(page)
        if len(told) == 1:
            other.ids()

    object.__setattr__(shop.store.views, "record", overtaken)
    assert shop.ids() == [name_of(1)]
    assert len(told) == len(other.pages) == 1
    other.close()


def test_what_is_deleted_while_it_is_decided_is_not_shown(shop: Shop) -> None:
    shop.post(an_object(1), an_object(2, x_refs=[name_of(1)]))
    told: list[Page] = []

    def deleting(page: Page) -> None:
        told.append(page)
        if len(told) == 1:
            shop.delete(name_of(1))

    object.__setattr__(shop.store.views, "record", deleting)
    assert shop.ids() == []
    assert len(told) == 2


def test_under_a_ceiling_everything_is_decided_at_once_with_what_the_partner_holds(tmp_path: Path) -> None:
    shop = Real(tmp_path, facts=known(ceilings=frozenset({Ceiling("c", frozenset({"p-1"}), None, 3)})))
    shop.post(marked(1, "identity"), marked(10))
    assert len(shop.ids()) == 2
    shop.post(marked(11), marked(12))
    assert len(shop.ids()) == 3
    assert name_of(12) in {name for _, name, _, _ in shop.queued}
    assert sum(len(page.decided) for page in shop.pages) == 2 + 4
    shop.close()


def test_staff_are_never_in_step_with_anything(shop: Shop) -> None:
    shop.post(an_object(1, x_effect="withhold"))
    assert shop.ids(STAFF) == [name_of(1)]
    assert shop.store.views.sync("p-1") > Seen(0, 0)
    assert shop.ids(PARTNER) == []


def test_where_much_has_changed_all_is_decided_at_once_and_comes_out_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[str]] = []
    for place, much in ((tmp_path / "a", 1), (tmp_path / "b", 10_000)):
        monkeypatch.setattr("telvet.sharing.store.views._MUCH", much)
        shop = Shop(place)
        shop.post(an_object(1))
        shop.ids()
        shop.post(*map(an_object, range(2, 9)))
        seen.append(shop.ids())
        shop.close()
    assert seen[0] == seen[1]
    assert len(seen[0]) == 8
