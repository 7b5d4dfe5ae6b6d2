"""Turns the bytes of an object that somebody sends into what the store keeps of it, or why it cannot be kept.

* Its bytes are kept as they came; what two readers could read in two ways is refused.
* A version is `modified`, else `created`, written with microseconds; an object without either has none of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from telvet.errors import SharingError
from telvet.sharing.objects.reading import read_object
from telvet.sharing.objects.references import references
from telvet.sharing.objects.thing import Thing
from telvet.sharing.objects.timestamps import microseconds, taxii_moment

__all__ = ["DERIVES", "HOLDS", "MARKS", "Incoming", "Refused", "read_incoming", "targets_of"]

DERIVES, HOLDS, MARKS = "derives", "holds", "marks"
"""What an id is to the object that holds it."""
_LONGEST = 300

_SPEC = re.compile(r"[0-9]{1,3}\.[0-9]{1,3}")
_WITH_DATES, _WITHOUT = "2.0", "2.1"
"""What an object is that does not say: 2.1 asks all but those without dates to say it."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """An object that may be kept."""

    thing: Thing
    spec_version: str
    version: str
    """Nothing where it has none of its own."""
    written: str
    """The same as it stands in the object."""
    targets: Mapping[str, str]
    """The ids that it holds, as `targets_of` tells them."""


@dataclass(frozen=True, slots=True)
class Refused:
    """An object that may not."""

    id: str
    version: str
    why: str


def read_incoming(raw: bytes) -> Incoming | Refused:
    """Read one object."""
    try:
        thing = read_object(raw)
    except SharingError as error:
        named = re.search(rb'"id"\s*:\s*"([^"\\]{1,300})"', raw)
        name = named[1].decode("utf-8", "replace") if named else ""
        return Refused(name, "", "; ".join(_said(fault.what, fault.fix) for fault in error.faults) or error.what)
    written = thing.version
    moment = microseconds(written)
    version = "" if moment is None else taxii_moment(moment)
    spec = thing.held.get("spec_version", _WITH_DATES if version else _WITHOUT)
    if not isinstance(spec, str) or not _SPEC.fullmatch(spec):
        return Refused(thing.id, version, "its spec_version is none; write one such as 2.1")
    return Incoming(thing, spec, version, written, targets_of(thing))


def targets_of(thing: Thing) -> Mapping[str, str]:
    """Return the ids that an object holds, and of each whether the object `marks` with it, `derives` it, or just `holds` it.

    What it derives is what a relationship `derived-from` says is derived: whose that is depends on the relationship.
    """
    found: dict[str, str] = {}
    for each in references(thing):
        if each.marking or each.target not in found:
            found[each.target] = MARKS if each.marking else HOLDS
    writer = thing.held.get("created_by_ref")
    if isinstance(writer, str) and 0 < len(writer) <= _LONGEST:  # it may be on record however it is written
        found.setdefault(writer, HOLDS)
    if thing.held.get("relationship_type") == "derived-from" and (derived := thing.held.get("source_ref")) in found:
        found[derived] = DERIVES
    return found


def _said(what: str, fix: str) -> str:
    return f"{what} ({fix})" if fix else what
