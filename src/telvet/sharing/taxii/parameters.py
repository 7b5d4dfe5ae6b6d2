"""A query string -> what is asked for, or a refusal with 400 (TAXII 3.4).

* A parameter of the standard that is given twice, is empty or cannot be read is malformed. Others are ignored, as the standard
  allows; only where something is to be deleted they are not, for less would be left than was meant.
* Two spellings of one question are equal: `Asked.digest` names the question, without `limit` and `next`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import parse_qsl

from telvet.sharing.audit.canonical import canonical
from telvet.sharing.taxii.config import Bounds
from telvet.sharing.taxii.moments import read_moment, write_moment
from telvet.sharing.taxii.refusals import malformed
from telvet.sharing.taxii.source import Query

__all__ = ["ALL_VERSIONS", "Asked", "Fields", "read_parameters"]

ALL_VERSIONS = frozenset({"all"})
_LATEST = frozenset({"last"})
_PAGED = frozenset({"added_after", "limit", "next"})
_MOST_FIELDS = 100
_MOST_VALUES = 1000
_LARGEST = 2**53 - 1
_LIMIT = re.compile(r"0*[1-9][0-9]{0,15}", re.ASCII)
_MATCH = re.compile(r"match\[([A-Za-z0-9_-]{1,64})\]", re.ASCII)
_SPEC_VERSION = re.compile(r"[0-9]{1,4}\.[0-9]{1,4}", re.ASCII)
_NEXT = re.compile(r"[A-Za-z0-9_-]{1,8192}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Fields:
    """Which parameters an endpoint knows."""

    match: frozenset[str] = frozenset()
    paged: bool = True
    """It knows `added_after`, `limit` and `next`."""
    versions: frozenset[str] = _LATEST
    """Which are meant where nothing is said."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a client asked for."""

    query: Query
    next: str = ""
    digest: bytes = b""
    """Names the question whatever the size of its pages and the place in them."""


def read_parameters(query: bytes, fields: Fields, bounds: Bounds) -> Asked:
    """Read a query string as it came.

    Raises:
        Refusal: Something in it is malformed.
    """
    given = _given(query)
    match = _Match({name: values for name, values in given.items() if name in fields.match})
    if not fields.paged:
        if unknown := sorted(given.keys() - fields.match):
            raise malformed(f"What is to be deleted cannot be chosen by {len(unknown)} of these parameters.")
        return _asked(match.query(fields, None, bounds.default_page), "")
    after = _one(given, "added_after", read_moment, "a timestamp in UTC, such as 2024-01-15T09:30:00.000000Z")
    limit = _one(given, "limit", _limit, "a whole number greater than 0") or bounds.default_page
    place = _one(given, "next", _next, "the value of a page before") or ""
    return _asked(match.query(fields, after, min(limit, bounds.most_page)), place)


def _given(query: bytes) -> dict[str, str]:
    """Return the parameters by name, those of `match` by their fields: `match[id]` is `id`, `limit` is `=limit`."""
    try:
        pairs = parse_qsl(query.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise malformed("The query is not UTF-8 in percent-encoding, or has too many parameters.") from None
    given: dict[str, str] = {}
    for name, value in pairs:
        field = _MATCH.fullmatch(name)
        if not field and (name == "match" or name.startswith("match[")):
            raise malformed("A parameter that begins with match is not match[field].")
        key = field[1] if field else f"={name}"
        if key in given and (field or name in _PAGED):
            raise malformed("A parameter is given more than once.")
        given[key] = value
    return given


_Value = TypeVar("_Value")


def _one(given: Mapping[str, str], name: str, read: Callable[[str], _Value], noun: str) -> _Value | None:
    if (text := given.get(f"={name}")) is None:
        return None
    try:
        return read(text)
    except ValueError:
        raise malformed(f"The parameter {name} is not {noun}.") from None


def _limit(text: str) -> int:
    if not _LIMIT.fullmatch(text) or (value := int(text)) > _LARGEST:
        raise ValueError
    return value


def _next(text: str) -> str:
    if not _NEXT.fullmatch(text):
        raise ValueError
    return text


@dataclass(frozen=True, slots=True)
class _Match:
    """The fields of `match` that an endpoint knows, as text."""

    given: Mapping[str, str]

    def query(self, fields: Fields, after: int | None, limit: int) -> Query:
        versions = frozenset(map(_version, self.values("version"))) or fields.versions
        if "all" in versions and len(versions) > 1:
            raise malformed("The version all stands alone.")
        return Query(
            frozenset(self.values("id")),
            frozenset(self.values("type")),
            frozenset(map(_spec_version, self.values("spec_version"))),
            versions,
            after,
            limit,
        )

    def values(self, field: str) -> list[str]:
        """Return the values of a field; none where it is not given."""
        if field not in self.given:
            return []
        values = self.given[field].split(",")
        if len(values) > _MOST_VALUES or any(not value or not value.isprintable() or " " in value for value in values):
            raise malformed(f"match[{field}] is not a list of values, with commas and without spaces between them.")
        if field == "version" and len(set(values)) < len(values):
            raise malformed("A version is asked for more than once.")
        return values


def _version(text: str) -> str:
    if text in {"last", "first", "all"}:
        return text
    try:
        return write_moment(read_moment(text))
    except ValueError:
        raise malformed("A version is last, first, all, or a timestamp such as 2024-01-15T09:30:00.000Z.") from None


def _spec_version(text: str) -> str:
    if not _SPEC_VERSION.fullmatch(text):
        raise malformed("A specification version is two numbers, such as 2.1.")
    return text


def _asked(query: Query, place: str) -> Asked:
    told = canonical({
        "after": query.added_after,
        "ids": sorted(query.ids),
        "spec": sorted(query.spec_versions),
        "types": sorted(query.types),
        "versions": sorted(query.versions),
    })  # fmt: skip
    return Asked(query, place, hashlib.sha256(told).digest())
