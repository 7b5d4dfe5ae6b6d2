"""Turns objects that may be kept into rows, all of an envelope in one transaction, and tells what became of each.

* The same version with the same bytes is there already: that is success, and changes nothing. With other bytes it fails.
* A partner is never told of what it does not see: where that is in the way its object is set aside, and it hears of success.
* Dates are given in the order of the envelope.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select, update

from telvet.sharing.objects.timestamps import taxii_moment
from telvet.sharing.store.bulk import insert_many
from telvet.sharing.store.changes import Seen, seen_for_writing, write_seen
from telvet.sharing.store.incoming import Incoming, Refused
from telvet.sharing.store.standing import ALONE, Held, Standing, standings
from telvet.workspace.taxii_schema import OBJECTS, REFERENCES, VIEWS

__all__ = ["Taken", "add", "chunks", "restand"]

_MANY = 500
"""How many ids are asked for at once."""
_DIFFERENT = "another object of this id and version is there already; give it a later `modified`"


@dataclass(slots=True)
class Taken:
    """What became of the objects of a request."""

    successes: list[tuple[str, str]] = field(default_factory=list)
    failures: list[tuple[str, str, str]] = field(default_factory=list)
    aside: list[tuple[str, str, str]] = field(default_factory=list)
    """(id, version, digest) of what was not kept though the partner heard of success: for our own staff."""


class _Known(NamedTuple):
    key: int
    id: str
    spec_version: str
    version: str
    written: str
    digest: str
    standing: Standing


def chunks(names: Iterable[str]) -> Iterator[list[str]]:
    """Cut names into what may be asked for at once."""
    every = sorted(set(names))
    for place in range(0, len(every), _MANY):
        yield every[place : place + _MANY]


def add(
    connection: Connection, collection: str, partner: str | None, batch: Sequence[Incoming | Refused], now: int
) -> Taken:
    """Add what is new.

    Args:
        connection: In a transaction that writes.
        collection: The id of the collection.
        partner: Who sends; None is our own staff.
        batch: The objects, in their order.
        now: The moment, in microseconds.
    """
    before = seen_for_writing(connection)
    ids = {each.thing.id for each in batch if isinstance(each, Incoming)}
    adding = _Adding(collection, partner, now, before.added, _known(connection, collection, ids))
    adding.shown = _shown(connection, partner, adding.known)
    for each in batch:
        if isinstance(each, Refused):
            adding.taken.failures.append((each.id, each.version or taxii_moment(now), each.why))
        else:
            adding.take(each)
    if adding.rows:
        _write(connection, adding)
        write_seen(connection, Seen(adding.last, before.removed))
    return adding.taken


def restand(connection: Connection, known: Iterable[tuple[int, Standing]]) -> None:
    """Write where rows of `objects` stand now."""
    changed = [{"key": key, **standing._asdict()} for key, standing in known]
    if changed:
        connection.execute(update(OBJECTS).where(OBJECTS.c.added == bindparam("key")), changed)


@dataclass(slots=True)
class _Adding:
    collection: str
    partner: str | None
    now: int
    last: int
    known: dict[str, list[_Known]]
    shown: set[int] = field(default_factory=set)
    """The keys of known rows that the sender sees; all of them where it is our own staff."""
    rows: dict[int, tuple[Incoming, str]] = field(default_factory=dict)
    """By key: what is added, and its version."""
    taken: Taken = field(default_factory=Taken)

    def take(self, each: Incoming) -> None:
        """Add one object, or say why not."""
        thing = each.thing
        there = self._there(each)
        if there is None:
            version = self._added(each)
            told = version if each.version or self.partner is None else taxii_moment(self.now)
            self.taken.successes.append((thing.id, told))
            return
        hidden = self.partner is not None and there.key not in self.shown
        told = taxii_moment(self.now) if hidden and not each.version else there.version
        if there.digest == thing.digest or hidden:
            self.taken.successes.append((thing.id, told))
            if there.digest != thing.digest:
                self.taken.aside.append((thing.id, told, thing.digest))
        else:
            self.taken.failures.append((thing.id, told, _DIFFERENT))

    def _there(self, each: Incoming) -> _Known | None:
        """Return the row that is the same version; of what has no version, the one with the same bytes."""
        for row in self.known.get(each.thing.id, ()):
            if row.version == each.version if each.version else not row.written and row.digest == each.thing.digest:
                return row
        return None

    def _added(self, each: Incoming) -> str:
        self.last = max(self.now, self.last + 1)
        version = each.version or taxii_moment(self.last)
        self.rows[self.last] = (each, version)
        thing = each.thing
        row = _Known(self.last, thing.id, each.spec_version, version, each.written, thing.digest, ALONE)
        self.known.setdefault(thing.id, []).append(row)
        self.shown.add(self.last)
        return version


def _known(connection: Connection, collection: str, ids: Iterable[str]) -> dict[str, list[_Known]]:
    """Return the versions in a collection of objects, by id."""
    found: dict[str, list[_Known]] = defaultdict(list)
    c = OBJECTS.c
    columns = (c.added, c.id, c.spec_version, c.version, c.written, c.digest, c.first, c.last, c.latest)
    for some in chunks(ids):
        rows = connection.execute(select(*columns).where(c.collection == collection, c.id.in_(some)))
        for *told, first, last, latest in rows:
            row = _Known._make((*told, Standing(first, last, latest)))
            found[row.id].append(row)
    return dict(found)


def _shown(connection: Connection, partner: str | None, known: dict[str, list[_Known]]) -> set[int]:
    """Return the keys of those rows that a partner sees."""
    if partner is None:
        return set()
    c = VIEWS.c
    found: set[int] = set()
    for some in chunks(known):
        found.update(connection.scalars(select(c.object).where(c.partner == partner, c.id.in_(some))))
    return found


def _write(connection: Connection, adding: _Adding) -> None:
    standing: dict[int, Standing] = {}
    moved: list[tuple[int, Standing]] = []
    for name in {each.thing.id for each, _ in adding.rows.values()}:
        known = adding.known[name]
        if len(known) == 1:
            continue
        now = standings(Held(row.key, row.spec_version, row.version) for row in known)
        standing |= now
        moved += [
            (row.key, now[row.key]) for row in known if row.key not in adding.rows and now[row.key] != row.standing
        ]
    restand(connection, moved)
    insert_many(connection, OBJECTS, [_row(adding, key, standing.get(key, ALONE)) for key in adding.rows])
    held = [(target, role, key) for key, (each, _) in adding.rows.items() for target, role in each.targets.items()]
    held.sort()
    insert_many(connection, REFERENCES, held)


def _row(adding: _Adding, key: int, standing: Standing) -> tuple[object, ...]:
    """Return the values of a row of `objects`, in the order of its columns."""
    each, version = adding.rows[key]
    thing = each.thing
    about = (adding.collection, thing.id, thing.type, each.spec_version, version, each.written)
    return (key, adding.now, *about, *standing, thing.digest, thing.raw)
