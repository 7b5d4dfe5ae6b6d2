"""Turns intervals of days and what they carry into an answer to "which of you meets this interval?".

* Closed at both ends, as ordinals. A question costs a binary search, unless what is found is not wanted.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

__all__ = ["Intervals"]

_Carried = TypeVar("_Carried")


class Intervals(Generic[_Carried]):
    """Intervals in the order of their beginnings, each with the one so far that ends last."""

    def __init__(self, given: Iterable[tuple[int, int, _Carried]]) -> None:
        self._all = sorted(given, key=lambda one: one[:2])
        self._begin = [begin for begin, _, _ in self._all]
        self._furthest: list[int] = []
        for place, (_, end, _) in enumerate(self._all):
            before = self._furthest[-1] if place else place
            self._furthest.append(place if end > self._all[before][1] else before)

    def meeting(self, begin: int, end: int, wanted: Callable[[_Carried], bool]) -> _Carried | None:
        """Return what one of the intervals carries that has a day in common with this one and is wanted."""
        upto = bisect_right(self._begin, end)
        if not upto:
            return None
        _, last, carried = self._all[self._furthest[upto - 1]]
        if last < begin:
            return None
        if wanted(carried):
            return carried
        met = (one for start, stop, one in self._all[:upto] if stop >= begin)
        return next((one for one in met if wanted(one)), None)
