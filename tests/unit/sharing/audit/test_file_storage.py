from __future__ import annotations

import errno
import os
import resource
import select
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from telvet.errors import WorkspaceError
from telvet.sharing.audit.commits import unpacked
from telvet.sharing.audit.file_storage import FileStorage
from telvet.sharing.audit.log import AuditLog
from telvet.sharing.audit.verifying import verify
from tests.unit.sharing.audit.logs import AT, event, in_folder, page, signer

ROOT = Path(__file__).resolve().parents[4]
ENVIRONMENT = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
WRITER = (sys.executable, "-m", "tests.unit.sharing.audit.writer")


def resumed(folder: Path) -> AuditLog:
    return AuditLog.resume(FileStorage(folder), signer())


def requests(folder: Path) -> dict[int, object]:
    """Return what each record of a log was asked by, by its place."""
    commits = [unpacked(stored.data) for stored in FileStorage(folder).commits()]
    return {
        commit.first + place: entry.told.get("request")
        for commit in commits
        for place, entry in enumerate(commit.logged)
    }


def killed_after(folder: Path, seconds: float, segment_bytes: int = 3000) -> Iterator[tuple[int, str]]:
    """Let a program write for a while, kill it, and yield what it had said was acknowledged."""
    with subprocess.Popen(
        [*WRITER, str(folder), str(segment_bytes)], cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout
        select.select([child.stdout], [], [], 60)
        try:
            child.wait(seconds)
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGKILL)
        said = child.stdout.read().decode()
    assert child.returncode == -signal.SIGKILL
    for line in said[: said.rindex("\n") + 1].splitlines()[1:]:
        place, request = line.split()
        yield int(place), request


def test_a_writer_that_is_killed_loses_nothing_that_it_acknowledged(tmp_path: Path) -> None:
    folder, acknowledged = tmp_path / "log", dict[int, str]()
    for round_number in range(10):
        acknowledged.update(killed_after(folder, 0.02 + 0.0237 * round_number))
        log = resumed(folder)
        log.append(event())
        log.close()
        assert verify(FileStorage(folder), signer().key).unsettled == 0
    assert len(acknowledged) > 50
    found = requests(folder)
    assert {place: found[place] for place in acknowledged} == acknowledged
    assert len(list(folder.glob("*.segment"))) > 10


@pytest.mark.slow
def test_a_writer_that_is_killed_while_it_begins_leaves_a_log_or_none(tmp_path: Path) -> None:
    for delay in range(25):
        folder = tmp_path / str(delay)
        child = subprocess.Popen([*WRITER, str(folder), "3000"], cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.DEVNULL)
        while not folder.exists() and child.poll() is None:
            pass
        select.select([], [], [], delay / 4000)
        child.kill()
        child.wait()
        storage = FileStorage(folder)
        begun = storage.last() is not None
        log = resumed(folder) if begun else AuditLog.begin(storage, signer(), at=AT, by="ana")
        log.append(event())
        log.close()
        verify(FileStorage(folder), signer().key)


def test_wherever_the_last_write_stopped_the_log_continues_after_what_was_acknowledged(tmp_path: Path) -> None:
    in_folder(tmp_path / "log")
    segment = tmp_path / "log" / "00000001.segment"
    checkpoint = (tmp_path / "log" / "checkpoint").read_bytes()
    whole = segment.read_bytes()
    log = resumed(tmp_path / "log")
    log.append(event(9))
    log.close()
    longer = segment.read_bytes()
    for length in [*range(len(whole), len(longer), 29), len(longer) - 1]:
        for rest in (b"", b"\0" * 50, bytes(range(256))):
            segment.write_bytes(longer[:length] + rest)
            (tmp_path / "log" / "checkpoint").write_bytes(checkpoint)
            log = resumed(tmp_path / "log")
            assert (log.size, log.cut) == (7, length - len(whole) + len(rest))
            log.append(event(10))
            log.close()
            assert verify(FileStorage(tmp_path / "log"), signer().key).records == 8


def test_a_block_that_was_synced_is_kept_though_its_checkpoint_was_not_put_in_place(tmp_path: Path) -> None:
    notes = in_folder(tmp_path / "log")
    (tmp_path / "log" / "checkpoint").write_text(notes[-2], encoding="utf-8")
    (tmp_path / "log" / "checkpoint.new").write_text("half")
    log = resumed(tmp_path / "log")
    assert (log.size, log.cut) == (7, 0)
    log.close()
    assert not (tmp_path / "log" / "checkpoint.new").exists()
    assert verify(FileStorage(tmp_path / "log"), signer().key, kept=notes).records == 7


