from __future__ import annotations

from pathlib import Path

import pytest

from telvet.cli.share_audit_options import notes_of, place_of, show, trusted, unsound, writing
from telvet.errors import SharingError, UsageError, WorkspaceError
from telvet.sharing.audit.key_files import keep_signer
from telvet.sharing.audit.logs import begin_logs
from telvet.sharing.audit.troubles import altered, locked, missing, wrong_key
from tests.unit.sharing.audit.logs import AT, event, in_memory, signer


def test_the_audit_lies_in_the_workspace_or_where_it_is_said_to_lie(tmp_path: Path) -> None:
    place = place_of(tmp_path, None)
    assert (place.logs, place.key, place.public) == (tmp_path / "audit", tmp_path / "audit.key", tmp_path / "audit.pub")
    other = place_of("postgresql://x", tmp_path / "s", tmp_path / "k", tmp_path / "p")
    assert (other.logs, other.key, other.public) == (tmp_path / "s" / "audit", tmp_path / "k", tmp_path / "p")
    with pytest.raises(UsageError):
        place_of("postgresql://x", None)


def test_a_command_writes_where_there_is_a_log(tmp_path: Path) -> None:
    for place in (tmp_path, "postgresql://x"):
        with writing(place, None, None, by="ana") as log:
            assert log is None
    keep_signer(tmp_path / "audit.key", signer())
    begin_logs(tmp_path / "audit", signer(), at=AT, by="ana").close()
    for _ in range(2):
        with writing(tmp_path, None, None, by="ana") as log:
            assert log is not None
            log.append(event())
            size = log.size
    assert size == 3


def test_checkpoints_are_read_from_files(tmp_path: Path) -> None:
    _, notes = in_memory()
    (tmp_path / "one").write_text("\n".join(notes[:2]), "utf-8")
    (tmp_path / "two").write_text(notes[2], "utf-8")
    assert notes_of([tmp_path / "one", tmp_path / "two"]) == notes[:3]
    for content in (b"", b"\xff"):
        (tmp_path / "bad").write_bytes(content)
        with pytest.raises(SharingError) as caught:
            notes_of([tmp_path / "bad"])
        assert caught.value.code == "audit-kept"


@pytest.mark.parametrize(
    ("problem", "known", "code"),
    [
        (altered("here", "x"), False, 1),
        (wrong_key("here", "k", why="x"), False, 1),
        (missing("here"), True, 1),
        (missing("here"), False, None),
        (locked("here"), True, None),
    ],
)
def test_what_is_wrong_with_a_log_is_a_finding_and_the_rest_an_error(
    problem: WorkspaceError, known: bool, code: int | None
) -> None:
    if code is None:
        with pytest.raises(WorkspaceError):
            unsound(problem, known=known)
    else:
        assert unsound(problem, known=known) == code


def test_a_public_key_is_read(tmp_path: Path) -> None:
    (tmp_path / "audit.pub").write_text(signer().key.text() + "\n")
    assert trusted(place_of(tmp_path, None)) == signer().key


def test_what_is_shown_fits_the_terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    show("one two three four five six seven eight nine\x1b ten")
    assert capsys.readouterr().out == "one two three four five six seven eight\n    nine\ufffd ten\n"
