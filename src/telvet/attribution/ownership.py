"""Turns dated edges of ownership into who belongs to a group on a day, and how.

* Every test is worked out twice, on the strict and on the generous reading of doubt: members by both are TRUE, by the
  second alone UNKNOWN, and whoever is absent from the answer is FALSE.
* Doubts are a share that no source gives, a day that lies within a span, and for affiliates a joint venture.
* `supplies` (making goods that another sells) is never ownership.
* What a law tests is `membership`; `relation` and `group_of` are for people to read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from telvet.attribution.closures import GENEROUS, STRICT, closure
from telvet.catalog.vendors import Register
from telvet.model.organisation import Ownership, Relation
from telvet.model.truth import Truth

__all__ = ["group_of", "holds", "membership", "relation", "relations"]

_ORDER = (Relation.OWNED, Relation.DISPUTED, Relation.AFFILIATE, Relation.FORMER, Relation.OEM)


def membership(
    register: Register, root: str, test: str | float, on: date, annex: Iterable[str] = ()
) -> Mapping[str, Truth]:
    """Return every organisation that is, or may be, a member of the root's group by a test on a day.

    Args:
        register: The vendor register.
        root: A group's or an organisation's id.
        test: One of `closures.CLOSURES`, or a percentage (10.0 is 10 %) held at least, through whatever chain.
        on: The day as of which ownership is asked.
        annex: Organisations that the instrument lists beside the root; members by any test.

    Raises:
        KeyError: If the root is not in the register.
        ValueError: If there is no such test.
    """
    listed = frozenset({register.root(root), *annex})
    return _members(register, listed, test, _era(register, on))


@lru_cache(maxsize=4096)
def _members(register: Register, listed: frozenset[str], test: str | float, on: date) -> Mapping[str, Truth]:
    edges = [edge for edge in register.ownership if edge.role != "supplies" and holds(edge, on)]
    sure, possible = (closure(edges, listed, test, doubt) for doubt in (STRICT, GENEROUS))
    return {one: Truth.TRUE if one in sure else Truth.UNKNOWN for one in sorted(sure | possible)}


@lru_cache(maxsize=4096)
def _era(register: Register, on: date) -> date:
    """Return the day since which ownership has stood as it stands on a day."""
    return max((day for day in register.change_days() if day <= on), default=date.min)


def holds(edge: Ownership, on: date) -> bool:
    """Tell whether an edge counts on a day: from its start, until the day before its end."""
    return (edge.start_date is None or edge.start_date <= on) and (edge.end_date is None or on < edge.end_date)


@lru_cache(maxsize=256)
def relations(register: Register, group: str, on: date) -> Mapping[str, tuple[Relation, date | None]]:
    """Return how every organisation that has to do with a group stands to it; a former one with the day it left."""
    root = register.root(group)
    answer: dict[str, tuple[Relation, date | None]] = {}
    for edge in register.ownership:
        if edge.role == "supplies" and edge.owner == root and holds(edge, on):
            answer[edge.asset] = (Relation.OEM, None)
    for asset, left in _left(register, root, on).items():
        answer[asset] = (Relation.FORMER, left) if left <= on else (Relation.AFFILIATE, None)
    for one in membership(register, root, "affiliates", on):
        answer[one] = (Relation.AFFILIATE, None)
    for one, truth in membership(register, root, "subsidiaries", on).items():
        answer[one] = (Relation.OWNED if truth is Truth.TRUE else Relation.DISPUTED, None)
    return MappingProxyType(answer)


def relation(register: Register, organisation: str, group: str, on: date) -> tuple[Relation, date | None]:
    """Return how one organisation stands to a group on a day; a former one with the day by which it had left."""
    return relations(register, group, on).get(organisation, (Relation.NONE, None))


def group_of(register: Register, organisation: str, on: date) -> str | None:
    """Return the covered group that an organisation is closest to on a day, or None where it has to do with none."""
    found = {group: relation(register, organisation, group, on)[0] for group in sorted(register.groups)}
    close = [group for group, how in found.items() if how in _ORDER and how is not Relation.OEM]
    return min(close, key=lambda group: _ORDER.index(found[group]), default=None)


def _left(register: Register, root: str, on: date) -> dict[str, date]:
    """Return for everyone whom the root ever held by then, through whatever chain, the last day of the last chain."""
    last: dict[str, date] = {}
    for asset, end in _chains(register, root, (date.min, date.max), frozenset({root}), on):
        last[asset] = max(end, last.get(asset, date.min))
    return last


def _chains(
    register: Register, owner: str, era: tuple[date, date], path: frozenset[str], on: date
) -> Iterator[tuple[str, date]]:
    """Yield what an owner held while it was itself held, with the day on which that ended."""
    for edge in register.ownership:
        if edge.owner != owner or edge.asset in path or edge.role == "supplies":
            continue
        begin, end = max(era[0], edge.start_date or date.min), min(era[1], edge.end_date or date.max)
        if begin < end and begin <= on:
            yield edge.asset, end
            yield from _chains(register, edge.asset, (begin, end), path | {edge.asset}, on)
