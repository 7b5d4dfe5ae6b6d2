from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from telvet.model.release import Originated
from tests.unit.sharing.store.real import OURS, THEIRS, TLP, Real, known, marked, marking
from tests.unit.sharing.store.shop import STAFF, TWO, name_of

WRITERS = (marked(1, "identity"), marked(2, "identity"))


def opened(place: Path, *originated: Originated, **terms: Any) -> Real:
    shop = Real(place, facts=known(*originated, **terms))
    shop.post(*WRITERS)
    assert set(shop.ids()) == {OURS, THEIRS}
    return shop


def decided(shop: Real) -> int:
    """Return about how many the gate was asked when the partner asks now."""
    before = len(shop.pages)
    shop.ids()
    return sum(len(page.decided) for page in shop.pages[before:])


def derived(number: int, source: str, target: str) -> bytes:
    return marked(number, "relationship", relationship_type="derived-from", source_ref=source, target_ref=target)


def test_what_nothing_depends_on_is_decided_alone(tmp_path: Path) -> None:
    shop = opened(tmp_path)
    shop.post(*(marked(number) for number in range(10, 40)))
    shop.ids()
    shop.post(marked(40))
    assert decided(shop) == 2  # and whoever wrote it down
    assert name_of(40) in shop.ids()
    shop.close()


def test_what_holds_a_changed_object_is_decided_again_and_what_holds_that(tmp_path: Path) -> None:
    shop = opened(tmp_path)
    note, report = name_of(1, "note"), name_of(1, "report")
    shop.post(marked(1, "report", object_refs=[note]), marked(1, "note", object_refs=[name_of(10)]))
    assert not {note, report} & set(shop.ids())
    shop.post(marked(10))
    assert {note, report, name_of(10)} <= set(shop.ids())
    shop.post(marked(10, "indicator", "red", day=2))
    assert set(shop.ids()) == {OURS, THEIRS}
    shop.delete(name_of(10))
    shop.post(marked(10))
    assert {note, report, name_of(10)} <= set(shop.ids())
    shop.delete(name_of(10))
    assert set(shop.ids()) == {OURS, THEIRS}
    shop.close()


def test_a_relationship_makes_what_is_derived_another_s_until_it_is_gone(tmp_path: Path) -> None:
    shop = opened(tmp_path)
    shop.post(marked(10, "indicator", "amber"), marked(11, by=THEIRS))
    assert {name_of(10), name_of(11)} <= set(shop.ids())
    shop.post(derived(1, name_of(10), name_of(11)))
    assert name_of(10) not in shop.ids()
    shop.delete(name_of(1, "relationship"))
    assert name_of(10) in shop.ids()
    shop.close()


def test_a_relationship_counts_when_what_is_derived_is_only_looked_at(tmp_path: Path) -> None:
    shop = opened(tmp_path)
    shop.post(marked(10, "indicator", "amber"), marked(11, by=THEIRS), derived(1, name_of(10), name_of(11)))
    assert name_of(10) not in shop.ids()
    shop.post(marked(1, "note", object_refs=[name_of(10)]))
    assert {name_of(10), name_of(1, "note")}.isdisjoint(shop.ids())
    shop.close()


def test_what_is_on_record_as_derived_waits_for_its_source(tmp_path: Path) -> None:
    shop = opened(tmp_path, Originated(name_of(10), frozenset({"us"}), True, frozenset({name_of(11)})))
    shop.post(marked(10, "indicator", "amber"))
    assert name_of(10) not in shop.ids()
    shop.post(marked(11))
    assert name_of(10) in shop.ids()
    shop.close()


def test_the_record_counts_when_what_is_derived_is_only_looked_at(tmp_path: Path) -> None:
    shop = opened(tmp_path, Originated(name_of(10), frozenset({"us"}), True, frozenset({name_of(11)})))
    shop.post(marked(10, "indicator", "amber"), marked(11, by=THEIRS))
    assert name_of(10) not in shop.ids()
    shop.post(marked(1, "note", object_refs=[name_of(10)]))
    assert {name_of(10), name_of(1, "note")}.isdisjoint(shop.ids())
    shop.post(marked(2, "note", object_refs=[name_of(11)]))
    assert name_of(2, "note") in shop.ids()
    shop.close()


def test_a_source_that_is_on_record_for_a_writer_counts_for_what_was_written(tmp_path: Path) -> None:
    writer = "identity--of-no-standard"
    shop = opened(tmp_path, Originated(writer, frozenset({"us"}), True, frozenset({name_of(11)})))
    shop.post(marked(10, "indicator", "amber", by=writer))
    assert name_of(10) not in shop.ids()
    shop.post(marked(11))
    assert name_of(10) in shop.ids()
    shop.close()


def test_a_marking_goes_and_comes_with_what_it_marks_and_moves_what_names_it(tmp_path: Path) -> None:
    shop = opened(tmp_path)
    note = name_of(1, "note")
    shop.post(marking("green"), marked(1, "note", object_refs=[TLP["green"]]))
    assert {note, TLP["green"]}.isdisjoint(shop.ids())
    shop.post(marked(10, "indicator", "green"))
    assert {note, TLP["green"], name_of(10)} <= set(shop.ids())
    shop.delete(name_of(10))
    assert {note, TLP["green"]}.isdisjoint(shop.ids())
    shop.close()


def test_one_witness_speaks_for_all_that_is_marked_alike(tmp_path: Path) -> None:
    shop = opened(tmp_path)
    shop.post(marking("green"), *(marked(number, "indicator", "green") for number in range(10, 40)))
    shop.ids()
    shop.post(marked(1, "note", "red", object_refs=[TLP["green"]]))
    assert decided(shop) == 4  # the note, who wrote it down, the marking and its witness
    assert TLP["green"] in shop.ids()
    shop.close()


def test_other_collections_change_nothing(tmp_path: Path) -> None:
    shop = opened(tmp_path)
    shop.readable = {"p-1": shop.readable["p-1"][:1]}
    shop.ids()
    shop.post(marked(10), into=shop.readable["p-1"][0])
    shop.ids()
    before = len(shop.pages)
    shop.post(marked(10, "indicator", "red", day=2), marked(11), into=TWO)
    assert name_of(10) in shop.ids()
    assert len(shop.pages) == before
    shop.close()


@pytest.mark.parametrize("level", ["amber", "red"])
def test_a_newer_version_that_stays_takes_the_older_along(tmp_path: Path, level: str) -> None:
    shop = opened(tmp_path)
    shop.post(marked(10, by=THEIRS))
    assert name_of(10) in shop.ids()
    shop.post(marked(10, "indicator", level, by=THEIRS, day=2))
    assert name_of(10) not in shop.ids(versions=frozenset({"all"}))
    assert shop.ids(STAFF, versions=frozenset({"all"})).count(name_of(10)) == 2
    shop.close()
