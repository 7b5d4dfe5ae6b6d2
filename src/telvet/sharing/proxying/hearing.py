"""Turns what a partner sends, and what the server says became of it, into what is passed on and what the partner hears.

* In the place of an object whose id and version lie at the server unseen by the partner, what lies there is sent once more: nothing
  changes, and the server's state of the request is that of any other.
* A partner hears of a failure only about what it may see; of everything else it hears of success, whatever was in the way.
* What it hears stands in an order of its own, for that of the server tells what was in the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from telvet.errors import SharingError
from telvet.sharing.objects.reading import read_object
from telvet.sharing.objects.thing import Thing
from telvet.sharing.objects.timestamps import microseconds
from telvet.sharing.proxying.gathering import judged_as
from telvet.sharing.proxying.viewing import View
from telvet.sharing.taxii.source import Collection, Posting

__all__ = ["heard", "passed_on"]

_Named = tuple[str, int | None]
"""An id and a version; None is that of an object without one."""


async def passed_on(view: View, collection: Collection, objects: Sequence[bytes]) -> list[bytes]:
    """Return what is sent to the server in the place of some objects.

    Args:
        view: What the partner may see.
        collection: Where to; the partner need not be able to read it.
        objects: What the partner sends.

    Raises:
        SourceError: The server cannot tell what lies there.
    """
    sent = [_read(raw) for raw in objects]
    ids = [thing.id for thing in sent if thing is not None]
    view.targets.forget(collection, ids)
    there = await view.targets.versions(collection, ids)
    wanted = {_named(thing) for thing in sent if thing is not None}
    lying = {
        _named(thing): thing
        for versions in there.values()
        for thing in versions
        if _named(thing)[1] is not None and _named(thing) in wanted
    }
    seen = await _seen(view, [collection], lying)
    return [
        raw if thing is None or _named(thing) in seen else lying.get(_named(thing), thing).raw
        for raw, thing in zip(objects, sent, strict=True)
    ]


async def heard(view: View, posting: Posting) -> Posting:
    """Return what a partner hears of the state of its request.

    Raises:
        SourceError: The server cannot tell what the partner may see.
    """
    failed = {(name, version): (name, microseconds(version)) for name, version, _ in posting.failures}
    seen = await _seen(view, view.readable, failed.values())
    kept = [each for each in posting.failures if failed[each[:2]] in seen or (each[0], None) in seen]
    other = [each[:2] for each in posting.failures if each not in kept]
    return replace(
        posting,
        successes=tuple(sorted([*posting.successes, *other])),
        failures=tuple(sorted(kept)),
        pendings=tuple(sorted(posting.pendings)),
    )


async def _seen(view: View, places: Sequence[Collection], wanted: Iterable[_Named]) -> AbstractSet[_Named]:
    """Return those of some versions that the partner sees in some collections, and the ids of what it sees without a version."""
    names = set(wanted)
    ids = sorted({name for name, _ in names})
    seen: set[_Named] = set()
    readable = {each.upstream for each in view.readable}
    for place in places if names else ():
        if place.upstream in readable:
            versions = await view.targets.versions(place, ids)
            things = [
                thing for each in versions.values() for thing in each if {_named(thing), (thing.id, None)} & names
            ]
            things += [thing for each in versions.values() for thing in each if _named(thing)[1] is None]
            judged = await view.judged(place, list({thing.digest: thing for thing in things}.values()), newest=False)
            seen |= {_named(each.thing) for each in judged if judged_as(each, view)[1] is not None}
    return seen


def _read(raw: bytes) -> Thing | None:
    try:
        return read_object(raw)
    except SharingError:  # it is passed on, and comes back from nobody: what cannot be read safely is never served
        return None


def _named(thing: Thing) -> _Named:
    return thing.id, microseconds(thing.version)
