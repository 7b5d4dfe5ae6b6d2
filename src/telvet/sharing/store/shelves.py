"""Turns the collections that a partner may read into their rows, and a row into what the gate is asked about.

* What is read here is everything, withheld or not: it goes to the gate, and never out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Connection, func, select

from telvet.sharing.objects.thing import Thing
from telvet.sharing.releasing.gate import Offered
from telvet.sharing.store.adding import chunks
from telvet.sharing.store.incoming import DERIVES
from telvet.sharing.taxii.source import Collection
from telvet.workspace.taxii_schema import OBJECTS, REFERENCES, REMOVALS

if TYPE_CHECKING:
    import msgspec

__all__ = ["Row", "Shelves", "Shown"]

_O = OBJECTS.c
_COLUMNS = (_O.added, _O.posted, _O.collection, _O.id, _O.spec_version, _O.version, _O.written, _O.digest, _O.body)


class Row(NamedTuple):
    """One version of an object in one collection."""

    key: int
    posted: int
    collection: str
    id: str
    spec_version: str
    version: str
    written: str
    digest: str
    thing: Thing


@dataclass(frozen=True, slots=True)
class Shown:
    """What a partner sees of a row."""

    row: Row
    effect: str
    reasons: str
    obligations: str
    leaves_by: str
    digest: str
    """Of the bytes that it sees."""
    body: bytes | None
    """Where they are not the object's own."""


class Shelves:
    """The collections that a partner may read."""

    def __init__(self, collections: Sequence[Collection]) -> None:
        self.collections = {each.id: each for each in collections}
        self._names = {each.id: frozenset({each.id, each.alias} if each.alias else {each.id}) for each in collections}

    def offered(self, row: Row) -> Offered:
        """Return what the gate is asked about a row."""
        return Offered(row.thing, self._names[row.collection], self.collections[row.collection].purpose)

    def count(self, connection: Connection) -> int:
        """Return how many versions of objects there are."""
        return connection.scalar(select(func.count()).select_from(OBJECTS).where(self._mine)) or 0

    def every(self, connection: Connection) -> list[Row]:
        """Return all rows, oldest first."""
        return _rows(connection.execute(select(*_COLUMNS).where(self._mine).order_by(_O.added)))

    def of(self, connection: Connection, ids: Iterable[str]) -> Iterator[Row]:
        """Return all rows of objects."""
        for some in chunks(ids):
            yield from _rows(connection.execute(select(*_COLUMNS).where(self._mine, _O.id.in_(some))))

    def changed(self, connection: Connection, added: int, removed: int) -> tuple[set[str], set[str]]:
        """Return the ids of the objects of which a version came after a date or went after a number, and of their marks."""
        found = set(connection.scalars(select(_O.id).where(self._mine, _O.added > added)))
        marks: set[str] = set()
        went = connection.execute(select(REMOVALS.c.id, REMOVALS.c.marked).where(REMOVALS.c.number > removed))
        for name, marked in went:
            (marks if marked else found).add(name)
        return found, marks

    def holders(self, connection: Connection, ids: Iterable[str]) -> set[str]:
        """Return the ids of the objects that hold one of these."""
        return self._holding(connection, ids)

    def deriving(self, connection: Connection, ids: Iterable[str]) -> set[str]:
        """Return the ids of the relationships by which one of these is derived from something."""
        return self._holding(connection, ids, REFERENCES.c.role == DERIVES)

    def _holding(self, connection: Connection, ids: Iterable[str], *where: Any) -> set[str]:  # noqa: ANN401 - conditions
        found: set[str] = set()
        held = REFERENCES.join(OBJECTS, _O.added == REFERENCES.c.source)
        for some in chunks(ids):  # the collection is looked at here: SQLite would begin with it, and read everything
            chosen = select(_O.id, _O.collection).select_from(held).where(REFERENCES.c.target.in_(some), *where)
            found.update(name for name, collection in connection.execute(chosen) if collection in self.collections)
        return found

    @property
    def _mine(self) -> Any:  # noqa: ANN401 - a condition, whose type says no more
        return _O.collection.in_(sorted(self.collections))


def _rows(told: Iterable[Any]) -> list[Row]:
    decode = _decoder().decode
    return [Row._make((*rest, Thing(body, decode(body)))) for *rest, body in told]


@cache
def _decoder() -> msgspec.json.Decoder[Any]:
    from msgspec.json import Decoder  # noqa: PLC0415 - heavy: loaded when used

    return Decoder()
