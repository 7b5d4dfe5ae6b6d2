from __future__ import annotations

import pytest

from telvet.sharing.audit.checkpoints import signed_checkpoint
from telvet.sharing.audit.commits import packed, unpacked
from telvet.sharing.audit.merkle import Frontier, leaf_hash
from telvet.sharing.audit.records import Written
from tests.unit.sharing.audit.logs import in_memory, signer


def test_a_block_is_read_back_as_it_was_written() -> None:
    storage, notes = in_memory()
    for block, note in zip(storage.blocks, notes, strict=True):
        commit = unpacked(block)
        entries = [Written(entry.record, entry.leaves) for entry in commit.logged]
        assert packed(entries, commit.frontier, commit.note) == block
        assert commit.note.written() == note
    assert [commit.first for commit in map(unpacked, storage.blocks)] == [0, 1, 2, 4, 6]


def test_a_block_is_text_that_a_person_can_search() -> None:
    storage, _ = in_memory()
    found = [line for line in storage.blocks[1].decode().splitlines() if "indicator--2" in line]
    assert len(found) == 1
    assert '"effect":"permit"' in found[0]


def test_a_changed_leaf_is_not_that_of_its_record() -> None:
    block = in_memory()[0].blocks[1]
    with pytest.raises(ValueError, match="do not make its root"):
        unpacked(block.replace(b"indicator--2", b"indicator--9"))
    with pytest.raises(ValueError, match="missing"):
        unpacked(b"\n".join([block.split(b"\n")[0], b"", block.partition(b"\n\n")[2]]))


def test_a_frontier_that_is_not_signed_is_refused() -> None:
    other = Frontier().with_leaf(leaf_hash(b"x"))
    note = signed_checkpoint(Frontier().with_leaf(leaf_hash(b"y")), [signer()])
    with pytest.raises(ValueError, match="the root that was signed"):
        unpacked(packed([Written(b'{"kind":"event"}')], other, note))


def test_a_block_with_more_records_than_the_log_is_refused() -> None:
    frontier = Frontier().with_leaf(leaf_hash(b"x"))
    with pytest.raises(ValueError, match="more records"):
        unpacked(packed([Written(b'{"kind":"event"}')] * 2, frontier, signed_checkpoint(frontier, [signer()])))


@pytest.mark.parametrize("cut", range(0, 400, 7))
def test_a_part_of_a_block_is_none(cut: int) -> None:
    block = in_memory()[0].blocks[0]
    with pytest.raises(ValueError, match=r"\w"):
        unpacked(block[: -cut - 1])
