"""A folder of segment files -> the blocks in it, without a lock, also while another program appends.

* Segments are numbered without a gap; only the last may end in something that is no whole block.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from telvet.sharing.audit.segments import HEADER, Extent, extents, has_block_beyond
from telvet.sharing.audit.storage import Stored
from telvet.sharing.audit.troubles import altered, missing, teaching

__all__ = ["CHECKPOINT", "Segment", "published", "segment_name", "segment_paths", "segments"]

CHECKPOINT = "checkpoint"
_MOST_NOTE_BYTES = 1_000_000


class Segment:
    """One segment as it was when it was read."""

    def __init__(self, path: Path, *, is_last: bool) -> None:
        self.path = path
        with teaching(str(path)):
            self._data = path.read_bytes()
        if not self._data.startswith(HEADER):
            raise altered(str(path), "the segment's first line is another")
        self.extents: tuple[Extent, ...] = tuple(extents(self._data))
        self.end = self.extents[-1].end if self.extents else len(HEADER)
        """Where the last whole block ends."""
        self.unsettled = len(self._data) - self.end
        if self.unsettled and not is_last:
            raise altered(f"{path}, byte {self.end}", "there is no whole block here, and a later segment follows")
        if self.unsettled and has_block_beyond(self._data, self.end):
            raise altered(f"{path}, byte {self.end}", "there is no whole block here, and a whole one follows")

    def commits(self) -> Iterator[Stored]:
        """Yield the blocks."""
        for extent in self.extents:
            yield Stored(f"{self.path}, byte {extent.frame}", self._data[extent.start : extent.end])


def segment_name(number: int) -> str:
    """Return the file name of a segment, the first being 1."""
    return f"{number:08d}.segment"


def segment_paths(folder: Path) -> list[Path]:
    """Return the segments in order.

    Raises:
        WorkspaceError: One is missing in between.
    """
    with teaching(str(folder)):
        found = sorted(folder.glob("*.segment"))
    for number, path in enumerate(found, start=1):
        if path.name != segment_name(number):
            raise altered(str(folder), f"{segment_name(number)} is missing, or {path.name} is none of its files")
    return found


def segments(folder: Path) -> Iterator[Segment]:
    """Yield the segments one after the other; a folder without any is no log."""
    paths = segment_paths(folder)
    if not paths:
        raise missing(str(folder))
    for path in paths:
        yield Segment(path, is_last=path == paths[-1])


def published(folder: Path) -> str | None:
    """Return the checkpoint beside the segments."""
    path = folder / CHECKPOINT
    with teaching(str(path)):
        try:
            with path.open("rb") as stream:
                return stream.read(_MOST_NOTE_BYTES).decode("utf-8")
        except FileNotFoundError:
            return None
        except UnicodeDecodeError:
            raise altered(str(path), "the checkpoint is no text") from None
