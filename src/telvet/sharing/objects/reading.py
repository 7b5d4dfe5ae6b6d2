"""Turns a STIX bundle, a TAXII envelope, a list or one object into things, each with its exact bytes.

* All faults of a file are told at once, by the number of the object; good objects are kept where the caller asks for them.
* An id is in lower case and agrees with the type; moments are moments; nothing more of STIX is asked, nor needed to decide.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, overload

from telvet.errors import Fault
from telvet.sharing.objects.json_reading import Wrong, no_json, read_json, refused, twice_on_top
from telvet.sharing.objects.thing import Thing
from telvet.sharing.objects.timestamps import microseconds

__all__ = ["Bundle", "read_bundle", "read_object"]

_LONGEST_TYPE = 250
_ID = re.compile(r"([a-z][a-z0-9-]*)--[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_ENVELOPE = frozenset({"more", "next", "objects"})
_BYTE_ORDER = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a file holds."""

    things: tuple[Thing, ...]
    id: str = ""
    """Of a bundle; nothing of an envelope, a list or one object."""


@overload
def read_bundle(data: bytes, name: str, *, strict: Literal[True] = True) -> Bundle: ...
@overload
def read_bundle(data: bytes, name: str, *, strict: Literal[False]) -> tuple[Bundle, tuple[Fault, ...]]: ...
def read_bundle(data: bytes, name: str, *, strict: bool = True) -> Bundle | tuple[Bundle, tuple[Fault, ...]]:
    """Read all objects of a file.

    Args:
        data: JSON: a bundle, an envelope, a list of objects, or one object.
        name: The file as faults name it.
        strict: Refuse the file for one fault; otherwise return what is good, and the faults.

    Raises:
        SharingError: With a fault for everything that is wrong; its record is the number of the object, from 1.
    """
    identity, pieces, broken = _split(data.removeprefix(_BYTE_ORDER))
    faults = [] if broken is None else [broken.at(name)]
    things: list[Thing] = []
    for number, piece in enumerate(pieces, 1):
        thing, wrong = _thing(bytes(piece))
        if thing is None:
            faults += [each.at(name, number) for each in wrong]
        else:
            things.append(thing)
    bundle = Bundle(tuple(things), identity)
    if not strict:
        return bundle, tuple(faults)
    if faults:
        raise refused(name, faults)
    return bundle


def read_object(raw: bytes, name: str = "the object") -> Thing:
    """Read one object.

    Args:
        raw: Its JSON.
        name: What faults call it.

    Raises:
        SharingError: With a fault for everything that is wrong.
    """
    thing, wrong = _thing(raw)
    if thing is None:
        raise refused(name, [each.at(name) for each in wrong])
    return thing


def _split(data: bytes) -> tuple[str, list[Any], Wrong | None]:
    """Return the id of a bundle, the bytes of its objects, and what is wrong with the bundle itself."""
    from msgspec import Raw  # noqa: PLC0415 - heavy: loaded when used
    from msgspec.json import decode  # noqa: PLC0415 - heavy: loaded when used

    try:
        if data.lstrip()[:1] == b"[":
            return "", decode(data, type=list[Raw]), None
        top = decode(data, type=dict[str, Raw])
        envelope = "type" not in top and top.keys() <= _ENVELOPE
        if not envelope and ("type" not in top or decode(top["type"]) != "bundle"):
            return "", [data], None
        if wrong := twice_on_top(data, top):
            return "", [], wrong
        identity: Any = decode(top["id"]) if "id" in top else ""
        if not isinstance(identity, str):
            return "", [], Wrong("id", "id-malformed", "the id of the bundle is no text", "write bundle-- and a UUID")
        return identity, decode(top.get("objects", b"[]"), type=list[Raw]), None
    except (ValueError, RecursionError) as problem:
        return "", [], no_json(data, problem)


def _thing(raw: bytes) -> tuple[Thing | None, list[Wrong]]:
    """Read one object; no thing where anything is wrong with it."""
    held, broken = read_json(raw)
    if broken is not None:
        return None, [broken]
    if not isinstance(held, dict):
        return None, [Wrong(None, "no-object", "this is no object of STIX", "write an object with type and id", held)]
    wrong = _named(held)
    return (None, wrong) if wrong else (Thing(raw, held), wrong)


def _named(held: Mapping[str, Any]) -> list[Wrong]:
    """Say what is wrong with what every object has."""
    wrong = _identified(held)
    for field in ("created", "modified"):
        if field in held and microseconds(held[field]) is None:
            fix = "write it as 2020-01-01T00:00:00.000Z"
            wrong.append(Wrong(field, "not-a-moment", "this is no moment", fix, held[field]))
    if "extensions" in held and not isinstance(held["extensions"], dict):
        wrong.append(Wrong("extensions", "not-a-mapping", "extensions are no object", "write each below its id"))
    return wrong


def _identified(held: Mapping[str, Any]) -> list[Wrong]:
    """Say what is wrong with the type and the id, and whether they disagree."""
    wrong: list[Wrong] = []
    kind, name = held.get("type"), held.get("id")
    typed = isinstance(kind, str) and bool(kind)
    if not typed:
        wrong.append(Wrong("type", "missing", "it has no type", "write its type", kind))
    elif kind == "bundle":
        wrong.append(Wrong("type", "bundle-within", "a bundle holds objects and no bundles", "take its objects out"))
    if not isinstance(name, str) or not name:
        wrong.append(Wrong("id", "missing", "it has no id", "write its type, -- and a UUID", name))
    elif (found := _ID.fullmatch(name)) is None or len(found[1]) > _LONGEST_TYPE:
        fix = "write its type, -- and a UUID in lower case"
        wrong.append(Wrong("id", "id-malformed", "the id is none of STIX", fix, name))
    elif typed and found[1] != kind:
        wrong.append(Wrong("id", "id-disagrees", f"the id is none of the type {kind!r}", "mend one of the two", name))
    return wrong
