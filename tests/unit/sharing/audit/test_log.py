from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from telvet.errors import UsageError, WorkspaceError
from telvet.sharing.audit.keys import new_signer
from telvet.sharing.audit.log import AuditLog
from telvet.sharing.audit.records import Event, KeyChange
from telvet.sharing.audit.storage import MemoryStorage
from telvet.sharing.audit.verifying import verify
from tests.unit.sharing.audit.logs import AT, event, in_memory, page, signer


def begun() -> tuple[MemoryStorage, AuditLog]:
    storage = MemoryStorage()
    return storage, AuditLog.begin(storage, signer(), at=AT, by="ana")


def test_a_log_begins_with_its_key_and_every_call_is_signed_at_once() -> None:
    storage, log = begun()
    assert (log.size, storage.note) == (1, log.note)
    receipt = log.append(page(1), event(1))
    assert (receipt.first, receipt.size, receipt.note) == (1, 3, log.note)
    assert verify(storage, signer().key, kept=[receipt.note]).records == 3


def test_a_log_is_not_begun_twice() -> None:
    storage, log = begun()
    log.close()
    with pytest.raises(WorkspaceError) as caught:
        AuditLog.begin(storage, signer(), at=AT, by="ana")
    assert caught.value.code == "audit-exists"
    storage.blocks.clear()
    with pytest.raises(WorkspaceError) as told:
        AuditLog.begin(storage, signer(), at=AT, by="ana")
    assert told.value.code == "audit-exists"


def test_a_log_that_is_not_there_is_not_made_by_opening_it() -> None:
    storage = MemoryStorage()
    with pytest.raises(WorkspaceError) as caught:
        AuditLog.resume(storage, signer())
    assert caught.value.code == "audit-missing"
    assert not storage.writing


def test_a_log_is_continued_where_it_ended() -> None:
    storage, _ = in_memory()
    log = AuditLog.resume(storage, signer())
    assert (log.size, log.cut) == (7, 0)
    log.append(event(9))
    assert verify(storage, signer().key).records == 8


def test_a_refused_second_writer_does_not_disturb_the_first() -> None:
    storage, log = begun()
    with pytest.raises(WorkspaceError) as caught:
        AuditLog.resume(storage, signer())
    assert caught.value.code == "audit-locked"
    log.append(event())


def test_another_key_cannot_continue_a_log() -> None:
    storage, _ = in_memory()
    for other in (signer(2), new_signer("example.org/other")):
        with pytest.raises(WorkspaceError) as caught:
            AuditLog.resume(storage, other)
        assert caught.value.code == "audit-wrong-key"
    AuditLog.resume(storage, signer())


def test_after_a_rotation_the_new_key_signs_and_the_old_one_no_longer_may() -> None:
    storage, log = begun()
    receipt = log.rotate(signer(2), at=AT, by="ana", why="yearly")
    log.close()
    with pytest.raises(WorkspaceError, match="is not the key") as caught:
        AuditLog.resume(storage, signer())
    assert "rotated" in caught.value.why
    log = AuditLog.resume(storage, signer(2))
    log.append(event())
    log.close()
    with pytest.raises(WorkspaceError, match="is not the key"):
        AuditLog.resume(storage, signer())
    found = verify(storage, signer().key, kept=[receipt.note])
    assert found.keys == (signer().key, signer(2).key)
    assert verify(storage, signer(2).key) == found


def test_a_rotation_needs_another_key_of_the_same_name() -> None:
    _, log = begun()
    for other in (signer(), new_signer("example.org/other")):
        with pytest.raises(UsageError) as caught:
            log.rotate(other, at=AT, by="ana", why="x")
        assert caught.value.code == "audit-rotation"


def test_nothing_and_keys_are_not_appended() -> None:
    _, log = begun()
    for entries in ((), (KeyChange(AT, "ana", signer(2).key, "x"),)):
        with pytest.raises(UsageError) as caught:
            log.append(*entries)
        assert caught.value.code == "audit-nothing"


def test_what_cannot_be_recorded_exactly_is_told_and_the_log_goes_on() -> None:
    storage, log = begun()
    with pytest.raises(UsageError) as caught:
        log.append(Event(AT, "ana", "x", {"number": 2**60}))
    assert caught.value.code == "audit-value"
    log.append(event())
    assert verify(storage, signer().key).records == 2


def test_a_call_that_was_interrupted_after_it_was_kept_is_never_followed_by_another_history() -> None:
    class Interrupted(MemoryStorage):
        def append(self, block: bytes, note: str) -> None:
            super().append(block, note)
            if len(self.blocks) == 2:
                raise KeyboardInterrupt

    storage = Interrupted()
    log = AuditLog.begin(storage, signer(), at=AT, by="ana")
    with pytest.raises(KeyboardInterrupt):
        log.append(event(1))
    with pytest.raises(WorkspaceError) as caught:
        log.append(event(2))
    assert caught.value.code == "audit-closed"
    log.close()
    AuditLog.resume(storage, signer()).append(event(2))
    assert verify(storage, signer().key).records == 3


def test_threads_append_one_after_the_other() -> None:
    storage, log = begun()
    with ThreadPoolExecutor(8) as threads:
        receipts = list(threads.map(lambda number: log.append(page(number)), range(200)))
    assert sorted(receipt.first for receipt in receipts) == list(range(1, 201))
    assert verify(storage, signer().key).records == 201


def test_opening_sees_a_damaged_last_block_and_a_missing_checkpoint() -> None:
    for damage, code in (
        (lambda storage: storage.blocks.append(b"x"), "audit-altered"),
        (lambda storage: setattr(storage, "note", None), "audit-altered"),
        (lambda storage: setattr(storage, "note", "x"), "audit-altered"),
        (lambda storage: storage.blocks.pop(), "audit-truncated"),
        (lambda storage: setattr(storage, "note", in_memory()[0].note), "audit-altered"),
    ):
        storage, _ = in_memory()
        damage(storage)
        with pytest.raises(WorkspaceError) as caught:
            AuditLog.resume(storage, signer())
        assert caught.value.code == code
