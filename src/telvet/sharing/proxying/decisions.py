"""Turns what was decided a moment ago, in the same state of the record, into an answer without deciding anew.

* A decision is for one partner, one epoch and the collections that the partner may read then: whatever changes these forgets it.
* It is kept as short as the objects that it rests on, and within a bound of number; nothing is kept of a record without epoch.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import NamedTuple

from telvet.model.release import Outcome
from telvet.sharing.objects.thing import Thing

__all__ = ["Basis", "Decisions", "Judged"]

_MOST = 50_000


@dataclass(frozen=True, slots=True)
class Judged:
    """An object of a page, and what becomes of it."""

    thing: Thing
    outcome: Outcome
    seen: bool
    """Whether it may be seen: it goes, and so does its newest version."""


class Basis(NamedTuple):
    """What decisions have in common that can be answered for each other."""

    partner: str
    epoch: str
    readable: tuple[str, ...]
    """The addresses of the collections that the partner may read."""
    collection: str
    newest: bool
    """Whether the object was the newest version."""


class Decisions:
    """What was decided lately."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._kept: OrderedDict[tuple[Basis, str], tuple[float, Judged]] = OrderedDict()

    def known(self, basis: Basis, thing: Thing) -> Judged | None:
        """Return what becomes of an object, if that was decided lately."""
        kept = self._kept.get((basis, thing.digest))
        if kept is None or not basis.epoch or time.monotonic() - kept[0] >= self._seconds:
            return None
        return kept[1]

    def keep(self, basis: Basis, judged: Judged) -> None:
        """Keep what becomes of an object."""
        if basis.epoch and self._seconds > 0:
            self._kept[basis, judged.thing.digest] = (time.monotonic(), judged)
            self._kept.move_to_end((basis, judged.thing.digest))
        while len(self._kept) > _MOST:
            self._kept.popitem(last=False)
