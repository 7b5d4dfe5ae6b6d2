"""Turns objects and the gate's word on them into each partner's view, and keeps it in step with both.

* A view is served only under the epoch under which it was decided: what was revoked is gone with the next request.
* What the gate said is on the record, and what waits for a person in the queue, before anything can be seen.
* After a change of some objects only those are decided that may depend on it; the view is the one that all would give. Where a
  ceiling makes everything depend on everything, all are.
* Decisions are made while others write; should the store have lost an object or another process been quicker, they are made again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from operator import attrgetter
from threading import Lock
from typing import TYPE_CHECKING

from telvet.errors import SourceError
from telvet.model.release import Outcome
from telvet.sharing.audit.canonical import Json, canonical
from telvet.sharing.audit.records import Page
from telvet.sharing.objects.thing import Thing
from telvet.sharing.releasing.gate import Gate, Gates
from telvet.sharing.store.changes import Seen, micros, seen, seen_for_writing
from telvet.sharing.store.connecting import Connected
from telvet.sharing.store.dating import Before, dated
from telvet.sharing.store.scoping import Scope
from telvet.sharing.store.shelves import Row, Shelves
from telvet.sharing.store.verdicts import Verdicts, verdicts
from telvet.sharing.store.view_rows import Kept, State, kept, put, state_of
from telvet.sharing.taxii.source import Collection

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["QueueUp", "Readable", "Record", "Views"]

Readable = Callable[[str], Sequence[Collection]]
"""The collections that the users of a partner may read."""
Record = Callable[[Page], None]
QueueUp = Callable[[str, Sequence[tuple[Thing, Collection, Outcome]]], None]
"""Takes what waits for a person; the same may be told again."""

_ATTEMPTS = 5
_PAGE = 1000
_MUCH, _SHARE = 2000, 4
"""From so many changed objects on, if they are a fourth of all or more, all are decided: one by one they cost more."""
_MARKING = "marking-definition--"


@dataclass(frozen=True, slots=True)
class _Made:
    """A view that was decided, wholly or for some objects."""

    gate: Gate
    epoch: str
    state: State | None
    """As it was when decided."""
    seen: Seen
    """The changes that are in it."""
    verdicts: Verdicts
    old: Mapping[int, tuple[str, Kept]]
    """The rows of the view that are in question, as they were."""


@dataclass(frozen=True)
class Views:
    """The views of all partners."""

    connected: Connected
    gates: Gates
    readable: Readable
    record: Record
    queue_up: QueueUp
    clock: Callable[[], datetime]
    older_versions: bool = False
    """Serve older versions of an object of which the newest stays."""
    _locks: dict[str, Lock] = field(default_factory=dict, init=False, repr=False)

    def current(self, connection: Connection, gate: Gate, enough: Seen | None = None) -> bool:
        """Tell whether the view may be read under a gate.

        Args:
            connection: On which it is going to be read.
            gate: As of now.
            enough: The changes that have to be in it; None is all.
        """
        state = state_of(connection, gate.partner)
        if state is None or state.epoch != self._epoch(gate):
            return False
        return state.seen.covers(enough if enough is not None else seen(connection))

    def sync(self, partner: str) -> Seen:
        """Bring the view of a partner in step; return the changes that are in it.

        Raises:
            SourceError: Something is in the way for too long.
        """
        with self._locks.setdefault(partner, Lock()), self.connected.alone(partner):
            for _ in range(_ATTEMPTS):
                made = self.connected.read(partial(self._made, self.gates.gate(partner)))
                if isinstance(made, Seen):
                    return made
                self._tell(made)
                if self.connected.write(partial(self._put, made)):
                    return made.seen
        raise SourceError(
            "the view of this partner cannot be brought up to date now",
            code="source-busy",
            where=self.connected.where,
            why="other processes keep changing it",
            fix="ask again later",
        )

    def _made(self, gate: Gate, connection: Connection) -> _Made | Seen:
        """Decide what is to be decided; return the changes alone where there is nothing."""
        state, now, epoch = state_of(connection, gate.partner), seen(connection), self._epoch(gate)
        if state is not None and state.epoch == epoch:
            if state.seen == now:
                return now
            part = None if gate.ceilings else self._partly(gate, connection, state, now)
            if part is not None:
                return part
        shelves = Shelves(self.readable(gate.partner))
        rows = shelves.every(connection)
        old = kept(connection, gate.partner, None)
        holding = frozenset(name for name, _ in old.values())
        return _Made(gate, epoch, state, now, self._verdicts(gate, shelves, rows, holding), old)

    def _partly(self, gate: Gate, connection: Connection, state: State, now: Seen) -> _Made | None:
        """Decide about what may depend on what has changed; None where so much has that all is decided sooner."""
        shelves = Shelves(self.readable(gate.partner))
        scope = Scope(connection, shelves, gate.partner, gate.known.originated)
        due, marks = shelves.changed(connection, *state.seen)
        if len(due) >= _MUCH and len(due) * _SHARE >= shelves.count(connection):
            return None
        while True:
            scope.grow(due, marks)
            rows = sorted(scope.rows.values(), key=attrgetter("key"))
            found = self._verdicts(gate, shelves, rows)
            old = kept(connection, gate.partner, {*scope.affected, *(row.id for row in rows)})
            due = _moved(found, old) - scope.affected
            if not due:
                return _Made(gate, state.epoch, state, now, found, old)

    def _verdicts(
        self, gate: Gate, shelves: Shelves, rows: Sequence[Row], holding: frozenset[str] = frozenset()
    ) -> Verdicts:
        """Decide about rows; what the partner holds already is asked for only where all are decided at once."""
        outcomes = gate.outcomes([shelves.offered(row) for row in rows], holding)
        return verdicts(rows, outcomes, gate.rules.stix, older_versions=self.older_versions)

    def _tell(self, made: _Made) -> None:
        """Put on the record what was decided, and into the queue what waits."""
        partner, decided = made.gate.partner, made.verdicts.decided
        for place in range(0, len(decided), _PAGE):
            self.record(Page(self.clock(), partner, "view", decided[place : place + _PAGE], made.gate.about))
        if made.verdicts.waiting:
            shelves = Shelves(self.readable(partner))
            waiting = [(row.thing, shelves.collections[row.collection], each) for row, each in made.verdicts.waiting]
            self.queue_up(partner, waiting)

    def _put(self, made: _Made, connection: Connection) -> bool:
        """Write a view, unless what it was decided upon is another now."""
        partner, state = made.gate.partner, made.state
        if seen_for_writing(connection).removed != made.seen.removed or state_of(connection, partner) != state:
            return False
        dates = {key: (row.added, row.digest) for key, (_, row) in made.old.items()}
        before = Before(-1, 0, dates) if state is None else Before(state.seen.added, state.newest, dates)
        rows, newest = dated(made.verdicts.shown, before, micros(self.clock()))
        put(connection, partner, made.old, rows, State(made.epoch, made.seen, newest))
        return True

    def _epoch(self, gate: Gate) -> str:
        collections = sorted([each.id, each.alias or "", each.purpose or ""] for each in self.readable(gate.partner))
        told: Json = {"collections": collections, "gate": gate.epoch, "older": self.older_versions}
        return hashlib.sha256(canonical(told)).hexdigest()


def _moved(found: Verdicts, old: Mapping[int, tuple[str, Kept]]) -> set[str]:
    """Return the ids of the marking definitions that went out and do not, or do and went not."""
    before = {(name, key) for key, (name, _) in old.items() if name.startswith(_MARKING)}
    after = {(one.row.id, one.row.key) for one in found.shown if one.row.id.startswith(_MARKING)}
    return {name for name, _ in before ^ after}
