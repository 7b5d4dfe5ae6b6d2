"""What is known -> the resources of TAXII, as bytes.

* The bytes of an object go out as they are: nothing reads or writes their JSON again.
* A list that would be empty is left out, and `more` where it would be false (TAXII 2, 3.7).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from telvet.sharing.audit.canonical import Json, canonical, quoted
from telvet.sharing.taxii.config import Config, Root, User
from telvet.sharing.taxii.media import TAXII
from telvet.sharing.taxii.moments import write_moment
from telvet.sharing.taxii.source import Collection, Item, Posting, What

__all__ = ["api_root", "collection", "collections", "dated", "discovery", "page", "status"]


def discovery(config: Config, user: User) -> bytes:
    """Return the discovery resource as one user sees it (4.1.1)."""
    roots = [root.path for root in config.visible_roots(user)]
    told: dict[str, Json] = {"title": config.title}
    told |= _present({"description": config.description, "contact": config.contact})
    if config.default in roots:
        told["default"] = f"/{config.default}/"
    if roots:
        told["api_roots"] = [f"/{path}/" for path in roots]
    return canonical(told)


def api_root(root: Root, most_bytes: int) -> bytes:
    """Return the resource of an API root (4.2.1)."""
    told: dict[str, Json] = {"title": root.title, "versions": [TAXII], "max_content_length": most_bytes}
    return canonical(told | _present({"description": root.description}))


def collections(root: Root, user: User) -> bytes:
    """Return the collections that are there for a user, in the order of the configuration (5.1.1)."""
    seen: list[Json] = [_collection(each, user) for each in root.collections if user.sees(each)]
    return canonical({"collections": seen} if seen else {})


def collection(one: Collection, user: User) -> bytes:
    """Return the resource of a collection (5.2.1)."""
    return canonical(_collection(one, user))


def page(what: What, items: Sequence[Item], next_: str | None, *, more: bool) -> bytes:
    """Return an envelope (3.7), a manifest (5.3.1) or versions (5.8.1)."""
    told = [b'"more":true'] if more else []
    if next_:
        told.append(f'"next":{quoted(next_)}'.encode())
    if items and what is What.OBJECTS:
        told.append(b'"objects":[' + b",".join([item.body for item in items]) + b"]")
    elif items and what is What.MANIFEST:
        told.append(f'"objects":[{",".join([_record(item) for item in items])}]'.encode())
    elif items:
        told.append(f'"versions":[{",".join([quoted(item.version) for item in items])}]'.encode())
    return b"{" + b",".join(told) + b"}"


def dated(items: Sequence[Item]) -> dict[str, str]:
    """Return the headers that say when the first and last item of a page were added (3.2)."""
    if not items:
        return {}
    first, last = write_moment(items[0].added), write_moment(items[-1].added)
    return {"X-TAXII-Date-Added-First": first, "X-TAXII-Date-Added-Last": last}


def status(posting: Posting) -> bytes:
    """Return a status resource (4.3.1)."""
    told: dict[str, Json] = {
        "id": posting.id,
        "status": posting.status,
        "request_timestamp": write_moment(posting.requested),
        "total_count": posting.total,
        "success_count": len(posting.successes),
        "failure_count": len(posting.failures),
        "pending_count": len(posting.pendings),
    }
    lists: dict[str, list[Json]] = {
        "successes": [{"id": id_, "version": version} for id_, version in posting.successes],
        "failures": [{"id": id_, "version": version, "message": why} for id_, version, why in posting.failures],
        "pendings": [{"id": id_, "version": version} for id_, version in posting.pendings],
    }
    return canonical(told | {name: members for name, members in lists.items() if members})


def _collection(one: Collection, user: User) -> Mapping[str, Json]:
    told: dict[str, Json] = {"id": one.id, "title": one.title}
    told |= _present({"description": one.description, "alias": one.alias})
    told |= {"can_read": one.id in user.read, "can_write": one.id in user.write, "media_types": list(one.media_types)}
    return told


def _record(item: Item) -> str:
    return (
        f'{{"id":{quoted(item.id)},"date_added":"{write_moment(item.added)}",'
        f'"version":{quoted(item.version)},"media_type":{quoted(item.media_type)}}}'
    )


def _present(texts: Mapping[str, str | None]) -> dict[str, Json]:
    return {name: text for name, text in texts.items() if text is not None}
