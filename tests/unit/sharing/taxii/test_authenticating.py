"""Who sent a request."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Iterator
from dataclasses import replace
from unittest.mock import patch

import pytest

from telvet.sharing.taxii.authenticating import Authenticator
from telvet.sharing.taxii.config import User
from telvet.sharing.taxii.tokens import PasswordHash
from tests.simulators.taxii import ANN, NORTH, PASSWORD, SOUTH
from tests.unit.sharing.taxii.certificates import certified

CERTIFICATE = certified("southland", by="authority")
HOLDER = replace(SOUTH, certificates=(CERTIFICATE.fingerprint,))


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def authenticator(clock: Clock) -> Iterator[Authenticator]:
    made = Authenticator((ANN, NORTH, HOLDER), clock)
    yield made
    made.close()


def who(authenticator: Authenticator, header: str | None, certificate: bytes | None = None) -> User | None:
    return asyncio.run(authenticator.user(header, certificate))


def basic(text: str) -> str:
    return "Basic " + base64.b64encode(text.encode()).decode()


def test_a_token_names_its_user(authenticator: Authenticator) -> None:
    assert who(authenticator, "Bearer token of ann") is ANN
    assert who(authenticator, "bearer  token of northland ") is NORTH


def test_a_password_names_its_user(authenticator: Authenticator) -> None:
    assert who(authenticator, basic(f"northland:{PASSWORD}")) is NORTH


def test_a_certificate_names_its_holder(authenticator: Authenticator) -> None:
    assert who(authenticator, None, CERTIFICATE.der) is HOLDER


def test_a_certificate_names_its_holder_by_subject() -> None:
    user = replace(SOUTH, subjects=("CN=southland",))
    assert who(Authenticator((user,)), None, CERTIFICATE.der) is user
    assert who(Authenticator((user,)), None, certified("other", by="authority").der) is None


@pytest.mark.parametrize(
    "header",
    [
        None, "", "Bearer", "Bearer ", "Bearer token of nobody", "Bearer " + "a" * 600, "Basic", "Basic !", "Basic /w==", basic("northland"),
        basic("northland:wrong"), basic("nobody:" + PASSWORD), basic("southland:" + PASSWORD), basic(":"), "Digest a",
        "Basic " + "A" * 3000, "token of ann", "Bearer token of ann, Bearer token of ann",
    ],
)  # fmt: skip
def test_nothing_else_names_anybody(authenticator: Authenticator, header: str | None) -> None:
    assert who(authenticator, header) is None


def test_an_unknown_certificate_names_nobody(authenticator: Authenticator) -> None:
    assert who(authenticator, None, certified("other", by="authority").der) is None
    assert who(authenticator, None, b"no certificate") is None


def test_certificate_and_header_may_not_name_two_users(authenticator: Authenticator) -> None:
    assert who(authenticator, "Bearer token of southland", CERTIFICATE.der) is HOLDER
    assert who(authenticator, "Bearer token of ann", CERTIFICATE.der) is None
    assert who(authenticator, "Bearer wrong", CERTIFICATE.der) is None


def test_a_certificate_that_names_nobody_leaves_the_header_its_word(authenticator: Authenticator) -> None:
    assert who(authenticator, "Bearer token of ann", certified("proxy", by="authority").der) is ANN


@pytest.mark.parametrize("header", [basic("northland:wrong"), basic("nobody:wrong"), basic("southland:wrong")])
def test_a_failed_login_checks_one_password_whoever_it_names(authenticator: Authenticator, header: str) -> None:
    costs = []

    def checked(stored: PasswordHash, _password: str) -> bool:
        costs.append(stored.cost)
        return False

    with patch.object(PasswordHash, "matches", checked):
        assert who(authenticator, header) is None
    assert costs == [NORTH.password.cost if NORTH.password else None]


def test_even_the_right_guess_for_nobody_fails(authenticator: Authenticator) -> None:
    with patch.object(PasswordHash, "matches", lambda _stored, _password: True):
        assert who(authenticator, basic("nobody:anything")) is None


def test_a_verified_password_is_remembered_for_some_minutes(authenticator: Authenticator, clock: Clock) -> None:
    assert who(authenticator, basic(f"northland:{PASSWORD}")) is NORTH
    with patch.object(PasswordHash, "matches", lambda _stored, _password: False):
        clock.now = 299.0
        assert who(authenticator, basic(f"northland:{PASSWORD}")) is NORTH
        clock.now = 301.0
        assert who(authenticator, basic(f"northland:{PASSWORD}")) is None


def test_a_failure_is_not_remembered(authenticator: Authenticator) -> None:
    with patch.object(PasswordHash, "matches", lambda _stored, _password: False):
        assert who(authenticator, basic(f"northland:{PASSWORD}")) is None
    assert who(authenticator, basic(f"northland:{PASSWORD}")) is NORTH


def test_many_at_once_with_one_password_check_it_once(authenticator: Authenticator) -> None:
    checks = []

    def checked(_stored: PasswordHash, password: str) -> bool:
        checks.append(password)
        return True

    async def many() -> list[User | None]:
        header = basic(f"northland:{PASSWORD}")
        return await asyncio.gather(*(authenticator.user(header, None) for _ in range(20)))

    with patch.object(PasswordHash, "matches", checked):
        assert asyncio.run(many()) == [NORTH] * 20
    assert checks == [PASSWORD]


def test_whoever_guesses_at_passwords_does_not_keep_others_out(authenticator: Authenticator) -> None:
    async def many() -> list[object]:
        guesses = [authenticator.user(basic(f"northland:{number}"), None) for number in range(25)]
        asked = [asyncio.create_task(guess) for guess in guesses]
        await asyncio.sleep(0)
        assert await authenticator.user("Bearer token of ann", None) is ANN
        return list(await asyncio.gather(*asked, return_exceptions=True))

    found = asyncio.run(many())
    assert found[:20] == [None] * 20
    assert [getattr(one, "status", None) for one in found[20:]] == [503] * 5
    assert who(authenticator, basic(f"northland:{PASSWORD}")) is NORTH
