"""The record of decisions, as whoever keeps it, and whoever doubts it, sees it."""

from __future__ import annotations

import shutil
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from telvet.sharing.audit.key_files import read_signer
from telvet.sharing.audit.logs import open_log
from telvet.sharing.audit.records import Decided, Event, Page
from tests.functional.driver import Ran, telvet

AT = datetime(2024, 1, 15, 9, 30, tzinfo=UTC)


def audit(place: Path, *arguments: object) -> Ran:
    return telvet("share", "audit", *arguments, "-w", place / "w")


def record(place: Path, number: int, *, name: str = "main", at: datetime = AT) -> None:
    """Record that two objects went out, as a server does."""
    log = open_log(place / "w" / "audit", read_signer(place / "w" / "audit.key"), name, at=AT, by="ann")
    decided = [Decided(f"indicator--{number}{end}", "2024", "0" * 64, "permit", ("tlp-cap",)) for end in "ab"]
    log.append(
        Page(at, "partner-a", f"r{number}", decided, {"act": "sent"}), Event(at, "ann", "approve", {"n": number})
    )
    log.close()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    assert audit(tmp_path, "init", "--name", "example.org/sharing", "--by", "ann").code == 0
    for number in range(3):
        record(tmp_path, number)
    return tmp_path


def test_a_log_is_begun_once_with_a_key_that_only_its_owner_can_read(place: Path) -> None:
    assert stat.S_IMODE((place / "w" / "audit.key").stat().st_mode) == 0o600
    assert (place / "w" / "audit.pub").read_text().startswith("example.org/sharing+")
    again = audit(place, "init", "--name", "example.org/sharing", "--by", "ann")
    assert (again.code, "[audit-exists]" in again.err) == (2, True)
    odd = telvet("share", "audit", "init", "-w", place / "x", "--name", "a b", "--by", "ann")
    assert (odd.code, "[audit-key-name]" in odd.err, (place / "x").exists()) == (2, True, False)
    other = audit(place, "init", "--name", "x", "--by", "ann", "--key", place / "elsewhere")
    assert (other.code, (place / "elsewhere").exists()) == (2, False)


def test_a_sound_log_is_verified_and_it_is_said_what_that_proves(place: Path) -> None:
    record(place, 9, name="serve-1")
    kept = audit(place, "status", "--keep", place / "kept")
    assert (kept.code, "main: 7 records of example.org/sharing" in kept.out) == (0, True)
    assert "2 checkpoints written" in kept.out
    record(place, 3)
    ran = audit(place, "verify", "--kept", place / "kept")
    assert (ran.code, ran.err) == (0, "")
    assert "main: sound; 9 records, 8 decisions about objects" in ran.out
    assert "serve-1: sound; 3 records, 2 decisions about objects" in ran.out
    assert "nothing was changed or removed, not that a decision was right" in " ".join(ran.out.split())
    assert "is not proved" in audit(place, "verify").err


def test_a_byte_that_was_changed_in_the_middle_is_found(place: Path) -> None:
    segment = place / "w" / "audit" / "main" / "00000001.segment"
    data = bytearray(segment.read_bytes())
    data[data.index(b"indicator--1a") + len("indicator--")] ^= 1
    segment.write_bytes(data)
    ran = audit(place, "verify")
    assert (ran.code, ran.out, "[audit-altered]" in ran.err) == (1, "", True)
    exported = audit(place, "export", "-o", place / "export")
    assert (exported.code, (place / "export").exists()) == (1, False)


def test_an_end_that_was_cut_off_is_found(place: Path) -> None:
    segment = place / "w" / "audit" / "main" / "00000001.segment"
    data = segment.read_bytes()
    segment.write_bytes(data[: data.rindex(b"block ")])
    ran = audit(place, "verify")
    assert (ran.code, "[audit-truncated]" in ran.err) == (1, True)
    assert audit(place, "prove", "indicator--0a", "-o", place / "proof").code == 1
    data = segment.read_bytes()
    segment.write_bytes(data[:-40])
    assert audit(place, "verify").code == 1


def test_an_older_copy_is_found_by_a_checkpoint_that_was_kept(place: Path) -> None:
    shutil.copytree(place / "w", place / "older")
    record(place, 3)
    audit(place, "status", "--keep", place / "kept")
    shutil.rmtree(place / "w")
    (place / "older").rename(place / "w")
    assert audit(place, "verify").code == 0
    ran = audit(place, "verify", "--kept", place / "kept")
    assert (ran.code, "[audit-truncated]" in ran.err) == (1, True)
    record(place, 4)
    forked = audit(place, "verify", "--kept", place / "kept")
    assert (forked.code, "[audit-forked]" in forked.err) == (1, True)


def test_a_log_that_was_removed_is_found_by_a_checkpoint_that_was_kept(place: Path) -> None:
    record(place, 9, name="serve-1")
    audit(place, "status", "--keep", place / "kept")
    shutil.rmtree(place / "w" / "audit" / "serve-1")
    assert "[audit-gone]" in audit(place, "verify", "--kept", place / "kept").err
    shutil.rmtree(place / "w" / "audit")
    ran = audit(place, "verify")
    assert (ran.code, "[audit-missing]" in ran.err) == (1, True)


