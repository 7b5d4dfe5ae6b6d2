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
    turtle: str = ""
    """The digest of the first object of a page before it: with that a page must not begin again, or pages go in a ring."""
    steps: int = 0
    """How many pages ago that was."""
    stride: int = 1
    """After how many pages another takes its place: twice as many each time, so that every ring is found."""

    def turn(self, first: str) -> tuple[str, int, int]:
        """Return the last three of the next position, by the digest of the first object of this page."""
        if self.steps + 1 < self.stride or not first:
            return self.turtle, self.steps + 1, self.stride
        return first, 0, 2 * self.stride


class Place(msgspec.Struct, frozen=True, array_like=True):
    """Where a page of ours begins."""

    position: Position
    added: int
    """When the first object was added."""
    digest: str
    """The SHA-256 of its bytes, in hexadecimal."""


def write_place(place: Place) -> bytes:
    """Write a place."""
    return msgspec.msgpack.encode(place)


def read_place(data: bytes) -> Place:
    """Return a place.

    Raises:
        SourceError: It is none.
    """
    try:
        place = msgspec.msgpack.decode(data, type=Place)
    except (ValueError, RecursionError):
        raise lost() from None
    moments = (place.added, place.position.floor, place.position.after or 0)
    if place.position.limit < 1 or not all(0 <= moment < _NEVER for moment in moments):
        raise lost()
    return place


def lost() -> SourceError:
    """Return the error of a place that is none any more."""
    return SourceError("this is no place in the collection", code="place-lost", fix="begin with the first page")
