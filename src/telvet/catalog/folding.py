"""Turns `catalog/evidence/folding.yaml` into how statements become a position: kinds, levels, and what makes the whole.

* A kind names the position that a scope then stands at, how strict it is, and which kinds may succeed it.
* A level says whether its word counts in full, only as a deliberation, or not at all.
* All faults of the file are told at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from telvet.catalog.checked_yaml import CheckedYaml, read_checked
from telvet.catalog.evidence_codes import KINDS, REACHES
from telvet.errors import CatalogError, Fault
from telvet.model.evidence import Level
from telvet.model.position import POSITIONS
from telvet.shipped import shipped

__all__ = ["WAYS", "Folding", "Kind", "Overall", "read_folding"]

WAYS = ("as", "leaning", "nothing")
_FILE = "folding.yaml"
_COUNTED = tuple(kind for kind in KINDS if kind != "speaks")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a statement comes to for a scope."""

    position: str
    strict: int
    gives_way_to: frozenset[str]


@dataclass(frozen=True, slots=True)
class Overall:
    """A position of the whole, and the scopes of which one must stand at it."""

    position: str
    where: frozenset[str]
    reach: frozenset[str]


@dataclass(frozen=True, slots=True)
class Folding:
    """The rules by which statements become a position."""

    kinds: Mapping[str, Kind]
    levels: Mapping[Level, str]
    overall: tuple[Overall, ...]
    """The first that holds is the position; none of them: unknown."""


def read_folding(folder: Path | None = None) -> Folding:
    """Read the rules from a folder; those that ship with telvet are read once.

    Raises:
        CatalogError: With a fault for every place that is wrong.
    """
    return _shipped() if folder is None else _read(folder)


@cache
def _shipped() -> Folding:
    return _read(shipped("catalog") / "evidence")


def _read(folder: Path) -> Folding:
    faults: list[Fault] = []
    file = read_checked(folder / _FILE, f"{folder.name}/{_FILE}", faults)
    folding = Folding({}, {}, ())
    if file and file.keys((), file.document.value, ("kinds", "levels", "overall"), ()):
        top = file.document.value
        folding = Folding(_kinds(file, top["kinds"]), _levels(file, top["levels"]), _overall(file, top["overall"]))
    if faults:
        count = len(faults)
        raise CatalogError(f"{_FILE} has {count} fault{'s' * (count > 1)}", tuple(faults), code="folding")
    return folding


def _kinds(file: CheckedYaml, cells: Any) -> dict[str, Kind]:  # noqa: ANN401 - YAML may hold anything
    made = {}
    if not file.keys(("kinds",), cells, _COUNTED, ()):
        return {}
    for kind, row in cells.items():
        at, before = ("kinds", kind), len(file.faults)
        if not file.keys(at, row, ("position", "strict", "gives way to"), ()):
            continue
        file.one_of((*at, "position"), row["position"], POSITIONS, "position")
        _all_of(file, (*at, "gives way to"), row["gives way to"], _COUNTED, "kind of measure")
        if not isinstance(row["strict"], int):
            file.fault((*at, "strict"), "not-a-number", "a whole number is wanted here", value=row["strict"])
        if len(file.faults) == before:
            made[kind] = Kind(row["position"], row["strict"], frozenset(row["gives way to"]))
    return made


def _levels(file: CheckedYaml, cells: Any) -> dict[Level, str]:  # noqa: ANN401
    levels = tuple(level.value for level in Level)
    if not file.keys(("levels",), cells, levels, ()):
        return {}
    sound = {level: file.one_of(("levels", level), cells[level], WAYS, "way of counting") for level in levels}
    return {Level(level): cells[level] for level in levels if sound[level]}


def _overall(file: CheckedYaml, rows: Any) -> tuple[Overall, ...]:  # noqa: ANN401
    made = []
    for place, row in enumerate(rows if isinstance(rows, list) else ()):
        at, before = ("overall", place), len(file.faults)
        if file.keys(at, row, ("position", "where", "reach"), ()):
            file.one_of((*at, "position"), row["position"], POSITIONS, "position")
            _all_of(file, (*at, "where"), row["where"], POSITIONS, "position")
            _all_of(file, (*at, "reach"), row["reach"], REACHES, "reach")
            if len(file.faults) == before:
                made.append(Overall(row["position"], frozenset(row["where"]), frozenset(row["reach"])))
    if not isinstance(rows, list):
        file.fault(("overall",), "not-a-list", "a list is wanted here", value=rows)
    return tuple(made)


def _all_of(file: CheckedYaml, at: tuple[str | int, ...], values: object, allowed: tuple[str, ...], noun: str) -> None:
    if not isinstance(values, list):
        file.fault(at, "not-a-list", "a list is wanted here", value=values)
        return
    for place, value in enumerate(values):
        file.one_of((*at, place), value, allowed, noun)
