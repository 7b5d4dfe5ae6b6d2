"""Turns objects of the test's choice into a source, and a source into a TAXII server on a real socket of this machine.

* The source keeps everything in memory; what is marked as held is there for our own staff alone.
* What was recorded is kept, so that a test can say what was known before an answer went out.
* The server ends with the test.
"""

from __future__ import annotations

import asyncio
import base64
import json
import threading
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import httpx

from telvet.errors import SourceError
from telvet.sharing.audit.records import Decided, Event, Page
from telvet.sharing.taxii.app import App, build_app
from telvet.sharing.taxii.config import Bounds, Config, Root, User
from telvet.sharing.taxii.moments import read_moment, write_moment
from telvet.sharing.taxii.serving import Serving, prepare
from telvet.sharing.taxii.source import Collection, Deletion, Item, Posting, Query, Slice, Viewer, What
from telvet.sharing.taxii.tokens import PasswordHash, hash_password, token_hash

__all__ = [
    "ANN", "HIDDEN", "INTEL", "NORTH", "OPEN", "PASSWORD", "SECRET", "SOUTH", "TAXII", "Kept", "MemorySource", "Recorded", "asked",
    "basic", "bearer", "config", "indicator", "running", "served",
]  # fmt: skip

TAXII = "application/taxii+json;version=2.1"
SECRET = b"a secret of the server that nobody else has"
PASSWORD = "correct horse battery staple"  # noqa: S105 - of a server that lives as long as a test
OPEN = Collection("11111111-1111-4111-8111-111111111111", "Open", "For all", "open", purpose="defence")
INTEL = Collection("22222222-2222-4222-8222-222222222222", "Inbox", alias="inbox")
HIDDEN = Collection("33333333-3333-4333-8333-333333333333", "Hidden")
_WEAK = hash_password(PASSWORD, r=1, p=1)


def _user(
    name: str, partner: str | None, read: set[str], write: set[str], password: PasswordHash | None = None
) -> User:
    return User(name, partner, frozenset(read), frozenset(write), (token_hash(f"token of {name}"),), password)


ANN = _user("ann", None, {OPEN.id, INTEL.id, HIDDEN.id}, {OPEN.id, INTEL.id, HIDDEN.id}, _WEAK)
NORTH = _user("northland", "northland-cert", {OPEN.id}, {INTEL.id}, _WEAK)
SOUTH = _user("southland", "southland-cert", {OPEN.id}, {OPEN.id})


def config(**changes: Any) -> Config:
    """Return a configuration of two roots; a partner sees one of them."""
    bounds = changes.pop("bounds", Bounds(tick_ms=0, most_page=50, default_page=20, max_content_length=20_000))
    roots = (Root("intel", "Intelligence", (OPEN, INTEL)), Root("inner", "Inner", (HIDDEN,)))
    made = Config("Sharing", roots, (ANN, NORTH, SOUTH), contact="desk@example.org", default="intel", bounds=bounds)
    return replace(made, **changes)


def bearer(user: User) -> dict[str, str]:
    """Return the headers of a request with a user's token."""
    return {"Accept": TAXII, "Authorization": f"Bearer token of {user.name}"}


def basic(name: str, password: str) -> dict[str, str]:
    """Return the headers of a request with a password."""
    return {"Accept": TAXII, "Authorization": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}


@dataclass(frozen=True)
class Kept:
    """One version of an object."""

    id: str
    type: str
    version: str
    added: int
    body: bytes
    spec: str = "2.1"
    held: bool = False
    """It is there for staff alone."""

    @property
    def item(self) -> Item:
        return Item(self.id, self.version, self.added, f"application/stix+json;version={self.spec}", self.body)


def indicator(number: int, *, minute: int = 0, added: int | None = None, **other: Any) -> Kept:
    """Return one version of the indicator of a number; its bytes have an odd spelling of their own."""
    id_ = f"indicator--00000000-0000-4000-8000-{number:012d}"
    modified = f"2024-01-15T09:{minute:02d}:00.000Z"
    body = f'{{ "type" : "indicator","id":"{id_}", "modified":"{modified}", "n" : {number}.0 }}'.encode()
    when = read_moment("2024-02-01T00:00:00Z") + number * 1_000_000 + minute if added is None else added
    return Kept(id_, "indicator", write_moment(read_moment(modified)), when, body, **other)


