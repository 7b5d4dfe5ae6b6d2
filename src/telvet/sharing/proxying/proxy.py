"""Turns a server of TAXII 2.1 into a source of what each partner may see of it, decided on the bytes of each page.

* Whoever may not see an object sees no trace of it: not in the length of a page, nor its dates, nor what it says of the next one.
* A page that the server cannot tell whole is an error; it is never served in part, and never guessed at.
* Nothing lasts here: a place and the id of a request say all that is needed to ask the server again.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from telvet.model.release import Outcome
from telvet.sharing.objects.thing import Thing
from telvet.sharing.proxying.asking import Asked, is_id
from telvet.sharing.proxying.decisions import Decisions
from telvet.sharing.proxying.derivations import Derivations
from telvet.sharing.proxying.gathering import Gathered, judged_as
from telvet.sharing.proxying.hearing import heard, passed_on
from telvet.sharing.proxying.pages import Pages
from telvet.sharing.proxying.places import lost, read_place
from telvet.sharing.proxying.posting import Poster
from telvet.sharing.proxying.sealing import Seal
from telvet.sharing.proxying.settings import UpstreamSettings
from telvet.sharing.proxying.targets import Targets
from telvet.sharing.proxying.upstream import Upstream, at_steps, tallied, within
from telvet.sharing.proxying.viewing import View
from telvet.sharing.proxying.walking import walk
from telvet.sharing.proxying.witnesses import Witnesses
from telvet.sharing.releasing.gate import Gates
from telvet.sharing.taxii.source import Collection, Deletion, Posting, Query, Slice, Viewer, What

__all__ = ["Proxy", "QueueUp", "Readable", "open_proxy"]

_T = TypeVar("_T")
Readable = Callable[[str], Sequence[Collection]]
"""Returns the collections that a partner may read."""
QueueUp = Callable[[str, list[tuple[Thing, Collection, Outcome]]], None]
"""Takes what a person is to look at before it goes to a partner."""
_LEAST = 250
"""The server is asked for so many objects at once, at least."""
_EVERY = frozenset({"all"})
_STEP = 0.1
_ANY = frozenset({f"indicator--{UUID(int=0)}"})
"""What is asked for in the place of ids that the sender need not have."""
_LEAST_ASKED, _ASKED_BY_PLACE = 4, 3
"""How often the server is asked about single objects, at least: this, and for each collection that the partner may read that."""
_PAGES_SECONDS = 15.0
"""How long a page of the server is kept, at most: until our next page, which begins in it."""


@dataclass(frozen=True)
class Proxy:
    """The views of a server; implements `Source`, within one event loop."""

    upstream: Upstream
    readable: Readable
    gates: Gates
    pages: Pages
    targets: Targets
    witnesses: Witnesses
    derivations: Derivations
    decisions: Decisions
    poster: Poster
    queue_up: QueueUp | None = None
    collections: Sequence[Collection] = ()
    step_seconds: float = _STEP

    async def page(
        self, viewer: Viewer, collection: Collection, query: Query, what: What, *, after: bytes = b"", only: str = ""
    ) -> Slice:
        """Return one page; see `Source`."""
        work = self._page(viewer, collection, query, what, after=after, only=only)
        return await self._answered(viewer, work, collection, query.ids | ({only} if only else set()))

    async def post(self, viewer: Viewer, root: str, collection: Collection, objects: Sequence[bytes]) -> Posting:
        """Pass objects on; see `Source`."""
        return await self._answered(viewer, self._post(viewer, root, collection, objects), collection, _ANY)

    async def status(self, viewer: Viewer, root: str, posting: str) -> Posting | None:
        """Return the state of a request that was passed on; see `Source`."""
        return await self._answered(viewer, self._status(viewer, root, posting))

    async def delete(self, viewer: Viewer, collection: Collection, query: Query, only: str) -> Deletion:
        """Have versions of an object deleted that the viewer sees; see `Source`."""
        if not is_id(only):
            return Deletion(found=False)
        return await self._answered(viewer, self._delete(viewer, collection, query, only), collection, {only})

    async def close(self) -> None:
        """Let go of the server."""
        await self.upstream.close()

    async def _answered(
        self, viewer: Viewer, work: Awaitable[_T], collection: Collection | None = None, ids: Iterable[str] = ()
    ) -> _T:
        """Do something in time.

        A partner has the answer at the end of a step, whatever it took; but for a page of a collection, which takes as long as
        what it reads. Where it is about the ids of some objects, the server is asked one of a few numbers of times: for what
        cannot be there until that is reached.
        """
        if viewer.partner is None:
            return await within(self.upstream.settings.page_seconds, work)
        about = sorted(ids)
        if collection is not None and (name := next(filter(is_id, about), "")):
            work = self._evened(work, collection, name.partition("--")[0], len(self.readable(viewer.partner)))
        step = self.step_seconds if about or collection is None else 0
        return await at_steps(step, within(self.upstream.settings.page_seconds, work))

    async def _evened(self, work: Awaitable[_T], collection: Collection, kind: str, places: int) -> _T:
        with tallied() as tally:
            found = await work
            most = _LEAST_ASKED + _ASKED_BY_PLACE * places
            while most < tally.sent:
                most *= 2
            while tally.sent < most:
                await self.targets.made_up(collection, kind)
        return found

    async def _post(self, viewer: Viewer, root: str, collection: Collection, objects: Sequence[bytes]) -> Posting:
        view = self._view(viewer)
        if view is not None:
            await view.prepare()
            objects = await passed_on(view, collection, objects)
        posting = await self.poster.post(viewer, root, collection, objects)
        self._forget(collection, [name for name, *_ in (*posting.successes, *posting.failures, *posting.pendings)])
        return posting if view is None else await heard(view, posting)

    async def _status(self, viewer: Viewer, root: str, name: str) -> Posting | None:
        view = self._view(viewer)
        others = () if view is None else view.readable
        posting = await self.poster.status(viewer, root, name, (*self.collections, *others))
        if posting is None or view is None:
            return posting
        await view.prepare()
        return await heard(view, posting)

    async def _page(
        self, viewer: Viewer, collection: Collection, query: Query, what: What, *, after: bytes, only: str
    ) -> Slice:
        asked = Asked.by(collection, query, only, every_version=what is What.VERSIONS)
        if asked.nothing or (only and not is_id(only)):
            return Slice(found=not only)
        place = read_place(after) if after else None
        if place is not None and place.added <= (-1 if query.added_after is None else query.added_after):
            raise lost()
        view = self._view(viewer)
        if view is not None:
            await view.prepare()
        gathered = Gathered(query.limit, bodies=what is What.OBJECTS)
        newest = await self.targets.versions(collection, [only]) if only else {}
        limit = min(max(query.limit, _LEAST), self.upstream.settings.page)
        async with aclosing(walk(self.pages, asked, limit, place)) as steps:
            async for step in steps:
                if await gathered.add(step, asked, view):
                    break
        found = bool(newest) if only else True
        if newest and view is not None:
            found = await self._known(gathered, collection, newest[only][0], view)
        if self.queue_up is not None and viewer.partner is not None and gathered.referred:
            self.queue_up(viewer.partner, gathered.referred)
        return gathered.slice(view, found=found)

    async def _known(self, gathered: Gathered, collection: Collection, newest: Thing, view: View) -> bool:
        """Tell whether a partner may know of an object at all: whether its newest version goes."""
        judged = gathered.judged.get(newest.digest)
        if judged is None:
            [judged] = await view.judged(collection, [newest], newest=True)
        told, body = judged_as(judged, view)
        if (told.object, told.version) not in {(each.object, each.version) for each in gathered.decided}:
            gathered.decided.append(told)
        return body is not None

    async def _delete(self, viewer: Viewer, collection: Collection, query: Query, only: str) -> Deletion:
        """Look what there is, name it to the server version by version, and tell what that was."""
        versions = query.versions or _EVERY
        seen: list[tuple[str, str]] = []
        after, more, found = b"", True, False
        while more:
            wanted = Query(spec_versions=query.spec_versions, versions=versions, limit=self.upstream.settings.page)
            page = await self._page(viewer, collection, wanted, What.OBJECTS, after=after, only=only)
            seen += [(each.id, each.version) for each in page.items]
            after, more, found = page.place, page.more, page.found
        if not seen:
            return Deletion(found)
        chosen = versions if viewer.partner is None else frozenset(version for _, version in seen)
        deleted = await self.poster.delete(collection, only, chosen, query.spec_versions)
        self._forget(collection, [only])
        return Deletion(deleted, tuple(seen) if deleted else ())

    def _view(self, viewer: Viewer) -> View | None:
        if viewer.partner is None:
            return None
        gate = self.gates.gate(viewer.partner)
        return View(gate, self.readable(viewer.partner), self.targets, self.witnesses, self.derivations, self.decisions)

    def _forget(self, collection: Collection, ids: Sequence[str]) -> None:
        self.targets.forget(collection, ids)
        self.pages.forget(collection.upstream or "")


def open_proxy(
    *,
    readable: Readable,
    gates: Gates,
    upstream: UpstreamSettings,
    queue_up: QueueUp | None = None,
    cache_seconds: float = 60.0,
    key: bytes | None = None,
    collections: Sequence[Collection] = (),
    step_seconds: float = _STEP,
) -> Proxy:
    """Open a proxy; the server is not asked yet.

    Args:
        readable: The collections that a partner may read; each has an `upstream`.
        gates: Decide.
        upstream: How the server is asked.
        queue_up: Takes what a person is to look at.
        cache_seconds: How long an object that something refers to is kept, and a decision in one state of the record.
        key: 32 bytes that seal ids of requests; without it, such an id is good for this process alone.
        collections: All of them, to find the state of a request that was passed on before this process began.
        step_seconds: Answers to partners, but for pages of a collection, come at multiples of this after they asked; 0 is at once.

    Raises:
        SharingError: The settings cannot serve, or a file of theirs cannot be read.
    """
    server, poster_seal = Upstream(upstream), Seal(key or secrets.token_bytes(32))
    pages = Pages(server, min(cache_seconds, _PAGES_SECONDS))
    witnesses = Witnesses(pages, upstream.page, cache_seconds)
    derivations = Derivations(pages, upstream.page, cache_seconds)
    kept = Targets(server, cache_seconds), witnesses, derivations, Decisions(cache_seconds)
    return Proxy(
        server, readable, gates, pages, *kept, Poster(server, poster_seal), queue_up, collections, step_seconds
    )
