"""Turns a workspace into a source of objects that answers each partner from its own view.

* What an answer to a partner is read from holds nothing that is withheld, so no page, count or date can tell of it.
* A view is brought in step when its partner asks; no partner is answered under a state of the record that is past.
* Whatever was acknowledged is on the disk.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from telvet.errors import SourceError
from telvet.sharing.releasing.gate import Gate, Gates
from telvet.sharing.store.adding import add
from telvet.sharing.store.changes import Seen, micros
from telvet.sharing.store.connecting import Connected, connected
from telvet.sharing.store.incoming import Incoming, Refused, read_incoming
from telvet.sharing.store.keeping import Keeper
from telvet.sharing.store.paging import page_of_all, page_of_view, place_of
from telvet.sharing.store.postings import posting_of, write_posting
from telvet.sharing.store.removing import remove
from telvet.sharing.store.views import QueueUp, Readable, Record, Views
from telvet.sharing.taxii.source import Collection, Deletion, Posting, Query, Slice, Source, Viewer, What

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["Store", "open_store"]

_PATIENCE = 10.0
_ATTEMPTS = 5


@dataclass(frozen=True)
class Store(Source):
    """Objects in a database."""

    connected: Connected
    views: Views
    keeper: Keeper | None = None

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
            SourceError: With the code `source-busy`, the database cannot answer now; `source-failed`, it is damaged;
                `place-lost`, `after` is no place.
        """
        if after:
            place_of(after)
        if viewer.partner is None:
            asked = partial(page_of_all, collection=collection.id, query=query, what=what, after=after, only=only)
            return await asyncio.to_thread(self.connected.read, asked)
        shown = partial(
            page_of_view,
            partner=viewer.partner,
            collection=collection.id,
            query=query,
            what=what,
            after=after,
            only=only,
        )
        return await asyncio.to_thread(self._in_step, viewer.partner, shown)

    async def post(self, viewer: Viewer, root: str, collection: Collection, objects: Sequence[bytes]) -> Posting:
        """Take objects in, durably when it returns; each is the JSON of one object as it came.

        Raises:
            SourceError: The database cannot take them; then none was taken.
        """
        posting = await asyncio.to_thread(self._post, viewer, root, collection.id, objects)
        self._changed()
        return posting

    async def status(self, viewer: Viewer, root: str, posting: str) -> Posting | None:
        """Return the state of a request that this viewer made at an API root; None for any other."""
        return await asyncio.to_thread(self.connected.read, partial(posting_of, viewer=viewer, root=root, name=posting))

    async def delete(self, viewer: Viewer, collection: Collection, query: Query, only: str) -> Deletion:
        """Delete the versions of an object that the query names (all without one), as far as the viewer sees them."""
        deletion = await asyncio.to_thread(self._delete, viewer, collection.id, query, only)
        self._changed()
        return deletion

    async def close(self) -> None:
        """Let go of every connection."""
        if self.keeper is not None:
            await asyncio.to_thread(self.keeper.stop)
        await asyncio.to_thread(self.connected.close)

    def _changed(self) -> None:
        if self.keeper is not None:
            self.keeper.nudge()

    def _in_step(self, partner: str, shown: Callable[[Connection], Slice]) -> Slice:
        """Answer a partner from its view as soon as that is in step."""
        enough: Seen | None = None
        for _ in range(_ATTEMPTS):
            gate = self.views.gates.gate(partner)
            found = self.connected.read(partial(self._shown, gate, enough, shown))
            if found is not None:
                return found
            enough = self.views.sync(partner)
        raise SourceError(
            "what is on record changes faster than the view of this partner can be decided",
            code="source-busy",
            where=self.connected.where,
            why="a partner is never answered from what was decided before",
            fix="ask again later",
        )

    def _shown(
        self, gate: Gate, enough: Seen | None, shown: Callable[[Connection], Slice], connection: Connection
    ) -> Slice | None:
        if not self.views.current(connection, gate, enough):
            return None
        page = shown(connection)
        return Slice(page.items, page.more, page.place, page.found, page.decided, gate.about)

    def _post(self, viewer: Viewer, root: str, collection: str, objects: Sequence[bytes]) -> Posting:
        batch = [read_incoming(raw) for raw in objects]
        name = str(uuid4())
        return self.connected.write(partial(self._added, viewer, root, collection, batch, name))

    def _added(
        self,
        viewer: Viewer,
        root: str,
        collection: str,
        batch: Sequence[Incoming | Refused],
        name: str,
        connection: Connection,
    ) -> Posting:
        now = micros(self.views.clock())
        taken = add(connection, collection, viewer.partner, batch, now)
        return write_posting(connection, viewer, root, taken, name, now)

    def _delete(self, viewer: Viewer, collection: str, query: Query, only: str) -> Deletion:
        if viewer.partner is not None:
            self.views.sync(viewer.partner)
        asked = partial(remove, collection=collection, partner=viewer.partner, query=query, only=only)
        return self.connected.write(asked)


def open_store(  # noqa: PLR0913 - what a store is made of, each named by the caller
    place: Path | str,
    *,
    readable: Readable,
    gates: Gates,
    record: Record,
    queue_up: QueueUp,
    clock: Callable[[], datetime],
    older_versions: bool = False,
    patience: float = _PATIENCE,
    keep: Sequence[str] = (),
) -> Store:
    """Open the store of a workspace, which is made where there is none.

    Args:
        place: The workspace's folder, or an address such as `postgresql+psycopg://user@host/database`.
        readable: Returns the collections that the users of a partner may read.
        gates: Makes the gate of a partner as of now.
        record: Puts decisions on the record, durably; in pages of at most 1,000.
        queue_up: Takes what waits for a person; it may be told of the same again, and must not be called back from.
        clock: Returns now, with a zone.
        older_versions: Serve older versions of an object to a partner where the newest stays.
        patience: For how many seconds to wait for another writer.
        keep: The partners whose views are brought in step before they ask, until the store is closed.

    Raises:
        WorkspaceError: The workspace is damaged, foreign, locked, or of a newer telvet.
    """
    database = connected(place, patience=patience)
    views = Views(database, gates, readable, record, queue_up, clock, older_versions)
    if not keep:
        return Store(database, views)
    keeper = Keeper(views.sync, keep)
    keeper.start()
    return Store(database, views, keeper)
