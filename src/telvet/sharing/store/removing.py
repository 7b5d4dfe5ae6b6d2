"""Turns a request to delete versions of an object into their absence, from the objects and from every view.

* What goes is gone: its bytes, what was redacted of it, and what it held. What referred to it is decided again.
* A partner deletes what it sees, and is told of nothing else.
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import ColumnElement, Connection, delete, select

from telvet.sharing.objects.reading import read_object
from telvet.sharing.store.adding import chunks, restand
from telvet.sharing.store.bulk import insert_many
from telvet.sharing.store.changes import Seen, seen_for_writing, write_seen
from telvet.sharing.store.incoming import HOLDS, MARKS, targets_of
from telvet.sharing.store.paging import asked
from telvet.sharing.store.standing import Held, standings
from telvet.sharing.taxii.source import Deletion, Query
from telvet.workspace.taxii_schema import OBJECTS, REFERENCES, REMOVALS, VIEWS

__all__ = ["remove"]

_O, _V = OBJECTS.c, VIEWS.c


def remove(connection: Connection, collection: str, partner: str | None, query: Query, only: str) -> Deletion:
    """Delete the versions of an object that a query names; without one, all.

    Args:
        connection: In a transaction that writes.
        collection: The id of the collection.
        partner: Whose view bounds what is deleted; None is our own staff.
        query: Which versions; none is every version, and no spec_version is each of them.
        only: The id of the object.
    """
    before = seen_for_writing(connection)
    query = query if query.versions else replace(query, versions=frozenset({"all"}))
    there: list[ColumnElement[bool]] = [_O.collection == collection, _O.id == only]
    if partner is None:
        columns = OBJECTS.c
        chosen = select(_O.added, _O.version)
    else:
        columns = VIEWS.c
        chosen = select(_O.added, _V.version).join(VIEWS, (_V.object == _O.added) & (_V.partner == partner))
    seen_here = connection.execute(chosen.where(*there)).all()
    if not seen_here:
        return Deletion(found=False)
    where = asked(columns, query, only, newest=False)
    doomed = connection.execute(chosen.where(*there, *where).order_by(_O.added)).all()
    touched = {(only, False)}.union(*(_remove_row(connection, key) for key, _ in doomed))
    if doomed:
        left = connection.execute(select(_O.added, _O.spec_version, _O.version).where(*there))
        restand(connection, standings(Held(*row) for row in left).items())
        rows = [(number, *each) for number, each in enumerate(sorted(touched), before.removed + 1)]
        insert_many(connection, REMOVALS, rows)
        write_seen(connection, Seen(before.added, before.removed + len(rows)))
    return Deletion(found=True, deleted=tuple((only, version) for _, version in doomed))


def _remove_row(connection: Connection, key: int) -> set[tuple[str, bool]]:
    """Delete a row; return the ids of what it said whose that is, and of what it was marked with, which is told by True."""
    body = connection.scalars(select(_O.body).where(_O.added == key)).one()
    held = targets_of(read_object(body))
    for some in chunks(held):
        connection.execute(delete(REFERENCES).where(REFERENCES.c.target.in_(some), REFERENCES.c.source == key))
    connection.execute(delete(VIEWS).where(_V.object == key))
    connection.execute(delete(OBJECTS).where(_O.added == key))
    return {(name, role == MARKS) for name, role in held.items() if role != HOLDS}
