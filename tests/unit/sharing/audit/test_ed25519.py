from __future__ import annotations

import sys

import pytest

from telvet.errors import UsageError
from telvet.sharing.audit.ed25519 import is_signature, public_of, sign

# RFC 8032, 7.1: the third test.
SEED = bytes.fromhex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7")
PUBLIC = bytes.fromhex("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025")
SIGNATURE = bytes.fromhex(
    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
    "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
)


def test_the_vector_of_the_standard_is_signed_and_verified() -> None:
    assert public_of(SEED) == PUBLIC
    assert sign(SEED, b"\xaf\x82") == SIGNATURE
    assert is_signature(PUBLIC, b"\xaf\x82", SIGNATURE)


def test_another_text_key_or_signature_is_false() -> None:
    assert not is_signature(PUBLIC, b"\xaf\x83", SIGNATURE)
    assert not is_signature(public_of(b"k" * 32), b"\xaf\x82", SIGNATURE)
    for other in (b"", SIGNATURE[:-1], SIGNATURE + b"\0", bytes(64)):
        assert not is_signature(PUBLIC, b"\xaf\x82", other)


def test_without_the_library_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives.asymmetric", None)
    with pytest.raises(UsageError) as caught:
        sign(SEED, b"")
    assert caught.value.code == "audit-extra"
