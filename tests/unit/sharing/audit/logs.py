"""Small logs to test with: in memory or in a folder, with a key that is always the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from telvet.sharing.audit.file_storage import FileStorage
from telvet.sharing.audit.keys import Signer, new_signer
from telvet.sharing.audit.log import AuditLog
from telvet.sharing.audit.records import Decided, Event, Page
from telvet.sharing.audit.storage import MemoryStorage, Storage

AT = datetime(2024, 1, 15, 9, 30, tzinfo=UTC)
NAME = "example.org/sharing"


def signer(number: int = 1) -> Signer:
    return new_signer(NAME, lambda size: bytes([number]) * size)


def decided(number: int, effect: str = "permit") -> Decided:
    return Decided(f"indicator--{number}", "2024-01-01T00:00:00.000Z", f"{number:064x}", effect, ("tlp.cap",))


def page(*numbers: int, request: str = "r") -> Page:
    return Page(AT, "partner-a", request, [decided(number) for number in numbers], {"rules": "0" * 64})


def event(number: int = 0) -> Event:
    return Event(AT, "ana", "approve", {"number": number})


def filled(storage: Storage, blocks: Sequence[Sequence[Page | Event]], *, rotate_after: int | None = None) -> list[str]:
    """Fill a storage; return the checkpoint after each block, the first being that of the key."""
    log = AuditLog.begin(storage, signer(), at=AT, by="ana")
    notes = [log.note]
    for place, entries in enumerate(blocks):
        if place == rotate_after:
            notes.append(log.rotate(signer(2), at=AT, by="ana", why="yearly").note)
        notes.append(log.append(*entries).note)
    log.close()
    return notes


BLOCKS: tuple[tuple[Page | Event, ...], ...] = (
    (page(1, 2, 3, request="first"),),
    (event(1), event(2)),
    (page(request="empty"), page(4, 5, request="last")),
    (event(3),),
)


def in_memory(*, rotate_after: int | None = None) -> tuple[MemoryStorage, list[str]]:
    storage = MemoryStorage()
    return storage, filled(storage, BLOCKS, rotate_after=rotate_after)


def in_folder(folder: Path, *, segment_bytes: int = 10_000_000, rotate_after: int | None = None) -> list[str]:
    return filled(FileStorage(folder, segment_bytes), BLOCKS, rotate_after=rotate_after)
