from __future__ import annotations

from telvet.sharing.objects.reading import read_object
from telvet.sharing.store.dating import Before, dated
from telvet.sharing.store.shelves import Row, Shown
from tests.unit.sharing.store.shop import an_object

NEVER = Before(-1, 0, {})


def shown(key: int, *, posted: int = 100, number: int = 0, day: int | None = 1, digest: str = "d") -> Shown:
    thing = read_object(an_object(number or key, day=day))
    version = "2024-01-01T00:00:00.000000Z" if day is None else f"2023-01-{day:02}T00:00:00.000000Z"
    row = Row(key, posted, "c-1", thing.id, "2.1", version, thing.version, digest, thing)
    return Shown(row, "permit", "[]", "[]", "[]", digest, None)


def dates(*rows: Shown, before: Before = NEVER, now: int = 1000) -> list[int]:
    return [one.added for one in dated(rows, before, now)[0]]


def test_the_first_view_is_dated_by_the_requests_and_leaves_no_gaps() -> None:
    assert dates(shown(100), shown(105), shown(107, posted=200), shown(230, posted=200)) == [100, 101, 200, 201]


def test_what_was_seen_keeps_its_date_unless_its_bytes_are_others() -> None:
    before = Before(seen=105, newest=101, dates={100: (100, "d"), 105: (101, "d")})
    assert dates(shown(100), shown(105, digest="e"), before=before) == [100, 1000]


def test_what_came_since_has_the_date_of_its_request_and_what_was_kept_back_the_date_of_now() -> None:
    before = Before(seen=105, newest=101, dates={100: (100, "d")})
    assert dates(shown(100), shown(105), shown(300, posted=300), before=before) == [100, 1000, 300]


def test_a_new_date_is_later_than_any_that_was_ever_given() -> None:
    before = Before(seen=105, newest=5000, dates={})
    assert dates(shown(100), shown(300, posted=300), before=before) == [5002, 5001]
    assert dated([], before, 1000)[1] == 5000
    assert dated([shown(300, posted=300)], before, 1000)[1] == 5001


def test_what_has_no_version_of_its_own_is_called_by_the_date_that_the_partner_was_given() -> None:
    (one,), _ = dated([shown(100, day=None)], NEVER, 1000)
    assert (one.added, one.version) == (100, "1970-01-01T00:00:00.000100Z")


def test_first_and_last_are_counted_among_what_is_seen() -> None:
    rows, _ = dated([shown(1, number=9, day=2), shown(2, number=9, day=1), shown(3)], NEVER, 1000)
    assert [(one.standing.first, one.standing.last) for one in rows] == [(False, True), (True, False), (True, True)]
