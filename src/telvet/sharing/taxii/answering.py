"""A request of a known user to a known address -> the answer, from the configuration and the source.

* A root, collection or object that is not there for the user is refused as one that does not exist.
* A page goes to a partner only after it was recorded; so does what became of a request to add or delete.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from telvet.sharing.audit.canonical import Json, canonical
from telvet.sharing.taxii import resources
from telvet.sharing.taxii.bodies import Receive, read_body
from telvet.sharing.taxii.config import Config, Root, User
from telvet.sharing.taxii.cursors import Cursors
from telvet.sharing.taxii.endpoints import Method, Route
from telvet.sharing.taxii.envelopes import read_envelope
from telvet.sharing.taxii.media import TAXII, is_taxii
from telvet.sharing.taxii.parameters import Asked, Fields, read_parameters
from telvet.sharing.taxii.recording import Recorder
from telvet.sharing.taxii.refusals import Refusal, forbidden, not_found, place_lost
from telvet.sharing.taxii.source import Collection, Slice, Source, Viewer, What

__all__ = ["Answer", "Answers", "Ask", "Handling"]

Handling = Callable[[Viewer], Mapping[str, Json]]

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
_SMALL = 64 * 1024


@dataclass(frozen=True, slots=True)
class Ask:
    """One request."""

    id: str
    user: User
    route: Route
    method: Method
    query: bytes
    content_type: str | None
    content_length: str | None
    receive: Receive


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent."""

    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    type: str = TAXII


