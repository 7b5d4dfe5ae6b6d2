from __future__ import annotations

import pytest

from telvet.errors import WorkspaceError
from telvet.sharing.audit.storage import MemoryStorage


def test_blocks_come_back_in_order() -> None:
    storage = MemoryStorage()
    assert storage.last() is None
    storage.lock()
    for block in (b"a", b"b"):
        storage.append(block, f"note of {block.decode()}")
    assert [stored.data for stored in storage.commits()] == [b"a", b"b"]
    last = storage.last()
    assert last is not None
    assert (last.data, storage.published(), storage.settle(), storage.unsettled()) == (b"b", "note of b", 0, 0)


def test_there_is_one_writer_and_none_after_closing() -> None:
    storage = MemoryStorage()
    storage.lock()
    with pytest.raises(WorkspaceError) as caught:
        storage.lock()
    assert caught.value.code == "audit-locked"
    storage.close()
    with pytest.raises(WorkspaceError) as closed:
        storage.append(b"", "")
    assert closed.value.code == "audit-closed"
