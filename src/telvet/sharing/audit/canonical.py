"""Plain values -> the one spelling of JSON that is hashed (RFC 8785), and back.

* Equal values have equal bytes: keys in the order of their UTF-16 code units, the shortest digits, no spaces.
* What JSON cannot hold exactly is a ValueError, never something near it: NaN, integers beyond 2^53 - 1, half of a surrogate pair.
* Reading back refuses every other spelling, so that a hash stands for one text only.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from json.encoder import encode_basestring as quoted
from typing import TypeAlias

__all__ = ["Json", "canonical", "parsed", "quoted"]

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"

_EXACT = 2**53 - 1
_LARGEST_PLAIN = 21
"""From 10^21 on a number is written with an exponent, and below 10^-6."""
_SMALLEST_PLAIN = -6
_LITERALS = {None: "null", True: "true", False: "false"}


def canonical(value: Json) -> bytes:
    """Return the canonical bytes of a value.

    Raises:
        ValueError: The value holds something that JSON cannot, or nests too deeply.
    """
    try:
        return _written(value).encode("utf-8")
    except RecursionError:
        raise ValueError("nested too deeply") from None
    except UnicodeEncodeError as problem:
        raise ValueError(f"half of a surrogate pair is no character: {problem.object[problem.start]!r}") from None


def parsed(data: bytes) -> Json:
    """Return the value of canonical bytes.

    Raises:
        ValueError: The bytes are no JSON, or not its canonical spelling.
    """
    try:
        value: Json = json.loads(data, parse_int=_integer)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if canonical(value) != data:
        raise ValueError("this is not the canonical spelling")
    return value


def _integer(text: str) -> int | float:
    """Read a number without point or exponent; from 2^53 on it can only have been written from a float."""
    return number if abs(number := int(text)) <= _EXACT else float(text)


def _written(value: Json) -> str:
    if isinstance(value, str):
        return quoted(value)
    if value is None or isinstance(value, bool):
        return _LITERALS[value]
    if isinstance(value, int):
        if abs(value) > _EXACT:
            raise ValueError(f"{value} is beyond what every reader of JSON holds exactly; write it as text")
        return str(value)
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, Mapping):
        return "{" + ",".join([f"{quoted(key)}:{_written(value[key])}" for key in _in_order(value)]) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join([_written(item) for item in value]) + "]"
    raise ValueError(f"{type(value).__name__} has no JSON")


def _in_order(members: Mapping[str, Json]) -> list[str]:
    """Return the keys by UTF-16 code units; only from U+E000 on does that differ from the order of code points."""
    if not all(isinstance(key, str) for key in members):
        raise ValueError("a key of an object is text")
    if "".join(members).isascii():
        return sorted(members)
    return sorted(members, key=lambda key: key.encode("utf-16-be", "surrogatepass"))


def _number(value: float) -> str:
    """Write a number as ECMAScript does: Python finds the same digits, but sets them out otherwise."""
    if not math.isfinite(value):
        raise ValueError(f"{value} is no number that JSON can hold")
    if value == 0:
        return "0"
    negative, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    text, point = "".join(map(str, digits)), len(digits) + int(exponent)
    sign = "-" if negative else ""
    if len(text) <= point <= _LARGEST_PLAIN:
        return sign + text + "0" * (point - len(text))
    if 0 < point <= _LARGEST_PLAIN:
        return f"{sign}{text[:point]}.{text[point:]}"
    if _SMALLEST_PLAIN < point <= 0:
        return f"{sign}0.{'0' * -point}{text}"
    fraction = f".{text[1:]}" if len(text) > 1 else ""
    return f"{sign}{text[0]}{fraction}e{point - 1:+d}"
