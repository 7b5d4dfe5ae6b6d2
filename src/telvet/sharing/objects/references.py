"""Turns an object into every id of STIX that it holds, each with the place at which it stands.

* An id counts wherever it stands: in properties made for it, within longer text, as a key, in upper case, escaped.
* Its own id is none, nor are the keys of `extensions`, which say how to read an object and that nobody need hold.
* Only a marking definition marks: a reference to anything else by which an object is marked is like any other.
* What may go missing by itself has a place of its own; in a property that may not be lacking this is an entry of its list alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from telvet.model.sharing import Reference
from telvet.sharing.markings.selectors import Path, read_selector, selects
from telvet.sharing.objects.thing import Thing

__all__ = ["KEPT", "NOWHERE", "ids_in", "references", "references_in"]

KEPT = frozenset({"id", "type", "spec_version", "created", "modified", "object_marking_refs", "granular_markings"})
"""What describes or protects an object; neither it nor a part of it goes missing."""
NOWHERE = "(a key that no selector can name)"
"""Where an id stands that cannot go missing."""
_UUID = "--[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
_TEXT, _BYTES = re.compile(_UUID), re.compile(_UUID.encode())
_ID = re.compile(f"[a-z][a-z0-9-]*{_UUID.replace('A-F', '')}")
_IN_TYPES = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"
_LONGEST_TYPE = 250
_NAME = re.compile(r"[A-Za-z0-9_-]+")
_EXTENSION = "extension-definition--"
_MARKING = "marking-definition--"
_REFS, _GRANULAR = "object_marking_refs", "granular_markings"
_IN_LIST = 2


def references(thing: Thing, required: frozenset[str] = frozenset()) -> tuple[Reference, ...]:
    """Return the references of an object.

    Args:
        thing: The object.
        required: The properties that it may not lack.
    """
    held = thing.held
    if _GRANULAR not in held and b"\\u00" not in thing.raw:  # an escaped character of an id begins so
        ordinary, count = _ordinary(held, required)
        if count == len(_BYTES.findall(thing.raw)):
            return tuple(ordinary)
    return (*references_in(held, required, thing.id), *_granular(held, thing.id))


def references_in(
    held: Mapping[str, Any], required: frozenset[str] = frozenset(), own: str = ""
) -> Iterator[Reference]:
    """Return the ids at any depth of some JSON but one's own; granular markings are left out."""
    for key, value in held.items():
        if key != _GRANULAR:
            yield from _found((key,), key, required, own)
            yield from _walk((key,), value, required, own)


def ids_in(text: str) -> list[str]:
    """Return the ids that stand anywhere in a text, in lower case; one that ends in another is the longer one."""
    found: list[str] = []
    if "--" not in text:
        return found
    for uuid in _TEXT.finditer(text):
        before = text[max(0, uuid.start() - _LONGEST_TYPE) : uuid.start()]
        if name := before[len(before.rstrip(_IN_TYPES)) :].lstrip("-0123456789"):
            found.append(f"{name}{uuid[0]}".lower())
    return found


def _ordinary(held: Mapping[str, Any], required: frozenset[str]) -> tuple[list[Reference], int]:
    """Return the references in properties made for them, and how many ids these properties and the object's own are."""
    found: list[Reference] = []
    own, count = held["id"], 1
    for key, value in held.items():
        if key.endswith("_ref") and isinstance(value, str) and _ID.fullmatch(value):
            count += 1
            if value != own:
                found.append(_reference((key,), value, value, required))
        elif key.endswith("_refs") and isinstance(value, list):
            for place, each in enumerate(value):
                if isinstance(each, str) and _ID.fullmatch(each):
                    count += 1
                    if each != own:
                        found.append(_reference((key, place), each, each, required))
    return found, count


def _walk(path: Path, value: object, required: frozenset[str], own: str) -> Iterator[Reference]:
    """Return the ids in a value and, of an object, in its keys."""
    if isinstance(value, str):
        yield from _found(path, value, required, own)
    elif isinstance(value, list):
        for place, each in enumerate(value):
            yield from _walk((*path, place), each, required, own)
    elif isinstance(value, dict):
        for key, each in value.items():
            if not (path[-1] == "extensions" and key.startswith(_EXTENSION) and _ID.fullmatch(key)):
                yield from _found((*path, key), key, required, own)
            yield from _walk((*path, key), each, required, own)


def _found(path: Path, text: str, required: frozenset[str], own: str) -> Iterator[Reference]:
    for target in ids_in(text):
        if target != own:
            yield _reference(path, text, target, required)


def _reference(path: Path, text: str, target: str, required: frozenset[str]) -> Reference:
    """Return the reference to a target in the text at a path."""
    head = str(path[0])
    entry = len(path) == _IN_LIST and isinstance(path[1], int) and text == target
    if head in KEPT:
        if entry and head == _REFS and target.startswith(_MARKING):
            return Reference(f"{head}.[{path[1]}]", target, marking=True)
        return Reference(head, target, required=True)
    if head in required:
        return Reference(f"{head}.[{path[1]}]" if entry else head, target, required=True)
    at = _selector(path)
    return Reference(at, target, required=at == NOWHERE)


def _selector(path: Path) -> str:
    """Write a path as a selector; of one with a key that no selector can name, what is around it."""
    pieces: list[str] = []
    for step in path:
        if isinstance(step, int):
            pieces.append(f"[{step}]")
        elif _NAME.fullmatch(step):
            pieces.append(step)
        else:
            break
    return ".".join(pieces) or NOWHERE


def _granular(held: Mapping[str, Any], own: str) -> Iterator[Reference]:
    """Return what granular markings refer to, at each part that is marked, and what else they name."""
    entries = held.get(_GRANULAR)
    if not isinstance(entries, list):
        yield from _walk((_GRANULAR,), entries, frozenset(), own)
        return
    for entry in entries:
        rest = entry
        if isinstance(entry, dict):
            chosen = entry.get("selectors")
            listed = chosen if isinstance(chosen, list) else []
            placed = dict.fromkeys(each for each in listed if _selects(held, each))
            stray = [each for each in listed or [chosen] if not isinstance(each, str) or each not in placed]
            rest = {**entry, "selectors": stray}
            mark = entry.get("marking_ref")
            if isinstance(mark, str) and mark.startswith(_MARKING) and _ID.fullmatch(mark):
                del rest["marking_ref"]
                for at in (*placed, *([_GRANULAR] if stray or not placed else [])):
                    yield Reference(str(at), mark, marking=True)
        yield from _walk((_GRANULAR,), rest, frozenset(), own)


def _selects(held: Mapping[str, Any], selector: object) -> bool:
    """Tell whether a selector selects something; where it does not, its marking is on the whole object."""
    path = read_selector(selector)
    return path is not None and selects(held, path)
