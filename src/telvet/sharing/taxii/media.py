"""Headers of content negotiation -> whether the client takes what we send, and sends what we take (TAXII 1.6.8, 3.1).

* `Accept`: of the ranges that match, the most specific one decides (RFC 9110, 12.5.1); with q=0 it says no.
* A request without `Accept` is refused: the standard has every request name a range.
* What cannot be read as a range matches nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

__all__ = ["JSON", "STIX", "TAXII", "accepts", "is_taxii"]

TAXII = "application/taxii+json;version=2.1"
STIX = "application/stix+json;version=2.1"
JSON = "application/json"

_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"  # noqa: S105 - what HTTP calls a token
_PART = r'(?:[^",]|"(?:[^"\\]|\\.)*")+'
_QUOTED = r'"((?:[^"\\]|\\.)*)"'
_RANGE = re.compile(rf"\s*({_TOKEN})/({_TOKEN})\s*((?:;.*)?)", re.DOTALL)
_PARAMETER = re.compile(rf"\s*;\s*(?:({_TOKEN})=(?:{_QUOTED}|({_TOKEN})))?\s*")
_SPLIT = re.compile(_PART)
_QUALITY = re.compile(r"0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?")
_LONGEST = 4096


@lru_cache(maxsize=256)
def accepts(header: str, offered: tuple[str, ...] = (TAXII,)) -> bool:
    """Tell whether one of the media types offered is acceptable."""
    if len(header) > _LONGEST:
        return False
    ranges = [found for part in _SPLIT.findall(header) if (found := _parsed(part))]
    return any(_quality(ranges, offer) > 0 for offer in offered)


@lru_cache(maxsize=64)
def is_taxii(header: str) -> bool:
    """Tell whether a `Content-Type` is TAXII's, of our version or of none."""
    found = None if len(header) > _LONGEST or len(_SPLIT.findall(header)) != 1 else _parsed(header)
    if found is None:
        return False
    kind, parameters = found
    return kind == ("application", "taxii+json") and parameters.get("version", "2.1") == "2.1"


_Range = tuple[tuple[str, str], Mapping[str, str]]


def _parsed(text: str) -> _Range | None:
    if not (found := _RANGE.fullmatch(text)):
        return None
    parameters = dict(_parameters(found[3].rstrip()))
    if "" in parameters or not _QUALITY.fullmatch(parameters.get("q", "1")):
        return None
    return (found[1].lower(), found[2].lower()), parameters


def _parameters(text: str) -> Iterator[tuple[str, str]]:
    """Yield names and values; an empty name stands for what is no parameter."""
    place = 0
    while place < len(text):
        if not (found := _PARAMETER.match(text, place)):
            yield "", ""
            return
        place = found.end()
        if found[1]:
            value = found[3] if found[2] is None else re.sub(r"\\(.)", r"\1", found[2])
            yield found[1].lower(), value


def _quality(ranges: list[_Range], offer: str) -> float:
    parsed = _parsed(offer)
    if parsed is None:
        return 0.0
    kind, parameters = parsed
    best, quality = -1, 0.0
    for (main, sub), wanted in ranges:
        version = wanted.get("version")
        if (main, sub) == kind and version in {None, parameters.get("version")}:
            weight = 2 + (version is not None)
        elif sub == "*" and main in {kind[0], "*"}:
            weight = int(main != "*")
        else:
            continue
        if weight > best:
            best, quality = weight, float(wanted.get("q", "1"))
        elif weight == best:
            quality = max(quality, float(wanted.get("q", "1")))
    return quality
