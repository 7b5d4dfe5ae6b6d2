"""The text of a JSON object and new values for some of its keys -> the same text with nothing else changed.

* What is not changed keeps its bytes: its order, its spaces and the spelling of its numbers.
* The text was checked before: it is JSON, and no key stands in it twice.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from telvet.sharing.audit.canonical import Json

__all__ = ["Member", "elements", "members", "rejoined", "spliced"]

_SPACE = re.compile(r"[ \t\r\n]*")
_READ = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Member:
    """Where one key and its value stand."""

    key: str
    begin: int
    start: int
    """Of the value."""
    end: int


def members(text: str, at: int = 0) -> list[Member]:
    """Return the members of the object whose brace stands at a place, after spaces."""
    here = _after(text, at)
    if text[here] != "{":
        raise ValueError("no object stands here")
    found: list[Member] = []
    here = _after(text, here + 1)
    while text[here] != "}":
        key, end = _READ.raw_decode(text, here)
        start = _after(text, _after(text, end) + 1)
        _, stop = _READ.raw_decode(text, start)
        found.append(Member(key, here, start, stop))
        here = _next(text, stop)
    return found


def elements(text: str, at: int) -> list[tuple[int, int]]:
    """Return where each element of the list begins and ends whose bracket stands at a place."""
    found: list[tuple[int, int]] = []
    here = _after(text, at + 1)
    while text[here] != "]":
        _, stop = _READ.raw_decode(text, here)
        found.append((here, stop))
        here = _next(text, stop)
    return found


def spliced(text: str, changes: Mapping[str, Json]) -> str:
    """Set keys of an object; None takes a key away."""
    held = members(text)
    kept = [one for one in held if changes.get(one.key, one) is not None]
    pieces = []
    for one in kept:
        value = text[one.start : one.end]
        pieces.append(text[one.begin : one.start] + (_dumped(changes[one.key]) if one.key in changes else value))
    names = {one.key for one in held}
    colon = text[held[0].begin : held[0].start].rpartition('"')[2] if held else ": "
    pieces += [
        f"{json.dumps(key)}{colon}{_dumped(value)}"
        for key, value in changes.items()
        if key not in names and value is not None
    ]
    return rejoined(text, [(one.begin, one.end) for one in held], pieces)


def rejoined(text: str, spans: Sequence[tuple[int, int]], pieces: Sequence[str]) -> str:
    """Put other pieces where the spans of a list or an object stood, set out as those were."""
    if not spans:
        opening = _after(text, 0) + 1
        return text[:opening] + ", ".join(pieces) + text[opening:].lstrip(" \t\r\n")
    between = text[spans[0][1] : spans[1][0]] if len(spans) > 1 else ", "
    return text[: spans[0][0]] + between.join(pieces) + text[spans[-1][1] :]


def _dumped(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)


def _after(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _next(text: str, stop: int) -> int:
    """Return where the next member or the end stands."""
    here = _after(text, stop)
    return _after(text, here + 1) if text[here] == "," else here
