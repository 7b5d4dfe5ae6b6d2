"""Turns objects of a page into what becomes of each for one partner, with everything at hand that the decision rests on.

* What an object refers to, or is derived from, is fetched and decided with it, however far, within bounds; beyond them it is not there.
* An older version is seen only where it and the newest may be seen; whose information an object holds, all versions tell.
* A marking definition goes with what it marks: an object that goes and is marked with it is looked for, within bounds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import aclosing
from dataclasses import dataclass, replace

from telvet.model.release import Originated, Outcome
from telvet.model.sharing import Effect, Reason
from telvet.sharing.objects.references import references
from telvet.sharing.objects.thing import Thing
from telvet.sharing.objects.timestamps import microseconds
from telvet.sharing.proxying.decisions import Basis, Decisions, Judged
from telvet.sharing.proxying.derivations import Derivations
from telvet.sharing.proxying.targets import Targets, Versions
from telvet.sharing.proxying.witnesses import Witnesses
from telvet.sharing.releasing.gate import Gate, Offered
from telvet.sharing.taxii.source import Collection

__all__ = ["View", "offered"]

_DEEPEST = 12
"""How far references are followed."""
_MOST = 10_000
"""How many objects are fetched beside those of one page."""
_MARKING = "marking-definition"
_LONE = frozenset({"marking", "marks", "third-party"})
"""The rules by which a marking definition stays that marks nothing that goes."""
_IDLE = Reason("marking", Effect.WITHHOLD, "it marks nothing that goes out")


@dataclass(frozen=True, slots=True)
class View:
    """What one partner may see."""

    gate: Gate
    readable: Sequence[Collection]
    """The collections that the partner may read."""
    targets: Targets
    witnesses: Witnesses
    derivations: Derivations
    decisions: Decisions

    async def prepare(self) -> None:
        """Learn what is needed whatever is asked for, so that this tells nothing about it.

        Raises:
            SourceError: The server cannot tell it.
        """
        await self.derivations.refresh(self.readable)

    async def judged(self, collection: Collection, things: Sequence[Thing], *, newest: bool) -> list[Judged]:
        """Return what becomes of each object.

        Args:
            collection: Where they lie.
            things: Versions of objects.
            newest: They are the newest versions.

        Raises:
            SourceError: The server cannot tell what the decision rests on.
        """
        lain = (collection.upstream or "", newest)
        basis = Basis(self.gate.partner, self.gate.epoch, tuple(each.upstream or "" for each in self.readable), *lain)
        known = {thing.digest: self.decisions.known(basis, thing) for thing in things}
        due = [thing for thing in things if known[thing.digest] is None]
        for fresh in await self._decided(collection, due, newest=newest) if due else ():
            self.decisions.keep(basis, fresh)
            known[fresh.thing.digest] = fresh
        return [one for thing in things if (one := known[thing.digest]) is not None]

    async def _decided(self, collection: Collection, things: Sequence[Thing], *, newest: bool) -> list[Judged]:
        there = _There(collection, things)
        versions = await self.targets.versions(collection, [thing.id for thing in things])
        latest = {name: found[0] for name, found in versions.items()}
        if newest:  # of the page and of what was looked up, whichever is later
            latest |= {thing.id: thing for thing in things if _version(thing) >= _version(latest.get(thing.id, thing))}
        there.add_versions(collection, versions.values())
        await self._complete(collection, there)
        outcomes = there.by(self.gate)
        named = there.of(there.named - latest.keys())
        lone = self.witnesses.sought(collection, there.lone([*things, *named], outcomes), self.gate.epoch)
        if lone and await self._witnessed(collection, there, lone):
            outcomes = there.by(self.gate)
        idle = frozenset(there.lone(things, outcomes))
        return [_judged(thing, latest.get(thing.id), outcomes, idle) for thing in things]

    async def _complete(self, collection: Collection, there: _There) -> None:
        """Fetch whatever the objects refer to."""
        places = self._places(collection)
        first = len(there.objects)
        for _ in range(_DEEPEST):
            derived = there.unlooked()
            for place in places:
                if derived and (saying := self.derivations.of(place, derived)):
                    await self._add(place, there, saying)
            due = there.wanted(self.gate.known.originated)
            for place in places:
                if due and len(there.objects) - first < _MOST:
                    found = await self.targets.versions(place, due[: _MOST - len(there.objects) + first])
                    there.add_versions(place, found.values())
                    due = [name for name in due if name not in found]
            if not there.fresh:
                return

    async def _witnessed(self, collection: Collection, there: _There, lone: Sequence[str]) -> bool:
        """Look for objects that go and are marked with marking definitions; tell whether some were found."""
        left = set(lone)
        for place in self._places(collection):
            if left:
                await self._witnessed_in(place, collection, there, left)
        self.witnesses.none(collection, left, self.gate.epoch)
        if len(left) == len(lone):
            return False
        await self._complete(collection, there)
        return True

    async def _witnessed_in(self, place: Collection, collection: Collection, there: _There, left: set[str]) -> None:
        """Look through one collection, page by page; take what is found out of `left`."""
        async with aclosing(self.witnesses.candidates(place, sorted(left))) as pages:
            async for things in pages:
                chosen = [thing for thing in things if _marks_of(thing) & left]
                if not chosen:
                    continue
                beside = _There(place, chosen)
                await self._add(place, beside, chosen)
                beside.add(collection, there.of(left))
                await self._complete(place, beside)
                outcomes = beside.by(self.gate)
                for thing in chosen:
                    marks = _marks_of(thing) & left
                    if marks and outcomes[thing.digest].effect.releases:
                        await self._add(place, there, [thing])
                        self.witnesses.keep(place, marks, thing)
                        left -= marks
                if not left:
                    return

    async def _add(self, place: Collection, there: _There, things: Sequence[Thing]) -> None:
        """Add objects with all their versions."""
        versions = await self.targets.versions(place, [thing.id for thing in things])
        there.add(place, things)
        there.add_versions(place, versions.values())

    def _places(self, collection: Collection) -> list[Collection]:
        """Return where to look for something: in its collection, then in the others."""
        return [collection, *(each for each in self.readable if each.id != collection.id)]


class _There:
    """The objects that are at hand, each where it lies."""

    def __init__(self, collection: Collection, things: Iterable[Thing]) -> None:
        self.objects: dict[str, Offered] = {}
        self.fresh: list[Thing] = []
        """Those whose references were not looked at."""
        self.named: set[str] = set()
        """Marking definitions that something names without being marked with them."""
        self._ids: set[str] = set()
        self._looked: set[str] = set()
        self.add(collection, things)

    def add(self, collection: Collection, things: Iterable[Thing]) -> None:
        """Add objects of a collection."""
        for thing in things:
            if thing.digest not in self.objects:
                self.objects[thing.digest] = offered(collection, thing)
                self._ids.add(thing.id)
                self.fresh.append(thing)

    def add_versions(self, collection: Collection, found: Iterable[Versions]) -> None:
        """Add objects with all their versions; what older ones refer to is not looked at, but whose they are counts."""
        for newest, *older in found:
            self.add(collection, [newest])
            for thing in older:
                self.objects.setdefault(thing.digest, offered(collection, thing))

    def of(self, ids: set[str]) -> list[Thing]:
        """Return the objects with some ids."""
        return [each.thing for each in self.objects.values() if each.thing.id in ids]

    def unlooked(self) -> list[str]:
        """Return the ids of the objects whose references were not looked at."""
        return [thing.id for thing in self.fresh]

    def wanted(self, originated: Mapping[str, Originated]) -> list[str]:
        """Return the ids that are referred to, or of which something is derived on the record, and not at hand, once each."""
        held = [each for thing in self.fresh for each in references(thing)]
        wanted = dict.fromkeys(each.target for each in held)
        self.named |= {each.target for each in held if not each.marking and each.target.startswith(f"{_MARKING}--")}
        due = [name for thing in self.fresh for name in (thing.id, str(thing.held.get("created_by_ref", "")))]
        while due:
            told = originated.get(due.pop())
            sources = sorted(told.derived_from - wanted.keys()) if told else []
            wanted.update(dict.fromkeys(sources))
            due += sources
        self.fresh = []
        names = [name for name in wanted if name not in self._ids and name not in self._looked]
        self._looked.update(names)
        return names

    def by(self, gate: Gate) -> dict[str, Outcome]:
        """Return what becomes of each, by its digest."""
        return dict(zip(self.objects, gate.outcomes(list(self.objects.values()), None), strict=True))

    def lone(self, things: Iterable[Thing], outcomes: Mapping[str, Outcome]) -> list[str]:
        """Return the marking definitions that no act lets go, and to which nothing that goes leads by its marks."""
        names = [thing.id for thing in things if _may_accompany(thing, outcomes[thing.digest])]
        if not names:
            return []
        out = [each.thing for digest, each in self.objects.items() if outcomes[digest].effect.releases]
        accompanying = {thing.id: thing for thing in out if _may_accompany(thing, outcomes[thing.digest])}
        reached: set[str] = set()
        due = [thing for thing in out if thing.id not in accompanying]
        while due:
            fresh = _marks_of(due.pop()) - reached
            reached |= fresh
            due += [accompanying[name] for name in fresh if name in accompanying]
        return [name for name in names if name not in reached]


def offered(collection: Collection, thing: Thing) -> Offered:
    """Return an object where it lies."""
    names = (collection.id, collection.alias)
    return Offered(thing, frozenset(name for name in names if name), collection.purpose)


def _judged(thing: Thing, latest: Thing | None, outcomes: Mapping[str, Outcome], idle: AbstractSet[str]) -> Judged:
    outcome = outcomes[thing.digest]
    if thing.id in idle and outcome.effect.releases:
        decision = replace(outcome.decision, effect=Effect.WITHHOLD, reasons=(*outcome.decision.reasons, _IDLE))
        return Judged(thing, Outcome(decision), seen=False)
    current = None if latest is None else outcomes[latest.digest]
    return Judged(thing, outcome, outcome.effect.releases and current is not None and current.effect.releases)


def _may_accompany(thing: Thing, outcome: Outcome) -> bool:
    """Tell whether an object is a marking definition that goes, if it goes, with what it marks and by no act of its own."""
    stops = {reason.rule for reason in outcome.decision.reasons if reason.counts}
    return thing.type == _MARKING and not outcome.leaves_by and (outcome.effect.releases or stops <= _LONE)


def _version(thing: Thing) -> int:
    return microseconds(thing.version) or 0


def _marks_of(thing: Thing) -> set[str]:
    return {each.target for each in references(thing) if each.marking}
