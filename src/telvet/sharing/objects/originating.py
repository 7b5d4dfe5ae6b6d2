"""Turns what is on record about whose information is, with what objects say of each other, into the originators of each.

* Of an object: what is on record about it; else what is on record about the identity in its `created_by_ref`; else nothing.
* What the record says that something is derived from, and what a relationship `derived-from` among the objects says, joins in: all
  originators of the sources, and they are all only where those of every source are settled.
* A relationship adds originators and never settles: whoever wrote it cannot make what nobody knows anything of into ours.
* Relationships, sightings, notes, reports, groupings and marking definitions are objects like any other: nothing passes through them.
* Derivations in a ring end: each of it has the originators of all of it. The order of objects does not matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

from telvet.model.release import Originated
from telvet.model.sharing import Originators, derived
from telvet.sharing.objects.thing import Thing

__all__ = ["originators_of"]

_UNKNOWN = Originators()


def originators_of(things: Iterable[Thing], originated: Mapping[str, Originated]) -> Mapping[str, Originators]:
    """Return the originators of each object by its id.

    Args:
        things: The objects; of several versions of one, those of all are joined.
        originated: What is on record, by what it is about.
    """
    things = tuple(things)
    own: dict[str, Originators] = {}
    recorded: dict[str, AbstractSet[str]] = {}
    writers: dict[str, set[str]] = defaultdict(set)
    for thing in things:
        writers[thing.id].add(str(thing.held.get("created_by_ref", "")))
    due = [*writers]
    lines = _relationships(things)
    written: dict[tuple[str, ...], tuple[Originators, AbstractSet[str]]] = {}
    while due:
        name = due.pop()
        if name not in own:
            by = tuple(sorted(writers.get(name, ())))
            if name in originated or by not in written:
                own[name], recorded[name] = _recorded(name, by, originated)
            else:
                own[name], recorded[name] = written[by]
            if name not in originated:
                written[by] = own[name], recorded[name]
            due += recorded[name] | lines.get(name, frozenset())
    found = _joined(own, recorded, lines)
    return {name: found[name] for name in writers}


def _recorded(
    name: str, writers: Iterable[str], originated: Mapping[str, Originated]
) -> tuple[Originators, AbstractSet[str]]:
    """Return what is on record about an object, or else about whoever wrote it down, and what it is derived from."""
    about = [originated[name]] if name in originated else [originated.get(each) for each in sorted(writers)]
    joined = derived(_UNKNOWN if each is None else each.settled for each in about)
    return joined, frozenset(source for each in about if each is not None for source in each.derived_from)


def _relationships(things: Iterable[Thing]) -> Mapping[str, AbstractSet[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for thing in things:
        held = thing.held
        if thing.type == "relationship" and held.get("relationship_type") == "derived-from":
            source, target = held.get("source_ref"), held.get("target_ref")
            if isinstance(source, str) and isinstance(target, str):
                found[source].add(target)
    return found


def _joined(
    own: Mapping[str, Originators], recorded: Mapping[str, AbstractSet[str]], lines: Mapping[str, AbstractSet[str]]
) -> Mapping[str, Originators]:
    """Join the originators of sources in, however far; what the record knows nobody of stays open whatever joins in."""
    heirs: dict[str, set[str]] = defaultdict(set)
    _turn(recorded, heirs)
    ids = {name: set(each.ids) for name, each in own.items()}
    _spread(ids, heirs)
    open_ = {name for name, each in own.items() if not each.complete or not ids[name]}
    _turn({name: each for name, each in lines.items() if name in own}, heirs)
    _spread(ids, heirs)
    due = set(open_)
    while due:
        fresh: AbstractSet[str] = heirs.get(due.pop(), set()) - open_
        open_ |= fresh
        due |= fresh
    alike: dict[Originators, Originators] = {}
    every = {name: Originators(frozenset(each), name not in open_) for name, each in ids.items()}
    return {name: alike.setdefault(each, each) for name, each in every.items()}


def _turn(sources: Mapping[str, AbstractSet[str]], heirs: dict[str, set[str]]) -> None:
    """Note by each source what is derived from it."""
    for name, each in sources.items():
        for source in each:
            heirs[source].add(name)


def _spread(ids: Mapping[str, set[str]], heirs: Mapping[str, AbstractSet[str]]) -> None:
    """Hand originators on until nothing changes."""
    due = set(heirs)
    while due:
        name = due.pop()
        for heir in heirs.get(name, ()):
            if not ids[name] <= ids[heir]:
                ids[heir] |= ids[name]
                due.add(heir)
