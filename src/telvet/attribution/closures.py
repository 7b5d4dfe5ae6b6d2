"""Turns edges of ownership that hold on a day into the companies that pass a regime's test, on one reading of doubt.

* A doubtful holding counts for 0 % on the strict reading and for 100 % on the generous one; a joint venture makes an
  affiliate on the generous reading only.
* Shares of several members in one company add up; on a chain every link must pass, and for a number shares multiply.
* Nothing here knows dates or registers: the caller picks the edges.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from telvet.model.organisation import Ownership

__all__ = ["CLOSURES", "GENEROUS", "STRICT", "closure"]

CLOSURES = ("listed", "subsidiaries", "majority", "affiliates", "control")
STRICT, GENEROUS = 0.0, 100.0
"""The percentage that a doubtful holding counts for."""
_ALL, _HALF, _SLACK = 100.0, 50.0, 1e-9


def closure(edges: list[Ownership], listed: frozenset[str], test: str | float, doubt: float) -> frozenset[str]:
    """Return the listed and whoever passes the test beside them; ValueError where there is no such test."""
    if not isinstance(test, str):
        shares = _effective_shares(edges, listed, doubt)
        return listed | {one for one, share in shares.items() if share + _SLACK >= test}
    if test == "listed":
        return listed
    if test == "majority":
        return _closed(edges, listed, lambda held: _share_of(held, doubt) + _SLACK >= _HALF)
    if test in ("subsidiaries", "control"):
        return _controlled(edges, listed, doubt)
    if test == "affiliates":
        return _affiliates(edges, listed, doubt)
    raise ValueError(f"there is no ownership test {test!r}")


def _share_of(held: list[Ownership], doubt: float) -> float:
    """Add up what the members hold of one company; rows that contradict each other are a doubt."""
    stated: dict[tuple[str, str], set[float | None]] = defaultdict(set)
    for edge in held:
        if edge.role != "controls" or edge.percentage is not None:
            stated[edge.owner, edge.role].add(edge.percentage)
    choose = max if doubt else min
    return sum(choose(doubt if share is None else share for share in shares) for shares in stated.values())


def _closed(
    edges: list[Ownership], members: frozenset[str], passes: Callable[[list[Ownership]], bool]
) -> frozenset[str]:
    """Add companies of which the members hold enough, until there are no more."""
    while True:
        held: dict[str, list[Ownership]] = defaultdict(list)
        for edge in edges:
            if edge.owner in members and edge.asset not in members:
                held[edge.asset].append(edge)
        found = frozenset(asset for asset, rows in held.items() if passes(rows))
        if not found:
            return members
        members |= found


def _controlled(edges: list[Ownership], members: frozenset[str], doubt: float) -> frozenset[str]:
    def passes(held: list[Ownership]) -> bool:
        return any(edge.role == "controls" for edge in held) or _share_of(held, doubt) > _HALF + _SLACK

    return _closed(edges, members, passes)


def _affiliates(edges: list[Ownership], listed: frozenset[str], doubt: float) -> frozenset[str]:
    """Return whom the listed control, who controls them, and whom these control."""
    chain = _owned_chain(edges, listed)
    owners = {edge.owner for edge in edges if edge.asset in chain}
    above = {owner for owner in owners if listed & _controlled(edges, frozenset({owner}), doubt)}
    members = _controlled(edges, listed | above, doubt)
    if doubt:
        members |= {edge.asset for edge in edges if edge.role == "joint venture" and edge.owner in members}
    return members


def _owned_chain(edges: list[Ownership], listed: frozenset[str]) -> frozenset[str]:
    """Return the listed and whoever holds anything of them through whatever chain."""
    chain = listed
    while more := {edge.owner for edge in edges if edge.asset in chain} - chain:
        chain |= more
    return chain


def _effective_shares(edges: list[Ownership], listed: frozenset[str], doubt: float) -> dict[str, float]:
    """Return how much of each company the listed hold through all chains, in percent."""
    totals: dict[str, float] = defaultdict(float)

    def follow(owner: str, share: float, path: frozenset[str]) -> None:
        held: dict[str, list[Ownership]] = defaultdict(list)
        for edge in edges:
            if edge.owner == owner and edge.asset not in path:
                held[edge.asset].append(edge)
        for asset, rows in held.items():
            part = share * min(_ALL, _number_of(rows, doubt)) / _ALL
            if part:
                totals[asset] = min(_ALL, totals[asset] + part)
                follow(asset, part, path | {asset})

    for one in sorted(listed):
        follow(one, _ALL, listed)
    return dict(totals)


def _number_of(rows: list[Ownership], doubt: float) -> float:
    """Return the share in these rows; control without a stated share is a holding of unknown size."""
    unstated = any(edge.role == "controls" and edge.percentage is None for edge in rows)
    return max(_share_of(rows, doubt), doubt if unstated else 0.0)
