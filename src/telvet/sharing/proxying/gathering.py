"""Turns the server's pages into one page of ours: what the viewer may see, as many as asked for, and whether there is one more.

* The next page begins at the first object that may be seen and does not fit: what lies between shows in no page.
* What is decided is told for every object of the page, whether it goes or not, and for none of the next.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from telvet.model.release import Outcome
from telvet.model.sharing import Effect
from telvet.sharing.audit.records import Decided
from telvet.sharing.objects.redacting import redacted
from telvet.sharing.objects.thing import Thing
from telvet.sharing.objects.timestamps import microseconds, taxii_moment
from telvet.sharing.proxying.asking import Asked, media_type
from telvet.sharing.proxying.decisions import Judged
from telvet.sharing.proxying.pages import Dated
from telvet.sharing.proxying.places import Place, write_place
from telvet.sharing.proxying.viewing import View
from telvet.sharing.proxying.walking import Step
from telvet.sharing.releasing.filing import decided
from telvet.sharing.taxii.source import Collection, Item, Slice

__all__ = ["Gathered", "item", "judged_as"]

_LEAST = 250
"""How many objects are decided on at once, at least."""
_WITHHELD = Effect.WITHHOLD.value


@dataclass
class Gathered:
    """What was gathered for one page."""

    limit: int
    bodies: bool
    """Whether the bodies of objects go out, or only what a manifest says."""
    items: list[Item] = field(default_factory=list)
    decided: list[Decided] = field(default_factory=list)
    referred: list[tuple[Thing, Collection, Outcome]] = field(default_factory=list)
    judged: dict[str, Judged] = field(default_factory=dict)
    """What becomes of each object that was taken, by its digest."""
    place: bytes = b""
    _digests: set[str] = field(default_factory=set)

    async def add(self, step: Step, asked: Asked, view: View | None) -> bool:
        """Add what may be seen of a page of the server; return whether the page of ours is full and has a next one.

        Raises:
            SourceError: The server cannot tell what a decision rests on.
        """
        if view is not None and step.begin == 0:
            self.decided += [Decided(one.id, "", one.digest, _WITHHELD, ("unreadable",)) for one in step.page.aside]
        for chunk in self._chunks(step.page.items[step.begin :]):
            things = [each.thing for each in chunk]
            if view is None:
                judged: Sequence[Judged | None] = [None] * len(chunk)
            else:
                judged = await view.judged(asked.collection, things, newest=asked.newest)
            for dated, one in zip(chunk, judged, strict=True):
                if self._full(dated, one):
                    self.place = write_place(Place(step.position, dated.added, dated.thing.digest))
                    return True
                self._take(dated, one, asked, view)
        return False

    def slice(self, view: View | None, *, found: bool) -> Slice:
        """Return the page."""
        about = {} if view is None else dict(view.gate.about)
        return Slice(tuple(self.items), bool(self.place), self.place, found, tuple(self.decided), about)

    def _chunks(self, items: Sequence[Dated]) -> Iterator[Sequence[Dated]]:
        """Return the objects, no more at once than are likely to be needed."""
        begin, size = 0, _LEAST
        while begin < len(items):
            size = max(size, self.limit - len(self.items) + 1)
            yield items[begin : begin + size]
            begin += size
            size *= 2

    def _full(self, dated: Dated, one: Judged | None) -> bool:
        seen = one is None or one.seen
        return seen and len(self.items) >= self.limit and dated.thing.digest not in self._digests

    def _take(self, dated: Dated, one: Judged | None, asked: Asked, view: View | None) -> None:
        if dated.thing.digest in self._digests:
            return
        self._digests.add(dated.thing.digest)
        body: bytes | None = dated.thing.raw
        if one is not None and view is not None:
            self.judged[one.thing.digest] = one
            told, body = judged_as(one, view)
            self.decided.append(told)
            if one.outcome.effect is Effect.REFER:
                self.referred.append((one.thing, asked.collection, one.outcome))
        if body is not None:
            self.items.append(item(dated, body if self.bodies else b""))


def item(dated: Dated, body: bytes) -> Item:
    """Return one version of an object as a page has it."""
    version = microseconds(dated.thing.version)
    written = taxii_moment(dated.added if version is None else version)
    return Item(dated.thing.id, written, dated.added, media_type(dated.thing), body)


def judged_as(one: Judged, view: View) -> tuple[Decided, bytes | None]:
    """Return what the log keeps of a decision, and the bytes that go out, if any do."""
    thing, outcome = one.thing, one.outcome
    if not one.seen:
        told = decided(thing, outcome)
        return (
            (replace(told, effect=_WITHHELD, reasons=("newest",), obligations=()), None)
            if outcome.effect.releases
            else (told, None)
        )
    if outcome.effect is Effect.PERMIT:
        return decided(thing, outcome), thing.raw
    try:
        body = redacted(thing, outcome.decision.redacted, view.gate.rules.stix)
    except ValueError:  # a part that may not be missing: then it stays
        return replace(decided(thing, outcome), effect=_WITHHELD, reasons=("parts",), obligations=()), None
    return decided(thing, outcome, hashlib.sha256(body).hexdigest()), body
