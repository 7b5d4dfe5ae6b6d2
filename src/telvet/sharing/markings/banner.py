"""Turns the text of a banner line or portion mark into a marking of IC-ISM, without looking any code up.

* `LEVEL//CONTROL/CONTROL//...`, in brackets for a portion; `//CODE LEVEL//...` where another country owns it.
* Lists of countries are separated by commas; a part that is not understood is kept as unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from telvet.catalog.handling import Control, Ism
from telvet.model.handling import Classification
from telvet.sharing.markings.ism import IsmMark

__all__ = ["read_banner"]

_SPACES = re.compile(r"\s+")
_CODE = re.compile(r"[A-Z][A-Z0-9]{1,7}")
_JOINT = "JOINT "


@dataclass(slots=True)
class _Found:
    """What was read so far."""

    classification: Classification | None = None
    owners: list[str] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)
    release: list[str] | None = None
    display: list[str] | None = None
    unread: list[str] = field(default_factory=list)


def read_banner(text: str, ism: Ism) -> IsmMark | None:
    """Read a banner line or portion mark; None where the text does not begin like one."""
    line = _SPACES.sub(" ", text.strip()).upper()
    if line.startswith("(") and line.endswith(")"):
        line = line[1:-1].strip()
    segments = [segment.strip() for segment in line.split("//")]
    found = _Found()
    if len(segments) > 1 and not segments[0]:
        _foreign_owner(segments[1], ism, found)
        rest = segments[2:]
    elif segments[0] in ism.levels:
        found.classification, found.owners = ism.levels[segments[0]], [ism.owner]
        rest = segments[1:]
    elif _controls(segments[0], ism, _Found()):
        found.owners, rest = [ism.owner], segments
    else:
        return None
    for segment in rest:
        _controls(segment, ism, found)
    release, display = (None if codes is None else tuple(codes) for codes in (found.release, found.display))
    return IsmMark(
        found.classification,
        tuple(found.owners),
        tuple(dict.fromkeys(found.controls)),
        release,
        display,
        unread=tuple(found.unread),
    )


def _foreign_owner(segment: str, ism: Ism, found: _Found) -> None:
    """Read `GBR SECRET` or `JOINT SECRET CAN USA`."""
    joint = segment.startswith(_JOINT)
    words = segment.removeprefix(_JOINT)
    for level in sorted(ism.levels, key=len, reverse=True):
        owners = words.removeprefix(f"{level} ") if joint else words.removesuffix(f" {level}")
        codes = owners.split(" ")
        if owners != words and all(map(_CODE.fullmatch, codes)) and (joint or len(codes) == 1):
            found.classification, found.owners = ism.levels[level], codes
            return
    found.unread.append(segment)


def _controls(segment: str, ism: Ism, found: _Found) -> bool:
    """Read the controls of a segment into what was found; tell whether all of it was understood."""
    before = len(found.unread)
    if eyes := _eyes(segment, ism):
        control, codes = eyes
        found.controls.append(control)
        found.release = [*(found.release or ()), *codes]
        return True
    for part in (part.strip() for part in segment.split("/")):
        if not _control(part, ism, found):
            found.unread.append(part)
    return len(found.unread) == before


def _eyes(segment: str, ism: Ism) -> tuple[Control, list[str]] | None:
    """Read `AUS/CAN EYES ONLY`."""
    for control, word in _words(ism):
        if control.effect == "eyes" and segment.endswith(f" {word}"):
            codes = [code for code in re.split(r"[/, ]+", segment.removesuffix(f" {word}")) if code]
            return (control, codes) if codes and all(map(_CODE.fullmatch, codes)) else None
    return None


def _control(part: str, ism: Ism, found: _Found) -> bool:
    for control, word in _words(ism):
        if part == word:
            found.controls.append(control)
            return True
        if control.effect in {"release", "display"} and part.startswith(f"{word} "):
            codes = [code.strip() for code in part.removeprefix(f"{word} ").split(",")]
            if not all(map(_CODE.fullmatch, codes)):
                return False
            found.controls.append(control)
            if control.effect == "release":
                found.release = [*(found.release or ()), *codes]
            else:
                found.display = [*(found.display or ()), *codes]
            return True
    return False


def _words(ism: Ism) -> Iterator[tuple[Control, str]]:
    """Yield controls by their words, longer words first."""
    pairs = [(control, word) for control in ism.controls for word in control.words]
    yield from sorted(pairs, key=lambda pair: len(pair[1]), reverse=True)
