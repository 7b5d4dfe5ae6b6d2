"""Turns what is known of objects of STIX (`catalog/stix/`) into lookups: what a type may not lack, and how partial is said.

* A type that nobody knows lacks nothing but what every object has.
* All faults of all files are told at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from telvet.catalog.checked_yaml import CheckedYaml, read_checked
from telvet.errors import CatalogError, Fault
from telvet.model.status import Grade
from telvet.shipped import shipped

__all__ = ["KINDS", "EntryNeeds", "Redaction", "StixRules", "StixType", "read_stix"]

KINDS = ("sdo", "sro", "sco", "meta", "other")
_OTHER = "other"
_GRADES = tuple(Grade)
_EXTENSION_ID = re.compile(r"extension-definition--[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class StixType:
    """What objects of one type may not lack."""

    name: str
    kind: str
    """One of `KINDS`."""
    required: frozenset[str]
    """What is common to its kind among it."""
    one_of: frozenset[str] = frozenset()
    """At least one of these is needed."""
    grade: Grade = Grade.UNVERIFIED

    def needs(self, held: Mapping[str, Any]) -> frozenset[str]:
        """Return the properties that an object may not lose: those required, and all of `one_of` that it has."""
        return self.required.union(self.one_of.intersection(held)) if self.one_of else self.required


@dataclass(frozen=True, slots=True)
class EntryNeeds:
    """What an entry of a list may not lack."""

    required: frozenset[str]
    one_of: frozenset[str] = frozenset()

    def met(self, had: AbstractSet[str], left: AbstractSet[str]) -> bool:
        """Tell whether an entry with some properties may be left with others: it lacks nothing that it had and needs."""
        return self.required & had <= left and (not self.one_of & had or bool(self.one_of & left))


@dataclass(frozen=True, slots=True)
class Redaction:
    """How an object says that parts of it are missing."""

    extension: str
    """The id of the extension."""
    name: str
    schema: str
    version: str
    body: Mapping[str, str | bool]
    """What stands under the id."""
    misp_tag: str


@dataclass(frozen=True, slots=True)
class StixRules:
    """All that is known of objects."""

    types: Mapping[str, StixType]
    other: StixType
    """Of a type that is not among them."""
    entries: Mapping[str, EntryNeeds]
    """What an entry of a list may not lack, by the name of the list."""
    redaction: Redaction

    def type(self, name: str) -> StixType:
        """Return what is known of a type."""
        return self.types.get(name, self.other)

    def required(self, held: Mapping[str, Any]) -> frozenset[str]:
        """Return the properties that an object may not lose."""
        return self.type(str(held.get("type", ""))).needs(held)


@dataclass(slots=True)
class _Required:
    """What `required.yaml` says."""

    types: dict[str, StixType] = field(default_factory=dict)
    other: StixType | None = None
    entries: dict[str, EntryNeeds] = field(default_factory=dict)


def read_stix(folder: Path | None = None) -> StixRules:
    """Read what is known of objects; that which ships with telvet is read once.

    Args:
        folder: A folder with the files of `catalog/stix/`.

    Raises:
        CatalogError: With a fault for every place that is wrong.
    """
    return _shipped() if folder is None else _read(folder)


@cache
def _shipped() -> StixRules:
    return _read(shipped("catalog") / "stix")


def _read(folder: Path) -> StixRules:
    faults: list[Fault] = []
    read = _required(read_checked(folder / "required.yaml", f"{folder.name}/required.yaml", faults))
    redaction = _redaction(read_checked(folder / "redaction.yaml", f"{folder.name}/redaction.yaml", faults))
    if faults or read.other is None or redaction is None:
        what = f"what is known of STIX has {len(faults)} fault{'s' * (len(faults) != 1)}"
        raise CatalogError(what, tuple(faults), code="stix", where=folder.name)
    return StixRules(read.types, read.other, read.entries, redaction)


def _required(file: CheckedYaml | None) -> _Required:
    found = _Required()
    if file is None or not file.keys((), top := file.document.value, ("common", "types", "entries"), ()):
        return found
    if not file.keys(("common",), top["common"], KINDS, ()):
        return found
    common = {kind: _names(file, ("common", kind), names) for kind, names in top["common"].items()}
    found.other = StixType(_OTHER, _OTHER, common[_OTHER])
    for name, cells in _mapping(file, "types", top["types"]).items():
        if (made := _type(file, str(name), cells, common)) is not None:
            found.types[made.name] = made
    for name, cells in _mapping(file, "entries", top["entries"]).items():
        if file.keys(at := ("entries", str(name)), cells, ("required",), ("one_of",)):
            one_of = _names(file, (*at, "one_of"), cells.get("one_of", []))
            found.entries[str(name)] = EntryNeeds(_names(file, (*at, "required"), cells["required"]), one_of)
    return found


def _type(file: CheckedYaml, name: str, cells: Any, common: Mapping[str, frozenset[str]]) -> StixType | None:  # noqa: ANN401 - as YAML has it
    at = ("types", name)
    if not file.keys(at, cells, ("kind", "required", "grade", "source"), ("one_of",)):
        return None
    sound = file.one_of((*at, "kind"), cells["kind"], KINDS, "kind")
    sound &= file.one_of((*at, "grade"), cells["grade"], _GRADES, "grade")
    sound &= file.text((*at, "source"), cells["source"])
    required = _names(file, (*at, "required"), cells["required"])
    one_of = _names(file, (*at, "one_of"), cells.get("one_of", []))
    if not sound:
        return None
    return StixType(name, cells["kind"], required | common[cells["kind"]], one_of, Grade(cells["grade"]))


def _redaction(file: CheckedYaml | None) -> Redaction | None:
    if file is None or not file.keys((), file.document.value, ("redaction",), ()):
        return None
    top = file.document.value["redaction"]
    if not file.keys(("redaction",), top, ("extension", "misp"), ()):
        return None
    at, texts = ("redaction", "extension"), ("id", "name", "schema", "version")
    sound = file.keys(at, top["extension"], (*texts, "body"), ())
    sound &= file.keys(("redaction", "misp"), top["misp"], ("tag",), ())
    if not sound or not file.text(("redaction", "misp", "tag"), top["misp"]["tag"]):
        return None
    cells = top["extension"]
    if [key for key in texts if not file.text((*at, key), cells[key])]:
        return None
    if not _EXTENSION_ID.fullmatch(cells["id"]):
        file.fault((*at, "id"), "id-malformed", "this is no id of an extension", "write a random UUID", cells["id"])
    body = cells["body"]
    if not isinstance(body, Mapping) or not all(isinstance(value, str | bool) for value in body.values()):
        file.fault((*at, "body"), "not-a-mapping", "properties, each a text or true or false, are wanted here")
        return None
    return Redaction(cells["id"], cells["name"], cells["schema"], cells["version"], body, top["misp"]["tag"])


def _mapping(file: CheckedYaml, key: str, value: object) -> Mapping[str, Any]:
    if isinstance(value, Mapping) and value:
        return value
    file.fault((key,), "not-a-mapping", "entries are wanted here")
    return {}


def _names(file: CheckedYaml, at: tuple[str, ...], names: object) -> frozenset[str]:
    """Return the names of properties in a list; the list may be empty."""
    if isinstance(names, list):
        return frozenset(name for place, name in enumerate(names) if file.text((*at, place), name))
    file.fault(at, "not-a-list", "a list of properties is wanted here", value=names)
    return frozenset()
