from __future__ import annotations

import pytest

from telvet.errors import WorkspaceError
from telvet.sharing.audit.checkpoints import signed_checkpoint
from telvet.sharing.audit.keys import new_signer
from telvet.sharing.audit.merkle import Frontier, leaf_hash
from telvet.sharing.audit.storage import MemoryStorage
from telvet.sharing.audit.verifying import verify
from tests.unit.sharing.audit.logs import in_memory, signer


def code_of(storage: MemoryStorage, *kept: str) -> str:
    with pytest.raises(WorkspaceError) as caught:
        verify(storage, signer().key, kept=kept)
    return caught.value.code


def test_a_whole_log_is_verified_with_every_checkpoint_that_was_ever_given_out() -> None:
    storage, notes = in_memory(rotate_after=2)
    found = verify(storage, signer().key, kept=notes)
    assert (found.records, found.objects, found.blocks, found.unsettled) == (8, 5, 6, 0)
    assert (found.note, found.keys) == (notes[-1], (signer().key, signer(2).key))


def test_a_log_is_not_verified_by_a_key_that_it_does_not_name() -> None:
    storage, _ = in_memory()
    with pytest.raises(WorkspaceError) as caught:
        verify(storage, signer(2).key)
    assert caught.value.code == "audit-wrong-key"


def test_records_cut_off_at_the_end_are_missed_by_the_checkpoint_beside_them() -> None:
    storage, _ = in_memory()
    storage.blocks.pop()
    assert code_of(storage) == "audit-truncated"


def test_a_log_rolled_back_with_its_checkpoint_is_found_by_one_kept_elsewhere_and_by_nothing_else() -> None:
    storage, notes = in_memory()
    older = MemoryStorage(storage.blocks[:3], notes[2])
    assert verify(older, signer().key, kept=notes[:3]).records == 4
    assert code_of(older, notes[-1]) == "audit-truncated"
    assert code_of(older, *notes) == "audit-truncated"


def test_a_second_history_by_the_same_key_is_found_by_a_kept_checkpoint() -> None:
    first, notes = in_memory()
    second, others = in_memory()
    assert verify(second, signer().key, kept=others).root != verify(first, signer().key, kept=notes).root
    assert code_of(second, notes[1]) == "audit-forked"
    between = signed_checkpoint(Frontier().with_leaves([leaf_hash(b"")] * 3), [signer()]).written()
    assert code_of(first, between) == "audit-forked"


def test_a_checkpoint_of_another_log_cannot_be_compared() -> None:
    storage, notes = in_memory()
    other = signed_checkpoint(Frontier(), [new_signer("example.org/other")]).written()
    for kept in ("", "x", other, notes[0].replace("\n1\n", "\n2\n")):
        assert code_of(storage, kept) == "audit-kept"


def test_the_checkpoint_beside_the_records_must_be_one_of_theirs() -> None:
    storage, notes = in_memory(rotate_after=2)
    for note in (None, "x", notes[-1].replace("example.org", "example.net"), in_memory()[1][2]):
        assert code_of(MemoryStorage(storage.blocks, note)) == "audit-altered"
    verify(MemoryStorage(storage.blocks, notes[-2]), signer().key)
    verify(MemoryStorage(storage.blocks[:1], None), signer().key)
