"""Turns a query of ours into what is asked of the server: an address, filters, and what may come back.

* What is no id of STIX is never put into an address, and never asked for.
* What comes back is held against what was asked for; a server that answers something else is not believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from telvet.sharing.objects.thing import Thing
from telvet.sharing.objects.timestamps import taxii_moment
from telvet.sharing.taxii.source import Collection, Query

__all__ = ["Asked", "is_id", "media_type", "spec_version"]

_ID = re.compile(r"[a-z][a-z0-9-]{0,249}--[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9.:-]{0,249}")
_LAST = frozenset({"last"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of one collection, without a place in it."""

    collection: Collection
    ids: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    spec_versions: frozenset[str] = frozenset()
    versions: frozenset[str] = _LAST
    added_after: int | None = None

    @classmethod
    def by(cls, collection: Collection, query: Query, only: str = "", *, every_version: bool = False) -> Asked:
        """Return what a query asks for.

        Args:
            collection: Of which collection.
            query: The query.
            only: The one object that is asked for. It is asked for by a filter, not by its address, so that the server
                is asked the same and answers alike whether it is there or not.
            every_version: Of each object, all versions.
        """
        versions = frozenset({"all"}) if every_version else query.versions or _LAST
        ids = frozenset({only}) if only else query.ids
        return cls(collection, ids, query.types, query.spec_versions, versions, query.added_after)

    @property
    def newest(self) -> bool:
        """Tell whether all that comes back is the newest version of an object, whatever its form."""
        return self.versions == _LAST and not self.spec_versions

    @property
    def nothing(self) -> bool:
        """Tell whether nothing can come back, so that nobody need be asked."""
        return bool((self.ids and not _good(_ID, self.ids)) or (self.types and not _good(_WORD, self.types)))

    @property
    def objects(self) -> str:
        """Return the address of the objects."""
        return f"{self.base}objects/"

    @property
    def manifest(self) -> str:
        """Return the address of the manifest."""
        return f"{self.base}manifest/"

    @property
    def base(self) -> str:
        """Return the address of the collection."""
        return self.collection.upstream or ""

    def match(self) -> tuple[tuple[str, str], ...]:
        """Return the filters."""
        filters = [
            ("match[id]", _good(_ID, self.ids)),
            ("match[type]", _good(_WORD, self.types)),
            ("match[spec_version]", _good(_WORD, self.spec_versions)),
            ("match[version]", [] if self.versions == _LAST else _good(_WORD, self.versions)),
        ]
        return tuple((name, ",".join(values)) for name, values in filters if values)

    def admits(self, thing: Thing) -> bool:
        """Tell whether an object is among what was asked for, as far as it says by itself."""
        return (not self.ids or thing.id in self.ids) and (not self.types or thing.type in self.types)

    def after(self, moment: int | None) -> tuple[tuple[str, str], ...]:
        """Return the filter for what was added after a moment; one before all years is none."""
        return () if moment is None or moment < 0 else (("added_after", taxii_moment(moment)),)


def is_id(text: str) -> bool:
    """Tell whether something is an id of STIX."""
    return _ID.fullmatch(text) is not None


def spec_version(thing: Thing) -> str:
    """Return the version of STIX in which an object is written; 2.0 had no word for it."""
    said = thing.held.get("spec_version")
    if isinstance(said, str) and _WORD.fullmatch(said):
        return said
    return "2.0" if "created" in thing.held else "2.1"


def media_type(thing: Thing) -> str:
    """Return the media type of an object."""
    return f"application/stix+json;version={spec_version(thing)}"


def _good(form: re.Pattern[str], values: Iterable[str]) -> list[str]:
    return sorted(value for value in values if form.fullmatch(value))
