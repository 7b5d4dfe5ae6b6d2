"""Leaves -> the root of their Merkle tree (RFC 6962, 2.1), all at once or one after the other.

* A leaf and a node never hash alike: 0x00 stands before the one, 0x01 before the other.
* A `Frontier` holds as many hashes as the size has ones in binary, so that a log of any length grows in little memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

__all__ = ["EMPTY", "HASH_BYTES", "Frontier", "leaf_hash", "node_hash", "root"]

HASH_BYTES = 32
EMPTY = sha256(b"").digest()
"""The root of the tree without leaves."""


def leaf_hash(leaf: bytes) -> bytes:
    """Return the hash of a leaf."""
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node."""
    return sha256(b"\x01" + left + right).digest()


def root(hashes: Sequence[bytes]) -> bytes:
    """Return the root over hashes of leaves; pairing level by level gives the tree of the standard's recursion."""
    if not hashes:
        return EMPTY
    level = list(hashes)
    while len(level) > 1:
        paired = [sha256(b"\x01" + left + right).digest() for left, right in zip(level[::2], level[1::2], strict=False)]
        level = [*paired, level[-1]] if len(level) % 2 else paired
    return level[0]


@dataclass(frozen=True, slots=True)
class Frontier:
    """The roots of the full subtrees that make up a tree, largest first."""

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a number of hashes that no tree of this size has."""
        if self.size < 0 or self.size.bit_count() != len(self.hashes):
            raise ValueError(f"a tree of {self.size} leaves has another number of full subtrees")

    def with_leaf(self, hashed: bytes) -> Frontier:
        """Return the tree with one more leaf."""
        kept, node, size = list(self.hashes), hashed, self.size
        while size & 1:
            node = node_hash(kept.pop(), node)
            size >>= 1
        return Frontier(self.size + 1, (*kept, node))

    def with_leaves(self, hashes: Iterable[bytes]) -> Frontier:
        """Return the tree with more leaves."""
        grown = self
        for hashed in hashes:
            grown = grown.with_leaf(hashed)
        return grown

    def root(self) -> bytes:
        """Return the tree's root."""
        if not self.hashes:
            return EMPTY
        *larger, node = self.hashes
        for left in reversed(larger):
            node = node_hash(left, node)
        return node
