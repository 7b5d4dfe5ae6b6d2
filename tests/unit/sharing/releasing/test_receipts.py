from __future__ import annotations

import hashlib
import json

import pytest

from telvet.errors import SharingError
from telvet.sharing.audit.canonical import Json
from telvet.sharing.audit.keys import new_signer
from telvet.sharing.releasing.receipts import check_receipt, signed_receipt

SIGNER = new_signer("example.org/sharing")
ARTEFACT = b"artefact"
TOLD: dict[str, Json] = {
    "id": "r-1",
    "partner": "p",
    "artefact": {"sha256": hashlib.sha256(ARTEFACT).hexdigest()},
    "objects": [{"id": f"tool--{number}", "what": "\u00e9"} for number in range(100)],
}


def test_a_receipt_is_checked_with_the_public_key_alone() -> None:
    data = signed_receipt(TOLD, SIGNER)
    found = check_receipt(data, SIGNER.key)
    assert found.receipt == TOLD
    assert found.same is None
    assert check_receipt(data, SIGNER.key, ARTEFACT).same is True
    assert check_receipt(data, SIGNER.key, b"another").same is False


def test_a_long_receipt_is_signed_too() -> None:
    long: dict[str, Json] = {**TOLD, "objects": [{"id": f"tool--{number}"} for number in range(60_000)]}
    assert check_receipt(signed_receipt(long, SIGNER), SIGNER.key).receipt == long


@pytest.mark.parametrize("change", [{"partner": "q"}, {"id": "r-2"}, {"more": 1}, {"objects": []}])
def test_a_changed_receipt_is_none(change: dict[str, object]) -> None:
    told = json.loads(signed_receipt(TOLD, SIGNER))
    told["receipt"] |= change
    with pytest.raises(SharingError, match="not as it was signed"):
        check_receipt(json.dumps(told).encode(), SIGNER.key)


def test_another_key_signed_nothing() -> None:
    with pytest.raises(SharingError, match="not as it was signed"):
        check_receipt(signed_receipt(TOLD, SIGNER), new_signer("example.org/sharing").key)


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[]", b"null", b'{"receipt":{},"note":1}', b"\xff", b'{"receipt":1,"note":""}']
)
def test_what_is_no_receipt_is_told(data: bytes) -> None:
    with pytest.raises(SharingError):
        check_receipt(data, SIGNER.key)
