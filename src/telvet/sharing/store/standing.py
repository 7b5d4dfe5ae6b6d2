"""Turns the versions of an object into which of them is first, which last, and which are of its newest spec_version.

* First and last are counted among the versions of one spec_version; every object has a last one in its newest.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

__all__ = ["ALONE", "Held", "Standing", "standings"]


class Held(NamedTuple):
    """A version of an object as it lies in the store."""

    key: int
    spec_version: str
    version: str


class Standing(NamedTuple):
    """Where a version stands among those of its object."""

    first: bool
    last: bool
    latest: bool
    """Its spec_version is the newest that the object has."""


ALONE = Standing(first=True, last=True, latest=True)
"""Where the only version of an object stands."""


def standings(held: Iterable[Held]) -> dict[int, Standing]:
    """Return where each version of one object in one collection stands, by its key."""
    rows = sorted(held, key=lambda row: (_number(row.spec_version), row.version, row.key))
    if not rows:
        return {}
    newest = rows[-1].spec_version
    found = {}
    for place, row in enumerate(rows):
        first = place == 0 or rows[place - 1].spec_version != row.spec_version
        last = place == len(rows) - 1 or rows[place + 1].spec_version != row.spec_version
        found[row.key] = Standing(first, last, row.spec_version == newest)
    return found


def _number(spec_version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in spec_version.split("."))
