"""Bytes of a file -> the STIX objects or MISP events in it, as plain values, or every fault that keeps them from being read.

* A key that is given twice is a fault: two readers might each take another one for the mark.
* What is wrong with a single object is not told here; whoever reads the marks tells it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from telvet.errors import Fault, SharingError

__all__ = ["Marked", "parsed_json", "read_marked"]

_MOST_FAULTS = 100
_FIX = "give a STIX bundle, or events as MISP exports them"


@dataclass(frozen=True, slots=True)
class Marked:
    """A file whose marks are to be read."""

    name: str
    bundle: Mapping[str, Any] | None
    """With the key `objects`; None where the file holds events."""
    events: tuple[Mapping[str, Any], ...] = ()

    @property
    def kind(self) -> str:
        """Say what it is, for a person."""
        return "MISP events" if self.bundle is None else "STIX bundle"

    @property
    def size(self) -> int:
        """Return how many objects or events it holds."""
        return len(self.events if self.bundle is None else self.bundle["objects"])


def read_marked(data: bytes, name: str) -> Marked:
    """Read a file.

    Raises:
        SharingError: With every fault.
    """
    _, value = parsed_json(data, name)
    if isinstance(value, Mapping) and isinstance(value.get("objects"), list):
        return Marked(name, value)
    if events := tuple(_events(value)):
        return Marked(name, None, events)
    raise _unreadable(
        name, [("not-a-bundle", "this is no STIX bundle with a list of objects, and no event of MISP", _FIX)]
    )


def parsed_json(data: bytes, name: str) -> tuple[str, Any]:
    """Return the text of a file and what it says.

    Raises:
        SharingError: It is no JSON, or leaves open what it says.
    """
    said: list[tuple[str, str, str]] = []

    def paired(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        held = dict(pairs)
        if len(held) < len(pairs):
            keys = [key for key, _ in pairs]
            twice = sorted({key for key in keys if keys.count(key) > 1})
            what = f"a key is given twice in one object ({', '.join(twice)}; its id is {held.get('id', 'not given')!r})"
            said.append(("key-twice", what, "keep the one that is meant"))
        return held

    def refused(word: str) -> None:
        said.append(("not-json", f"{word} is no number of JSON", "write a number"))

    try:
        text = data.decode("utf-8-sig")
        value = json.loads(text, object_pairs_hook=paired, parse_constant=refused)
    except UnicodeDecodeError as problem:
        raise _unreadable(
            name, [("encoding", f"the file is not UTF-8 (byte {problem.start})", "save it as UTF-8")]
        ) from None
    except json.JSONDecodeError as problem:
        what = f"this is not JSON: {problem.msg.lower()} (line {problem.lineno}, column {problem.colno})"
        raise _unreadable(name, [*said, ("not-json", what, _FIX)]) from None
    except (RecursionError, ValueError):
        raise _unreadable(
            name, [*said, ("not-json", "it is nested too deeply, or a number is too long", _FIX)]
        ) from None
    if said:
        raise _unreadable(name, said)
    return text, value


def _events(value: object) -> Iterator[Mapping[str, Any]]:
    """Yield events: alone, with `Event` around them, or in a list, which may stand under `response`."""
    if isinstance(value, Mapping) and isinstance(value.get("response"), list):
        value = value["response"]
    each = value if isinstance(value, list) else [value]
    inner = [one.get("Event", one) if isinstance(one, Mapping) else None for one in each]
    events = [one for one in inner if isinstance(one, Mapping) and "info" in one and "uuid" in one]
    if len(events) == len(each):
        yield from events


def _unreadable(name: str, said: list[tuple[str, str, str]]) -> SharingError:
    faults = tuple(Fault(name, None, None, code, what, fix) for code, what, fix in said[:_MOST_FAULTS])
    return SharingError(f"{name} cannot be read", faults, code=said[0][0])
