"""Turns a question of the protocol into one query over what its viewer may see, and the rows into a page.

* Staff are answered from the objects; a partner from its view alone, so what was withheld is in no row that is read.
* A page goes on where the one before ended, by date: rows that come or go meanwhile move no other row.
* Of an object without a version of its own, the version is the date of adding: for a partner, its own.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, or_, select

from telvet.errors import SourceError
from telvet.sharing.audit.records import Decided
from telvet.sharing.taxii.source import Item, Query, Slice, What
from telvet.workspace.taxii_schema import OBJECTS, VIEWS

__all__ = ["asked", "page_of_all", "page_of_view", "place_of"]

_O, _V = OBJECTS.c, VIEWS.c
_PLACE = struct.Struct(">q")
_SHELF = VIEWS.join(OBJECTS, _O.added == _V.object)


def page_of_all(
    connection: Connection, collection: str, query: Query, what: What, *, after: bytes = b"", only: str = ""
) -> Slice:
    """Return a page of everything that lies in a collection.

    Raises:
        SourceError: `after` is no place.
    """
    columns: list[Any] = [_O.id, _O.version, _O.added, _O.spec_version]
    if what is What.OBJECTS:
        columns.append(_O.body)
    where = [_O.collection == collection, *asked(OBJECTS.c, query, only)]
    chosen = select(*columns).where(*where, *_after(_O.added, after)).order_by(_O.added)
    rows, more = _rows(connection, chosen, query.limit)
    items = [Item(row[0], row[1], row[2], _media(row[3]), row[4] if what is What.OBJECTS else b"") for row in rows]
    found = bool(items) or not only or _any(connection, and_(_O.collection == collection, _O.id == only))
    return Slice(items, more, _place(items, more=more), found)


def page_of_view(
    connection: Connection,
    partner: str,
    collection: str,
    query: Query,
    what: What,
    *,
    after: bytes = b"",
    only: str = "",
) -> Slice:
    """Return a page of what a partner may see in a collection, with what was decided about it.

    Raises:
        SourceError: `after` is no place.
    """
    columns: list[Any] = [_V.id, _V.version, _V.added, _V.spec_version, _O.written]
    columns += [_V.digest, _V.effect, _V.reasons, _V.obligations]
    if what is What.OBJECTS:
        columns.append(func.coalesce(_V.body, _O.body))
    mine = [_V.partner == partner, _V.collection == collection]
    where = [*mine, *asked(VIEWS.c, query, only), *_after(_V.added, after)]
    rows, more = _rows(connection, select(*columns).select_from(_SHELF).where(*where).order_by(_V.added), query.limit)
    items = [Item(row[0], row[1], row[2], _media(row[3]), row[9] if what is What.OBJECTS else b"") for row in rows]
    decided = [Decided(row[0], row[4], row[5], row[6], _listed(row[7]), _listed(row[8])) for row in rows]
    found = bool(items) or not only or _any(connection, and_(*mine, _V.id == only))
    return Slice(items, more, _place(items, more=more), found, decided)


def asked(columns: Any, query: Query, only: str, *, newest: bool = True) -> list[ColumnElement[bool]]:  # noqa: ANN401 - of either table
    """Return the conditions that a query puts on the objects, or on a view of them.

    Args:
        columns: Of the one or the other.
        query: What is asked for.
        only: The id of the one object that is asked for by its address.
        newest: Without a spec_version the newest of an object is meant, not each.
    """
    where: list[ColumnElement[bool]] = []
    if only:
        where.append(columns.id == only)
    if query.ids:
        where.append(columns.id.in_(sorted(query.ids)))
    if query.types:
        where.append(columns.type.in_(sorted(query.types)))
    if query.spec_versions:
        where.append(columns.spec_version.in_(sorted(query.spec_versions)))
    elif newest:
        where.append(columns.latest.is_(True))
    if query.added_after is not None:
        where.append(columns.added > query.added_after)
    if "all" not in query.versions:
        where.append(or_(*_versions(columns, query.versions)))
    return where


def _versions(columns: Any, versions: frozenset[str]) -> list[ColumnElement[bool]]:  # noqa: ANN401 - of either table
    named = {"first": columns.first.is_(True), "last": columns.last.is_(True)}
    chosen = [condition for name, condition in named.items() if name in versions]
    moments = sorted(versions - named.keys())
    return [*chosen, columns.version.in_(moments)] if moments or not chosen else chosen


def place_of(after: bytes) -> int:
    """Return the date after which a page begins.

    Raises:
        SourceError: This is no place.
    """
    try:
        return int(_PLACE.unpack(after)[0])
    except struct.error:
        raise SourceError(
            "this is no place in the store",
            code="place-lost",
            why="the store was replaced, or another server wrote it",
            fix="begin again without it",
        ) from None


def _after(added: ColumnElement[int], after: bytes) -> list[ColumnElement[bool]]:
    return [added > place_of(after)] if after else []


def _place(items: Sequence[Item], *, more: bool) -> bytes:
    return _PLACE.pack(items[-1].added) if more else b""


def _rows(connection: Connection, chosen: Select[Any], limit: int) -> tuple[Sequence[Any], bool]:
    """Return the rows of a page, and whether there are more."""
    rows = connection.execute(chosen.limit(limit + 1)).all()
    return rows[:limit], len(rows) > limit


def _any(connection: Connection, where: ColumnElement[bool]) -> bool:
    return bool(connection.scalar(select(exists().where(where))))


@lru_cache(maxsize=64)
def _media(spec_version: str) -> str:
    return f"application/stix+json;version={spec_version}"


@lru_cache(maxsize=4096)
def _listed(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))
