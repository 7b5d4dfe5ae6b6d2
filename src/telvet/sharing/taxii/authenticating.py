"""The head of a request -> the user who sent it, or nobody.

* A failed login costs the same whether the user exists: where there is no such password, one is checked that nobody has.
* What was verified is remembered for some minutes under an HMAC of a key of this process: no header is kept. Tokens are looked up
  in the same way, so that how long a comparison takes tells nothing.
* A certificate counts as far as TLS has verified it. It and the header `Authorization` may not name two users.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

from telvet.sharing.taxii.config import User
from telvet.sharing.taxii.refusals import busy
from telvet.sharing.taxii.tls import subject_of
from telvet.sharing.taxii.tokens import PasswordHash, token_hash

__all__ = ["Authenticator"]

_REMEMBERED_SECONDS = 300.0
_MOST_REMEMBERED = 10_000
_THREADS = 2
_MOST_WAITING = 20
"""Checks of passwords at once: whoever guesses must not take the turns of those who have a token."""
_LONGEST_TOKEN = 512
_LONGEST_BASIC = 2048


class Authenticator:
    """Knows the users."""

    def __init__(self, users: Sequence[User], clock: Callable[[], float] = monotonic) -> None:
        """Index the users; `clock` gives seconds that never go back."""
        self._clock = clock
        self._key = secrets.token_bytes(32)
        self._tokens = {self._mac(hash_): user for user in users for hash_ in user.tokens}
        self._certificates = {hash_: user for user in users for hash_ in user.certificates}
        self._subjects = {subject: user for user in users for subject in user.subjects}
        self._passwords = {user.name: (user, user.password) for user in users if user.password}
        self._nobody = _nobody(tuple(password for _, password in self._passwords.values()))
        self._remembered: dict[bytes, tuple[User, float]] = {}
        self._threads = ThreadPoolExecutor(_THREADS, "telvet-password")
        self._waiting = 0
        self._turns: dict[bytes, asyncio.Lock] = {}

    async def user(self, authorization: str | None, certificate: bytes | None) -> User | None:
        """Return who sent a request.

        Args:
            authorization: The header; None where there is none.
            certificate: The client's, in DER, verified; None where there is none.

        Raises:
            Refusal: Too many passwords wait to be checked.
        """
        shown = None if certificate is None else self._holder(certificate)
        if authorization is None:
            return shown
        scheme, _, credentials = authorization.strip().partition(" ")
        credentials = credentials.strip()
        if scheme.lower() == "bearer":
            named = self._tokens.get(self._mac(token_hash(credentials))) if len(credentials) <= _LONGEST_TOKEN else None
        elif scheme.lower() == "basic" and len(credentials) <= _LONGEST_BASIC:
            named = await self._by_password(credentials)
        else:
            named = None
        return None if shown is not None and shown is not named else named

    def close(self) -> None:
        """Let go of the threads."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _mac(self, text: str) -> bytes:
        return hmac.digest(self._key, text.encode(), hashlib.sha256)

    def _holder(self, certificate: bytes) -> User | None:
        found = self._certificates.get(hashlib.sha256(certificate).hexdigest())
        return found or (self._subjects.get(subject_of(certificate) or "") if self._subjects else None)

    async def _by_password(self, credentials: str) -> User | None:
        """Check a password once at a time for the same credentials: whoever waits finds it remembered."""
        if (pair := _pair(credentials)) is None:
            return None
        mac = self._mac(credentials)
        if found := self._recalled(mac):
            return found
        if self._waiting >= _MOST_WAITING:
            raise busy()
        turn = self._turns.setdefault(mac, asyncio.Lock())
        self._waiting += 1
        try:
            async with turn:
                return self._recalled(mac) or await self._checked(mac, *pair)
        finally:
            self._waiting -= 1
            if not turn.locked():
                self._turns.pop(mac, None)

    async def _checked(self, mac: bytes, name: str, password: str) -> User | None:
        user, stored = self._passwords.get(name, (None, self._nobody))
        right = await asyncio.get_running_loop().run_in_executor(self._threads, stored.matches, password)
        if user is None or not right:
            return None
        if len(self._remembered) >= _MOST_REMEMBERED:
            self._remembered.clear()
        self._remembered[mac] = (user, self._clock() + _REMEMBERED_SECONDS)
        return user

    def _recalled(self, mac: bytes) -> User | None:
        user, until = self._remembered.get(mac, (None, 0.0))
        if user is not None and self._clock() < until:
            return user
        self._remembered.pop(mac, None)
        return None


def _pair(credentials: str) -> tuple[str, str] | None:
    try:
        text = base64.b64decode(credentials, validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return None
    name, colon, password = text.partition(":")
    return (name, password) if colon else None


def _nobody(passwords: Sequence[PasswordHash]) -> PasswordHash:
    """Return what no password matches, and which costs as much as the others."""
    n, r, p, length = passwords[0].cost if passwords else (2**14, 8, 5, 32)
    return PasswordHash(n, r, p, secrets.token_bytes(16), secrets.token_bytes(length))
