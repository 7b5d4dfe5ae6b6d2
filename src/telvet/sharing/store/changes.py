"""Turns the one row that counts changes of the store into the next dates and numbers, and locks it for a writer.

* A date is given once and never again, whatever is deleted and wherever the clock steps.
* Whoever has seen a change knows all changes before it: writers wait for each other.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, select, update

from telvet.workspace.taxii_schema import CHANGES

__all__ = ["Seen", "micros", "seen", "seen_for_writing", "write_seen"]

_BEGIN = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Seen(NamedTuple):
    """Up to which change something has looked."""

    added: int
    """The last date given to an object."""
    removed: int
    """The number of the last removal."""

    def covers(self, other: Seen) -> bool:
        """Tell whether all changes of the other were seen."""
        return self.added >= other.added and self.removed >= other.removed


def micros(moment: datetime) -> int:
    """Return the microseconds from 1970 to a moment with a zone."""
    return (moment - _BEGIN) // _MICROSECOND


def seen(connection: Connection) -> Seen:
    """Return the last change."""
    return Seen(*connection.execute(select(CHANGES.c.added, CHANGES.c.removed)).one())


def seen_for_writing(connection: Connection) -> Seen:
    """Return the last change, and keep other writers out until the transaction ends."""
    return Seen(*connection.execute(select(CHANGES.c.added, CHANGES.c.removed).with_for_update()).one())


def write_seen(connection: Connection, now: Seen) -> None:
    """Note the last change."""
    connection.execute(update(CHANGES).values(added=now.added, removed=now.removed))
