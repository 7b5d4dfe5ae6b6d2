"""Turns what the store keeps back after the gate has spoken into what else must stay: nothing that is shown may tell of it.

* A marking definition goes with what is shown and marked so; if all of that was kept back, it stays.
* What names something that stays for that reason stays too, and so on; this is stricter than to cut the name out, and rare.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from telvet.sharing.objects.reading import read_object
from telvet.sharing.store.incoming import MARKS, targets_of
from telvet.sharing.store.shelves import Row, Shown

__all__ = ["bereft"]

_MARKING = "marking-definition--"


def bereft(shown: Mapping[int, Shown], overtaken: Iterable[Row], unwritable: Iterable[Row]) -> set[int]:
    """Return the keys of what must not be shown either.

    Args:
        shown: What would be shown, by key.
        overtaken: Older versions that stay with the newest; what names these stays already.
        unwritable: What goes out for the gate, but cannot be written.
    """
    there = {one.row.id for one in shown.values()}
    unwritable = tuple(unwritable)
    marks = {name for row in (*overtaken, *unwritable) for name, role in targets_of(row.thing).items() if role == MARKS}
    lost = {row.id for row in unwritable} - there
    if not lost and not marks & there:
        return set()
    held = {key: _held(one) for key, one in shown.items()}
    gone: set[int] = set()
    while True:
        alive = {key: one.row.id for key, one in shown.items() if key not in gone}
        lost |= _lone(alive, held)
        more = {key for key, name in alive.items() if name in lost or not lost.isdisjoint(held[key])}
        if not more:
            return gone
        gone |= more
        lost |= {alive[key] for key in more}


def _held(one: Shown) -> Mapping[str, str]:
    """Return the ids in the bytes that are shown."""
    return targets_of(one.row.thing if one.body is None else read_object(one.body))


def _lone(alive: Mapping[int, str], held: Mapping[int, Mapping[str, str]]) -> set[str]:
    """Return the ids of the marking definitions that nothing shown leads to by its marks."""
    lone = {name for name in alive.values() if name.startswith(_MARKING)}
    due: Collection[int] = [key for key, name in alive.items() if name not in lone]
    while due:
        reached = {name for key in due for name, role in held[key].items() if role == MARKS} & lone
        lone -= reached
        due = [key for key, name in alive.items() if name in reached]
    return lone
