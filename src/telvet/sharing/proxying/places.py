"""Turns a place in the server's pages into a few bytes, and back: all that is kept between two pages of ours.

* A place says with which request the server's page comes, and at which object of it to begin.
* The bytes mean nothing outside this package and are sealed by whoever hands them out; nonsense is a lost place.
"""

from __future__ import annotations

import msgspec

from telvet.errors import SourceError

__all__ = ["Place", "Position", "lost", "read_place", "write_place"]

_NEVER = 253_402_300_800_000_000
"""Microseconds from 1970 to the year 10000."""


class Position(msgspec.Struct, frozen=True, array_like=True):
    """Where a page of the server begins."""

    limit: int
    """How many objects are asked for."""
    after: int | None = None
    """The `added_after` with which it is asked for, in microseconds."""
    next: str = ""
    """The server's cursor; empty on a first page."""
    floor: int = 0
    """Nothing in it was added earlier."""
    tail: str = ""
    """The digest of the object before it; empty on a first page."""


class Place(msgspec.Struct, frozen=True, array_like=True):
    """Where a page of ours begins."""

    position: Position
    added: int
    """When the first object was added."""
    digest: str
    """The SHA-256 of its bytes, in hexadecimal."""


def write_place(place: Place) -> bytes:
    """Write a place."""
    return msgspec.json.encode(place)


def read_place(data: bytes) -> Place:
    """Return a place.

    Raises:
        SourceError: It is none.
    """
    try:
        place = msgspec.json.decode(data, type=Place)
    except (ValueError, RecursionError):
        raise lost() from None
    moments = (place.added, place.position.floor, place.position.after or 0)
    if place.position.limit < 1 or not all(0 <= moment < _NEVER for moment in moments):
        raise lost()
    return place


def lost() -> SourceError:
    """Return the error of a place that is none any more."""
    return SourceError("this is no place in the collection", code="place-lost", fix="begin with the first page")
