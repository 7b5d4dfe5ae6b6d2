"""Turn a cell that lists codes, labels or numbers into its canonical list.

* Members come in the order of their codes, labels and numbers sorted; `none` states that the list is empty.
* A member after `-` is denied. Both stated and denied is a fault, and so are two members that exclude each other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from telvet.inventory.cell_fault import CellFault
from telvet.inventory.numbers import band_text
from telvet.tables.columns import Column

__all__ = ["canonical_codes", "canonical_labels", "canonical_numbers", "split"]

_NONE = "none"
_BETWEEN_CODES = re.compile(r"[;,|\n]")
_BETWEEN_NAMES = re.compile(r"[;,|\n/+&]")
_BETWEEN_LABELS = re.compile(r"[;\n]")
_BETWEEN_NUMBERS = re.compile(r"[;|\n/+&]")
_COMMAS = re.compile(",")
_DECIMAL_COMMA = re.compile(r"\d{1,2},\d{1,3}\s*GHz", re.IGNORECASE)
_GHZ = re.compile(r"g(?:hz)?$", re.IGNORECASE)
_BARE_GHZ = re.compile(r"\d{1,2}(?:[.,]\d+)?")
_DENIED = re.compile(r"-\s*(?=\S)")


def split(text: str, between: re.Pattern[str]) -> list[str]:
    """Return the members of a cell, trimmed, without empty ones."""
    return [part for raw in between.split(text) if (part := raw.strip())]


def canonical_codes(column: Column, text: str, read: Callable[[str], tuple[str, ...]]) -> str | None:
    """Return the list of codes that a cell states and denies, or raise CellFault.

    Args:
        column: The column, for the order of its codes and what excludes what.
        text: The cell, trimmed.
        read: Turns one member into its codes; nothing for an unknown one, CellFault with what is near.
    """
    if text.casefold() == _NONE:
        return _NONE
    if whole := _whole(text, read):
        return _join(column, whole, ())
    parts = split(text, _BETWEEN_CODES)
    if len(parts) == 1 and not _DENIED.match(text):
        parts = _finer(parts[0], read)
    stated: list[str] = []
    denied: list[str] = []
    for part in parts:
        if found := _DENIED.match(part):
            denied.extend(read(part[found.end() :]))
        else:
            stated.extend(read(part))
    return _join(column, stated, denied)


def _whole(text: str, read: Callable[[str], tuple[str, ...]]) -> tuple[str, ...]:
    if _DENIED.match(text):
        return ()
    try:
        return read(text)
    except CellFault:
        return ()


def _finer(text: str, read: Callable[[str], tuple[str, ...]]) -> list[str]:
    """Split a member such as `AMF/SMF` where every part of it is known; leave it whole otherwise."""
    finer = split(text, _BETWEEN_NAMES)
    return finer if len(finer) > 1 and all(_whole(part, read) for part in finer) else [text]


def _join(column: Column, stated: Iterable[str], denied: Iterable[str]) -> str | None:
    yes, no = frozenset(stated), frozenset(denied)
    if both := yes & no:
        raise CellFault(
            code="contradiction", what=f"{_shown(column, both)} is both stated and denied", fix="keep one of them"
        )
    for code, others in column.excludes:
        if code in yes and (clash := yes.intersection(others)):
            raise CellFault(
                code="contradiction", what=f"{code} excludes {_shown(column, clash)}", fix="keep one of them"
            )
    return ";".join(f"-{code}" if code in no else code for code in column.codes if code in yes or code in no) or None


def _shown(column: Column, members: frozenset[str]) -> str:
    return ", ".join(code for code in column.codes if code in members)


def canonical_labels(text: str) -> str | None:
    """Return the list of labels that a cell states and denies, or raise CellFault."""
    if text.casefold() == _NONE:
        return _NONE
    stated: set[str] = set()
    denied: set[str] = set()
    for part in split(text, _BETWEEN_LABELS):
        if found := _DENIED.match(part):
            denied.add(part[found.end() :])
        else:
            stated.add(part)
    if both := stated & denied:
        raise CellFault(
            code="contradiction", what=f"{', '.join(sorted(both))} is both stated and denied", fix="keep one of them"
        )
    return ";".join(f"-{label}" if label in denied else label for label in sorted(stated | denied)) or None


def canonical_numbers(text: str) -> str | None:
    """Return the list of bands in MHz, or raise CellFault; 3.5/26 GHz are both GHz."""
    if text.casefold() == _NONE:
        return _NONE
    parts = split(text, _BETWEEN_NUMBERS)
    if len(parts) == 1 and "," in text and not _DECIMAL_COMMA.fullmatch(text):
        parts = split(text, _COMMAS)
        if len(parts) == 2 and re.fullmatch(r"\d{1,2}", parts[0]) and re.match(r"\d{3}\b", parts[1]):  # noqa: PLR2004
            what = "the comma may stand for thousands or between two bands"
            raise CellFault(
                code="ambiguous-number", what=what, fix="separate bands by `;`, write no thousands separators"
            )
    unit = " GHz" if parts and _GHZ.search(parts[-1]) else ""
    found = {band_text(part + unit if _BARE_GHZ.fullmatch(part) else part) for part in parts}
    return ";".join(sorted(found, key=float)) or None
