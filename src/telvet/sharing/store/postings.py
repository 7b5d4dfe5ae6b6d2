"""Turns what became of a request to add objects into a row that its sender may ask for, and back.

* Only who sent it, at the API root to which it was sent, is told.
* What was set aside is kept for our own staff and is in no answer.
"""

from __future__ import annotations

import json

from sqlalchemy import Connection, insert, select

from telvet.sharing.objects.timestamps import microseconds, taxii_moment
from telvet.sharing.store.adding import Taken
from telvet.sharing.taxii.source import Posting, Viewer
from telvet.workspace.taxii_schema import POSTINGS

__all__ = ["posting_of", "write_posting"]

_P = POSTINGS.c


def write_posting(connection: Connection, viewer: Viewer, root: str, taken: Taken, name: str, now: int) -> Posting:
    """Write what became of a request.

    Args:
        connection: In a transaction that writes.
        viewer: Who sent it.
        root: The API root.
        taken: What became of its objects.
        name: Its id.
        now: The moment, in microseconds.
    """
    told = {"successes": taken.successes, "failures": taken.failures, "aside": taken.aside}
    row = {"id": name, "root": root, "user": viewer.user, "status": json.dumps(told)}
    connection.execute(insert(POSTINGS), {**row, "recorded_at": taxii_moment(now)})
    return _posting(name, row["status"], taxii_moment(now))


def posting_of(connection: Connection, viewer: Viewer, root: str, name: str) -> Posting | None:
    """Return a request of this viewer."""
    mine = (_P.id == name, _P.root == root, _P.user == viewer.user)
    row = connection.execute(select(_P.id, _P.status, _P.recorded_at).where(*mine)).one_or_none()
    return None if row is None else _posting(*row)


def _posting(name: str, status: str, recorded_at: str) -> Posting:
    told = json.loads(status)
    return Posting(
        name,
        "complete",
        microseconds(recorded_at) or 0,
        successes=tuple((one, version) for one, version in told["successes"]),
        failures=tuple((one, version, why) for one, version, why in told["failures"]),
    )
