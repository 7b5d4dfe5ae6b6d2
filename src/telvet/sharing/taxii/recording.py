"""What goes out, or was done -> the audit log, before the client hears of it.

* No record, no answer: whatever goes wrong while it is kept, the client is asked to come again.
* It is kept in a thread of its own kind, so that a slow disk delays only who waits for it.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Mapping
from datetime import datetime

from telvet.sharing.audit.canonical import Json
from telvet.sharing.audit.records import Event, Page
from telvet.sharing.taxii.config import User
from telvet.sharing.taxii.refusals import busy
from telvet.sharing.taxii.source import Slice

__all__ = ["Record", "Recorder"]

Record = Callable[[Page | Event], None]


class Recorder:
    """Keeps the record of one server."""

    def __init__(self, record: Record, clock: Callable[[], datetime]) -> None:
        """Take what writes an entry durably, and what tells the time."""
        self._record, self._clock = record, clock

    async def page(self, user: User, request: str, part: Slice, about: Mapping[str, Json]) -> None:
        """Record a page to a partner; our own staff's are decided by nobody.

        Raises:
            Refusal: It could not be recorded.
        """
        if user.partner is not None:
            told = {**part.about, **about, "user": user.name}
            await self._keep(Page(self._clock(), user.partner, request, part.decided, told))

    async def event(self, user: User, request: str, what: str, told: Mapping[str, Json]) -> None:
        """Record that a user did something.

        Raises:
            Refusal: It could not be recorded.
        """
        whole = {**told, "partner": user.partner, "request": request}
        await self._keep(Event(self._clock(), user.name, what, whole))

    async def _keep(self, entry: Page | Event) -> None:
        try:
            await asyncio.to_thread(self._record, entry)
        except Exception as problem:
            sys.stderr.write(f"telvet: an answer was held back, it cannot be recorded: {type(problem).__name__}\n")
            raise busy() from problem
