"""What was decided or done -> the record that becomes a leaf of the log, and the leaves below it.

* A page of decisions is one record; it holds the root of a tree with one leaf a decision, so each can be shown without the others.
* Every leaf has a salt of its own: whoever is shown one decision cannot guess at its neighbours by hashing what they might be.
* No clock: moments are passed in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b

from telvet.sharing.audit.canonical import Json, canonical, parsed, quoted
from telvet.sharing.audit.keys import VerifierKey
from telvet.sharing.audit.merkle import leaf_hash, root
from telvet.workspace.entries import moment

__all__ = ["Decided", "Entry", "Event", "KeyChange", "Page", "Written", "leaves_below", "told_by", "written"]

SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided about one object."""

    object: str
    version: str
    """The object's `modified`, or empty where it has none."""
    digest: str
    """Of the object's bytes, as text."""
    effect: str
    reasons: tuple[str, ...]
    """Ids of the rules that decided it."""
    obligations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """Decisions that were made together, for one answer to one partner."""

    at: datetime
    partner: str
    request: str
    decided: Sequence[Decided]
    about: Mapping[str, Json] = field(default_factory=dict)
    """What the decisions rest on: digests of rules, arrangements and posture, the days asked for, the collection."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that a person did: an approval, a recall, a fact entered."""

    at: datetime
    by: str
    what: str
    told: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KeyChange:
    """From here on another key signs; the first record of a log names its first key."""

    at: datetime
    by: str
    key: VerifierKey
    why: str


Entry = Page | Event | KeyChange


@dataclass(frozen=True, slots=True)
class Written:
    """The bytes of a record, and those of the leaves below it."""

    record: bytes
    leaves: tuple[bytes, ...] = ()


def written(entry: Entry, secret: bytes) -> Written:
    """Write an entry; the salts are drawn from `secret`, which nobody needs afterwards.

    Raises:
        ValueError: A value has no canonical JSON, or a moment has no zone.
    """
    salt = _salt(secret, -1)
    if isinstance(entry, Page):
        leaves = _leaves(entry.decided, secret)
        top = root([leaf_hash(leaf) for leaf in leaves])
        told: dict[str, Json] = {"about": entry.about, "at": moment(entry.at), "objects": len(leaves), "salt": salt}
        told |= {"kind": "decisions", "partner": entry.partner, "request": entry.request, "root": top.hex()}
        return Written(canonical(told), leaves)
    if isinstance(entry, Event):
        told = {"at": moment(entry.at), "by": entry.by, "kind": "event", "salt": salt}
        return Written(canonical({**told, "told": entry.told, "what": entry.what}))
    told = {"at": moment(entry.at), "by": entry.by, "key": entry.key.text(), "kind": "key", "salt": salt}
    return Written(canonical({**told, "why": entry.why}))


def told_by(record: bytes) -> Mapping[str, Json]:
    """Return what a record says.

    Raises:
        ValueError: It is not the canonical JSON of an object with a kind.
    """
    told = parsed(record)
    if not isinstance(told, Mapping) or told.get("kind") not in {"decisions", "event", "key"}:
        raise ValueError("this is no record of an audit log")
    return told


def leaves_below(told: Mapping[str, Json]) -> int:
    """Return how many leaves follow a record.

    Raises:
        ValueError: It says nothing sensible about that.
    """
    if told["kind"] != "decisions":
        return 0
    objects = told.get("objects")
    if not isinstance(objects, int) or isinstance(objects, bool) or objects < 0:
        raise ValueError("a record of decisions says how many there are")
    return objects


def _leaves(decided: Sequence[Decided], secret: bytes) -> tuple[bytes, ...]:
    """Write each decision; this is `canonical` of its parts, spelled out because a page has a thousand of them."""
    return tuple(
        [
            f'{{"digest":{quoted(one.digest)},"effect":{quoted(one.effect)},"object":{quoted(one.object)},'
            f'"obligations":{_listed(one.obligations)},"reasons":{_listed(one.reasons)},'
            f'"salt":"{_salt(secret, place)}","version":{quoted(one.version)}}}'.encode()
            for place, one in enumerate(decided)
        ]
    )


@lru_cache(maxsize=4096)
def _listed(codes: tuple[str, ...]) -> str:
    return canonical(codes).decode()


def _salt(secret: bytes, place: int) -> str:
    return blake2b(place.to_bytes(8, "big", signed=True), key=secret, digest_size=SALT_BYTES).hexdigest()
