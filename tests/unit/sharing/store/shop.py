"""A small store to test with: objects made from a few words, and a gate that does what each object says."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from telvet.model.release import Outcome
from telvet.model.sharing import Decision, Effect, Obligation, Reason
from telvet.sharing.audit.records import Page
from telvet.sharing.deciding.closure import close
from telvet.sharing.objects.references import references
from telvet.sharing.objects.thing import Thing
from telvet.sharing.recorded.known import Known
from telvet.sharing.releasing.gate import Gate, Offered, Rules
from telvet.sharing.releasing.gates import shipped_rules
from telvet.sharing.releasing.naming import named
from telvet.sharing.store.store import Store, open_store
from telvet.sharing.taxii.source import Collection, Deletion, Posting, Query, Slice, Viewer, What

NOON = datetime(2024, 1, 15, 12, tzinfo=UTC)
ONE, TWO = Collection("c-1", "One", alias="one"), Collection("c-2", "Two", purpose="defence")
STAFF, PARTNER = Viewer("ana", None), Viewer("bo", "p-1")
ALL = frozenset({"all"})

rules = cache(shipped_rules)


def name_of(number: int, kind: str = "indicator") -> str:
    return f"{kind}--{UUID(int=number, version=4)}"


def an_object(number: int, kind: str = "indicator", *, day: int | None = 1, **held: Any) -> bytes:
    """Return the bytes of an object; `day` makes its version, None an object without one."""
    moment = None if day is None else f"2023-01-{day:02}T00:00:00.000Z"
    dates = {} if moment is None else {"created": "2023-01-01T00:00:00.000Z", "modified": moment}
    spec = held.pop("spec_version", "2.1")
    return json.dumps({"type": kind, "spec_version": spec, "id": name_of(number, kind), **dates, **held}).encode()


@dataclass(frozen=True)
class Saying(Gate):
    """A gate that does what `x_effect` of an object says, closed over references; without it, permits."""

    stays: frozenset[str] = frozenset()
    """The ids of what is withheld whatever it says."""
    told: list[AbstractSet[str] | None] = field(default_factory=list)
    """What it was told that the partner holds."""

    def outcomes(self, offered: Sequence[Offered], holding: AbstractSet[str] | None = frozenset()) -> list[Outcome]:
        """Return what becomes of each; what the partner holds is noted."""
        self.told.append(holding)
        decisions = [self._decision(each) for each in offered]
        names = named([each.thing for each in offered], decisions)
        held = {
            name: references(each.thing, self.rules.stix.required(each.thing.held))
            for name, each in zip(names, offered, strict=True)
        }
        closed = close(dict(zip(names, decisions, strict=True)), held)
        return [Outcome(closed[name], ("authority a",) if closed[name].effect.releases else ()) for name in names]

    def _decision(self, offered: Offered) -> Decision:
        held = offered.thing.held
        effect = Effect.WITHHOLD if offered.thing.id in self.stays else Effect(held.get("x_effect", "permit"))
        if held.get("x_only") and held["x_only"] not in offered.collections:
            effect = Effect.WITHHOLD
        gone = tuple(held.get("x_gone", ())) if effect is Effect.REDACT else ()
        reason = Reason("saying", effect, "it says so")
        obligations = (Obligation("saying", "handle it well"),)
        return Decision(effect, (reason,), obligations, redacted=gone, may_redact=held.get("x_may_redact", False))


@dataclass
class Shop:
    """A store, its clock, and what it told others."""

    place: Path | str
    readable: Mapping[str, Sequence[Collection]] = field(default_factory=lambda: {"p-1": (ONE, TWO), "p-2": (ONE,)})
    older_versions: bool = False
    patience: float = 5.0
    now: datetime = NOON
    stays: frozenset[str] = frozenset()
    epoch: str = "1"
    known: Known = field(default_factory=Known)
    pages: list[Page] = field(default_factory=list)
    queued: list[tuple[str, str, str, str]] = field(default_factory=list)
    """(partner, id, collection, effect)."""
    store: Store = field(init=False)

    def __post_init__(self) -> None:
        """Open the store."""
        self.store = open_store(
            self.place,
            readable=lambda partner: self.readable.get(partner, ()),
            gates=self,
            record=self.pages.append,
            queue_up=self._queue_up,
            clock=lambda: self.now,
            older_versions=self.older_versions,
            patience=self.patience,
        )

    def gate(self, partner: str) -> Gate:
        rule_books: Rules = rules()
        told = {"epoch": self.epoch}
        return Saying(
            partner, date(2024, 1, 15), self.known, rule_books, epoch=self.epoch, about=told, stays=self.stays
        )

    def later(self, **time: float) -> None:
        self.now += timedelta(**(time or {"seconds": 1}))

    def post(self, *objects: bytes, into: Collection = ONE, by: Viewer = STAFF) -> Posting:
        return asyncio.run(self.store.post(by, "root", into, objects))

    def page(
        self,
        viewer: Viewer = PARTNER,
        of: Collection = ONE,
        *,
        what: What = What.OBJECTS,
        after: bytes = b"",
        only: str = "",
        **query: Any,
    ) -> Slice:
        return asyncio.run(self.store.page(viewer, of, Query(**query), what, after=after, only=only))

    def delete(self, only: str, *, by: Viewer = STAFF, of: Collection = ONE, **query: Any) -> Deletion:
        return asyncio.run(self.store.delete(by, of, Query(**{"versions": ALL, **query}), only))

    def ids(self, viewer: Viewer = PARTNER, of: Collection = ONE, **query: Any) -> list[str]:
        return [item.id for item in self.page(viewer, of, **query).items]

    def close(self) -> None:
        asyncio.run(self.store.close())

    def _queue_up(self, partner: str, waiting: Sequence[tuple[Thing, Collection, Outcome]]) -> None:
        self.queued += [(partner, thing.id, each.id, outcome.effect.value) for thing, each, outcome in waiting]
