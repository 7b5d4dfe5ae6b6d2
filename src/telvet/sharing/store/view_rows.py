"""Turns what a partner sees into the rows of its view, touching only those that differ, and back.

* How far a view is decided is written with its rows, or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select

from telvet.sharing.store.adding import chunks
from telvet.sharing.store.bulk import insert_many
from telvet.sharing.store.changes import Seen
from telvet.sharing.store.dating import Dated
from telvet.workspace.taxii_schema import VIEW_STATES, VIEWS

__all__ = ["Kept", "State", "kept", "put", "state_of"]

_V, _S = VIEWS.c, VIEW_STATES.c
_MANY = 500


class State(NamedTuple):
    """How far a view is decided."""

    epoch: str
    seen: Seen
    newest: int
    """The newest date that it ever gave."""


class Kept(NamedTuple):
    """A row of a view, without what follows from its key."""

    key: int
    added: int
    version: str
    first: bool
    last: bool
    latest: bool
    effect: str
    reasons: str
    obligations: str
    leaves_by: str
    digest: str


_FIRST_WORD = Kept._fields.index("effect")


def state_of(connection: Connection, partner: str) -> State | None:
    """Return how far a view is decided; None where it never was."""
    chosen = select(_S.epoch, _S.added, _S.removed, _S.newest).where(_S.partner == partner)
    row = connection.execute(chosen).one_or_none()
    return None if row is None else State(row.epoch, Seen(row.added, row.removed), row.newest)


def kept(connection: Connection, partner: str, ids: Iterable[str] | None) -> Mapping[int, tuple[str, Kept]]:
    """Return the rows of a view by key, each with its object's id.

    Args:
        connection: On which to read.
        partner: Whose view it is.
        ids: Of the objects in question; None is all.
    """
    columns = (_V.id, _V.object, *(_V[name] for name in Kept._fields[1:]))
    found: dict[int, tuple[str, Kept]] = {}
    for where in [[]] if ids is None else [[_V.id.in_(some)] for some in chunks(ids)]:
        for name, *row in connection.execute(select(*columns).where(_V.partner == partner, *where)):
            found[row[0]] = (name, Kept(*row))
    return found


def put(
    connection: Connection, partner: str, old: Mapping[int, tuple[str, Kept]], now: Sequence[Dated], state: State
) -> None:
    """Make a view what it is now.

    Args:
        connection: In a transaction that writes.
        partner: Whose view it is.
        old: The rows in question as they were.
        now: What is seen of the objects in question.
        state: How far it is decided with that.
    """
    rows = {row.key: (one, row) for one in now for row in [_kept(one)]}
    changed = [pair for key, pair in rows.items() if key not in old or old[key][1] != pair[1]]
    gone = sorted({*(old.keys() - rows.keys()), *(row.key for _, row in changed if row.key in old)})
    for place in range(0, len(gone), _MANY):
        some = gone[place : place + _MANY]
        connection.execute(delete(VIEWS).where(_V.partner == partner, _V.object.in_(some)))
    insert_many(connection, VIEWS, [_written(partner, one, row) for one, row in changed])
    connection.execute(delete(VIEW_STATES).where(_S.partner == partner))
    told = {"added": state.seen.added, "removed": state.seen.removed, "newest": state.newest}
    connection.execute(insert(VIEW_STATES), {"partner": partner, "epoch": state.epoch, **told})


def _kept(one: Dated) -> Kept:
    shown = one.shown
    told = (shown.effect, shown.reasons, shown.obligations, shown.leaves_by, shown.digest)
    return Kept(shown.row.key, one.added, one.version, *one.standing, *told)


def _written(partner: str, one: Dated, row: Kept) -> tuple[object, ...]:
    """Return the values of a row of `views`, in the order of its columns."""
    seen = one.shown.row
    about = (row.added, seen.id, seen.thing.type, seen.spec_version, row.version, row.first, row.last, row.latest)
    return (partner, row.key, seen.collection, *about, *row[_FIRST_WORD:], one.shown.body)
