"""Turns the bytes of a server's answer into objects, entries of a manifest or the state of a request, if they have the form of TAXII 2.1.

* Each object keeps its exact bytes.
* What is no object of STIX makes the whole answer worthless; an object of STIX that two readers could read in two ways is set aside.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec

from telvet.errors import SharingError, SourceError
from telvet.sharing.objects.reading import read_object
from telvet.sharing.objects.thing import Thing
from telvet.sharing.objects.timestamps import microseconds
from telvet.sharing.proxying.asking import is_id
from telvet.sharing.proxying.upstream import failed

__all__ = ["Entry", "Envelope", "Unreadable", "moment", "parsed", "read_envelope", "read_manifest"]

_T = TypeVar("_T")
_LONGEST_CURSOR = 2048


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An object that is set aside."""

    id: str
    digest: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """A page of objects."""

    things: tuple[Thing, ...]
    more: bool
    next: str
    """The cursor of the next page; empty where there is none."""
    unreadable: tuple[Unreadable, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """What a manifest says of one version of one object."""

    id: str
    version: int
    added: int


class _Envelope(msgspec.Struct):
    more: bool = False
    next: str | None = None
    objects: list[msgspec.Raw] = []


class _Named(msgspec.Struct):
    id: str
    type: str


class _Entry(msgspec.Struct):
    id: str
    date_added: str
    version: str


class _Manifest(msgspec.Struct):
    more: bool = False
    objects: list[_Entry] = []


def parsed(body: bytes, form: type[_T]) -> _T:
    """Return what an answer says, in a form.

    Raises:
        SourceError: It is no JSON, or has another form.
    """
    try:
        return msgspec.json.decode(body, type=form)
    except (ValueError, RecursionError):
        raise failed("the server's answer is not in the form of TAXII 2.1") from None


def read_envelope(body: bytes, most: int) -> Envelope:
    """Return a page of objects.

    Args:
        body: The answer.
        most: How many objects were asked for.

    Raises:
        SourceError: It is no page, or a longer one.
    """
    held = parsed(body, _Envelope)
    if len(held.objects) > most:
        raise failed(f"the server sends {len(held.objects)} objects where {most} were asked for")
    cursor = held.next or ""
    if len(cursor.encode()) > _LONGEST_CURSOR:
        raise failed("the server's `next` is too long")
    things: list[Thing] = []
    aside: list[Unreadable] = []
    for each in held.objects:
        raw = bytes(each)
        try:
            things.append(read_object(raw))
        except SharingError:
            aside.append(_set_aside(raw))
    return Envelope(tuple(things), held.more, cursor if held.more else "", tuple(aside))


def read_manifest(body: bytes, most: int) -> tuple[Sequence[Entry], bool]:
    """Return the entries of a page of a manifest, and whether there are more.

    Raises:
        SourceError: It is no manifest, or a longer one, or has moments that are none.
    """
    held = parsed(body, _Manifest)
    if len(held.objects) > most:
        raise failed(f"the server's manifest has {len(held.objects)} entries where {most} were asked for")
    return [Entry(each.id, moment(each.version), moment(each.date_added)) for each in held.objects], held.more


def moment(text: Any) -> int:  # noqa: ANN401 - it comes from elsewhere and may be anything
    """Return a moment that a server wrote.

    Raises:
        SourceError: It is no moment, or one before 1970.
    """
    found = microseconds(text)
    if found is None or found < 0:
        raise failed("the server writes a moment that is none")
    return found


def _set_aside(raw: bytes) -> Unreadable:
    try:
        named: _Named = parsed(raw, _Named)
    except SourceError:
        named = _Named("", "")
    if not is_id(named.id) or not named.id.startswith(f"{named.type}--"):
        raise failed("the server sends what is no object of STIX")
    return Unreadable(named.id, hashlib.sha256(raw).hexdigest())
