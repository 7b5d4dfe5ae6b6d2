"""The body of a request to add objects -> the bytes of each object, exactly as they came (TAXII 3.7, 5.5).

* All or nothing: one member of the list that is no object of STIX, and nothing is taken.
* The JSON is that of RFC 7493: a name twice in one object, or half of a surrogate pair, would be read differently by
  different readers, so that what was decided on need not be what a partner reads.
"""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec

from telvet.sharing.taxii.refusals import Refusal, malformed, unprocessable

__all__ = ["read_envelope"]

_ID = re.compile(r"([a-z0-9][a-z0-9-]{1,249})--[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", re.ASCII)
_HALF = re.compile(rb"\\u[dD][89a-fA-F]")
_NOT_JSON = "The body is not JSON in UTF-8."


class _Envelope(msgspec.Struct):
    objects: list[msgspec.Raw]


class _Named(msgspec.Struct):
    id: str
    type: str


_ENVELOPE = msgspec.json.Decoder(_Envelope)
_NAMED = msgspec.json.Decoder(_Named)


def read_envelope(body: bytes) -> list[bytes]:
    """Take an envelope apart.

    Raises:
        Refusal: 400, it is no JSON; 422, it is no envelope, is empty, or holds what is no object of STIX.
    """
    try:
        _check(body)
        objects = [bytes(raw) for raw in _ENVELOPE.decode(body).objects]
    except msgspec.ValidationError:
        raise unprocessable("The body is no envelope: an object with a list of objects.") from None
    except (msgspec.DecodeError, UnicodeDecodeError, json.JSONDecodeError):
        raise malformed(_NOT_JSON) from None
    except RecursionError:
        raise unprocessable("The body is nested too deeply.") from None
    if not objects:
        raise unprocessable("The envelope holds no object.")
    for place, raw in enumerate(objects):
        _check_named(raw, place)
    return objects


def _check_named(raw: bytes, place: int) -> None:
    try:
        named = _NAMED.decode(raw)
    except (msgspec.ValidationError, msgspec.DecodeError):
        raise unprocessable("A member of the envelope is no object with an id and a type.", place=place) from None
    found = _ID.fullmatch(named.id)
    if not found or found[1] != named.type:
        raise unprocessable("An id is not that of an object of STIX, or of another type.", place=place)


def _check(body: bytes) -> None:
    """Read all of it, and keep none: a tree of everything would take ten times the memory."""
    look = _well_formed if _HALF.search(body) else _once
    text = str(body, "utf-8")
    json.loads(text, object_pairs_hook=look, parse_constant=_no_number, parse_int=_nothing, parse_float=_nothing)


def _once(pairs: list[tuple[str, Any]]) -> None:
    if len({name for name, _ in pairs}) < len(pairs):
        raise unprocessable("A name stands twice in one object.")


def _well_formed(pairs: list[tuple[str, Any]]) -> None:
    _once(pairs)
    try:
        json.dumps(pairs, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise unprocessable("A text holds half of a surrogate pair.") from None


def _nothing(_: str) -> None:
    return None


def _no_number(_: str) -> Refusal:
    raise malformed(_NOT_JSON)