def test_an_acknowledged_block_that_is_damaged_is_never_cut(tmp_path: Path) -> None:
    in_folder(tmp_path / "log")
    segment = tmp_path / "log" / "00000001.segment"
    whole = segment.read_bytes()
    for data in (whole[:-1], whole[:-1] + b"x", whole[:-40]):
        segment.write_bytes(data)
        with pytest.raises(WorkspaceError) as caught:
            resumed(tmp_path / "log")
        assert caught.value.code == "audit-truncated"
        assert segment.read_bytes() == data


def test_a_full_disk_is_told_and_the_log_goes_on_when_there_is_room(tmp_path: Path) -> None:
    in_folder(tmp_path / "log")
    storage = FileStorage(tmp_path / "log")
    log = AuditLog.resume(storage, signer())
    segment = tmp_path / "log" / "00000001.segment"
    size, limits = segment.stat().st_size, resource.getrlimit(resource.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    for room in (0, 1, 100, 700):
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + room, limits[1]))
        try:
            with pytest.raises(WorkspaceError) as caught:
                log.append(page(*range(30)))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        assert caught.value.code == "audit-full"
        assert (segment.stat().st_size, log.size) == (size, 7)
    log.append(page(*range(30)))
    log.close()
    assert verify(FileStorage(tmp_path / "log"), signer().key).records == 8
    assert not list((tmp_path / "log").glob("*.new"))


@pytest.mark.parametrize("failing", ["write", "replace", "fsync"])
def test_no_room_anywhere_on_the_way_leaves_a_log_that_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    in_folder(tmp_path / "log")
    log = resumed(tmp_path / "log")
    with monkeypatch.context() as patched:
        patched.setattr(Path if failing == "replace" else os, failing, full)
        with pytest.raises(WorkspaceError) as caught:
            log.append(event(9))
    assert caught.value.code == "audit-full"
    if failing == "write":
        log.append(event(10))
    else:
        with pytest.raises(WorkspaceError) as closed:
            log.append(event(10))
        assert closed.value.code == "audit-closed"
    log.close()
    log = resumed(tmp_path / "log")
    log.append(event(11))
    log.close()
    assert verify(FileStorage(tmp_path / "log"), signer().key).unsettled == 0


def interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def full(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_an_interrupted_write_closes_the_log_and_opening_mends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_folder(tmp_path / "log")
    log = resumed(tmp_path / "log")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", interrupted)
        with pytest.raises(KeyboardInterrupt):
            log.append(event(9))
    with pytest.raises(WorkspaceError) as caught:
        log.append(event(10))
    assert caught.value.code == "audit-closed"
    log.close()
    resumed(tmp_path / "log").close()
    verify(FileStorage(tmp_path / "log"), signer().key)


def test_a_second_writer_is_refused_and_a_reader_is_not(tmp_path: Path) -> None:
    in_folder(tmp_path / "log")
    log = resumed(tmp_path / "log")
    for other in (resumed, lambda folder: AuditLog.begin(FileStorage(folder), signer(), at=AT, by="b")):
        with pytest.raises(WorkspaceError) as caught:
            other(tmp_path / "log")
        assert caught.value.code == "audit-locked"
    assert verify(FileStorage(tmp_path / "log"), signer().key).records == 7
    log.append(event(9))
    log.close()
    resumed(tmp_path / "log").close()


def test_a_forked_process_cannot_append(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_folder(tmp_path / "log")
    log = resumed(tmp_path / "log")
    monkeypatch.setattr(os, "getpid", lambda: -1)
    with pytest.raises(WorkspaceError, match="nothing can be appended"):
        log.append(event(9))
    log.close()


def test_a_closed_storage_takes_no_more(tmp_path: Path) -> None:
    in_folder(tmp_path / "log")
    log = resumed(tmp_path / "log")
    log.close()
    log.close()
    with pytest.raises(WorkspaceError) as caught:
        log.append(event(9))
    assert caught.value.code == "audit-closed"


def test_the_folder_and_its_files_are_private(tmp_path: Path) -> None:
    in_folder(tmp_path / "deep" / "log")
    assert stat.S_IMODE((tmp_path / "deep" / "log").stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "deep" / "log").iterdir()} == {0o600}


def test_a_place_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(WorkspaceError) as caught:
        AuditLog.begin(FileStorage(tmp_path / "file" / "log"), signer(), at=AT, by="ana")
    assert caught.value.code == "audit-unusable"


def flipped(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 1 << place % 8
    path.write_bytes(data)


def test_every_byte_of_every_file_counts(tmp_path: Path) -> None:
    in_folder(tmp_path / "log", segment_bytes=1500, rotate_after=2)
    checked = 0
    for file in sorted((tmp_path / "log").iterdir()):
        for place in range(file.stat().st_size):
            flipped(file, place)
            with pytest.raises(WorkspaceError) as caught:
                verify(FileStorage(tmp_path / "log"), signer().key)
            assert caught.value.code in {"audit-altered", "audit-truncated"}
            flipped(file, place)
            checked += 1
    assert checked > 4000
    assert verify(FileStorage(tmp_path / "log"), signer().key).records == 8


def cut_in_half(folder: Path) -> None:
    segment = folder / "00000002.segment"
    segment.write_bytes(segment.read_bytes()[: segment.stat().st_size // 2])


def swap_segments(folder: Path) -> None:
    first, second = folder / "00000002.segment", folder / "00000003.segment"
    kept = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(kept)


def repeat_segment(folder: Path) -> None:
    shutil.copy(folder / "00000005.segment", folder / "00000006.segment")


def without_last(folder: Path) -> None:
    (folder / "00000005.segment").unlink()


def without_first(folder: Path) -> None:
    (folder / "00000001.segment").unlink()


def without_checkpoint(folder: Path) -> None:
    (folder / "checkpoint").unlink()


@pytest.mark.parametrize(
    ("tamper", "code"),
    [
        (cut_in_half, "audit-altered"),
        (swap_segments, "audit-altered"),
        (repeat_segment, "audit-altered"),
        (without_last, "audit-truncated"),
        (without_first, "audit-altered"),
        (without_checkpoint, "audit-altered"),
    ],
)
def test_what_was_removed_moved_or_repeated_is_found(tmp_path: Path, tamper: Callable[[Path], None], code: str) -> None:
    in_folder(tmp_path / "log", segment_bytes=1)
    tamper(tmp_path / "log")
    with pytest.raises(WorkspaceError) as caught:
        verify(FileStorage(tmp_path / "log"), signer().key)
    assert caught.value.code == code


def test_an_older_copy_put_in_place_is_found_only_with_a_checkpoint_kept_elsewhere(tmp_path: Path) -> None:
    in_folder(tmp_path / "log")
    shutil.copytree(tmp_path / "log", tmp_path / "copy")
    log = resumed(tmp_path / "log")
    kept = log.append(event(9)).note
    log.close()
    shutil.rmtree(tmp_path / "log")
    shutil.copytree(tmp_path / "copy", tmp_path / "log")
    assert verify(FileStorage(tmp_path / "log"), signer().key).records == 7
    with pytest.raises(WorkspaceError) as caught:
        verify(FileStorage(tmp_path / "log"), signer().key, kept=[kept])
    assert caught.value.code == "audit-truncated"


def test_a_reader_sees_whole_blocks_while_a_writer_is_in_the_middle_of_one(tmp_path: Path) -> None:
    in_folder(tmp_path / "log")
    segment = tmp_path / "log" / "00000001.segment"
    segment.write_bytes(segment.read_bytes() + b"block 99")
    found = verify(FileStorage(tmp_path / "log"), signer().key)
    assert (found.records, found.unsettled) == (7, 8)


def test_a_log_is_verified_while_another_program_appends_to_it(tmp_path: Path) -> None:
    folder = tmp_path / "log"
    with subprocess.Popen([*WRITER, str(folder), "3000"], cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.PIPE) as child:
        assert child.stdout
        child.stdout.readline()
        sizes = [1]
        while sizes[-1] < 100 and child.poll() is None:
            sizes.append(verify(FileStorage(folder), signer().key).records)
        child.kill()
        child.stdout.read()
    assert sizes == sorted(sizes)
    assert sizes[-1] >= 100
