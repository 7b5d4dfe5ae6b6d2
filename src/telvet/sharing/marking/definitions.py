"""The marking definitions of a bundle, and the marks in use -> which of them go, come or are put right.

* A definition goes only where nothing in the bundle names it, in whatever property.
* Only the official definitions of TLP 2.0 are added; whoever made another definition has to send it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from telvet.catalog.handling import HandlingRules
from telvet.sharing.marking.official import official_definition
from telvet.sharing.marking.plan import Edit
from telvet.sharing.marking.swaps import Swap

__all__ = ["added", "dropped", "put_right"]

_MARKING = "marking-definition"


def put_right(objects: Sequence[Mapping[str, Any]], swaps: Mapping[str, Swap], rules: HandlingRules) -> Iterator[Edit]:
    """Yield official definitions in the place of wrong ones under their ids; a second one under the id goes."""
    seen: set[str] = set()
    wrong = {mark: swap for mark, swap in swaps.items() if swap.to == mark}
    for place, thing in enumerate(objects):
        name = str(thing["id"])
        official = official_definition(name, rules) if thing["type"] == _MARKING and name in wrong else None
        if official is not None:
            because = (wrong[name].because,)
            if name in seen:
                yield Edit("drop", name, because, place, dict(thing))
            else:
                yield Edit("replace", name, because, place, dict(thing), official)
            seen.add(name)


def dropped(objects: Sequence[tuple[int, Mapping[str, Any]]], wanted: Iterable[str]) -> Iterator[Edit]:
    """Yield the definitions that nothing names any more.

    Args:
        objects: As they shall be, each with its place.
        wanted: The marks that are needed in any case.
    """
    held = dict(objects)
    gone = True
    needed = frozenset(wanted)
    while gone:
        ids = {str(thing["id"]) for thing in held.values() if thing["type"] == _MARKING}
        named = {name for thing in held.values() for name in _strings(thing, top=True) if name in ids}
        gone = False
        for place, thing in list(held.items()):
            if thing["type"] == _MARKING and thing["id"] not in named | needed:
                del held[place]
                gone = True
                yield Edit("drop", str(thing["id"]), ("marking-unused",), place, dict(thing))


def added(used: Iterable[str], defined: Iterable[str], rules: HandlingRules) -> Iterator[Edit]:
    """Yield the official definitions that are used and not there."""
    for mark in sorted(set(used) - set(defined)):
        if (official := official_definition(mark, rules)) is not None:
            yield Edit("add", mark, ("marking-absent",), None, {}, official)


def _strings(value: object, *, top: bool = False) -> Iterator[str]:
    """Yield every text within a value; of an object all but its own id."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, each in value.items():
            if not (top and key == "id"):
                yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)
