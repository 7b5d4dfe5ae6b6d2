"""Turn a file's headers into the columns of the equipment table that they name.

* `--map theirs=ours` comes first, then our own names, then the catalogue's, best first.
* A header that is one of our own names serves that column only; others may serve two (`hostname`: id and name).
* Without an id column, the name stands in for it, else the serial number. Nothing else is guessed.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from telvet.catalog.headers import Headers, fold_name
from telvet.errors import Fault
from telvet.tables.equipment import EQUIPMENT, MAKER_COLUMNS

__all__ = ["Mapped", "map_headers", "unknown_columns", "unused_maps"]

_OURS = tuple(name for name in EQUIPMENT.names if not name.startswith("origin_"))
_UNIT = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*$")
_STANDS_IN = ("name", "serial")


@dataclass(slots=True)
class Mapped:
    """Which header gives which column, and how that came about."""

    header: tuple[str, ...]
    positions: dict[str, int] = field(default_factory=dict)
    """Position of the header for each column of ours."""
    foreign: set[str] = field(default_factory=set)
    """Columns taken from a header that is not our own name: their texts are free, unknown codes are unknown facts."""
    rows: list[tuple[str, str | None, str]] = field(default_factory=list)
    """Their header, our column or None, and how."""
    notes: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def headers(self) -> dict[str, str]:
        """Return their header for each column of ours, in our order."""
        return {name: self.header[self.positions[name]] for name in _OURS if name in self.positions}


def map_headers(file: str, header: Sequence[str], headers: Headers, maps: Mapping[str, str]) -> Mapped:
    """Map the headers of a file; what keeps it from being read is among the faults."""
    mapped = Mapped(tuple(header))
    told = _explicit(file, mapped, maps)
    own = {place: name for place, text in enumerate(header) if (name := _own_name(text)) and place not in told}
    for name in _OURS:
        if name not in mapped.positions:
            _choose(mapped, name, headers, own, told)
    if "id" not in mapped.positions:
        _stand_in(file, mapped)
    used = set(mapped.positions.values()) | told
    if unread := [text or f"column {place + 1}" for place, text in enumerate(header) if place not in used]:
        mapped.notes.append(f"not read: {', '.join(unread)}")
        mapped.rows.extend((text, None, "not read") for text in unread)
    if not any(name in mapped.positions for name in MAKER_COLUMNS):
        mapped.faults.append(_no_maker(file, mapped, headers))
    return mapped


def unknown_columns(maps: Mapping[str, str]) -> list[Fault]:
    """Return a fault for each column on our side of `--map` that does not exist."""
    faults = []
    for theirs, ours in maps.items():
        if ours and ours not in _OURS:
            near = _near(ours, {fold_name(name): name for name in _OURS})
            fix = f"did you mean {near!r}?" if near else f"use one of {', '.join(_OURS)}"
            what = f"{ours!r} is no column of the equipment table"
            faults.append(Fault("--map", None, f"{theirs}={ours}", "unknown-column", what, fix))
    return faults


def unused_maps(maps: Mapping[str, str], found: Sequence[Mapped]) -> list[Fault]:
    """Return a fault for each header on their side of `--map` that no file has."""
    seen = {fold_name(text): text for mapped in found for text in mapped.header}
    faults = []
    for theirs in maps:
        if fold_name(theirs) not in seen:
            near = _near(theirs, seen)
            fix = f"did you mean {near!r}?" if near else f"the headers are {', '.join(dict.fromkeys(seen.values()))}"
            what = f"no file has a header {theirs!r}"
            faults.append(Fault("--map", None, f"{theirs}={maps[theirs]}", "unknown-header", what, fix))
    return faults


def _near(text: str, names: Mapping[str, str]) -> str | None:
    found = difflib.get_close_matches(fold_name(text), names, n=1, cutoff=0.5)
    return names[found[0]] if found else None


def _own_name(text: str) -> str | None:
    folded = fold_name(text)
    return next((name for name in _OURS if fold_name(name) == folded), None)


def _explicit(file: str, mapped: Mapped, maps: Mapping[str, str]) -> set[int]:
    """Take what `--map` says; return the positions that it speaks of."""
    told: set[int] = set()
    for theirs, ours in maps.items():
        exact = [place for place, text in enumerate(mapped.header) if text == theirs]
        places = exact or [place for place, text in enumerate(mapped.header) if fold_name(text) == fold_name(theirs)]
        if not places or (ours and ours not in _OURS):
            continue
        told.add(places[0])
        if not ours:
            mapped.rows.append((mapped.header[places[0]], None, "left out by --map"))
        elif ours in mapped.positions:
            what = f"{mapped.header[mapped.positions[ours]]!r} and {theirs!r} are both mapped to {ours}"
            mapped.faults.append(Fault(file, None, theirs, "mapped-twice", what, "map one of them"))
        else:
            _take(mapped, ours, places[0], "--map")
    return told


def _take(mapped: Mapped, name: str, place: int, how: str) -> None:
    mapped.positions[name] = place
    if how != "own name":
        mapped.foreign.add(name)
    mapped.rows.append((mapped.header[place], name, how))


def _choose(mapped: Mapped, name: str, headers: Headers, own: Mapping[int, str], told: set[int]) -> None:
    ranked = []
    for place, text in enumerate(mapped.header):
        if place not in told and own.get(place, name) == name:
            rank = headers.rank(name, text)
            if rank is None and _UNIT.search(text):
                rank = headers.rank(name, _UNIT.sub("", text))
            if rank is not None:
                ranked.append((rank, place))
    if ranked:
        rank, place = min(ranked)
        _take(mapped, name, place, "own name" if own.get(place) == name else "known name")
        if others := [mapped.header[other] for _, other in sorted(ranked)[1:]]:
            mapped.notes.append(f"{name} was read from {mapped.header[place]!r}, not {', '.join(map(repr, others))}")


def _stand_in(file: str, mapped: Mapped) -> None:
    for name in _STANDS_IN:
        if name in mapped.positions:
            _take(mapped, "id", mapped.positions[name], f"{name} stands in")
            mapped.notes.append(f"there is no id column; {mapped.header[mapped.positions[name]]!r} stands in for it")
            return
    fix = f"map one with `--map THEIRS=id`; the headers are {', '.join(mapped.header)}"
    mapped.faults.append(Fault(file, 1, None, "no-id-column", "no column names the elements", fix))


def _no_maker(file: str, mapped: Mapped, headers: Headers) -> Fault:
    hints = {folded: name for name in MAKER_COLUMNS for folded in headers.names[name]}
    taken = {theirs for theirs, _, how in mapped.rows if how != "not read"}
    free = [text for text in mapped.header if text and text not in taken]
    guesses = [f"`--map '{text}={near}'`" for text in free if (near := _near(text, hints))][:3]
    fix = f"perhaps {' or '.join(guesses)}" if guesses else f"add one of {', '.join(MAKER_COLUMNS)}"
    what = f"no column can hint at a maker; the headers are {', '.join(mapped.header)}"
    return Fault(file, 1, None, "no-maker-column", what, fix)
