"""Turns the events of a MISP export into things and candidates, and an event into bytes that one partner may have.

* An event is one object, `misp-event--` and its UUID; whoever created it stands as the identity of the same UUID.
* What in it is stricter than the event is a part that may go missing; the UUID of what is missing goes missing with it.
* On the way out every distribution is set so that it travels no further than the partner.
* Selectors begin with `Event`; an event that stands without it is put into one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from telvet.catalog.handling import HandlingRules
from telvet.catalog.stix import StixRules
from telvet.model.handling import strictest
from telvet.model.sharing import Candidate, MarkedPart, Originators, Reference
from telvet.sharing.markings.misp import read_event
from telvet.sharing.markings.misp_export import MispPartner, confined, export_settings
from telvet.sharing.markings.selectors import Path, covers, read_selector
from telvet.sharing.objects.cutting import cut, written
from telvet.sharing.objects.json_reading import Wrong, read_json, refused
from telvet.sharing.objects.redacting import paths_of
from telvet.sharing.objects.references import references_in
from telvet.sharing.objects.thing import Thing
from telvet.sharing.objects.timestamps import taxii_moment

__all__ = ["MISP_TYPE", "misp_candidate", "misp_released", "read_misp"]

MISP_TYPE = "misp-event"
_EVENT = "Event"
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_SECONDS = re.compile(r"0|[1-9][0-9]{0,10}")
_HELD = ("Attribute", "Object", "EventReport")
_REFERENCE = "ObjectReference"
_MILLION = 1_000_000


def read_misp(data: bytes, name: str) -> tuple[Thing, ...]:
    """Read the events of a file: one, a list, or what a server answers.

    Args:
        data: JSON as MISP writes it.
        name: The file as faults name it.

    Raises:
        SharingError: With a fault for everything that is wrong; its record is the number of the event, from 1.
    """
    data = data.removeprefix(b"\xef\xbb\xbf")
    value, broken = read_json(data)
    if broken is not None:
        raise refused(name, [broken.at(name)])
    things, faults = [], []
    for number, (raw, outer) in enumerate(_events(data, value), 1):
        thing, wrong = _thing(raw, outer)
        faults += [each.at(name, number) for each in wrong]
        things += [] if thing is None else [thing]
    if faults:
        raise refused(name, faults)
    return tuple(things)


def misp_candidate(thing: Thing, rules: HandlingRules, on: date, originators: Originators) -> Candidate:
    """Return what a decision looks at.

    Args:
        thing: An event, as `read_misp` returns it.
        rules: What is known of markings.
        on: The day for which codes of countries are looked up.
        originators: Whose information it holds.
    """
    made, event = read_event(thing.held, rules, on), thing.held[_EVENT]
    parts = (
        MarkedPart(_selector(path), handling)
        for path, each in _held(event, (_EVENT,))
        if (handling := made.parts[str(each.get("uuid", ""))]) != made.event
    )
    return Candidate(
        id=thing.id,
        type=thing.type,
        version=thing.version,
        whole=made.event,
        parts=tuple(parts),
        references=(*_extended(event), *references_in({_EVENT: event}, own=thing.id)),
        originators=originators,
    )


def misp_released(
    thing: Thing,
    candidate: Candidate,
    missing: Iterable[str],
    partner: MispPartner,
    rules: StixRules,
    *,
    group: str | None = None,
) -> bytes:
    """Return the JSON of an event for one partner.

    Args:
        thing: The event.
        candidate: What was decided on.
        missing: The selectors of what goes missing.
        partner: Who receives it.
        rules: What is known of objects.
        group: The UUID of a sharing group of the partner alone, for what is synchronised; None for a file.

    Raises:
        UsageError: Where the handling of what is left keeps it from the partner.
        ValueError: For what is no selector, and where nothing of the event would be left.
    """
    paths = paths_of(missing)
    left = [part.handling for part in candidate.parts if not _within(part.selector, paths)]
    settings = export_settings(strictest((candidate.whole, *left)), partner, group=group)
    made = _without(thing, paths)
    event = made.get(_EVENT)
    if not isinstance(event, dict) or f"{MISP_TYPE}--{event.get('uuid', '')}".lower() != thing.id:
        raise ValueError("an event may not lack itself or its UUID")
    if paths:
        tags = event.get("Tag", [])
        event["Tag"] = [*(tags if isinstance(tags, list) else []), {"name": rules.redaction.misp_tag}]
    return written(confined(made, settings))


def _events(data: bytes, value: object) -> Iterator[tuple[bytes, Any]]:
    """Return the bytes of each event, and what they say."""
    from msgspec import Raw  # noqa: PLC0415 - heavy: loaded when used
    from msgspec.json import decode  # noqa: PLC0415 - heavy: loaded when used

    if isinstance(value, list):
        for raw, each in zip(decode(data, type=list[Raw]), value, strict=True):
            yield from _events(bytes(raw), each)
    elif isinstance(value, Mapping) and "response" in value:
        yield from _events(bytes(decode(data, type=dict[str, Raw])["response"]), value["response"])
    elif isinstance(value, Mapping) and _EVENT not in value:
        yield b'{"Event":' + data + b"}", {_EVENT: value}
    else:
        yield data, value


def _thing(raw: bytes, outer: object) -> tuple[Thing | None, list[Wrong]]:
    event = outer.get(_EVENT) if isinstance(outer, Mapping) else None
    if not isinstance(outer, Mapping) or not isinstance(event, Mapping):
        return None, [Wrong(None, "no-event", "this is no event of MISP", "export it from MISP as JSON")]
    wrong = [*_unsound(event, "an event")]
    uuid, stamp = str(event.get("uuid", "")).lower(), str(event.get("timestamp", "0"))
    if not _UUID.fullmatch(uuid):
        wrong.append(Wrong("uuid", "id-malformed", "the event has no UUID", "export it again", event.get("uuid")))
    if not _SECONDS.fullmatch(stamp):
        wrong.append(Wrong("timestamp", "not-a-moment", "this is no moment", "write seconds since 1970", stamp))
    if wrong:
        return None, wrong
    names = {"type": MISP_TYPE, "id": f"{MISP_TYPE}--{uuid}", "modified": taxii_moment(int(stamp) * _MILLION)}
    creator = event.get("Orgc")
    organisation = str(creator.get("uuid", "")).lower() if isinstance(creator, Mapping) else ""
    if _UUID.fullmatch(organisation):
        names["created_by_ref"] = f"identity--{organisation}"
    return Thing(raw, {**outer, **names}), []


def _unsound(thing: Mapping[str, Any], noun: str) -> Iterator[Wrong]:
    """Say where what holds parts is not as MISP writes it, so that no part escapes its handling."""
    for key in _HELD:
        held = thing.get(key, [])
        if not isinstance(held, list) or not all(isinstance(each, Mapping) for each in held):
            yield Wrong(key, "not-a-list", f"{key} of {noun} is no list of objects", "export it again")
        else:
            for each in held:
                yield from _unsound(each, key) if "Attribute" in each else ()


def _held(thing: Mapping[str, Any], at: Path) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Return whatever in an event has a handling of its own, with its path."""
    for key in _HELD:
        for place, each in enumerate(thing.get(key, [])):
            yield (*at, key, place), each
            if "Attribute" in each:
                yield from _held(each, (*at, key, place))


