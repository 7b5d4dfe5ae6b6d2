"""Turns bytes that nobody vouches for into plain JSON values, or into a ValueError that says what is wrong with them.

* Only JSON as its standard has it, in UTF-8: no key twice, no NaN or infinity, no number beyond a float's reach.
* Depth is counted before anything is parsed.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any, NoReturn

__all__ = ["read_json"]

_STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[{\]}]', re.DOTALL)
"""A string that is not closed reaches to the end: so nothing is looked at twice."""
_DEEPEST = 20
_MOST_DIGITS = 18


def read_json(source: bytes | str) -> Any:  # noqa: ANN401 - JSON may hold anything
    """Return the value of a JSON text; anything else is a ValueError."""
    try:
        text = source.decode("utf-8") if isinstance(source, bytes) else source
    except UnicodeDecodeError as problem:
        message = f"it is not UTF-8 (byte {problem.start})"
        raise ValueError(message) from None
    if _depth(text) > _DEEPEST:
        message = f"it is nested more than {_DEEPEST} levels deep"
        raise ValueError(message)
    try:
        return json.loads(
            text, object_pairs_hook=_object, parse_constant=_no_constant, parse_float=_number, parse_int=_whole
        )
    except json.JSONDecodeError as problem:
        message = f"it is not JSON: {problem.msg} at character {problem.pos}"
        raise ValueError(message) from None


def _depth(text: str) -> int:
    depth = deepest = 0
    for found in _STRING_OR_BRACKET.finditer(text):
        if found[0] in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif found[0] in "]}":
            depth -= 1
    return deepest


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        message = "a key is given twice in one object"
        raise ValueError(message)
    return made


def _no_constant(_: str) -> NoReturn:
    message = "it holds NaN, or a number beyond reach"
    raise ValueError(message)


def _number(text: str) -> float:
    if math.isinf(number := float(text)):
        _no_constant(text)
    return number


def _whole(text: str) -> int:
    if len(text) > _MOST_DIGITS:
        _no_constant(text)
    return int(text)
