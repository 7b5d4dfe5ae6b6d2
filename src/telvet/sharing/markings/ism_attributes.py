"""Turns the attributes of IC-ISM (`classification`, `releasableTo`, ...) into a marking, without looking any code up.

* A value is text of codes separated by spaces, or a list of codes; names are compared without case and prefix.
* An attribute that is not known, or that lets nothing out, is kept as unread unless it is empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from telvet.catalog.handling import Control, Ism
from telvet.sharing.markings.ism import IsmMark

__all__ = ["is_ism", "read_attributes"]

_PREFIX = "ism:"


def _folded(name: object) -> str:
    return str(name).casefold().removeprefix(_PREFIX)


def is_ism(definition: Mapping[str, Any], ism: Ism) -> bool:
    """Tell whether a definition's content is made of attributes of IC-ISM, among others a level or a list."""
    names = {_folded(name) for name in definition}
    telling = {name for name, kind in ism.attributes.items() if kind in {"level", "controls", "release", "display"}}
    return bool(names & telling)


def read_attributes(attributes: Mapping[str, Any], ism: Ism) -> IsmMark:
    """Read attributes into a marking."""
    tokens: dict[str, list[str]] = {kind: [] for kind in ("level", "owner", "controls", "release", "display")}
    listed, refer, unread = set(), [], []
    for name, value in attributes.items():
        kind, codes = ism.attributes.get(_folded(name)), _codes(value)
        if kind == "harmless" or codes == []:
            continue
        if codes is None or kind in {None, "withhold"}:
            unread.append(str(name))
        elif kind == "refer":
            refer.append(str(name))
        else:
            tokens[str(kind)] += codes
            listed.add(kind)
    levels = {ism.levels.get(code) for code in tokens["level"]}
    level = levels.pop() if len(levels) == 1 else None
    if tokens["level"] and level is None:
        unread.append(" ".join(tokens["level"]))
    controls, strange = _controls(tokens["controls"], ism)
    return IsmMark(
        level,
        tuple(tokens["owner"]) or (ism.owner,),
        controls,
        tuple(tokens["release"]) if "release" in listed else None,
        tuple(tokens["display"]) if "display" in listed else None,
        tuple(refer),
        (*unread, *strange),
    )


def _codes(value: object) -> list[str] | None:
    """Return the codes of a value; None where it is no list of codes."""
    if value is None or value is False:
        return []
    if isinstance(value, str):
        return value.upper().split()
    if isinstance(value, list | tuple) and all(isinstance(code, str) for code in value):
        return [code.strip().upper() for code in value if code.strip()]
    return None


def _controls(codes: list[str], ism: Ism) -> tuple[tuple[Control, ...], tuple[str, ...]]:
    known = {word: control for control in ism.controls for word in (control.code, *control.words)}
    found = dict.fromkeys(known[code] for code in codes if code in known)
    return tuple(found), tuple(code for code in codes if code not in known)
