"""What the protocol asks of a source of objects; the store and the proxy are one each.

* A source answers for one viewer: what the viewer may not see is not there, in no page, count, date or place.
* Moments are microseconds since 1970 in UTC, as whole numbers; in order of `(added, place)` a page follows another.
* A page carries what was decided for it; the protocol records that before the answer goes out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from telvet.sharing.audit.records import Decided

__all__ = ["Collection", "Deletion", "Item", "Posting", "Query", "Slice", "Source", "Viewer", "What"]


class What(StrEnum):
    """Which resource a page is for."""

    OBJECTS = "objects"
    MANIFEST = "manifest"
    VERSIONS = "versions"


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks."""

    user: str
    partner: str | None
    """The partner whose view it is; None is our own staff, who see everything in the collections they may read."""


@dataclass(frozen=True, slots=True)
class Collection:
    """A collection as configured."""

    id: str
    title: str
    description: str | None = None
    alias: str | None = None
    media_types: tuple[str, ...] = ("application/stix+json;version=2.1",)
    purpose: str | None = None
    """What its objects are shared for; without it a purpose that an arrangement asks for is not known."""
    upstream: str | None = None
    """For a proxy: the address of the collection, ending in a slash."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for; empty means everything."""

    ids: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    spec_versions: frozenset[str] = frozenset()
    """Empty: the latest that an object has."""
    versions: frozenset[str] = frozenset({"last"})
    """`last`, `first`, `all`, or moments as TAXII writes them with microseconds; united."""
    added_after: int | None = None
    limit: int = 1000


@dataclass(frozen=True, slots=True)
class Item:
    """One version of an object in a page."""

    id: str
    version: str
    """As TAXII writes it, with microseconds: `modified`, else `created`, else when it was added."""
    added: int
    media_type: str
    body: bytes = b""
    """What goes out; empty where only the manifest or versions were asked for."""


@dataclass(frozen=True, slots=True)
class Slice:
    """A page."""

    items: Sequence[Item] = ()
    more: bool = False
    place: bytes = b""
    """Where the next page begins, for the source alone to read; the protocol seals it. Nothing if there is no more."""
    found: bool = True
    """Of one object: whether the viewer may know of it at all, whatever the query leaves over."""
    decided: Sequence[Decided] = ()
    about: Mapping[str, str] = field(default_factory=dict)
    """What the decisions rest on: digests of facts, catalogue and laws, and the day."""


@dataclass(frozen=True, slots=True)
class Posting:
    """The state of a request to add objects."""

    id: str
    status: str
    """`pending` or `complete`."""
    requested: int
    successes: tuple[tuple[str, str], ...] = ()
    """(id, version as TAXII writes it)."""
    failures: tuple[tuple[str, str, str], ...] = ()
    """(id, version, why)."""
    pendings: tuple[tuple[str, str], ...] = ()

    @property
    def total(self) -> int:
        """Return how many objects were sent."""
        return len(self.successes) + len(self.failures) + len(self.pendings)


@dataclass(frozen=True, slots=True)
class Deletion:
    """What became of a request to delete."""

    found: bool
    deleted: tuple[tuple[str, str], ...] = ()


class Source(Protocol):
    """Where objects come from, and go to."""

    async def page(
        self, viewer: Viewer, collection: Collection, query: Query, what: What, *, after: bytes = b"", only: str = ""
    ) -> Slice:
        """Return one page.

        Args:
            viewer: Who asks.
            collection: Of which collection.
            query: Which objects, and at most how many.
            what: For which resource; but for objects, bodies are left empty.
            after: The `place` of the page before.
            only: The id of the one object that is asked for by its address.

        Raises:
            SourceError: With the code `source-busy`, it cannot answer now, asking again later may do; `source-failed`,
                it is not as the standard has it; `place-lost`, `after` is no longer a place.
        """

    async def post(self, viewer: Viewer, root: str, collection: Collection, objects: Sequence[bytes]) -> Posting:
        """Take objects in, durably when it returns what has succeeded; each is the JSON of one object as it came."""

    async def status(self, viewer: Viewer, root: str, posting: str) -> Posting | None:
        """Return the state of a request that this viewer made at an API root; None for any other."""

    async def delete(self, viewer: Viewer, collection: Collection, query: Query, only: str) -> Deletion:
        """Delete the versions of an object that the query names (all without one), as far as the viewer sees them."""

    async def close(self) -> None:
        """Let go of everything."""
