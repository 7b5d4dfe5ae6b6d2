"""Hashes of leaves -> proofs that a leaf is in a tree, or that a tree grew from another, and their verdict (RFC 9162, 2.1).

* Whoever checks a proof needs the hashes in it and the signed root, and nothing of the log.
* A proof with a hash too many or too few is false, like one with a wrong hash.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from telvet.sharing.audit.merkle import EMPTY, leaf_hash, node_hash, root

__all__ = ["Tree", "consistency_path", "grew_from", "is_included"]


@dataclass(frozen=True, slots=True)
class Tree:
    """Every node of a tree, level by level from the leaves, to take many paths from."""

    levels: tuple[tuple[bytes, ...], ...]

    @staticmethod
    def over(hashes: Sequence[bytes]) -> Tree:
        """Make the tree over hashes of leaves."""
        levels = [tuple(hashes)]
        while len(level := levels[-1]) > 1:
            paired = [node_hash(left, right) for left, right in zip(level[::2], level[1::2], strict=False)]
            levels.append((*paired, level[-1]) if len(level) % 2 else tuple(paired))
        return Tree(tuple(levels))

    def root(self) -> bytes:
        """Return the root."""
        return self.levels[-1][0] if self.levels[-1] else EMPTY

    def path(self, index: int) -> tuple[bytes, ...]:
        """Return the siblings on the way from a leaf to the root, lowest first."""
        size = len(self.levels[0])
        if not 0 <= index < size:
            raise ValueError(f"a tree of {size} leaves has no leaf {index}")
        places = [(level, (index >> height) ^ 1) for height, level in enumerate(self.levels)]
        return tuple(level[place] for level, place in places if place < len(level))


def is_included(leaf: bytes, index: int, size: int, path: Sequence[bytes], top: bytes) -> bool:
    """Tell whether a leaf stands at a place of the tree with this size and root."""
    if not 0 <= index < size:
        return False
    place, last, node = index, size - 1, leaf_hash(leaf)
    for sibling in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            node = node_hash(sibling, node)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            node = node_hash(node, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and node == top


def consistency_path(hashes: Sequence[bytes], old: int) -> tuple[bytes, ...]:
    """Return the nodes by which the tree over the first `old` leaves and the tree over all are both made."""
    if not 0 <= old <= len(hashes):
        raise ValueError(f"a tree of {len(hashes)} leaves never had {old}")
    return () if old in {0, len(hashes)} else _subproof(hashes, old, whole=True)


def _subproof(hashes: Sequence[bytes], old: int, *, whole: bool) -> tuple[bytes, ...]:
    if old == len(hashes):
        return () if whole else (root(hashes),)
    split = 1 << (len(hashes) - 1).bit_length() - 1
    left, right = hashes[:split], hashes[split:]
    if old <= split:
        return (*_subproof(left, old, whole=whole), root(right))
    return (*_subproof(right, old - split, whole=False), root(left))


def grew_from(old: int, size: int, path: Sequence[bytes], old_top: bytes, top: bytes) -> bool:
    """Tell whether the tree of this size and root holds the older one unchanged, at its beginning."""
    if not 0 <= old <= size:
        return False
    if old in {0, size}:
        return not path and (old_top == top if old == size else old_top == EMPTY)
    nodes = list(path) if old & (old - 1) else [old_top, *path]
    if not nodes:
        return False
    place, last = old - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    older = newer = nodes[0]
    for sibling in nodes[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            older, newer = node_hash(sibling, older), node_hash(sibling, newer)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            newer = node_hash(newer, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and older == old_top and newer == top
