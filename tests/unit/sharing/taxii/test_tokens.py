"""Tokens and passwords."""

from __future__ import annotations

import hashlib

import pytest

from telvet.sharing.taxii.tokens import PasswordHash, hash_password, new_token, token_hash


def test_a_token_is_long_and_its_hash_is_what_is_stored() -> None:
    token, stored = new_token()
    assert len(token) >= 43
    assert stored == token_hash(token) == hashlib.sha256(token.encode()).hexdigest()
    assert new_token()[0] != token


def test_a_password_matches_what_is_stored_of_it_and_no_other_does() -> None:
    stored = hash_password("grüße", p=1)
    assert stored.matches("grüße")
    assert not stored.matches("gruße")
    assert not stored.matches("")


def test_one_password_is_never_stored_twice_alike() -> None:
    assert hash_password("a", r=1, p=1) != hash_password("a", r=1, p=1)


def test_what_is_stored_is_read_back() -> None:
    text = hash_password("a", r=1, p=1).text()
    assert PasswordHash.read(text).text() == text
    assert PasswordHash.read(text).cost == (2**14, 1, 1, 32)


def test_the_usual_cost_is_what_is_advised() -> None:
    assert hash_password("a").cost == (2**14, 8, 5, 32)


@pytest.mark.parametrize(
    "text",
    [
        "", "a", "scrypt$16384$8$5$AAAA$AAAA", "scrypt$1024$8$5$" + "A" * 24 + "$" + "A" * 44, "scrypt$20000$8$5$" + "A" * 24 + "$" + "A" * 44,
        "scrypt$16384$0$5$" + "A" * 24 + "$" + "A" * 44, "scrypt$16384$8$0$" + "A" * 24 + "$" + "A" * 44,
        "scrypt$1048576$32$1$" + "A" * 24 + "$" + "A" * 44, "scrypt$16384$8$5$" + "A" * 23 + "$" + "A" * 43,
        "bcrypt$16384$8$5$" + "A" * 24 + "$" + "A" * 44,
    ],
)  # fmt: skip
def test_what_is_weak_costly_or_no_hash_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        PasswordHash.read(text)
