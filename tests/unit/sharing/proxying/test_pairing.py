from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telvet.errors import SourceError
from telvet.sharing.objects.reading import read_object
from telvet.sharing.objects.thing import Thing
from telvet.sharing.objects.timestamps import microseconds
from telvet.sharing.proxying.envelope import Entry
from telvet.sharing.proxying.pairing import by_entries, by_window, in_order
from tests.unit.sharing.proxying.views import stix


def thing(number: int, version: int = 0) -> Thing:
    return read_object(json.dumps(stix(number, version=version)).encode())


def entry(one: Thing, added: int) -> Entry:
    return Entry(one.id, microseconds(one.version) or 0, added)


@given(
    dates=st.lists(st.integers(1, 6), min_size=1, max_size=14).map(sorted),
    begin=st.integers(0, 13),
    length=st.integers(1, 14),
    most=st.integers(1, 14),
)
def test_a_date_that_is_told_is_the_right_one_wherever_the_manifest_ends(
    dates: list[int], begin: int, length: int, most: int
) -> None:
    """A window of a collection, and the manifest of what came after its first, cut anywhere."""
    begin = min(begin, len(dates) - 1)
    things = [thing(number) for number in range(len(dates))]
    here, told = things[begin : begin + length], dates[begin : begin + length]
    later = [entry(one, date) for one, date in zip(things, dates, strict=True) if date > told[0]]
    cut, more = later[:most], len(later) > most
    found = by_window(here, (told[0], told[-1]), cut, more=more)
    assert all(date is None or date == right for date, right in zip(found, told, strict=True))
    if not more and later[-1:] == [entry(here[-1], told[-1])]:
        assert found == told


def test_an_entry_that_no_object_answers_to_leaves_the_others_open() -> None:
    """The second was replaced meanwhile: that it is not in the manifest does not mean that it came with the first."""
    one, two, two_later, three = thing(1), thing(2), thing(2, 5), thing(3)
    entries = [entry(thing(9), 15), entry(three, 20)]
    assert by_window([one, two, three], (10, 20), entries, more=False) == [None, None, 20]
    assert by_window([one, three], (10, 20), entries, more=False, aside={thing(9).id}) == [10, 20]
    assert by_entries([two, two_later], [entry(two_later, 30)]) == [None, 30]


def test_what_has_no_version_is_known_by_its_id_where_that_is_enough() -> None:
    address = Thing(b"", {"type": "ipv4-addr", "id": "ipv4-addr--1"})
    assert by_entries([address], [Entry("ipv4-addr--1", 5, 7)]) == [7]
    assert by_entries([address], [Entry("ipv4-addr--1", 5, 7), Entry("ipv4-addr--1", 6, 8)]) == [None]


@pytest.mark.parametrize(("dates", "ends"), [([2, 1], None), ([1, 2], (2, 2)), ([1, 3], (1, 2))])
def test_dates_out_of_order_or_beyond_their_ends_are_not_believed(
    dates: list[int], ends: tuple[int, int] | None
) -> None:
    with pytest.raises(SourceError):
        in_order(dates, ends)


def test_dates_in_order_are() -> None:
    in_order([1, 1, 2], (1, 2))
    in_order([], (1, 2))
