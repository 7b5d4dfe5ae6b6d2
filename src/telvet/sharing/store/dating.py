"""Turns the rows that a partner sees into its own dates and versions of them, as if nothing else had ever been there.

* What was seen before keeps its date, unless its bytes are others now. What was added since is dated by the clock of its request;
  whatever else is seen for the first time is dated now, for its own date would tell that it had been withheld.
* Dates strictly increase in the order of adding and leave no gaps where something was withheld.
* Nothing here looks at a row that is not seen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from telvet.sharing.objects.timestamps import taxii_moment
from telvet.sharing.store.shelves import Shown
from telvet.sharing.store.standing import Held, Standing, standings

__all__ = ["Before", "Dated", "dated"]


@dataclass(frozen=True, slots=True)
class Before:
    """A partner's view as it was."""

    seen: int
    """The date of the last object that had been added; nothing had been decided at -1."""
    newest: int
    """The newest date that the view ever gave."""
    dates: Mapping[int, tuple[int, str]]
    """By key: the date that the partner was given, and the digest of what it was shown."""


@dataclass(frozen=True, slots=True)
class Dated:
    """What a partner sees of a row, and when it came for this partner."""

    shown: Shown
    added: int
    version: str
    standing: Standing


def dated(shown: Iterable[Shown], before: Before, now: int) -> tuple[Sequence[Dated], int]:
    """Date what is seen.

    Args:
        shown: All that is seen of the objects in question.
        before: The view as it was.
        now: The moment, in microseconds.

    Returns:
        What is seen with its dates, and the newest date that the view gave by now.
    """
    shown = sorted(shown, key=lambda one: one.row.key)
    dates: dict[int, int] = {}
    newest = before.newest
    late: list[Shown] = []
    for one in shown:
        key = one.row.key
        given = before.dates.get(key)
        if given is not None and given[1] == one.digest:
            dates[key] = given[0]
        elif given is None and key > before.seen:
            newest = dates[key] = max(one.row.posted, newest + 1)
        else:
            late.append(one)
    for one in late:
        newest = dates[one.row.key] = max(now, newest + 1)
    standing = _standing(shown)
    return [
        Dated(
            one,
            dates[one.row.key],
            one.row.version if one.row.written else taxii_moment(dates[one.row.key]),
            standing[one.row.key],
        )
        for one in shown
    ], newest


def _standing(shown: Iterable[Shown]) -> dict[int, Standing]:
    """Return where each version stands among those that are seen."""
    objects: dict[tuple[str, str], list[Held]] = defaultdict(list)
    for one in shown:
        row = one.row
        objects[row.collection, row.id].append(Held(row.key, row.spec_version, row.version))
    return {key: standing for held in objects.values() for key, standing in standings(held).items()}
