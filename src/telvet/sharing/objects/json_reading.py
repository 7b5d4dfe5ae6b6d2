"""Turns JSON into values that every reader reads alike, or says what is wrong with it.

* What two readers could read in two ways is refused: a key given twice, NaN, half a surrogate pair, nesting without end.
* Quick where nothing is odd: what only odd JSON needs is looked at only where a count says that it may be odd.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from telvet.errors import Fault, SharingError

if TYPE_CHECKING:
    import msgspec

__all__ = ["DEEPEST", "Wrong", "no_json", "read_json", "refused", "twice_on_top"]

DEEPEST = 100
"""How many objects and lists may lie within each other."""
_BYTE = re.compile(r"\(byte (\d+)\)")
_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a piece of JSON, wherever it stands."""

    field: str | None
    code: str
    what: str
    fix: str
    value: object = None

    def at(self, file: str, record: int | None = None) -> Fault:
        """Say in which file it stands, and in which object of it, counted from 1."""
        shown = None if self.value is None else str(self.value)[:_SHOWN]
        return Fault(file, record, self.field, self.code, self.what, self.fix, shown)


def refused(name: str, faults: Iterable[Fault]) -> SharingError:
    """Return the error of a file with faults."""
    faults = tuple(faults)
    return SharingError(f"{name} has {len(faults)} fault{'s' * (len(faults) != 1)}", faults, code="objects")


def read_json(raw: bytes) -> tuple[Any, Wrong | None]:
    """Return what some JSON says, or the first thing that is wrong with it."""
    decoder, encoder = _coders()
    try:
        value = decoder.decode(raw)
        quotes = encoder.encode(value).count(b'"')
    except (ValueError, RecursionError) as problem:
        return None, no_json(raw, problem)
    if raw.count(b"{") + raw.count(b"[") > DEEPEST and _deeper(value, DEEPEST):
        return None, _too_deep()
    # Written anew, it has as many quotation marks as before unless a key, with its two, was dropped or one was escaped.
    if (quotes != raw.count(b'"') or rb"\u0022" in raw) and (keys := _keys_twice(raw)):
        return None, _twice(keys[0])
    return value, None


def twice_on_top(raw: bytes, top: Mapping[str, bytes]) -> Wrong | None:
    """Say whether a key of the outermost object alone stands twice.

    Args:
        raw: The JSON of the object.
        top: The JSON of each of its properties, as they were read.
    """
    quotes = sum(bytes(value).count(b'"') for value in top.values()) + 2 * len(top)
    if quotes == raw.count(b'"') and not any('"' in key for key in top):
        return None
    keys = _keys_twice(raw, top_only=True)
    return _twice(keys[0]) if keys else None


def no_json(raw: bytes, problem: Exception) -> Wrong:
    """Say where and why bytes cannot be read."""
    if isinstance(problem, RecursionError):
        return _too_deep()
    if isinstance(problem, UnicodeDecodeError):
        return Wrong(None, "encoding", "it is not UTF-8", "save it as UTF-8")
    said = str(problem)
    found = _BYTE.search(said)
    if found is None:
        return Wrong(None, "not-json", f"it cannot be read: {said}", "write a bundle, a list of objects, or one object")
    before = raw[: int(found[1])]
    line, column = before.count(b"\n") + 1, len(before) - before.rfind(b"\n")
    reason = _BYTE.sub("", said).removeprefix("JSON is malformed: ").strip()
    return Wrong(None, "not-json", f"it is no JSON: {reason}, at line {line}, column {column}", "mend it there")


@cache
def _coders() -> tuple[msgspec.json.Decoder[Any], msgspec.json.Encoder]:
    from msgspec.json import Decoder, Encoder  # noqa: PLC0415 - heavy: loaded when used

    return Decoder(), Encoder()


def _too_deep() -> Wrong:
    return Wrong(None, "too-deep", f"more than {DEEPEST} objects and lists lie within each other", "make it flatter")


def _twice(key: str) -> Wrong:
    return Wrong(key, "key-twice", "a key stands twice in one object, which two readers read in two ways", "keep one")


def _keys_twice(raw: bytes, *, top_only: bool = False) -> list[str]:
    """Return keys that stand twice in one object of some JSON, or in the outermost alone."""
    found: list[str] = []

    def note(pairs: list[tuple[str, Any]]) -> None:
        if top_only:  # the outermost object is the last
            found.clear()
        if len(dict(pairs)) < len(pairs):
            found.append(Counter(key for key, _ in pairs).most_common(1)[0][0])

    try:
        json.loads(raw, object_pairs_hook=note, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        return found or [""]
    return found


def _deeper(value: object, deepest: int) -> bool:
    """Tell whether more objects and lists lie within each other than may."""
    level: list[object] = [value]
    for _ in range(deepest):
        level = [inner for each in level for inner in _inner(each)]
        if not level:
            return False
    return any(isinstance(each, dict | list) for each in level)


def _inner(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()
