"""Turns what has changed in the store into the least set of objects whose decisions are those of the whole store.

* An object depends on what it holds, on what that holds, and so on; what holds a changed one may therefore change.
* Whose a thing is may stand in another: in a relationship `derived-from`, or in what is on record.
* A marking definition depends on what it marks: one object that goes out and stays as it is, its witness, speaks for all. Where
  there is none the definition seems to mark nothing; whoever decides sees that it moved, and takes it as changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from telvet.model.release import Originated
from telvet.sharing.store.incoming import DERIVES, MARKS, targets_of
from telvet.sharing.store.shelves import Row, Shelves
from telvet.workspace.taxii_schema import REFERENCES, VIEWS

__all__ = ["Scope"]

_MARKING, _RELATIONSHIP = "marking-definition--", "relationship--"
_WITNESSES = 200
"""How many are looked at for one that cannot change itself."""


@dataclass
class Scope:
    """The objects to decide about when some have changed."""

    connection: Connection
    shelves: Shelves
    partner: str
    originated: Mapping[str, Originated]
    """What is on record of whose information objects hold; it makes one object depend on another without a reference."""
    affected: set[str] = field(default_factory=set)
    """The ids of what may change."""
    rows: dict[int, Row] = field(default_factory=dict)
    """By key: what may change, the witnesses, and all that these depend on."""
    _looked: set[str] = field(default_factory=set)
    _witnessed: set[str] = field(default_factory=set)
    _marks: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def grow(self, changed: Iterable[str], marks: Iterable[str] = ()) -> None:
        """Take in what has changed, and the marks of what is gone."""
        heirs = defaultdict(set)
        for about, one in self.originated.items():
            for source in one.derived_from:
                heirs[source].add(about)
        fresh = set(changed) - self.affected
        self._witnessed.clear()
        while fresh:
            self.affected |= fresh
            related = [name for name in fresh if name.startswith(_RELATIONSHIP)]
            derived = {
                name
                for row in self.shelves.of(self.connection, related)
                for name, role in targets_of(row.thing).items()
                if role == DERIVES
            }
            inherited = {about for name in fresh for about in heirs.get(name, ())}
            fresh = (self.shelves.holders(self.connection, fresh) | derived | inherited) - self.affected
        self._take({*self.affected, *marks})
        self._find_witnesses()

    def _take(self, ids: Iterable[str]) -> None:
        """Take in objects and all that they depend on."""
        due = set(ids) - self._looked
        while due:
            self._looked |= due
            targets = self.shelves.deriving(self.connection, due)
            targets.update(
                source for name in due if name in self.originated for source in self.originated[name].derived_from
            )
            for row in self.shelves.of(self.connection, due):
                self.rows[row.key] = row
                held = targets_of(row.thing)
                self._marks[row.id].update(name for name, role in held.items() if role == MARKS)
                targets.update(held)
            due = targets - self._looked

    def _find_witnesses(self) -> None:
        """Find a witness for each marking definition that went out so far and has not changed."""
        while due := self._unwitnessed():
            for marking in due - self._witnessed:
                self._witnessed.add(marking)
                found = self._witness_of(marking)
                if found is not None:
                    self._take([found])
                    self._witnessed |= self._marks[found]

    def _unwitnessed(self) -> set[str]:
        there = {row.id for row in self.rows.values() if row.id.startswith(_MARKING)}
        due = there - self.affected - self._witnessed
        return {name for name in due if self._goes_out(name)}

    def _goes_out(self, name: str) -> bool:
        c = VIEWS.c
        mine = (c.partner == self.partner, c.collection.in_(sorted(self.shelves.collections)))
        return self.connection.scalar(select(c.object).where(*mine, c.id == name).limit(1)) is not None

    def _witness_of(self, marking: str) -> str | None:
        """Return the id of what is marked so, goes out whole, and stays as it is."""
        both = REFERENCES.join(VIEWS, VIEWS.c.object == REFERENCES.c.source)
        where = (REFERENCES.c.target == marking, REFERENCES.c.role == MARKS)
        mine = (VIEWS.c.partner == self.partner, VIEWS.c.effect == "permit", VIEWS.c.last.is_(True))
        chosen = select(VIEWS.c.id).select_from(both).where(*where, *mine).limit(_WITNESSES)
        return next((name for name in self.connection.scalars(chosen) if name not in self.affected), None)