def test_another_log_in_its_place_is_found(place: Path) -> None:
    shutil.copy(place / "w" / "audit.pub", place / "pub")
    shutil.rmtree(place / "w")
    audit(place, "init", "--name", "example.org/sharing", "--by", "eve")
    ran = audit(place, "verify", "--pub", place / "pub")
    assert (ran.code, "[audit-wrong-key]" in ran.err) == (1, True)
    status = audit(place, "status", "--pub", place / "pub")
    assert (status.code, "[audit-wrong-key]" in status.err) == (2, True)


def test_one_decision_is_proved_to_somebody_without_the_log(place: Path) -> None:
    ran = audit(place, "prove", "indicator--1a", "-o", place / "proof")
    assert (ran.code, ran.err) == (0, "")
    text = (place / "proof").read_text("utf-8")
    assert "indicator--1a" in text
    assert "indicator--1b" not in text
    pub = place / "w" / "audit.pub"
    checked = telvet("share", "audit", "verify-export", place / "proof", "--key", pub)
    assert (checked.code, "1 record and 1 decision of a log of 7 records" in " ".join(checked.out.split())) == (0, True)
    (place / "proof").write_text(text.replace("permit", "redact"), "utf-8")
    false = telvet("share", "audit", "verify-export", place / "proof", "--key", pub)
    assert (false.code, "[audit-export-false]" in false.err) == (1, True)


def test_a_record_is_proved_by_its_number(place: Path) -> None:
    assert audit(place, "prove", "2", "-o", place / "proof").code == 0
    assert '"what\\":\\"approve\\"' in (place / "proof").read_text("utf-8").replace('\\\\"', '\\"')
    for what in ("99", "indicator--nobody"):
        ran = audit(place, "prove", what, "-o", place / "none")
        assert (ran.code, "[audit-nothing-found]" in ran.err) == (2, True)
    assert "[audit-no-log]" in audit(place, "prove", "1", "-o", place / "none", "--log", "serve-9").err
    assert not (place / "none").exists()


def test_an_export_holds_everything_or_what_is_asked_for(place: Path) -> None:
    record(place, 3, at=datetime(2024, 3, 1, tzinfo=UTC))
    audit(place, "status", "--keep", place / "kept")
    record(place, 9, name="serve-1", at=datetime(2024, 3, 1, tzinfo=UTC))
    pub = place / "w" / "audit.pub"
    ran = audit(place, "export", "-o", place / "all.jsonl", "--kept", place / "kept")
    assert (ran.code, ran.err) == (0, "")
    for name, says in (
        ("all.main.jsonl", "9 records and 8 decisions"),
        ("all.serve-1.jsonl", "3 records and 2 decisions"),
    ):
        checked = telvet("share", "audit", "verify-export", place / name, "--key", pub)
        assert (checked.code, says in checked.out, "every record of the log is here" in " ".join(checked.out.split())) == (
            0, True, True,
        )  # fmt: skip
    line = ("share", "audit", "verify-export", place / "all.main.jsonl", "--key", pub, "--kept", place / "kept")
    assert telvet(*line).code == 0
    late = audit(place, "export", "-o", place / "late.jsonl", "--since", "2024-02-01", "--log", "main")
    assert "late.jsonl: 3 records" in late.out  # the key, of today, among them
    both = audit(place, "export", "-o", place / "two.jsonl", "--object", "indicator--0a", "--object", "indicator--2b")
    assert "two.jsonl: 2 records" in both.out


def test_an_export_that_is_none_is_told(place: Path) -> None:
    (place / "bad").write_bytes(b"x\n")
    pub = place / "w" / "audit.pub"
    assert telvet("share", "audit", "verify-export", place / "bad", "--key", pub).code == 1
    assert telvet("share", "audit", "verify-export", place / "none", "--key", pub).code == 2
    assert telvet("share", "audit", "verify-export", place / "bad", "--key", place / "bad").code == 2
    assert "[audit-kept]" in audit(place, "verify", "--kept", pub).err
    (place / "empty").write_bytes(b"")
    assert "[audit-kept]" in audit(place, "verify", "--kept", place / "empty").err


def test_the_key_is_changed_and_both_keys_verify(place: Path) -> None:
    shutil.copy(place / "w" / "audit.pub", place / "old.pub")
    audit(place, "status", "--keep", place / "kept")
    assert audit(place, "rotate", "--by", "ben", "--why", " ").code == 2
    ran = audit(place, "rotate", "--by", "ben", "--why", "yearly")
    assert (ran.code, ran.err) == (0, "")
    record(place, 3)
    for pub in (place / "old.pub", place / "w" / "audit.pub"):
        assert audit(place, "verify", "--pub", pub, "--kept", place / "kept").code == 0
    assert audit(place, "status").code == 0


def test_a_workspace_without_a_log_is_a_matter_of_usage(place: Path) -> None:
    for verb in (("status",), ("verify",), ("export", "-o", place / "x"), ("rotate", "--by", "a", "--why", "b")):
        ran = telvet("share", "audit", *verb, "-w", place / "nothing")
        assert ran.code == 2
    ran = telvet("share", "audit", "verify", "-w", "postgresql://nobody@localhost/x")
    assert (ran.code, "[no-state]" in ran.err) == (2, True)
    assert telvet("share", "audit", "verify", "-w", "postgresql://nobody@localhost/x", "--state", place / "w").code == 0
