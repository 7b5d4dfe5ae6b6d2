"""Chance -> API tokens; passwords -> what of them may be stored, and back to yes or no.

* A token has 256 bits of chance, so its plain SHA-256 may be stored: nobody can guess at it. A password has not: scrypt.
* What is compared is compared in constant time.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass

__all__ = ["PasswordHash", "hash_password", "new_token", "token_hash"]

_TOKEN_BYTES = 32
_SALT_BYTES = 16
_HASH_BYTES = 32
_LEAST_N, _MOST_N, _MOST_R, _MOST_P = 2**14, 2**20, 32, 16
_MOST_MEMORY = 256 * 1024 * 1024
_WRITTEN = re.compile(
    r"scrypt\$([0-9]{1,7})\$([0-9]{1,2})\$([0-9]{1,2})\$([A-Za-z0-9+/=]{16,128})\$([A-Za-z0-9+/=]{16,128})"
)


def new_token() -> tuple[str, str]:
    """Make an API token; return it, and the hash that the configuration holds."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    return token, token_hash(token)


def token_hash(token: str) -> str:
    """Return the SHA-256 of a token, in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class PasswordHash:
    """What is stored of a password."""

    n: int
    r: int
    p: int
    salt: bytes
    digest: bytes

    @staticmethod
    def read(text: str) -> PasswordHash:
        """Read `scrypt$n$r$p$salt$hash`, the last two in base64.

        Raises:
            ValueError: It is not of this form, too weak to store, or too costly to check.
        """
        if not (found := _WRITTEN.fullmatch(text)):
            raise ValueError("a password is stored as scrypt$n$r$p$salt$hash")
        n, r, p = (int(found[place]) for place in (1, 2, 3))
        if n & (n - 1) or not _LEAST_N <= n <= _MOST_N or not 1 <= p <= _MOST_P or not 1 <= r <= _MOST_R:
            raise ValueError(
                f"n is a power of two from {_LEAST_N} to {_MOST_N}, r at most {_MOST_R}, p at most {_MOST_P}"
            )
        if 128 * n * r > _MOST_MEMORY:
            raise ValueError("checking it would take more than 256 MiB of memory")
        try:
            salt, digest = (base64.b64decode(found[place], validate=True) for place in (4, 5))
        except binascii.Error:
            raise ValueError("the salt and the hash are base64") from None
        return PasswordHash(n, r, p, salt, digest)

    def text(self) -> str:
        """Write it."""
        salt, digest = (base64.b64encode(part).decode() for part in (self.salt, self.digest))
        return f"scrypt${self.n}${self.r}${self.p}${salt}${digest}"

    @property
    def cost(self) -> tuple[int, int, int, int]:
        """Return what determines how long a check takes."""
        return self.n, self.r, self.p, len(self.digest)

    def matches(self, password: str) -> bool:
        """Tell whether this is the password; takes a tenth of a second, on purpose."""
        found = _scrypt(password, self.salt, self.n, self.r, self.p, len(self.digest))
        return hmac.compare_digest(found, self.digest)


def hash_password(password: str, *, n: int = 2**14, r: int = 8, p: int = 5) -> PasswordHash:
    """Return what may be stored of a password."""
    salt = secrets.token_bytes(_SALT_BYTES)
    return PasswordHash(n, r, p, salt, _scrypt(password, salt, n, r, p, _HASH_BYTES))


def _scrypt(password: str, salt: bytes, n: int, r: int, p: int, length: int) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=n, r=r, p=p, dklen=length, maxmem=2 * 128 * n * r + 2**20)
