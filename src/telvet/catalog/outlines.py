"""Turn the table of outlines into shapes that a map of the world draws, by alpha-3.

* A shape is SVG path data in whole numbers, or a point where a country is too small to be seen.
* Nothing but path data is let through: a table with anything else in it is faulty and refused.
* An area without a code of its own belongs to no country here; a map draws it and never colours it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from telvet.errors import CatalogError, Fault
from telvet.shipped import shipped

__all__ = ["Outline", "Outlines", "read_outlines"]

_FILE = "outlines.csv"
_SHAPES = {
    "canvas": re.compile(r"0 0 ([1-9]\d{1,4}) ([1-9]\d{1,4})"),
    "outline": re.compile(r"(?:M\d+ \d+l-?\d+(?:[ -]\d+)*z)+"),
    "point": re.compile(r"M(\d+) (\d+)"),
}


@dataclass(frozen=True, slots=True)
class Outline:
    """What is drawn of a country."""

    alpha3: str
    """Empty for an area without a code."""
    name: str
    path: str
    """SVG path data; empty for a point."""
    point: tuple[int, int] | None = None
    """Where the mark of a country stands that is too small to be seen."""


@dataclass(frozen=True, slots=True)
class Outlines:
    """Every outline on one canvas."""

    width: int
    height: int
    by_code: Mapping[str, Outline]
    """By alpha-3, in its order."""
    without_code: tuple[Outline, ...]


def read_outlines(folder: Path | None = None) -> Outlines:
    """Read the catalogue's outlines; those that ship with telvet are read once."""
    return _shipped() if folder is None else _read(folder)


@cache
def _shipped() -> Outlines:
    return _read(shipped("catalog") / "places")


def _read(folder: Path) -> Outlines:
    faults: list[Fault] = []
    by_code: dict[str, Outline] = {}
    without_code: list[Outline] = []
    canvas = (0, 0)
    with (folder / _FILE).open(encoding="utf-8", newline="") as lines:
        for record, row in enumerate(csv.DictReader(lines), 2):
            if fault := _fault(record, row, by_code):
                faults.append(fault)
            elif row["kind"] == "canvas":
                canvas = _numbers(row)
            elif row["alpha3"]:
                by_code[row["alpha3"]] = _outline(row)
            else:
                without_code.append(_outline(row))
    if not any(canvas):
        fix = "add a row of the kind canvas whose path is `0 0 WIDTH HEIGHT`"
        faults.append(Fault(_FILE, None, "kind", "no-canvas", "nothing says how large the map is", fix))
    if faults:
        raise CatalogError(f"the outlines have {len(faults)} fault(s)", tuple(faults), code="outlines")
    return Outlines(*canvas, by_code, tuple(without_code))


def _fault(record: int, row: Mapping[str, str], known: Mapping[str, Outline]) -> Fault | None:
    code, kind, path = row["alpha3"], row["kind"], row["path"] or ""
    if kind not in _SHAPES:
        return Fault(_FILE, record, "kind", "unknown-kind", f"{kind!r} is none of {', '.join(_SHAPES)}")
    if not _SHAPES[kind].fullmatch(path):
        return Fault(_FILE, record, "path", "not-a-path", f"this is no path of the kind {kind}", value=path[:40])
    if code in known:
        return Fault(_FILE, record, "alpha3", "outline-twice", f"{code} has an outline already")
    return None


def _outline(row: Mapping[str, str]) -> Outline:
    if row["kind"] == "point":
        return Outline(row["alpha3"], row["name"], "", _numbers(row))
    return Outline(row["alpha3"], row["name"], row["path"])


def _numbers(row: Mapping[str, str]) -> tuple[int, int]:
    """Return the two numbers of a row that has been found faultless."""
    found = _SHAPES[row["kind"]].fullmatch(row["path"])
    return (int(found[1]), int(found[2])) if found else (0, 0)