def _extended(event: Mapping[str, Any]) -> Iterator[Reference]:
    other = str(event.get("extends_uuid") or "").lower()
    if other:
        yield Reference(f"{_EVENT}.extends_uuid", f"{MISP_TYPE}--{other}")


def _selector(path: Path) -> str:
    return ".".join(f"[{step}]" if isinstance(step, int) else step for step in path)


def _within(selector: str, paths: Iterable[Path]) -> bool:
    path = read_selector(selector)
    return path is not None and any(covers(wide, path) for wide in paths)


def _without(thing: Thing, paths: Iterable[Path]) -> dict[str, Any]:
    """Return an event without what is at some paths, and without whatever names that by its UUID."""
    made = cut(thing.raw, paths)
    names = {name for path in made.gone for name in _uuids(_at(thing.held, path))}
    left: dict[str, Any] = read_json(written(made.top))[0]
    while names and (named := set(_naming(left, (), names))):
        left = read_json(written(cut(written(left), named).top))[0]
    return left


def _at(held: Any, path: Path) -> object:  # noqa: ANN401 - JSON
    for step in path:
        held = held[step]
    return held


def _uuids(value: object) -> Iterator[str]:
    """Return the UUIDs of objects of MISP in some JSON."""
    if isinstance(value, Mapping):
        if _UUID.fullmatch(name := str(value.get("uuid", "")).lower()):
            yield name
        for each in value.values():
            yield from _uuids(each)
    elif isinstance(value, list):
        for each in value:
            yield from _uuids(each)


def _naming(value: object, at: Path, names: set[str]) -> Iterator[Path]:
    """Return the paths of texts and keys that hold one of some UUIDs; of a reference, that of the whole of it."""
    if isinstance(value, str):
        if not names.isdisjoint(_UUID.findall(value.lower())):
            cause = at.index(_REFERENCE) + 2 if _REFERENCE in at else len(at)
            yield at[:cause]
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from _naming(key, (*at, key), names)
            yield from _naming(each, (*at, key), names)
    elif isinstance(value, list):
        for place, each in enumerate(value):
            yield from _naming(each, (*at, place), names)
