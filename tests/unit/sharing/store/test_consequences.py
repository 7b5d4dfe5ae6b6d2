from __future__ import annotations

from pathlib import Path

from telvet.sharing.objects.reading import read_object
from telvet.sharing.store.consequences import bereft
from telvet.sharing.store.shelves import Row, Shown
from tests.unit.sharing.store.real import TLP, Real, marked, marking
from tests.unit.sharing.store.shop import name_of


def row(key: int, raw: bytes) -> Row:
    thing = read_object(raw)
    return Row(key, key, "c-1", thing.id, "2.1", thing.version, thing.version, thing.digest, thing)


def shown(*raw: bytes) -> dict[int, Shown]:
    rows = [row(key, each) for key, each in enumerate(raw, 1)]
    return {one.key: Shown(one, "permit", "[]", "[]", "[]", one.digest, None) for one in rows}


def test_where_nothing_was_kept_back_all_is_shown() -> None:
    assert bereft(shown(marking("green"), marked(1)), [], []) == set()


def test_a_marking_of_what_was_kept_back_alone_stays_and_what_names_it() -> None:
    kept = [row(9, marked(9, "indicator", "green"))]
    note = marked(1, "note", object_refs=[TLP["green"]])
    report = marked(1, "report", object_refs=[name_of(1, "note")])
    assert bereft(shown(marking("green"), note, report, marked(2)), kept, []) == {1, 2, 3}
    assert bereft(shown(marking("green"), note, marked(2, "indicator", "green")), kept, []) == set()


def test_what_names_what_cannot_be_written_stays() -> None:
    there = shown(marked(1, "note", object_refs=[name_of(9)]), marked(2))
    assert bereft(there, [], [row(9, marked(9))]) == {1}


def test_a_marking_leads_to_the_marking_that_marks_it() -> None:
    kept = [row(9, marked(9, "indicator", "green"))]
    definition = marking("green").replace(b'"name"', f'"object_marking_refs":["{TLP["clear"]}"],"name"'.encode())
    assert bereft(shown(definition, marking("clear"), marked(2, "indicator", "green")), kept, []) == set()
    assert bereft(shown(definition, marking("clear"), marked(2, "indicator", "amber")), kept, []) == {1, 2}


def test_a_partner_sees_no_marking_of_an_older_version_that_stays(tmp_path: Path) -> None:
    shop = Real(tmp_path)
    shop.post(marked(1, "identity"), marking("green"), marked(10, "indicator", "green"))
    assert TLP["green"] in shop.ids()
    shop.post(marked(10, "indicator", "red", day=2))
    assert shop.ids() == [name_of(1, "identity")]
    shop.post(marked(11, "indicator", "green"))
    assert {TLP["green"], name_of(11)} <= set(shop.ids())
    shop.close()
