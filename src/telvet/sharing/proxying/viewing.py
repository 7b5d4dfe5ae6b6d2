"""Turns objects of a page into what becomes of each for one partner, with everything at hand that the decision rests on.

* What an object refers to, or is derived from, is fetched and decided with it, however far, within bounds; beyond them it is not there.
* An older version is seen only where it and the newest may be seen, wherever that lies; whose information an object holds, all versions tell.
* A marking definition goes with what it marks: an object that goes and is marked with it is looked for, within bounds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import aclosing
from dataclasses import dataclass, replace

from telvet.model.release import Originated, Outcome
from telvet.model.sharing import Effect, Reason
from telvet.sharing.objects.reading import read_object
from telvet.sharing.objects.redacting import redacted
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
_Key = tuple[str, str]
"""The address of a collection, and the digest of an object in it."""
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
        ids = [thing.id for thing in things]
        found = await self._add(collection, there, ids)
        await self._complete(collection, there)
        outcomes = there.by(self.gate)
        keys = [_key(collection, thing) for thing in things]
        named = there.of(there.named - set(ids))
        goes = there.going(outcomes, self.gate)
        lone = self.witnesses.sought(collection, there.lone([*keys, *named], outcomes, goes), self.gate.epoch)
        if lone and await self._witnessed(collection, there, lone):
            outcomes = there.by(self.gate)
            goes = there.going(outcomes, self.gate)
        idle = frozenset(there.lone(keys, outcomes, goes))
        return [
            _judged(thing, outcomes[key], idle, seen=key in goes and (newest or thing.id in found))
            for key, thing in zip(keys, things, strict=True)
        ]

    async def _complete(self, collection: Collection, there: _There) -> None:
        """Fetch whatever the objects refer to."""
        first = len(there.objects)
        for _ in range(_DEEPEST):
            derived = there.unlooked()
            for place in self._places(collection):
                if derived and (saying := self.derivations.of(place, derived)):
                    there.add(place, saying)
                    await self._add(collection, there, [thing.id for thing in saying])
            due = there.wanted(self.gate.known.originated)
            if due and len(there.objects) - first < _MOST:
                await self._add(collection, there, due[: _MOST - len(there.objects) + first])
            if not there.fresh:
                return

    async def _witnessed(self, collection: Collection, there: _There, lone: Sequence[str]) -> bool:
        """Look for objects that go and are marked with marking definitions; tell whether some were found."""
        left = set(lone)
        for place in self._places(collection):
            if left:
                await self._witnessed_in(place, there, left)
        self.witnesses.none(collection, left, self.gate.epoch)
        if len(left) == len(lone):
            return False
        await self._complete(collection, there)
        return True

    async def _witnessed_in(self, place: Collection, there: _There, left: set[str]) -> None:
        """Look through one collection, page by page; take what is found out of `left`."""
        async with aclosing(self.witnesses.candidates(place, sorted(left))) as pages:
            async for things in pages:
                chosen = [thing for thing in things if _marks_of(thing) & left]
                if not chosen:
                    continue
                beside = _There(place, chosen)
                await self._add(place, beside, [*(thing.id for thing in chosen), *sorted(left)])
                await self._complete(place, beside)
                goes = beside.going(beside.by(self.gate), self.gate)
                for thing in chosen:
                    marks = _marks_of(thing) & left
                    if marks and _key(place, thing) in goes:
                        there.add(place, [thing])
                        await self._add(place, there, [thing.id])
                        self.witnesses.keep(place, marks, thing)
                        left -= marks
                if not left:
                    return

    async def _add(self, collection: Collection, there: _There, ids: Sequence[str]) -> Mapping[str, Versions]:
        """Add all versions of some objects, from wherever they lie; return those that lie in one collection.

        The newest version may lie in another collection than an older one, and decides about both.
        """
        places = self._places(collection)
        found = await self.targets.everywhere(places, ids)
        for place, each in zip(places, found, strict=True):
            there.add_versions(place, each.values())
        return found[0]

    def _places(self, collection: Collection) -> list[Collection]:
        """Return where to look for something: in its collection, then in the others."""
        return [collection, *(each for each in self.readable if each.id != collection.id)]


class _There:
    """The objects that are at hand, each where it lies: the same bytes may lie in two places, and differ in what becomes of them."""

    def __init__(self, collection: Collection, things: Iterable[Thing]) -> None:
        self.objects: dict[_Key, Offered] = {}
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
            if _key(collection, thing) not in self.objects:
                self.objects[_key(collection, thing)] = offered(collection, thing)
                self._ids.add(thing.id)
                self.fresh.append(thing)

    def add_versions(self, collection: Collection, found: Iterable[Versions]) -> None:
        """Add objects with all their versions; what older ones refer to is not looked at, but whose they are counts."""
        for newest, *older in found:
            self.add(collection, [newest])
            for thing in older:
                self.objects.setdefault(_key(collection, thing), offered(collection, thing))

    def of(self, ids: set[str]) -> list[_Key]:
        """Return the keys of the objects with some ids."""
        return [key for key, each in self.objects.items() if each.thing.id in ids]

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

    def by(self, gate: Gate) -> dict[_Key, Outcome]:
        """Return what becomes of each."""
        return dict(zip(self.objects, gate.outcomes(list(self.objects.values()), None), strict=True))

    def going(self, outcomes: Mapping[_Key, Outcome], gate: Gate) -> set[_Key]:
        """Return what goes: where the newest version of an object stays, wherever it lies, no older one goes."""
        newest: dict[str, int] = {}
        for each in self.objects.values():
            newest[each.thing.id] = max(_version(each.thing), newest.get(each.thing.id, 0))
        last = {key for key, each in self.objects.items() if _version(each.thing) == newest[each.thing.id]}
        written = {key for key, each in self.objects.items() if _written(each.thing, outcomes[key], gate)}
        stays = {self.objects[key].thing.id for key in last - written}
        goes = {key for key in written if key in last or self.objects[key].thing.id not in stays}
        unwritable = {self.objects[key].thing.id for key in last - written if outcomes[key].effect.releases}
        return self._naming_none_that_stays(outcomes, goes, unwritable, gate)

    def _naming_none_that_stays(
        self, outcomes: Mapping[_Key, Outcome], goes: set[_Key], unwritable: AbstractSet[str], gate: Gate
    ) -> set[_Key]:
        """Return what goes without what names something that the gate lets go and that stays.

        That is what cannot be written without its parts, and a marking definition that goes with that or with an older version.
        """
        released = {key for key, each in self.objects.items() if each.thing.type == _MARKING and key in goes}
        while lost := {*unwritable, *self.lone(released, outcomes, goes)}:
            more: set[_Key] = set()
            while fresh := {key for key in goes - more if self._names(key, lost, outcomes[key], gate)}:
                more |= fresh
                lost |= {self.objects[key].thing.id for key in fresh}
            if not more:
                return goes
            goes = goes - more
        return goes

    def _names(self, key: _Key, ids: AbstractSet[str], outcome: Outcome, gate: Gate) -> bool:
        """Tell whether some ids stand in what is served of an object."""
        thing = self.objects[key].thing
        if ids.isdisjoint(each.target for each in references(thing)):
            return False
        if outcome.effect is not Effect.REDACT:
            return True
        left = read_object(redacted(thing, outcome.decision.redacted, gate.rules.stix))
        return not ids.isdisjoint(each.target for each in references(left))

    def lone(self, keys: Iterable[_Key], outcomes: Mapping[_Key, Outcome], goes: AbstractSet[_Key]) -> list[str]:
        """Return the marking definitions that no act lets go, and to which nothing that goes leads by its marks."""
        names = [self.objects[key].thing.id for key in keys if self._may_accompany(key, outcomes)]
        if not names:
            return []
        out = [(key, each.thing) for key, each in self.objects.items() if key in goes]
        accompanying = {thing.id: thing for key, thing in out if self._may_accompany(key, outcomes)}
        reached: set[str] = set()
        due = [thing for _, thing in out if thing.id not in accompanying]
        while due:
            fresh = _marks_of(due.pop()) - reached
            reached |= fresh
            due += [accompanying[name] for name in fresh if name in accompanying]
        return [name for name in dict.fromkeys(names) if name not in reached]

    def _may_accompany(self, key: _Key, outcomes: Mapping[_Key, Outcome]) -> bool:
        return _may_accompany(self.objects[key].thing, outcomes[key])


def offered(collection: Collection, thing: Thing) -> Offered:
    """Return an object where it lies."""
    names = (collection.id, collection.alias)
    return Offered(thing, frozenset(name for name in names if name), collection.purpose)


def _key(collection: Collection, thing: Thing) -> _Key:
    return collection.upstream or "", thing.digest


def _judged(thing: Thing, outcome: Outcome, idle: AbstractSet[str], *, seen: bool) -> Judged:
    if thing.id in idle and outcome.effect.releases:
        decision = replace(outcome.decision, effect=Effect.WITHHOLD, reasons=(*outcome.decision.reasons, _IDLE))
        return Judged(thing, Outcome(decision), seen=False)
    return Judged(thing, outcome, seen)


def _written(thing: Thing, outcome: Outcome, gate: Gate) -> bool:
    """Tell whether an object goes, and can be written without the parts that stay."""
    if outcome.effect is not Effect.REDACT:
        return outcome.effect.releases
    try:
        redacted(thing, outcome.decision.redacted, gate.rules.stix)
    except ValueError:
        return False
    return True


def _may_accompany(thing: Thing, outcome: Outcome) -> bool:
    """Tell whether an object is a marking definition that goes, if it goes, with what it marks and by no act of its own."""
    stops = {reason.rule for reason in outcome.decision.reasons if reason.counts}
    return thing.type == _MARKING and not outcome.leaves_by and (outcome.effect.releases or stops <= _LONE)


def _version(thing: Thing) -> int:
    return microseconds(thing.version) or 0


def _marks_of(thing: Thing) -> set[str]:
    return {each.target for each in references(thing) if each.marking}
