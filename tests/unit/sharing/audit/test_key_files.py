from __future__ import annotations

import stat
from pathlib import Path

import pytest

from telvet.errors import UsageError
from telvet.sharing.audit.key_files import keep_signer, read_signer, read_verifier
from tests.unit.sharing.audit.logs import signer


def test_a_kept_key_is_read_back_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    keep_signer(tmp_path / "key", signer())
    assert read_signer(tmp_path / "key") == signer()
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


def test_a_key_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("older")
    with pytest.raises(UsageError) as caught:
        keep_signer(tmp_path / "key", signer())
    assert caught.value.code == "audit-key-exists"
    assert (tmp_path / "key").read_text() == "older"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_private_key_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    keep_signer(tmp_path / "key", signer())
    (tmp_path / "key").chmod(mode)
    with pytest.raises(UsageError, match="others may read"):
        read_signer(tmp_path / "key")


def test_a_public_key_may_be_read_by_everybody(tmp_path: Path) -> None:
    (tmp_path / "key.pub").write_text(signer().key.text() + "\n")
    (tmp_path / "key.pub").chmod(0o644)
    assert read_verifier(tmp_path / "key.pub") == signer().key


def test_what_is_no_key_is_told(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("hello")
    (tmp_path / "bytes").write_bytes(b"\xff\xfe")
    for path in tmp_path.iterdir():
        path.chmod(0o600)
        for read in (read_signer, read_verifier):
            with pytest.raises(UsageError) as caught:
                read(path)
            assert caught.value.code == "audit-key-text"


def test_a_place_that_cannot_be_read_or_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        read_signer(tmp_path / "none")
    assert caught.value.code == "audit-key-unreadable"
    with pytest.raises(UsageError) as told:
        keep_signer(tmp_path / "none" / "key", signer())
    assert told.value.code == "audit-key-unwritable"
