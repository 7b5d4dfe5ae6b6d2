"""Turns a page of objects, the dates of its ends and what the manifest says into when each object was added.

* Nothing is guessed: a date is one that the manifest has, or one that the ends leave no choice about; else it is not known yet.
* A page that is not in the order of its dates, or whose ends are not those that were said, is not believed.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import pairwise

from telvet.sharing.objects.thing import Thing
from telvet.sharing.objects.timestamps import microseconds
from telvet.sharing.proxying.envelope import Entry
from telvet.sharing.proxying.upstream import failed

__all__ = ["by_entries", "by_window", "in_order"]

Key = tuple[str, int | None]


def by_window(
    things: Sequence[Thing], ends: tuple[int, int], entries: Sequence[Entry], *, more: bool, aside: Container[str] = ()
) -> list[int | None]:
    """Return when each object of a page was added, as far as the manifest of what came after its first tells.

    Args:
        things: The page.
        ends: When its first and its last were added.
        entries: The manifest of what was added after its first, from there on.
        more: Whether the manifest goes on.
        aside: The ids of what stood in the page and was set aside.
    """
    first, last = ends
    found = by_entries(things, entries)
    here = {(thing.id, microseconds(thing.version)) for thing in things}
    spare = [
        each.added
        for each in entries
        if each.added <= last and not {(each.id, each.version), (each.id, None)} & here and each.id not in aside
    ]
    end = entries[-1].added if more and entries else None
    if (more and (end is None or end < last)) or any(added < last for added in spare):
        return found
    # Each that came between first and last was found, so what was not came with the one or the other: with the first
    # where it stands before one that came between, or where all that came with the last were found too.
    between = 1 + max((place for place, date in enumerate(found) if date is not None and date < last), default=-1)
    cut = end == last or bool(spare)
    return [first if date is None and (place < between or not cut) else date for place, date in enumerate(found)]


def by_entries(things: Sequence[Thing], entries: Iterable[Entry]) -> list[int | None]:
    """Return when each object was added, as far as entries of a manifest tell."""
    dates: dict[Key, int] = {}
    only: dict[str, set[int]] = {}
    for entry in entries:
        dates[entry.id, entry.version] = entry.added
        only.setdefault(entry.id, set()).add(entry.added)
    return [_date(thing, dates, only) for thing in things]


def in_order(dates: Sequence[int], ends: tuple[int, int] | None) -> None:
    """See that the dates of a page are in order and its ends as they were said.

    Raises:
        SourceError: They are not.
    """
    if any(later < earlier for earlier, later in pairwise(dates)):
        raise failed("the server's objects are not in the order in which they were added")
    if ends is not None and dates and (dates[0] < ends[0] or dates[-1] > ends[1]):
        raise failed("the server's dates of a page are not those of its manifest")


def _date(thing: Thing, dates: Mapping[Key, int], only: Mapping[str, set[int]]) -> int | None:
    version = microseconds(thing.version)
    if version is not None:
        return dates.get((thing.id, version))
    added = only.get(thing.id, set())
    return next(iter(added)) if len(added) == 1 else None
