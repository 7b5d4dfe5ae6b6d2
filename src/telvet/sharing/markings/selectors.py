"""Turns selectors of granular markings (`external_references.[0].url`) into paths, and tells what they select.

* A path that is a beginning of another covers it: who selects a parent selects its children.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

__all__ = ["Path", "covers", "read_selector", "selects"]

Path = tuple[str | int, ...]
_PIECE = re.compile(r"[A-Za-z0-9_-]+")
_PLACE = re.compile(r"\[(0|[1-9][0-9]{0,6})\]")


def read_selector(selector: object) -> Path | None:
    """Return the path of a selector; None where it is none."""
    if not isinstance(selector, str):
        return None
    path: list[str | int] = []
    for piece in selector.split("."):
        if place := _PLACE.fullmatch(piece):
            path.append(int(place[1]))
        elif _PIECE.fullmatch(piece):
            path.append(piece)
        else:
            return None
    return tuple(path) if isinstance(path[0], str) else None


def covers(wide: Path, narrow: Path) -> bool:
    """Tell whether one path is the other or leads to it."""
    return narrow[: len(wide)] == wide


def selects(thing: Mapping[str, Any], path: Path) -> bool:
    """Tell whether a path leads to something."""
    here: Any = thing
    for step in path:
        if isinstance(step, int):
            if not isinstance(here, list) or step >= len(here):
                return False
            here = here[step]
        elif isinstance(here, Mapping) and step in here:
            here = here[step]
        else:
            return False
    return True
