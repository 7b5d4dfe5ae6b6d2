from __future__ import annotations

import threading
from pathlib import Path

import pytest

from telvet.cli.share_state import State, state_of
from telvet.errors import UsageError, WorkspaceError
from tests.unit.cli.share_room import a_workspace


def test_state_lies_in_the_workspace_unless_it_is_a_database(tmp_path: Path) -> None:
    assert state_of(tmp_path, None) == State(tmp_path, tmp_path / "audit.key")
    assert state_of("sqlite:///x", tmp_path, tmp_path / "k") == State(tmp_path, tmp_path / "k")
    assert state_of(tmp_path, tmp_path / "s").logs == tmp_path / "s" / "audit"
    with pytest.raises(UsageError) as caught:
        state_of("postgresql://u@h/d", None)
    assert caught.value.code == "no-state"


def test_without_a_key_there_is_no_log(tmp_path: Path) -> None:
    state = state_of(tmp_path, None)
    with pytest.raises(UsageError) as caught, state.log(by="ana"):
        pass
    assert caught.value.code == "audit-missing"
    assert not state.logs.exists()


def test_a_log_is_let_go_of_whatever_happens(tmp_path: Path) -> None:
    state = state_of(a_workspace(tmp_path), None)
    with pytest.raises(ZeroDivisionError), state.log(by="ana"):
        raise ZeroDivisionError
    with state.log(by="ana", patience=0):
        with pytest.raises(WorkspaceError) as caught, state.log(by="bo", patience=0):
            pass
        assert caught.value.code == "audit-locked"
        with state.log(by="bo", name="other", patience=0):
            pass


def test_a_secret_is_made_once_and_is_ours_alone(tmp_path: Path) -> None:
    state = state_of(tmp_path / "new", None)
    first = state.secret()
    assert len(first) == 32
    assert state.secret() == first
    assert state.secret("proxy.key") != first
    assert (tmp_path / "new" / "cursor.key").stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["cursor.key", "proxy.key"]


def test_of_those_who_make_a_secret_at_once_all_get_the_same(tmp_path: Path) -> None:
    found: list[bytes] = []
    together = threading.Barrier(8)

    def ask() -> None:
        together.wait()
        found.append(state_of(tmp_path, None).secret())

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1


def test_a_secret_that_others_may_read_or_that_is_none_is_refused(tmp_path: Path) -> None:
    state, path = state_of(tmp_path, None), tmp_path / "cursor.key"
    state.secret()
    path.chmod(0o644)
    with pytest.raises(UsageError) as caught:
        state.secret()
    assert caught.value.code == "key-open"
    path.chmod(0o600)
    for data in (b"not hexadecimal", b"\xff"):
        path.write_bytes(data)
        with pytest.raises(UsageError) as caught:
            state.secret()
        assert caught.value.code == "key-unusable"


@pytest.mark.parametrize("text", ["", "00"])
def test_a_secret_that_is_too_short_to_be_one_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "cursor.key"
    path.write_text(text)
    path.chmod(0o600)
    with pytest.raises(UsageError) as caught:
        state_of(tmp_path, None).secret()
    assert caught.value.code == "key-unusable"
