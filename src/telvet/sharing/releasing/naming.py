"""Turns versions of objects into names that tell them apart, so that a reference finds the one it means.

* A reference names an id and no version: it means the newest version; of different bytes of that, the one decided strictest.
"""

from __future__ import annotations

from collections.abc import Sequence

from telvet.model.sharing import Decision
from telvet.sharing.objects.thing import Thing
from telvet.sharing.objects.timestamps import microseconds

__all__ = ["named"]


def named(things: Sequence[Thing], decisions: Sequence[Decision]) -> list[str]:
    """Return a name for each: its id for the version that a reference means, and what cannot be an id for others."""
    if len({thing.id for thing in things}) == len(things):
        return [thing.id for thing in things]
    best: dict[str, tuple[tuple[int, int], int]] = {}
    for place, (thing, decision) in enumerate(zip(things, decisions, strict=True)):
        key = (microseconds(thing.version) or 0, decision.effect.rank)
        found = best.get(thing.id)
        if found is None or key > found[0]:
            best[thing.id] = (key, place)
    return [thing.id if best[thing.id][1] == place else f"{thing.id} {place}" for place, thing in enumerate(things)]
