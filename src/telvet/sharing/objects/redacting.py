"""Turns an object and selectors into its JSON without what they select, marked as partial.

* What the object may not lack never goes missing: who asks for that has a fault of its own, and gets no object.
* An entry of a list that would lack what it may not lack goes missing whole.
* Granular markings of what is missing go with it; selectors of what stays follow it to its new place in a list.
* That parts are missing is said, not which and not how many. Same object, same selectors: same bytes.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from telvet.catalog.stix import StixRules
from telvet.sharing.markings.selectors import Path, read_selector, selects
from telvet.sharing.objects.cutting import cut, split, written
from telvet.sharing.objects.references import KEPT
from telvet.sharing.objects.thing import Thing

__all__ = ["paths_of", "redacted"]

_GRANULAR, _EXTENSIONS = "granular_markings", "extensions"
_PROPERTY_OF_ENTRY = 3


def redacted(thing: Thing, selectors: Iterable[str], rules: StixRules) -> bytes:
    """Return the JSON of an object without what selectors select.

    Args:
        thing: The object.
        selectors: Of what goes missing; one that selects nothing takes nothing.
        rules: What is known of objects.

    Raises:
        ValueError: For what is no selector, and for what the object may not lack.
    """
    asked = paths_of(selectors)
    for path in asked:
        if path[0] in KEPT:
            raise ValueError(f"{path[0]} describes or protects the object, and does not go missing")
    made = cut(thing.raw, _widened(thing.held, asked, rules))
    for name in sorted(rules.required(thing.held)):
        if (name,) in made.gone:
            raise ValueError(f"{thing.type} may not lack {name}")
    top = dict(made.top)
    if made.gone and _GRANULAR in top:
        left = _remarked(thing.held, made.gone)
        if left:
            top[_GRANULAR] = left
        else:
            del top[_GRANULAR]
    others = split(bytes(written(top[_EXTENSIONS]))) if _EXTENSIONS in top else {}
    top[_EXTENSIONS] = {**others, rules.redaction.extension: dict(rules.redaction.body)}
    return written(top)


def paths_of(selectors: Iterable[str]) -> list[Path]:
    """Read selectors.

    Raises:
        ValueError: For what is none.
    """
    found: list[Path] = []
    for selector in selectors:
        path = read_selector(selector)
        if path is None:
            raise ValueError(f"{selector!r} is no selector")
        found.append(path)
    return found


def _widened(held: Mapping[str, Any], paths: Iterable[Path], rules: StixRules) -> Iterator[Path]:
    """Return the paths, and those of entries of lists that would lack what they may not lack."""
    lost: dict[tuple[str, int], set[str]] = {}
    for path in paths:
        yield path
        if len(path) == _PROPERTY_OF_ENTRY and isinstance(path[1], int):
            lost.setdefault((str(path[0]), path[1]), set()).add(str(path[2]))
    for (name, place), keys in lost.items():
        needs, entries = rules.entries.get(name), held.get(name)
        entry = entries[place] if isinstance(entries, list) and place in range(len(entries)) else None
        if needs is not None and isinstance(entry, Mapping) and not needs.met(entry.keys(), entry.keys() - keys):
            yield name, place


def _remarked(held: Mapping[str, Any], gone: frozenset[Path]) -> object:
    """Return the granular markings of what is left."""
    entries = held[_GRANULAR]
    if not isinstance(entries, list):
        return entries
    places = _places(gone)
    return [left for entry in entries if (left := _entry(held, entry, gone, places)) is not None]


def _entry(
    held: Mapping[str, Any], entry: object, gone: frozenset[Path], places: Mapping[Path, list[int]]
) -> object | None:
    """Return one granular marking of what is left; None where nothing of what it marked is."""
    chosen = entry.get("selectors") if isinstance(entry, Mapping) else None
    if not isinstance(entry, Mapping) or not isinstance(chosen, list) or not chosen:
        return entry
    left = list(_left(held, chosen, gone, places))
    return {**entry, "selectors": left} if left else None


def _left(
    held: Mapping[str, Any], chosen: list[object], gone: frozenset[Path], places: Mapping[Path, list[int]]
) -> Iterator[object]:
    for selector in chosen:
        path = read_selector(selector)
        if path is None or not selects(held, path):
            yield selector  # it is taken to be on the whole object, and stays so
        elif not any(path[:depth] in gone for depth in range(1, len(path) + 1)):
            yield _moved(path, places)


def _places(gone: frozenset[Path]) -> Mapping[Path, list[int]]:
    """Return the places that are missing from each list, in order."""
    found: dict[Path, list[int]] = {}
    for path in gone:
        if isinstance(path[-1], int):
            insort(found.setdefault(path[:-1], []), path[-1])
    return found


def _moved(path: Path, places: Mapping[Path, list[int]]) -> str:
    """Write the selector of what was at a path, when places before it are missing."""
    pieces: list[str] = []
    for depth, step in enumerate(path):
        if isinstance(step, int):
            pieces.append(f"[{step - bisect_left(places.get(path[:depth], ()), step)}]")
        else:
            pieces.append(step)
    return ".".join(pieces)
