"""Turns a record that a test may change at any time into a TAXII server with its own store and audit log, and a proxy before it.

* Both are real servers on loopback; the proxy asks the server as our own staff. They live as long as the tests of a module.
* Each example takes a fresh place: a partner with two collections that nobody used before.
* What a partner ought to see is worked out beside the servers, from the objects that were sent and the gate alone.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import event

from telvet.model.release import Outcome
from telvet.model.sharing import LawAnswer
from telvet.sharing.audit.file_storage import FileStorage
from telvet.sharing.audit.keys import Signer, new_signer
from telvet.sharing.audit.log import AuditLog
from telvet.sharing.audit.records import Event, Page
from telvet.sharing.objects.reading import read_object
from telvet.sharing.objects.redacting import redacted
from telvet.sharing.objects.thing import Thing
from telvet.sharing.proxying.proxy import open_proxy
from telvet.sharing.proxying.settings import UpstreamSettings
from telvet.sharing.recorded.known import Known
from telvet.sharing.releasing.gate import Gate, Offered
from telvet.sharing.releasing.gates import RecordedGates
from telvet.sharing.releasing.receivable import receivable
from telvet.sharing.store.store import Store, open_store
from telvet.sharing.taxii.app import App, build_app
from telvet.sharing.taxii.config import Bounds, Config, Root, User
from telvet.sharing.taxii.source import Collection, Source, Viewer
from telvet.sharing.taxii.tokens import token_hash
from tests.served.worlds import DAY, PURPOSE, Facts, Record, on_record
from tests.simulators.taxii import TAXII, running

__all__ = ["STAFF", "Answered", "Desk", "Place", "opened", "signer"]

STAFF = "ann"
_SECRET = bytes(range(32))
_MOST_PAGES = 200
_BOUNDS = Bounds(tick_ms=0, default_page=100, most_page=1000)


def signer() -> Signer:
    """Return a key that signs, the same each time."""
    return new_signer("example.org/desk", bytes)


@dataclass(frozen=True)
class Answered:
    """An answer, without what differs between any two."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @classmethod
    def of(cls, answer: httpx.Response) -> Answered:
        kept = {name: text for name, text in answer.headers.items() if name not in {"date", "x-request-id"}}
        return cls(answer.status_code, kept, answer.content)

    @property
    def told(self) -> Any:
        return json.loads(self.body) if self.body else {}

    @property
    def objects(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.told.get("objects", [])
        return found

    @property
    def everything(self) -> bytes:
        """Return all bytes of it."""
        return b"\n".join([*(f"{name}: {text}".encode() for name, text in self.headers.items()), self.body])

    @property
    def plain(self) -> tuple[int, tuple[tuple[str, str], ...], Any]:
        """Return what must be alike where nothing may be told apart."""
        told = self.told
        if isinstance(told, dict):
            told = {name: value for name, value in told.items() if name != "error_id"}
        return self.status, tuple(sorted(self.headers.items())), told


@dataclass(frozen=True)
class Seen:
    """One version of an object that a partner ought to see."""

    record: Record
    shelf: int
    body: bytes


@dataclass(frozen=True)
class Place:
    """A partner, its two collections, and both servers."""

    desk: Desk = field(repr=False)
    seed: int
    partner: str
    collections: tuple[Collection, Collection]
    sent: list[Record] = field(default_factory=list)

    @property
    def user(self) -> str:
        return self.partner

    def set(self, told: Facts) -> None:
        """Put facts on record, in place of all others."""
        self.desk.put(*on_record(told, self.partner, self.seed))

    def post(self, records: Sequence[Record], *, by: str = STAFF, origin: str = "") -> list[httpx.Response]:
        """Send objects to the server, those of each collection together."""
        answers = []
        for shelf, _ in enumerate(self.collections):
            objects = [each.raw for each in records if each.sketch.shelf == shelf]
            if objects:
                answers.append(self.post_raw(objects, shelf, by=by, origin=origin))
                assert answers[-1].status_code == 202, answers[-1].text
        self.sent.extend(each for shelf in (0, 1) for each in records if each.sketch.shelf == shelf)
        return answers

    def post_raw(
        self, objects: Sequence[bytes], shelf: int = 0, *, by: str = STAFF, origin: str = ""
    ) -> httpx.Response:
        body = b'{"objects":[' + b",".join(objects) + b"]}"
        path = f"/api/collections/{self.collections[shelf].id}/objects/"
        headers = {**self.desk.headers(by), "Content-Type": TAXII}
        return self.desk.client.post((origin or self.desk.server) + path, content=body, headers=headers)

    def ask(
        self, path: str, origin: str = "", *, shelf: int = 0, by: str = "", method: str = "GET", **query: Any
    ) -> Answered:
        """Ask for what lies below a collection."""
        below = f"/api/collections/{self.collections[shelf].id}/{path}"
        return self.desk.ask(below, origin, by=by or self.user, method=method, **query)

    def walk(
        self, origin: str = "", path: str = "objects/", *, shelf: int = 0, by: str = "", **query: Any
    ) -> list[Answered]:
        """Return all pages."""
        pages = [self.ask(path, origin, shelf=shelf, by=by, **query)]
        while pages[-1].told.get("more"):
            assert len(pages) < _MOST_PAGES, "it does not end"
            pages.append(self.ask(path, origin, shelf=shelf, by=by, **query, next=pages[-1].told["next"]))
        return pages

    def outcomes(self, gate: Gate | None = None) -> list[tuple[Record, Thing, Outcome]]:
        """Return what becomes of everything that was sent, by the gate alone."""
        gate = gate or self.desk.gates.gate(self.partner)
        things = [read_object(each.raw) for each in self.sent]
        offered = [
            Offered(thing, frozenset({self.collections[each.sketch.shelf].id}), PURPOSE)
            for each, thing in zip(self.sent, things, strict=True)
        ]
        return list(zip(self.sent, things, gate.outcomes(offered), strict=True))

    def every(self) -> list[Seen]:
        """Return every version that the partner ought to see, in the order of sending."""
        found = self.outcomes()
        goes = [outcome.effect.releases for _, _, outcome in found]
        newest = {each.id: max(one.version for one, *_ in found if one.id == each.id) for each, *_ in found}
        stays = {
            each.id
            for (each, *_), leaves in zip(found, goes, strict=True)
            if not leaves and each.version == newest[each.id]
        }
        return [
            Seen(each, each.sketch.shelf, _body(thing, outcome, self.desk.gates))
            for (each, thing, outcome), leaves in zip(found, goes, strict=True)
            if leaves and each.id not in stays
        ]  # fmt: skip

    def newest(self, shelf: int = 0) -> list[Seen]:
        """Return what the partner ought to see in a collection where it asks for nothing special: of each object its last version."""
        here = [each for each in self.every() if each.shelf == shelf]
        return [
            each
            for each in here
            if each.record.version == max(one.record.version for one in here if one.record.id == each.record.id)
        ]


def _body(thing: Thing, outcome: Outcome, gates: RecordedGates) -> bytes:
    gone = outcome.decision.redacted
    return redacted(thing, gone, gates.rules.stix) if outcome.effect.value == "redact" else thing.raw


@dataclass(repr=False, eq=False)
class Desk:
    """The servers, and the record on which both decide."""

    folder: Path
    places: int = 3000
    known: Known = field(default_factory=Known)
    laws: frozenset[LawAnswer] = frozenset()
    day: date = DAY
    ahead: timedelta = timedelta()
    """How far the clock of the server is ahead."""
    broken: bool = False
    """Nothing can be recorded."""
    turn: int = 0
    statements: int = 0
    """How many statements the store has run."""
    requests: int = 0
    """How many requests the server has answered for the proxy."""
    queued: list[tuple[str, str]] = field(default_factory=list)
    entries: list[Page | Event] = field(default_factory=list)
    server: str = ""
    proxy: str = ""
    hasty: str = ""
    """A proxy that keeps nothing."""

    def _repr_pretty_(self, printer: Any, _cycle: object) -> None:
        """Show next to nothing beside what was drawn."""
        printer.text("desk")

    def __post_init__(self) -> None:
        """Begin the gates, the log and the counting of places."""
        self.gates = RecordedGates(
            lambda: self.turn,
            lambda: self.known,
            lambda: self.day,
            lambda partner, _: self.laws if partner else frozenset(),
        )
        self.client = httpx.Client(timeout=30)
        self._places = itertools.count(1)
        self.log = AuditLog.begin(FileStorage(self.folder / "audit"), signer(), at=self.now(), by="ana")
        self.store: Store

    @cached_property
    def partners(self) -> Mapping[str, tuple[Collection, Collection]]:
        return {
            f"p{number}": (
                Collection(f"00000000-0000-4000-8000-{number:012d}", f"One of {number}", purpose=PURPOSE),
                Collection(f"00000000-0000-4000-9000-{number:012d}", f"Two of {number}", purpose=PURPOSE),
            )
            for number in range(1, self.places + 1)
        }

    def config(self, upstream: str = "") -> Config:
        """Return what is served, to whom; for a proxy with the address of the server."""
        every = [each for pair in self.partners.values() for each in pair]
        if upstream:
            every = [replace(each, upstream=f"{upstream}/api/collections/{each.id}/") for each in every]
        ids = frozenset(each.id for each in every)
        users = [User(STAFF, None, ids, ids, (token_hash(f"token-of-{STAFF}"),))]
        for name, pair in self.partners.items():
            mine = frozenset(each.id for each in pair)
            users.append(User(name, name, mine, mine, (token_hash(f"token-of-{name}"),)))
        return Config("A desk", (Root("api", "A root", tuple(every)),), tuple(users), bounds=_BOUNDS)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def put(self, known: Known, laws: frozenset[LawAnswer] = frozenset()) -> None:
        """Put other facts on record."""
        self.turn += 1
        self.known, self.laws = replace(known, digest=str(self.turn)), laws

    def record(self, entry: Page | Event) -> None:
        if self.broken:
            raise OSError("no room for secrets")
        self.log.append(entry)
        self.entries.append(entry)

    def queue_up(self, partner: str, waits: Sequence[tuple[Thing, Collection, Outcome]]) -> None:
        self.queued += [(partner, thing.id) for thing, *_ in waits]

    def headers(self, by: str) -> dict[str, str]:
        return {"Accept": TAXII, "Authorization": f"Bearer token-of-{by}"}

    def ask(self, path: str, origin: str = "", *, by: str, method: str = "GET", **query: Any) -> Answered:
        """Ask for a path."""
        headers = self.headers(by)
        named = {name: str(value) for name, value in query.items() if value is not None}
        return Answered.of(self.client.request(method, (origin or self.server) + path, params=named, headers=headers))

    def place(self) -> Place:
        """Return a partner with two collections that nobody has used."""
        number = next(self._places)
        name = f"p{number}"
        return Place(self, number, name, self.partners[name])

    def app(self, config: Config, source: Source) -> App:
        def handling(viewer: Viewer) -> Mapping[str, Any]:
            return receivable(self.gates.gate(viewer.partner), {PURPOSE}) if viewer.partner else {}

        return build_app(config, source, record=self.record, secret=_SECRET, handling=handling, clock=self.now)

    def count(self, *_: object) -> None:
        self.statements += 1


def _counting(desk: Desk, app: App) -> App:
    """Count what the proxy asks the server."""
    token = f"Bearer token-of-{STAFF}".encode()

    async def counted(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and (b"x-test", b"yes") not in scope["headers"]:
            desk.requests += any(value == token for _, value in scope["headers"])
        await app(scope, receive, send)

    return counted  # type: ignore[return-value] # any application will do


@contextmanager
def opened(folder: Path, *, places: int = 3000, safe: bool = False) -> Iterator[Desk]:
    """Run both servers; unless `safe`, nobody pulls the plug on the database."""
    desk = Desk(folder, places)
    with ExitStack() as stack:
        stack.callback(desk.log.close)
        stack.callback(desk.client.close)
        workspace = folder / "w"
        workspace.mkdir()
        desk.store = open_store(
            workspace,
            readable=lambda partner: desk.partners.get(partner, ()),
            gates=desk.gates,
            record=desk.record,
            queue_up=desk.queue_up,
            clock=desk.now,
        )
        engine = desk.store.connected.engine
        event.listen(engine, "before_cursor_execute", desk.count)
        if not safe:
            event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous = OFF"))
            engine.dispose()
        config = desk.config()
        serving = stack.enter_context(running(_counting(desk, desk.app(config, desk.store)), config))
        desk.server = serving.address.removesuffix("/taxii2/")
        (folder / "token").write_text(f"token-of-{STAFF}")
        for name, seconds in (("proxy", 60.0), ("hasty", 0.0)):
            setattr(desk, name, stack.enter_context(_proxied(desk, seconds)))
        yield desk


@contextmanager
def _proxied(desk: Desk, seconds: float) -> Iterator[str]:
    config = desk.config(desk.server)
    by_id = {each.id: each for root in config.roots for each in root.collections}

    def readable(partner: str) -> Sequence[Collection]:
        return [by_id[each.id] for each in desk.partners.get(partner, ())]

    proxy = open_proxy(
        readable=readable,
        gates=desk.gates,
        upstream=UpstreamSettings(f"{desk.server}/taxii2/", token_file=desk.folder / "token"),
        queue_up=desk.queue_up,
        cache_seconds=seconds,
        key=_SECRET,
        step_seconds=0,
    )
    with running(desk.app(config, proxy), config) as serving:
        yield serving.address.removesuffix("/taxii2/")
