"""The bytes of a segment file -> its whole blocks, and how far they reach; a block -> its bytes in a file.

* A block says how long it is and what its checksum is, so that one that was being written when the power went is recognised.
* The checksum is against accidents. Against people there are the hashes and signatures in the block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from zlib import crc32

from telvet.errors import UsageError

__all__ = ["HEADER", "Extent", "extents", "framed", "has_block_beyond"]

HEADER = b"telvet audit segment 1\n"
_MOST_BYTES = 999_999_999
_FRAME = re.compile(rb"block ([1-9][0-9]{0,8}) ([0-9a-f]{8})\n")


@dataclass(frozen=True, slots=True)
class Extent:
    """Where a block and its frame lie in a segment."""

    frame: int
    start: int
    end: int


def framed(block: bytes) -> bytes:
    """Return a block as it lies in a file.

    Raises:
        UsageError: It is too long.
    """
    if len(block) > _MOST_BYTES:
        raise UsageError(
            f"{len(block)} bytes are too many to be recorded at once",
            code="audit-long",
            fix="record the decisions of fewer objects together",
        )
    return b"block %d %08x\n%b" % (len(block), crc32(block), block)


def extents(data: bytes) -> Iterator[Extent]:
    """Yield the whole blocks from the beginning, up to the first that is not whole."""
    here = len(HEADER)
    while extent := _extent(data, _FRAME.match(data, here)):
        yield extent
        here = extent.end


def has_block_beyond(data: bytes, offset: int) -> bool:
    """Tell whether a whole block lies behind something that is none; then that is damage, not an end."""
    return any(_extent(data, found) for found in _FRAME.finditer(data, offset))


def _extent(data: bytes, frame: re.Match[bytes] | None) -> Extent | None:
    if frame is None:
        return None
    start, end = frame.end(), frame.end() + int(frame[1])
    if end > len(data) or crc32(memoryview(data)[start:end]) != int(frame[2], 16):
        return None
    return Extent(frame.start(), start, end)
