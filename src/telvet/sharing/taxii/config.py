"""The nouns of a server's configuration: what it offers, to whom, and the bounds it keeps.

* Nothing here reads a file; `telvet.sharing.taxii.config_reading` does, and tells every fault.
* A user's rights are ids of collections; whatever is not named is not there for that user.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from telvet.sharing.taxii.source import Collection, Viewer
from telvet.sharing.taxii.tokens import PasswordHash

__all__ = ["Bounds", "Config", "Root", "Tls", "User"]


@dataclass(frozen=True, slots=True)
class Root:
    """An API root."""

    path: str
    """One segment of the address: `intel` stands at `/intel/`."""
    title: str
    collections: tuple[Collection, ...]
    description: str | None = None

    def collection(self, name: str) -> Collection | None:
        """Return a collection by its id (in either case of letters) or alias."""
        wanted = name.lower()
        return next((each for each in self.collections if each.id == wanted or each.alias == name), None)


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may ask; any one of the means shows who it is."""

    name: str
    partner: str | None = None
    """The partner whose view it is; None is our own staff."""
    read: frozenset[str] = frozenset()
    """Ids of collections."""
    write: frozenset[str] = frozenset()
    tokens: tuple[str, ...] = ()
    """SHA-256 of API tokens, in hexadecimal."""
    password: PasswordHash | None = None
    certificates: tuple[str, ...] = ()
    """SHA-256 of client certificates, in hexadecimal."""
    subjects: tuple[str, ...] = ()
    """Subjects of client certificates as RFC 4514 writes them."""

    @property
    def viewer(self) -> Viewer:
        """Return who a source answers."""
        return Viewer(self.name, self.partner)

    def sees(self, collection: Collection) -> bool:
        """Tell whether a collection is there for the user at all."""
        return collection.id in self.read or collection.id in self.write


@dataclass(frozen=True, slots=True)
class Tls:
    """How the server shows who it is, and asks clients who they are."""

    certificate: Path
    key: Path
    client_authorities: Path | None = None
    """Who may have signed the certificates of clients."""
    require: bool = False
    """No connection without a certificate."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the server bears."""

    max_content_length: int = 100 * 1024 * 1024
    """Bytes of a request's body."""
    default_page: int = 1000
    """Objects in a page where the client does not say."""
    most_page: int = 10_000
    tick_ms: int = 5
    """Answers to partners leave at multiples of this after their request began; 0 is at once."""
    head_seconds: float = 15
    """For the head of a request to arrive."""
    body_seconds: float = 30
    """For a body to arrive, besides a second for every 64 KiB that did."""
    idle_seconds: int = 15
    """A connection stays open between two requests."""
    stall_seconds: float = 60
    """A client may take nothing of an answer."""
    next_seconds: int = 86_400
    """A `next` holds."""
    most_requests: int = 100
    """At work at once; others are asked to come again."""
    most_connections: int = 400


@dataclass(frozen=True, slots=True)
class Config:
    """Everything about a server."""

    title: str
    roots: tuple[Root, ...]
    users: tuple[User, ...]
    description: str | None = None
    contact: str | None = None
    default: str | None = None
    """The path of a root."""
    bounds: Bounds = Bounds()
    host: str = "127.0.0.1"
    port: int = 6200
    tls: Tls | None = None
    plain_http: bool = False
    """Other machines may reach it without TLS: something in front of it has TLS."""

    def root(self, path: str) -> Root | None:
        """Return the root at a path."""
        return next((each for each in self.roots if each.path == path), None)

    def visible_roots(self, user: User) -> Iterator[Root]:
        """Yield the roots in which something is there for a user, in the order of the file."""
        return (root for root in self.roots if any(map(user.sees, root.collections)))
