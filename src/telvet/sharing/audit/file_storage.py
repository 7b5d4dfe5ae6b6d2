"""Blocks -> append-only segment files in a private folder; one writer, any number of readers.

* A block is acknowledged after it was synced. A writer killed at any moment leaves whole blocks, then at most a part of one.
* When the disk is full the part that fitted is taken back, and the next attempt may succeed.
* After a failed sync nobody knows what the disk holds: nothing more is appended until the log is opened again.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from telvet.sharing.audit import file_reading
from telvet.sharing.audit.durable import locked_file, placed, prepared, sync_folder, write_all
from telvet.sharing.audit.file_reading import CHECKPOINT, Segment, segment_name, segment_paths, segments
from telvet.sharing.audit.segments import HEADER, framed
from telvet.sharing.audit.storage import Stored
from telvet.sharing.audit.troubles import closed, teaching

__all__ = ["FileStorage"]

_SEGMENT_BYTES = 32 * 1024 * 1024


@dataclass(slots=True)
class FileStorage:
    """A log in a folder."""

    folder: Path
    segment_bytes: int = _SEGMENT_BYTES
    """A segment that has grown to this is followed by another."""
    _lock: int | None = field(default=None, repr=False)
    _segment: int | None = field(default=None, repr=False)
    _end: int = field(default=0, repr=False)
    _owner: int = field(default=0, repr=False)
    _broken: str = field(default="it is not open for writing", repr=False)

    @property
    def where(self) -> str:
        """The folder."""
        return str(self.folder)

    def commits(self) -> Iterator[Stored]:
        """Yield every whole block."""
        for segment in segments(self.folder):
            yield from segment.commits()

    def published(self) -> str | None:
        """Return the checkpoint beside the segments."""
        return file_reading.published(self.folder)

    def unsettled(self) -> int:
        """Return how many bytes lie beyond the last whole block."""
        paths = segment_paths(self.folder)
        return Segment(paths[-1], is_last=True).unsettled if paths else 0

    def lock(self) -> None:
        """Become the only writer; the folder is made if it is not there."""
        with teaching(self.where):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock = locked_file(self.folder / "lock")
        self._owner = os.getpid()

    def last(self) -> Stored | None:
        """Return the last whole block."""
        paths = segment_paths(self.folder)
        for path in reversed(paths):
            if found := list(Segment(path, is_last=path == paths[-1]).commits()):
                return found[-1]
        return None

    def settle(self) -> int:
        """Remove what a killed writer left unfinished; then blocks can be appended."""
        paths = segment_paths(self.folder)
        with teaching(self.where):
            for left in self.folder.glob("*.new"):
                left.unlink()
            if not paths:
                self._begin_segment(1)
                unsettled = 0
            else:
                segment = Segment(paths[-1], is_last=True)
                self._continue_segment(segment.path, segment.end)
                unsettled = segment.unsettled
            if unsettled:
                self._take_back()
        self._broken = ""
        return unsettled

    def append(self, block: bytes, note: str) -> None:
        """Keep a block and its checkpoint."""
        if self._broken or os.getpid() != self._owner:
            raise closed(self.where, self._broken or "the process that opened it was forked")
        data = framed(block)
        self._broken = "an earlier attempt did not come to its end, and what the disk holds is not sure"
        with teaching(self.where):
            beside = self._written(data, note)
            os.fsync(self._handle())
            self._end += len(data)
            beside.replace(self.folder / CHECKPOINT)
        self._broken = ""

    def close(self) -> None:
        """Let others write."""
        for handle in (self._segment, self._lock):
            if handle is not None:
                os.close(handle)
        self._segment = self._lock = None
        self._broken = "it was closed"

    def _written(self, data: bytes, note: str) -> Path:
        """Write a block, and its checkpoint beside its place; where there is no room, take both back."""
        beside = self.folder / f"{CHECKPOINT}.new"
        try:
            if self._end >= max(self.segment_bytes, len(HEADER) + 1):
                self._begin_segment(len(segment_paths(self.folder)) + 1)
            prepared(self.folder / CHECKPOINT, note.encode())
            write_all(self._handle(), data)
        except OSError:
            beside.unlink(missing_ok=True)
            self._take_back()
            self._broken = ""
            raise
        return beside

    def _take_back(self) -> None:
        """Cut the segment to where the last whole block ends."""
        os.ftruncate(self._handle(), self._end)
        os.fsync(self._handle())

    def _begin_segment(self, number: int) -> None:
        path = self.folder / segment_name(number)
        placed(path, HEADER)
        self._continue_segment(path, len(HEADER))
        sync_folder(self.folder.parent if number == 1 else self.folder)

    def _continue_segment(self, path: Path, end: int) -> None:
        if self._segment is not None:
            os.close(self._segment)
        self._segment = os.open(path, os.O_WRONLY | os.O_APPEND)
        self._end = end

    def _handle(self) -> int:
        if self._segment is None:
            raise closed(self.where, self._broken)
        return self._segment
