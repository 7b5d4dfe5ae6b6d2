from __future__ import annotations

from itertools import product

import pytest

from telvet.evidence.positions.intervals import Intervals

GIVEN = ((1, 2, "short"), (1, 9, "long"), (4, 4, "day"), (6, 7, "late"), (20, 21, "far"))


def any_of(_: str) -> bool:
    return True


def test_of_no_intervals_none_is_met() -> None:
    assert Intervals[str](()).meeting(1, 9, any_of) is None


@pytest.mark.parametrize(
    ("begin", "end", "met"),
    [(0, 0, False), (0, 1, True), (9, 9, True), (10, 19, False), (10, 20, True), (21, 30, True), (22, 30, False)],
)
def test_intervals_are_closed_at_both_ends(begin: int, end: int, *, met: bool) -> None:
    assert (Intervals(GIVEN).meeting(begin, end, any_of) is not None) is met


def test_what_is_not_wanted_is_passed_over() -> None:
    assert Intervals(GIVEN).meeting(4, 5, lambda name: name != "long") == "day"
    assert Intervals(GIVEN).meeting(5, 5, lambda name: name != "long") is None


@pytest.mark.parametrize("wanted", ["short", "long", "day", "late", "far"])
def test_every_question_is_answered_as_by_looking_at_each(wanted: str) -> None:
    intervals = Intervals(GIVEN)
    for begin, length in product(range(23), range(4)):
        named = {name for first, last, name in GIVEN if first <= begin + length and last >= begin}
        assert intervals.meeting(begin, begin + length, lambda name: name == wanted) == (
            wanted if wanted in named else None
        )
        assert (intervals.meeting(begin, begin + length, any_of) in named) is bool(named)
