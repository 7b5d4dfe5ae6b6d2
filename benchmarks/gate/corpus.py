"""Turns a feed of STIX 2.1, if it is there, into a collection of any size.

* Copies have UUIDs of their own, and what they refer to is their own copy: nothing refers to what is not there.
* The identity and the marking definition are there once. Seeded: the same objects each time, as compact JSON.
"""

from __future__ import annotations

import json
import random
import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["AUTHOR", "Corpus", "feed"]

_FEED = Path(__file__).parents[2].parent / "shared" / "samples" / "stix" / "ics-attack-18.1.json"
_SHARED = {"identity", "marking-definition"}
_LISTS_ALL = "x-mitre-collection"
"""Names every object of its feed, so that it is left out where not all of them are there."""
_REFERENCE = re.compile(r"[a-z0-9-]+--[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SEED, _MADE_UP = 18, 19
"""Of copies, and of a feed that is made up: one seed for both would give them the same ids."""
_MOMENT = "2024-01-01T00:00:00.000Z"
AUTHOR = "identity--c78cb6e5-0c4b-4611-8297-d1b8b55e40b5"
"""Who wrote the objects, those that are made up too."""
_CLEAR = "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487"
_TLP = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
_THINGS, _TIES = 451, 1373
"""How many objects and relationships are made up where there is no feed."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """A feed, in an order in which any beginning that holds all of `nodes` refers to nothing beyond it."""

    name: str
    nodes: tuple[str, ...]
    """The JSON of everything but relationships; what is there once comes first."""
    ties: tuple[str, ...]
    """The JSON of relationships."""
    alone: int
    """How many of `nodes` are there once, however many copies."""
    lists_all: int
    """How many of `nodes` at their end name all others."""

    @property
    def size(self) -> int:
        """Return how many objects the feed has."""
        return len(self.nodes) + len(self.ties)

    @property
    def least(self) -> int:
        """Return of how many objects a collection must be."""
        return len(self.nodes) - self.lists_all

    def of_size(self, many: int) -> list[str]:
        """Return the JSON of as many objects: part of the feed, or the feed and copies of it.

        Raises:
            ValueError: It is fewer than `least`.
        """
        if many < self.least:
            raise ValueError(f"a collection has {self.least} objects or more")
        if many < self.size:
            return [*self.nodes[: self.least], *self.ties][:many]
        chance = random.Random(_SEED)  # noqa: S311 - the same objects each time
        found = [*self.nodes, *self.ties]
        while len(found) < many:
            missing = many - len(found)
            whole = missing >= self.size - self.alone
            copied = (*self.nodes[self.alone :], *self.ties) if whole else self.ties[:missing]
            found += _copied(copied, chance)
        return found


def feed() -> Corpus:
    """Return the feed of the samples, or where that is missing one of the same shape."""
    if _FEED.exists():
        objects = json.loads(_FEED.read_text("utf-8"))["objects"]
        return _corpus("ATT&CK for ICS", objects)
    return _corpus("a made-up feed (ATT&CK for ICS is not there)", list(_made_up()))


def _corpus(name: str, objects: Sequence[dict[str, Any]]) -> Corpus:
    def told(*groups: list[dict[str, Any]]) -> tuple[str, ...]:
        return tuple(json.dumps(one, separators=(",", ":"), ensure_ascii=False) for group in groups for one in group)

    alone = [one for one in objects if one["type"] in _SHARED]
    lists = [one for one in objects if one["type"] == _LISTS_ALL]
    ties = [one for one in objects if one["type"] == "relationship"]
    others = [one for one in objects if one["type"] not in {*_SHARED, _LISTS_ALL, "relationship"}]
    return Corpus(name, told(alone, others, lists), told(ties), len(alone), len(lists))


def _copied(objects: Sequence[str], chance: random.Random) -> Iterator[str]:
    """Yield objects under new ids; what they refer to is new if it is among them."""
    mapped: dict[str, str] = {}
    for text in objects:
        name = json.loads(text)["id"]
        mapped[name] = f"{name.partition('--')[0]}--{uuid.UUID(int=chance.getrandbits(128), version=4)}"
    for text in objects:
        yield _REFERENCE.sub(lambda found: mapped.get(found[0], found[0]), text)


def _made_up() -> Iterator[dict[str, Any]]:
    chance = random.Random(_MADE_UP)  # noqa: S311 - the same objects each time
    yield {
        "type": "marking-definition", "spec_version": "2.1", "id": _CLEAR, "created": "2022-10-01T00:00:00.000Z",
        "name": "TLP:CLEAR", "extensions": {_TLP: {"extension_type": "property-extension", "tlp_2_0": "clear"}},
    }  # fmt: skip

    def made(kind: str, id_: str | None = None, **more: object) -> dict[str, Any]:
        return {
            "type": kind, "spec_version": "2.1",
            "id": id_ or f"{kind}--{uuid.UUID(int=chance.getrandbits(128), version=4)}",
            "created": _MOMENT, "modified": _MOMENT, "created_by_ref": AUTHOR, "object_marking_refs": [_CLEAR], **more,
        }  # fmt: skip

    yield made("identity", AUTHOR, name="Whoever wrote it", identity_class="organization")
    kinds = ("attack-pattern", "course-of-action", "intrusion-set", "campaign", "tool")
    things = [made(chance.choice(kinds), name=f"Number {number}", description="x" * 900) for number in range(_THINGS)]
    yield from things
    for _ in range(_TIES):
        one, other = chance.sample(things, 2)
        yield made(
            "relationship",
            relationship_type="related-to",
            source_ref=one["id"],
            target_ref=other["id"],
            description="x" * 500,
        )
