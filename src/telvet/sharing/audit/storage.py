"""Blocks of bytes -> somewhere durable, and back; what every place for a log must do.

* A place knows nothing of records and signatures. It keeps blocks in order, each whole or not at all.
* `MemoryStorage` keeps nothing: it is for tests, and for checking what was received.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from telvet.sharing.audit.troubles import closed, locked

__all__ = ["MemoryStorage", "Storage", "Stored"]


@dataclass(frozen=True, slots=True)
class Stored:
    """One block and where it lies, in words for a person."""

    place: str
    data: bytes


class Storage(Protocol):
    """Where a log is kept."""

    @property
    def where(self) -> str:
        """The place in words for a person."""

    def commits(self) -> Iterator[Stored]:
        """Yield every whole block, oldest first; what follows the last whole one is no block yet.

        Raises:
            WorkspaceError: A block that is not the last is not whole.
        """

    def published(self) -> str | None:
        """Return the checkpoint that was acknowledged last, as far as the place remembers."""

    def unsettled(self) -> int:
        """Return how many bytes lie beyond the last whole block: what a writer was writing when it ended."""

    def lock(self) -> None:
        """Become the only writer, until closed.

        Raises:
            WorkspaceError: Somebody else is.
        """

    def last(self) -> Stored | None:
        """Return the last whole block."""

    def settle(self) -> int:
        """Remove what lies beyond the last whole block; return how many bytes that were."""

    def append(self, block: bytes, note: str) -> None:
        """Keep a block and the checkpoint in it: on return both are durable, on an error neither is there.

        Raises:
            WorkspaceError: There is no room, or the place has failed.
        """

    def close(self) -> None:
        """Let others write."""


@dataclass(slots=True)
class MemoryStorage:
    """Blocks in a list."""

    blocks: list[bytes] = field(default_factory=list)
    note: str | None = None
    where: str = "memory"
    writing: bool = False

    def commits(self) -> Iterator[Stored]:
        """Yield the blocks."""
        for place, block in enumerate(tuple(self.blocks)):
            yield Stored(f"{self.where}, block {place + 1}", block)

    def published(self) -> str | None:
        """Return the last checkpoint."""
        return self.note

    def unsettled(self) -> int:
        """Return 0: a list has no half element."""
        return 0

    def lock(self) -> None:
        """Become the only writer."""
        if self.writing:
            raise locked(self.where)
        self.writing = True

    def last(self) -> Stored | None:
        """Return the last block."""
        return list(self.commits())[-1] if self.blocks else None

    def settle(self) -> int:
        """Return 0."""
        return 0

    def append(self, block: bytes, note: str) -> None:
        """Keep a block."""
        if not self.writing:
            raise closed(self.where, "it was closed")
        self.blocks.append(block)
        self.note = note

    def close(self) -> None:
        """Let others write."""
        self.writing = False
