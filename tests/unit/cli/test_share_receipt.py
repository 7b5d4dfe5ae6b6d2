from __future__ import annotations

from pathlib import Path

import pytest

from telvet.cli.share_receipt import command
from telvet.errors import SharingError
from telvet.sharing.audit.canonical import Json
from telvet.sharing.audit.key_files import read_signer
from telvet.sharing.releasing.receipts import signed_receipt
from tests.unit.cli.share_room import a_workspace

DIGEST = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # of b"abc"


@pytest.fixture
def receipt(tmp_path: Path) -> Path:
    signer = read_signer(a_workspace(tmp_path) / "audit.key")
    told: dict[str, Json] = {
        "id": "r",
        "at": "now",
        "by": "ana",
        "partner": "\x1b[31mp",
        "artefact": {"sha256": DIGEST},
        "objects": [{}],
    }
    path = tmp_path / "receipt.json"
    path.write_bytes(signed_receipt(told, signer))
    return path


def run(*arguments: object) -> int:
    code: int = command.main([str(one) for one in arguments], standalone_mode=False)
    return code


@pytest.mark.parametrize(("data", "code"), [(b"abc", 0), (b"abd", 1), (b"", 1), (None, 0)])
def test_the_artefact_is_the_one_that_left_or_the_command_fails(
    tmp_path: Path, receipt: Path, capsys: pytest.CaptureFixture[str], data: bytes | None, code: int
) -> None:
    artefact = tmp_path / "artefact"
    if data is not None:
        artefact.write_bytes(data)
    files = (receipt,) if data is None else (receipt, artefact)
    assert run(*files, "--key", tmp_path / "w" / "audit.pub") == code
    said = capsys.readouterr().out
    assert ("NOT THE ONE THAT LEFT" in said) is (code == 1)
    assert "1 object\n" in said
    assert "\x1b" not in said


def test_a_receipt_that_is_none_is_refused(tmp_path: Path, receipt: Path) -> None:
    key = tmp_path / "w" / "audit.pub"
    for data in (b"", b"{}", b"[]", receipt.read_bytes().replace(b'"by": "ana"', b'"by": "eva"')):
        other = tmp_path / "other"
        other.write_bytes(data)
        with pytest.raises(SharingError) as caught:
            run(other, "--key", key)
        assert caught.value.code == "receipt"
    with pytest.raises(SharingError) as caught:
        run(tmp_path / "none", "--key", key)
    assert caught.value.code == "unreadable"
