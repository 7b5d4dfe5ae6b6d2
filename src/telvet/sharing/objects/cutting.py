"""Turns JSON and paths into the same JSON without what is at the paths, byte for byte the same where nothing goes missing.

* An entry of a list goes with its place; a list or an object that is left empty goes too, and so upward.
* Keys stay in their order; numbers and text that stay are not written anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from telvet.sharing.markings.selectors import Path

if TYPE_CHECKING:
    import msgspec

__all__ = ["Cut", "cut", "split", "written"]

_Tree = dict[str | int, Any]
"""Steps, and below each a tree; nothing below one that goes missing."""


@dataclass(frozen=True, slots=True)
class Cut:
    """What is left."""

    top: Mapping[str, Any]
    """What is left of the outermost object: the JSON of each property."""
    gone: frozenset[Path] = field(default_factory=frozenset)
    """Whatever went missing, that which was left empty too; nothing below it."""


def split(raw: bytes) -> dict[str, Any]:
    """Return the JSON of each property of an object, each as it stands."""
    return _decoders()[0].decode(raw)


def written(value: object) -> bytes:
    """Write JSON, in which values may be JSON already."""
    from msgspec.json import encode  # noqa: PLC0415 - heavy: loaded when used

    return encode(value)


def cut(raw: bytes, paths: Iterable[Path]) -> Cut:
    """Take what is at some paths out of an object; a path to nothing takes nothing."""
    gone: set[Path] = set()
    top = split(raw)
    for key, below in _tree(paths).items():
        if isinstance(key, str) and key in top:
            left = _without(bytes(top[key]), below, (key,), gone)
            if left is None:
                del top[key]
            else:
                top[key] = left
    return Cut(top, frozenset(gone))


@cache
def _decoders() -> tuple[msgspec.json.Decoder[dict[str, Any]], msgspec.json.Decoder[list[Any]]]:
    from msgspec import Raw  # noqa: PLC0415 - heavy: loaded when used
    from msgspec.json import Decoder  # noqa: PLC0415 - heavy: loaded when used

    return Decoder(dict[str, Raw]), Decoder(list[Raw])


def _tree(paths: Iterable[Path]) -> _Tree:
    top: _Tree = {}
    for path in sorted(set(paths), key=len, reverse=True):  # the shortest last: it takes whatever is below it
        here = top
        for step in path[:-1]:
            here = here.setdefault(step, {})
        here[path[-1]] = {}
    return top


def _without(raw: bytes, below: _Tree, at: Path, gone: set[Path]) -> Any:  # noqa: ANN401 - JSON, as msgspec holds it
    """Return what is left of a value; None where nothing is."""
    if not below:
        gone.add(at)
        return None
    taken: set[Path] = set()
    left: dict[str | int, Any] | list[Any]
    if raw[:1] == b"{":
        held: dict[str | int, Any] = dict(split(raw).items())
        for step in below.keys() & held.keys():
            held[step] = _without(bytes(held[step]), below[step], (*at, step), taken)
        left = {key: value for key, value in held.items() if value is not None}
    elif raw[:1] == b"[":
        entries = _decoders()[1].decode(raw)
        for step in below:
            if isinstance(step, int) and step < len(entries):
                entries[step] = _without(bytes(entries[step]), below[step], (*at, step), taken)
        left = [value for value in entries if value is not None]
    else:
        return _raw(raw)
    if not taken:
        return _raw(raw)
    if not left:
        gone.add(at)
        return None
    gone |= taken
    return left


def _raw(raw: bytes) -> Any:  # noqa: ANN401 - JSON, as msgspec holds it
    from msgspec import Raw  # noqa: PLC0415 - heavy: loaded when used

    return Raw(raw)
