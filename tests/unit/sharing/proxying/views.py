"""Objects, a gate whose decisions stand in the objects themselves, and a proxy before a server of this machine."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from telvet.model.release import Outcome
from telvet.model.sharing import Decision, Effect, Reason
from telvet.sharing.objects.references import references
from telvet.sharing.objects.thing import Thing
from telvet.sharing.proxying.proxy import Proxy, open_proxy
from telvet.sharing.proxying.settings import UpstreamSettings
from telvet.sharing.recorded.known import Known
from telvet.sharing.releasing.gate import Gate, Offered
from telvet.sharing.releasing.gates import shipped_rules
from telvet.sharing.taxii.source import Collection, Item, Query, Viewer, What
from tests.simulators.taxii_upstream import Taxii

T = TypeVar("T")
PARTNER = Viewer("reader", "partner-a")
STAFF = Viewer("ana", None)
OUT = ("permit", "redact")
rules = cache(shipped_rules)


def name(kind: str, number: int) -> str:
    return f"{kind}--{UUID(int=number)}"


def stix(
    number: int, mark: str = "permit", *, kind: str = "indicator", version: int = 0, **more: Any
) -> dict[str, Any]:
    """Return an object; what the gate decides stands in `x_mark`."""
    moment = f"2021-01-01T00:00:{version:02d}.000Z"
    held = {"type": kind, "id": name(kind, number), "spec_version": "2.1", "created": "2021-01-01T00:00:00.000Z"}
    return {**held, "modified": moment, "x_mark": mark, **more}


def newest(things: Sequence[Thing]) -> dict[str, Thing]:
    found: dict[str, Thing] = {}
    for thing in things:
        if thing.id not in found or thing.version > found[thing.id].version:
            found[thing.id] = thing
    return found


@dataclass(frozen=True)
class MarkedGate(Gate):
    """Decides by `x_mark`, closed over references as far as they are among what is offered."""

    calls: list[int] = field(default_factory=list)
    lenient: bool = False
    """Lets marking definitions go whatever they mark."""

    def outcomes(self, offered: Sequence[Offered], holding: AbstractSet[str] | None = frozenset()) -> list[Outcome]:
        assert holding is None, "a page is not all that may go"
        things = [each.thing for each in offered]
        self.calls.append(len(things))
        effects = [Effect(thing.held.get("x_mark", "withhold")) for thing in things]
        places = {id(thing): place for place, thing in enumerate(things)}
        by_id = {one: places[id(thing)] for one, thing in newest(things).items()}
        changed = True
        while changed:
            changed = False
            for place, thing in enumerate(things):
                for each in references(thing):
                    there = by_id.get(each.target)
                    gone = (Effect.PERMIT if each.marking else Effect.REFER) if there is None else effects[there]
                    if not gone.releases and effects[place].rank < gone.rank:
                        effects[place], changed = gone, True
        marked = {
            each.target
            for thing, effect in zip(things, effects, strict=True)
            if effect.releases
            for each in references(thing)
        }
        return [
            self._as_marked(thing, effect, self.lenient or thing.id in marked)
            for thing, effect in zip(things, effects, strict=True)
        ]

    @staticmethod
    def _as_marked(thing: Thing, effect: Effect, marks: bool) -> Outcome:
        rule = "test"
        if thing.type == "marking-definition":
            rule, effect = ("marking", Effect.WITHHOLD) if effect.releases and not marks else (rule, effect)
            return Outcome(Decision(effect, (Reason(rule, effect, "as marked"),)))
        redacted = ("x_note",) if effect is Effect.REDACT else ()
        return Outcome(
            Decision(effect, (Reason(rule, effect, "as marked"),), redacted=redacted),
            ("authority A",) * effect.releases,
        )


@dataclass
class MarkedGates:
    made: MarkedGate = field(
        default_factory=lambda: MarkedGate(
            "partner-a", date(2024, 1, 1), Known(), rules(), epoch="e1", about={"facts": "f"}
        )
    )

    def gate(self, partner: str) -> Gate:
        assert partner == "partner-a"
        return self.made


def collection(server: Taxii, shelf: str) -> Collection:
    return Collection(shelf, shelf, upstream=server.address(shelf))


@asynccontextmanager
async def proxy(server: Taxii, **settings: Any) -> AsyncIterator[Proxy]:
    more = {
        each: settings.pop(each)
        for each in ("queue_up", "cache_seconds", "key", "gates", "collections", "readable", "step_seconds")
        if each in settings
    }
    opened = open_proxy(
        upstream=UpstreamSettings(server.origin, **{"seconds": 5, **settings}),
        **{
            "step_seconds": 0,
            "gates": MarkedGates(),
            "readable": lambda _: [collection(server, each) for each in server.shelves],
            **more,
        },
    )
    try:
        yield opened
    finally:
        await opened.close()


def run(server: Taxii, work: Callable[[Proxy], Awaitable[T]], **settings: Any) -> T:
    """Do something with a proxy."""

    async def whole() -> T:
        async with proxy(server, **settings) as opened:
            return await work(opened)

    return asyncio.run(whole())


async def all_items(
    opened: Proxy,
    place: Collection,
    query: Query,
    viewer: Viewer = PARTNER,
    what: What = What.OBJECTS,
    *,
    most: int = 200,
) -> list[Item]:
    """Read page after page to the end, and see that each has the form of a page."""
    found: list[Item] = []
    after = b""
    for _ in range(most):
        page = await opened.page(viewer, place, query, what, after=after)
        assert len(page.items) <= query.limit
        assert page.more is bool(page.place)
        assert page.items or not page.more
        found += page.items
        if not page.more:
            return found
        after = page.place
    message = "no end of pages"
    raise AssertionError(message)


def seen(objects: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the ids of the objects that go by themselves, in their order."""
    return [held["id"] for held in objects if held["x_mark"] in OUT]
