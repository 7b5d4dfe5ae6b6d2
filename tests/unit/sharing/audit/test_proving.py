from __future__ import annotations

import json
from dataclasses import replace

import pytest

from telvet.errors import UsageError, WorkspaceError
from telvet.sharing.audit.proving import prove_consistency, prove_inclusion
from telvet.sharing.audit.storage import MemoryStorage
from tests.unit.sharing.audit.logs import in_memory, signer

KEY = signer().key


def test_every_record_is_proved_to_be_in_the_log() -> None:
    storage, notes = in_memory()
    for index in range(7):
        proof = prove_inclusion(storage, KEY, index)
        assert proof.holds(KEY)
        assert proof.note == notes[-1]
        assert not replace(proof, index=index ^ 1).holds(KEY)
        assert not proof.holds(signer(2).key)


def test_a_decision_is_proved_without_showing_the_others_of_its_page() -> None:
    storage, _ = in_memory()
    proof = prove_inclusion(storage, KEY, 1, ["indicator--2", "indicator--9"])
    (leaf,) = proof.leaves
    assert json.loads(leaf.leaf)["object"] == "indicator--2"
    assert proof.holds(KEY)
    assert "indicator--1" not in str(proof)
    for other in (
        replace(leaf, leaf=leaf.leaf.replace(b"permit", b"refer!")),
        replace(leaf, place=0),
        replace(leaf, path=()),
    ):
        assert not replace(proof, leaves=(other,)).holds(KEY)


def test_a_proof_that_was_changed_is_false() -> None:
    storage, notes = in_memory()
    proof = prove_inclusion(storage, KEY, 1)
    for other in (
        replace(proof, record=proof.record.replace(b"partner-a", b"partner-b")),
        replace(proof, record=b"x"),
        replace(proof, path=proof.path[:-1]),
        replace(proof, note=notes[-2]),
        replace(proof, note=""),
    ):
        assert not other.holds(KEY)


def test_a_record_that_is_not_there_is_told() -> None:
    storage, _ = in_memory()
    for index in (-1, 7):
        with pytest.raises(UsageError) as caught:
            prove_inclusion(storage, KEY, index)
        assert caught.value.code == "audit-no-record"


def test_the_log_is_proved_to_have_grown_from_every_checkpoint_given_out() -> None:
    storage, notes = in_memory(rotate_after=2)
    for kept, by in zip(notes, [signer(), signer(), signer(), signer(2), signer(2), signer(2)], strict=True):
        proof = prove_consistency(storage, KEY, kept)
        assert proof.holds(signer(2).key, by.key)
        assert not replace(proof, path=(*proof.path, b"\0" * 32)).holds(signer(2).key, by.key)
        assert not replace(proof, kept="x").holds(signer(2).key, by.key)
        assert not proof.holds(signer(3).key, by.key)


def test_no_growth_is_proved_from_another_history_or_a_later_checkpoint() -> None:
    storage, notes = in_memory()
    for kept, code in ((in_memory()[1][2], "audit-forked"), ("x", "audit-kept")):
        with pytest.raises(WorkspaceError) as caught:
            prove_consistency(storage, KEY, kept)
        assert caught.value.code == code
    with pytest.raises(WorkspaceError) as told:
        prove_consistency(MemoryStorage(storage.blocks[:2]), KEY, notes[-1])
    assert told.value.code == "audit-truncated"


def test_nothing_is_proved_of_a_log_that_was_altered() -> None:
    storage, _ = in_memory()
    storage.blocks[1] = storage.blocks[1].replace(b"permit", b"refer!")
    with pytest.raises(WorkspaceError) as caught:
        prove_inclusion(storage, KEY, 0)
    assert caught.value.code == "audit-altered"
