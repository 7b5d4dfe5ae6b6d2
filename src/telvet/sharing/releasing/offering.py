"""Turns a file, be it STIX, events of MISP or any other with its marks beside it, into what is offered to a gate.

* What a file is follows from its content; where marks stand beside what bears its own, the caller must say which count.
* Of a file that is no STIX and no event, what is said beside it is judged along: said otherwise, it is another file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from telvet.errors import SharingError
from telvet.sharing.markings.stix_object import MarkingCompiler
from telvet.sharing.objects.misp_event import misp_candidate, read_misp
from telvet.sharing.objects.originating import originators_of
from telvet.sharing.objects.plain_file import SIDECAR, read_plain
from telvet.sharing.objects.reading import read_bundle
from telvet.sharing.objects.thing import Thing
from telvet.sharing.releasing.gate import Gate, Offered

__all__ = ["Described", "Kind", "OfferedFile", "kind_of", "offered", "read_offered"]


class Kind(StrEnum):
    """What a file is."""

    STIX = "stix"
    MISP = "misp"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class OfferedFile:
    """A file of which something may go out."""

    kind: Kind
    name: str
    data: bytes
    beside: str = ""
    """What stands in `NAME.handling.yaml`, for a plain file."""
    things: tuple[Thing, ...] = ()
    """What it holds; of a plain file nothing, for its marks are read for a day."""


@dataclass(frozen=True)
class Described(Thing):
    """A file with what is said beside it."""

    beside: str = ""

    @cached_property
    def digest(self) -> str:
        """Return the SHA-256 of both, in hexadecimal: who approved the file approved it as it was marked."""
        parts = (self.raw, self.beside.encode())
        return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def kind_of(data: bytes, name: str, *, described: bool) -> Kind:
    """Return what a file is.

    Args:
        data: Its bytes.
        name: The file as errors name it.
        described: Marks stand beside it.

    Raises:
        SharingError: It is none of the three, or what it is cannot be told.
    """
    found = _by_content(data)
    if found is None and described:
        return Kind.PLAIN
    if found is None:
        raise SharingError(
            "this is no STIX, and no event of MISP",
            code="kind-unknown",
            where=name,
            why="what is not marked goes nowhere, and nothing in this file can say how it is marked",
            fix=f"write its marks into {name}{SIDECAR} beside it: tlp, classification, statement, originator",
        )
    if described:
        raise SharingError(
            f"marks stand in it and in {name}{SIDECAR}",
            code="kind-unclear",
            where=name,
            why="the stricter of the two must not be overlooked",
            fix=f"say which count: --as {found}, or --as {Kind.PLAIN} for the file as a whole",
        )
    return found


def read_offered(data: bytes, name: str, kind: Kind, beside: str = "") -> OfferedFile:
    """Read a file.

    Raises:
        SharingError: With a fault for everything that is wrong with STIX or MISP; marks beside a file are read by `offered`.
    """
    if kind is Kind.PLAIN:
        return OfferedFile(kind, name, data, beside)
    things = read_bundle(data, name).things if kind is Kind.STIX else read_misp(data, name)
    return OfferedFile(kind, name, data, things=tuple(things))


def offered(file: OfferedFile, gate: Gate, purpose: str | None) -> list[Offered]:
    """Return what a file offers to a gate, in its order.

    Raises:
        SharingError: With a fault for every line beside a plain file that is wrong.
    """
    if file.kind is Kind.STIX:
        return [Offered(thing, purpose=purpose) for thing in file.things]
    rules, on = gate.rules.handling, gate.as_of
    if file.kind is Kind.MISP:
        whose = originators_of(file.things, gate.known.originated)
        return [
            Offered(thing, purpose=purpose, candidate=misp_candidate(thing, rules, on, whose[thing.id]))
            for thing in file.things
        ]
    plain = read_plain(file.data, file.name, file.beside, MarkingCompiler({}, rules, on))
    thing = Described(plain.thing.raw, plain.thing.held, file.beside)
    return [Offered(thing, purpose=purpose, candidate=plain.candidate)]


def _by_content(data: bytes) -> Kind | None:
    """Return what the content of a file says of itself; None where it is neither STIX nor MISP.

    What looks like JSON and cannot be read is taken for STIX: whoever reads it says what is wrong.
    """
    from msgspec import Raw  # noqa: PLC0415 - heavy: loaded when used
    from msgspec.json import decode  # noqa: PLC0415 - heavy: loaded when used

    text = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text[:1] not in (b"{", b"["):
        return None
    try:
        top: Any = decode(text, type=dict[str, Raw] if text[:1] == b"{" else list[dict[str, Raw]])
    except (ValueError, RecursionError):
        return Kind.STIX
    keys = top if isinstance(top, Mapping) else top[0] if top else {"objects": None}
    if "Event" in keys or "response" in keys or ("uuid" in keys and "info" in keys and "type" not in keys):
        return Kind.MISP
    return Kind.STIX if "type" in keys or "objects" in keys else None
