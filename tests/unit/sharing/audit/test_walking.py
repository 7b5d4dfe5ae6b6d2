from __future__ import annotations

from collections.abc import Sequence

import pytest

from telvet.errors import WorkspaceError
from telvet.sharing.audit.checkpoints import signed_checkpoint
from telvet.sharing.audit.commits import packed
from telvet.sharing.audit.keys import Signer
from telvet.sharing.audit.merkle import Frontier, leaf_hash
from telvet.sharing.audit.records import Entry, KeyChange, written
from telvet.sharing.audit.storage import MemoryStorage
from telvet.sharing.audit.walking import check_size, published_size, scan, signed_by_all, walk
from tests.unit.sharing.audit.logs import AT, event, in_memory, signer

KEY = KeyChange(AT, "ana", signer().key, "the log begins")
NEXT = KeyChange(AT, "ana", signer(2).key, "yearly")


def forged(*blocks: tuple[Sequence[Entry], Sequence[Signer]]) -> MemoryStorage:
    """Make a log of blocks that are each well formed, signed by whoever is named."""
    storage, frontier = MemoryStorage(), Frontier()
    for entries, signers in blocks:
        records = [written(entry, b"s") for entry in entries]
        frontier = frontier.with_leaves(leaf_hash(entry.record) for entry in records)
        storage.blocks.append(packed(records, frontier, signed_checkpoint(frontier, signers)))
    return storage


def test_a_log_is_walked_from_its_first_block_to_its_last() -> None:
    storage, notes = in_memory(rotate_after=2)
    steps = list(walk(storage))
    assert [step.commit.note.written() for step in steps] == notes
    assert [key for step in steps for key in step.new_keys] == [signer().key, signer(2).key]
    scanned = scan(storage, signer(2).key)
    assert scanned.hashes == tuple(hashed for step in steps for hashed in step.hashes)
    assert [commit.first for commit in scanned.rotations] == [4]


def test_a_log_without_blocks_is_missing() -> None:
    with pytest.raises(WorkspaceError) as caught:
        list(walk(MemoryStorage()))
    assert caught.value.code == "audit-missing"


def test_a_key_that_the_log_does_not_name_is_not_its_key() -> None:
    with pytest.raises(WorkspaceError) as caught:
        scan(in_memory()[0], signer(3).key)
    assert caught.value.code == "audit-wrong-key"


@pytest.mark.parametrize(
    "storage",
    [
        forged(([event()], [signer()])),
        forged(([KEY], [signer(2)])),
        forged(([KEY], [signer(), signer(2)])),
        forged(([KEY], [signer()]), ([event()], [signer(2)])),
        forged(([KEY], [signer()]), ([NEXT], [signer()])),
        forged(([KEY], [signer()]), ([NEXT], [signer(2)])),
        forged(([KEY], [signer()]), ([NEXT], [signer(2), signer()])),
        forged(([KEY], [signer()]), ([NEXT], [signer(), signer(2)]), ([event()], [signer()])),
        forged(([KEY], [signer()]), ([event(), NEXT], [signer(), signer(2)])),
    ],
    ids=range(9),
)
def test_a_block_that_others_than_the_keys_in_force_signed_is_refused(storage: MemoryStorage) -> None:
    with pytest.raises(WorkspaceError) as caught:
        list(walk(storage))
    assert caught.value.code == "audit-altered"


def test_blocks_that_were_removed_moved_repeated_or_exchanged_are_found() -> None:
    blocks = in_memory()[0].blocks
    other = in_memory()[0].blocks
    for changed in (
        blocks[1:],
        [*blocks[:2], *blocks[3:]],
        [blocks[0], blocks[2], blocks[1], *blocks[3:]],
        [*blocks, blocks[-1]],
        [*blocks[:3], other[3], *blocks[4:]],
    ):
        with pytest.raises(WorkspaceError) as caught:
            list(walk(MemoryStorage(changed)))
        assert caught.value.code == "audit-altered"


def test_where_a_block_is_missing_it_is_said_how_many_records_came_before() -> None:
    blocks = in_memory()[0].blocks
    with pytest.raises(WorkspaceError, match="continues after 4 records, and 2 came before"):
        list(walk(MemoryStorage([*blocks[:2], *blocks[3:]])))


def test_just_the_keys_named_must_have_signed() -> None:
    note = signed_checkpoint(Frontier(), [signer(), signer(2)])
    assert signed_by_all(note, [signer().key, signer(2).key])
    assert not signed_by_all(note, [signer().key])
    assert not signed_by_all(note, [signer(2).key, signer().key])


def test_a_log_whose_last_block_is_damaged_is_not_scanned_as_if_it_had_never_had_it() -> None:
    storage, notes = in_memory()
    storage.blocks.pop()
    with pytest.raises(WorkspaceError) as caught:
        scan(storage, signer().key)
    assert caught.value.code == "audit-truncated"
    storage.note = notes[-2]
    assert len(scan(storage, signer().key).hashes) == published_size(storage) == 6
    storage.note = "x"
    with pytest.raises(WorkspaceError) as told:
        published_size(storage)
    assert told.value.code == "audit-altered"
    check_size("here", 2, 2)