class Answers:
    """Answers for one configuration and one source."""

    def __init__(
        self,
        config: Config,
        source: Source,
        recorder: Recorder,
        cursors: Cursors,
        seconds: Callable[[], int],
        handling: Handling | None = None,
    ) -> None:
        """Take everything that an answer is made of; `seconds` gives the seconds since 1970."""
        self._config, self._source, self._recorder, self._handling = config, source, recorder, handling
        self._cursors, self._seconds = cursors, seconds
        self._by_name: Mapping[str, Callable[[Ask], Awaitable[Answer]]] = {
            "root": self._root_told,
            "status": self._status,
            "handling": self._handling_told,
            "collections": self._collections,
            "collection": self._collection_told,
            "manifest": self._manifest,
            "objects": self._objects,
            "object": self._object,
            "versions": self._versions,
        }

    async def give(self, ask: Ask) -> Answer:
        """Answer.

        Raises:
            Refusal: It is not answered as asked.
            SourceError: The source cannot answer.
            ClientGoneError: The client has gone while it sent its request.
        """
        if ask.route.endpoint.name == "discovery":
            return Answer(resources.discovery(self._config, ask.user))
        return await self._by_name[ask.route.endpoint.name](ask)

    async def _root_told(self, ask: Ask) -> Answer:
        return Answer(resources.api_root(self._root(ask), self._config.bounds.max_content_length))

    async def _collections(self, ask: Ask) -> Answer:
        return Answer(resources.collections(self._root(ask), ask.user))

    async def _collection_told(self, ask: Ask) -> Answer:
        _, collection = self._collection(ask)
        return Answer(resources.collection(collection, ask.user))

    async def _handling_told(self, ask: Ask) -> Answer:
        self._root(ask)
        if self._handling is None:
            raise not_found()
        return Answer(canonical(await asyncio.to_thread(self._handling, ask.user.viewer)))

    async def _status(self, ask: Ask) -> Answer:
        root, posting = self._root(ask), ask.route.named["status"].lower()
        found = await self._source.status(ask.user.viewer, root.path, posting) if _UUID.fullmatch(posting) else None
        if found is None:
            raise not_found()
        return Answer(resources.status(found))

    async def _manifest(self, ask: Ask) -> Answer:
        return await self._page(ask, What.MANIFEST)

    async def _versions(self, ask: Ask) -> Answer:
        return await self._page(ask, What.VERSIONS)

    async def _objects(self, ask: Ask) -> Answer:
        return await (self._post(ask) if ask.method.sends else self._page(ask, What.OBJECTS))

    async def _object(self, ask: Ask) -> Answer:
        return await (self._page(ask, What.OBJECTS) if ask.method.answer else self._delete(ask))

    async def _page(self, ask: Ask, what: What) -> Answer:
        root, collection = self._collection(ask)
        if collection.id not in ask.user.read:
            raise forbidden("read")
        asked = read_parameters(ask.query, ask.method.fields or Fields(), self._config.bounds)
        only = ask.route.named.get("object", "")
        viewer = ask.user.viewer
        question = (viewer.user, viewer.partner or "", root.path, collection.id, what, only, asked.digest.hex())
        after = self._opened(asked, question)
        part = await self._source.page(viewer, collection, asked.query, what, after=after, only=only)
        told: dict[str, Json] = {"root": root.path, "collection": collection.id, "resource": str(what), "only": only}
        told["query"] = asked.digest.hex()
        await self._recorder.page(ask.user, ask.id, part, told)
        if only and not part.found:
            raise not_found()
        body = resources.page(what, part.items, self._sealed(part, question), more=part.more)
        return Answer(body, headers=resources.dated(part.items))

    def _opened(self, asked: Asked, question: tuple[str, ...]) -> bytes:
        if not asked.next:
            return b""
        if (place := self._cursors.open(asked.next, question, self._seconds())) is None:
            raise place_lost()
        return place

    def _sealed(self, part: Slice, question: tuple[str, ...]) -> str | None:
        return self._cursors.seal(part.place, question, self._seconds()) if part.more and part.place else None

    async def _post(self, ask: Ask) -> Answer:
        root, collection = self._collection(ask)
        if collection.id not in ask.user.write:
            raise forbidden("write")
        if not is_taxii(ask.content_type or ""):
            raise Refusal(415, "media-type", "The media type is not supported", f"Send {TAXII}.")
        bounds = self._config.bounds
        body = await read_body(ask.receive, ask.content_length, bounds.max_content_length, bounds.body_seconds)
        objects = read_envelope(body) if len(body) <= _SMALL else await asyncio.to_thread(read_envelope, body)
        posting = await self._source.post(ask.user.viewer, root.path, collection, objects)
        told: dict[str, Json] = {"root": root.path, "collection": collection.id, "status": posting.id}
        told |= {"body": sha256(body).hexdigest(), "sent": len(objects), "successes": len(posting.successes)}
        told |= {"failures": len(posting.failures), "pendings": len(posting.pendings)}
        await self._recorder.event(ask.user, ask.id, "taxii-add", told)
        return Answer(resources.status(posting), 202)

    async def _delete(self, ask: Ask) -> Answer:
        """Record what is to be deleted before it is, and what was deleted after it: neither is done unseen."""
        root, collection = self._collection(ask)
        if not (collection.id in ask.user.read and collection.id in ask.user.write):
            raise forbidden("delete")
        asked = read_parameters(ask.query, ask.method.fields or Fields(), self._config.bounds)
        only, versions = ask.route.named["object"], sorted(asked.query.versions)
        told: dict[str, Json] = {"root": root.path, "collection": collection.id, "object": only}
        await self._recorder.event(ask.user, ask.id, "taxii-delete", {**told, "versions": versions})
        done = await self._source.delete(ask.user.viewer, collection, asked.query, only)
        deleted: list[Json] = [{"id": id_, "version": version} for id_, version in done.deleted]
        await self._recorder.event(ask.user, ask.id, "taxii-deleted", {**told, "deleted": deleted})
        if not done.found or not done.deleted:
            raise not_found()
        return Answer(b"")

    def _root(self, ask: Ask) -> Root:
        root = self._config.root(ask.route.named["root"])
        if root is None or not any(map(ask.user.sees, root.collections)):
            raise not_found()
        return root

    def _collection(self, ask: Ask) -> tuple[Root, Collection]:
        root = self._root(ask)
        found = root.collection(ask.route.named["collection"])
        if found is None or not ask.user.sees(found):
            raise not_found()
        return root, found