@dataclass
class MemorySource:
    """A source of what is given to it."""

    kept: dict[str, list[Kept]] = field(default_factory=dict)
    """By the id of the collection."""
    asked: list[tuple[Viewer, str, Query, What, str]] = field(default_factory=list)
    statuses: dict[tuple[str, str, str], Posting] = field(default_factory=dict)
    failing: str = ""
    """The code of the error that every page raises."""
    broken: bool = False
    """Every page fails in a way that nobody foresaw."""
    closed: bool = False
    now: int = read_moment("2024-03-01T00:00:00Z")

    async def page(
        self, viewer: Viewer, collection: Collection, query: Query, what: What, *, after: bytes = b"", only: str = ""
    ) -> Slice:
        self.asked.append((viewer, collection.id, query, what, only))
        if self.failing:
            raise SourceError("the upstream said: secret", code=self.failing)
        if self.broken:
            raise RuntimeError("secret")
        everything = [one for one in self.kept.get(collection.id, []) if only in {"", one.id}]
        seen = [one for one in everything if viewer.partner is None or not one.held]
        chosen = sorted(_chosen(seen, query), key=lambda one: one.added)
        begin = int(after) if after else 0
        part = chosen[begin : begin + query.limit]
        items = [one.item if what is What.OBJECTS else replace(one.item, body=b"") for one in part]
        more = begin + query.limit < len(chosen)
        decided = [
            Decided(one.id, one.version, "", "withhold" if one.held else "permit", ("marks",)) for one in everything
        ]
        place = str(begin + query.limit).encode() if more else b""
        return Slice(items, more, place, bool(seen), decided, {"facts": "digest"})

    async def post(self, viewer: Viewer, root: str, collection: Collection, objects: Sequence[bytes]) -> Posting:
        good, bad = [], []
        for raw in objects:
            held: Mapping[str, Any] = json.loads(raw)
            version = str(held.get("modified") or held.get("created") or write_moment(self.now))
            if held["type"] == "malware":
                bad.append((held["id"], version, "not today"))
                continue
            good.append((held["id"], version))
            one = Kept(held["id"], held["type"], write_moment(read_moment(version)), self.now, raw)
            self.kept.setdefault(collection.id, []).append(one)
            self.now += 1
        posting = Posting(str(uuid.uuid4()), "complete", self.now, tuple(good), tuple(bad))
        self.statuses[viewer.user, root, posting.id] = posting
        return posting

    async def status(self, viewer: Viewer, root: str, posting: str) -> Posting | None:
        return self.statuses.get((viewer.user, root, posting))

    async def delete(self, viewer: Viewer, collection: Collection, query: Query, only: str) -> Deletion:
        seen = [
            one
            for one in self.kept.get(collection.id, [])
            if one.id == only and (viewer.partner is None or not one.held)
        ]
        gone = [one for one in _of_versions(seen, query.versions) if one.spec in (query.spec_versions or {one.spec})]
        self.kept[collection.id] = [one for one in self.kept.get(collection.id, []) if one not in gone]
        return Deletion(bool(seen), tuple((one.id, one.version) for one in gone))

    async def close(self) -> None:
        self.closed = True


def _chosen(kept: Sequence[Kept], query: Query) -> Iterator[Kept]:
    chosen = [one for one in kept if query.added_after is None or one.added > query.added_after]
    chosen = [one for one in chosen if one.id in (query.ids or {one.id}) and one.type in (query.types or {one.type})]
    if query.spec_versions:
        chosen = [one for one in chosen if one.spec in query.spec_versions]
    else:
        latest = {one.id: max(other.spec for other in chosen if other.id == one.id) for one in chosen}
        chosen = [one for one in chosen if one.spec == latest[one.id]]
    return _of_versions(chosen, query.versions)


def _of_versions(kept: Sequence[Kept], versions: frozenset[str]) -> Iterator[Kept]:
    for one in kept:
        of_it = [other.version for other in kept if other.id == one.id]
        named = {"all": one.version, "first": min(of_it), "last": max(of_it)}
        if any(named.get(version, version) == one.version for version in versions):
            yield one


@dataclass
class Recorded:
    """The audit log of a test."""

    entries: list[Page | Event] = field(default_factory=list)
    failing: bool = False

    def __call__(self, entry: Page | Event) -> None:
        if self.failing:
            raise OSError("the disk is full of secrets")
        self.entries.append(entry)


@contextmanager
def running(app: App, settings: Config) -> Iterator[Serving]:
    """Run a server in a thread, on a port that is free."""
    serving = prepare(app, settings, port=0)
    thread = threading.Thread(target=serving.run)
    thread.start()
    try:
        yield serving
    finally:
        serving.stop()
        thread.join()


def asked(app: App, method: str, path: str, **request: Any) -> httpx.Response:
    """Return the answer of an application that no server stands before."""

    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://taxii.example") as client:
            return await client.request(method, path, **request)

    return asyncio.run(ask())


@contextmanager
def served(source: MemorySource, record: Recorded, settings: Config | None = None, **options: Any) -> Iterator[str]:
    """Serve a source; yield the address without a path."""
    settings = settings or config()
    with running(build_app(settings, source, record=record, secret=SECRET, **options), settings) as serving:
        yield serving.address.removesuffix("/taxii2/")
