"""Turns a file that is no STIX, with what is said beside it in `NAME.handling.yaml`, into a candidate.

* What is said beside it: `tlp`, `classification` (a banner line), `statement`, `markings` (ids), and whose it is: `originator` alone,
  or `originators`, with `complete: true` where there are no others. What is not said is not known.
* Without an `id` it is known by its content: the same bytes, the same id.
* Ids of STIX in its bytes are references that cannot go missing; those within compressed files are not seen.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from telvet.catalog.checked_yaml import CheckedYaml
from telvet.catalog.yaml_reading import parse_yaml
from telvet.errors import Fault, SharingError
from telvet.model.handling import Handling, Tlp, strictest
from telvet.model.sharing import Candidate, Originators, Reference
from telvet.sharing.markings.banner import read_banner
from telvet.sharing.markings.definition import MARKING_ID
from telvet.sharing.markings.ism import ism_handling
from telvet.sharing.markings.statements import read_statement
from telvet.sharing.markings.stix_object import MarkingCompiler
from telvet.sharing.objects.json_reading import refused
from telvet.sharing.objects.references import ids_in
from telvet.sharing.objects.thing import Thing
from telvet.sharing.objects.timestamps import microseconds

__all__ = ["PLAIN_TYPE", "SIDECAR", "PlainFile", "read_plain"]

PLAIN_TYPE = "plain-file"
SIDECAR = ".handling.yaml"
"""What the name of the file beside it ends in."""
_KEYS = ("id", "version", "tlp", "classification", "statement", "markings", "originator", "originators", "complete")
_OWN = re.compile(rf"{PLAIN_TYPE}--[0-9a-f]{{8}}-[0-9a-f]{{4}}-[0-9a-f]{{4}}-[0-9a-f]{{4}}-[0-9a-f]{{12}}")
_IDENTITY = re.compile(r"identity--[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_TEXTS = {"id": _OWN, "version": None, "classification": None, "statement": None, "originator": _IDENTITY}
_LISTS = {"markings": MARKING_ID, "originators": _IDENTITY}


@dataclass(frozen=True, slots=True)
class PlainFile:
    """A file and what a decision looks at."""

    thing: Thing
    candidate: Candidate


def read_plain(data: bytes, name: str, beside: str, compiler: MarkingCompiler) -> PlainFile:
    """Return a file as a decision sees it.

    Args:
        data: The bytes of the file.
        name: Its name.
        beside: What stands in `NAME.handling.yaml`.
        compiler: Of the marking definitions that count, and the day.

    Raises:
        SharingError: With a fault for every line beside it that is wrong.
    """
    shown, faults = f"{name}{SIDECAR}", list[Fault]()
    file = CheckedYaml(shown, parse_yaml(beside, shown, SharingError), faults)
    said = _checked(file, compiler)
    if faults:
        raise refused(shown, faults)
    markings = _markings(said, compiler)
    held = {"type": PLAIN_TYPE, "id": said.get("id") or _by_content(data), "name": name}
    if "version" in said:
        held["modified"] = said["version"]
    if markings:
        held["object_marking_refs"] = markings
    thing = Thing(data, held)
    candidate = Candidate(
        id=thing.id,
        type=PLAIN_TYPE,
        version=thing.version,
        whole=strictest((compiler.marks(markings).handling, *_in_words(thing.id, said, compiler))),
        required=frozenset({"content"}),
        references=(*_references(data, thing.id, markings),),
        originators=_originators(said),
    )
    return PlainFile(thing, candidate)


def _checked(file: CheckedYaml, compiler: MarkingCompiler) -> Mapping[str, Any]:
    """Return what is said, once every value is what it should be; else faults are noted."""
    said = file.document.value
    file.keys((), said, (), _KEYS)
    if not isinstance(said, Mapping):
        return {}
    for key, pattern in _TEXTS.items():
        if key in said and file.text((key,), said[key]) and pattern is not None:
            _spelt(file, (key,), said[key], pattern)
    for key, pattern in _LISTS.items():
        listed = said.get(key, [])
        if not isinstance(listed, list):
            file.fault((key,), "not-a-list", "a list of ids is wanted here", value=listed)
        for place, each in enumerate(listed if isinstance(listed, list) else ()):
            _spelt(file, (key, place), each, pattern)
    _coded(file, said, compiler)
    return said


def _coded(file: CheckedYaml, said: Mapping[str, Any], compiler: MarkingCompiler) -> None:
    """Note faults in values that are no ids, and where two say the same thing."""
    if "tlp" in said:
        file.one_of(("tlp",), said["tlp"], tuple(Tlp), "level of TLP")
    if not isinstance(said.get("complete", False), bool):
        file.fault(("complete",), "not-a-truth", "true or false is wanted here", value=said["complete"])
    if "version" in said and microseconds(said["version"]) is None:
        fix = "write it as 2020-01-01T00:00:00.000Z"
        file.fault(("version",), "not-a-moment", "this is no moment", fix, said["version"])
    if "originator" in said and ("originators" in said or "complete" in said):
        fix = "write originator where it is the only one, else originators"
        file.fault(("originator",), "not-one-of-two", "it says whose it is in two ways", fix)
    banner = said.get("classification")
    if isinstance(banner, str) and read_banner(banner, compiler.rules.ism) is None:
        fix = "write it as on the page, e.g. LEVEL//REL TO codes"
        file.fault(("classification",), "not-a-banner", "this does not begin like a banner line", fix, banner)


def _spelt(file: CheckedYaml, at: tuple[str | int, ...], value: object, pattern: re.Pattern[str]) -> None:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        kind = pattern.pattern.partition("--")[0]
        file.fault(at, "id-malformed", f"this is no id of the type {kind}", f"write {kind}-- and a UUID", value)


def _by_content(data: bytes) -> str:
    """Return an id made of the digest of some bytes."""
    digits = hashlib.sha256(data).hexdigest()
    parts = (digits[:8], digits[8:12], f"8{digits[13:16]}", f"a{digits[17:20]}", digits[20:32])
    return f"{PLAIN_TYPE}--{'-'.join(parts)}"


def _markings(said: Mapping[str, Any], compiler: MarkingCompiler) -> list[str]:
    """Return the ids of the marking definitions; that of a level of TLP is the official one."""
    named = list(said.get("markings", []))
    if "tlp" in said:
        level = Tlp(said["tlp"])
        known = [row for row in compiler.rules.tlp.values() if row.official and row.level is level]
        named.append(max(known, key=lambda row: row.version).id)
    return list(dict.fromkeys(named))


def _in_words(name: str, said: Mapping[str, Any], compiler: MarkingCompiler) -> Iterator[Handling]:
    """Return what the banner line and the statement come to."""
    rules, on = compiler.rules, compiler.on
    if "classification" in said and (mark := read_banner(said["classification"], rules.ism)) is not None:
        yield ism_handling(name, mark, rules, on).handling
    if "statement" in said:
        yield read_statement(name, said["statement"], rules, on).handling


def _originators(said: Mapping[str, Any]) -> Originators:
    if "originator" in said:
        return Originators(frozenset({said["originator"]}), complete=True)
    return Originators(frozenset(said.get("originators", [])), said.get("complete", False))


def _references(data: bytes, own: str, markings: list[str]) -> Iterator[Reference]:
    """Return the marking definitions, and the ids in the bytes of the file, in text of one or two bytes a character."""
    for place, each in enumerate(markings):
        yield Reference(f"object_marking_refs.[{place}]", each, marking=True)
    found = (name for text in (data, data.replace(b"\0", b"")) for name in ids_in(text.decode("latin-1")))
    for target in dict.fromkeys(found):
        if target != own:
            yield Reference("content", target, required=True)
