"""Where the next page begins -> the sealed text of `next`, and back, for the same client and the same question alone.

* Sealed: who reads it learns nothing, its length least; who changes any character of it, or uses it elsewhere, is refused.
* Stateless: every process that has the secret can open it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import struct
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from telvet.sharing.audit.canonical import Json, canonical

__all__ = ["Cursors"]

_PURPOSE = b"telvet taxii next 1"
_NONCE_BYTES = 12
_HEAD = struct.Struct(">QH")
_SIZES = (80, 272, 1040, 4112)
"""What is sealed is filled up to one of these: with nonce and tag a multiple of three, so that base64 has no slack."""


class Cursors:
    """Seals and opens."""

    def __init__(self, secret: bytes, seconds: int) -> None:
        """Derive a key from a secret of any length; what was sealed holds for some seconds."""
        self._cipher = ChaCha20Poly1305(hmac.digest(secret, _PURPOSE, hashlib.sha256))
        self._seconds = seconds

    def seal(self, place: bytes, question: Sequence[str], now: int) -> str:
        """Seal a place.

        Args:
            place: At most 4 KiB.
            question: Whose page of what it is: all of it must be the same when the text comes back.
            now: Seconds since 1970.
        """
        text = _HEAD.pack(now, len(place)) + place
        size = next(size for size in _SIZES if len(text) <= size)
        nonce = os.urandom(_NONCE_BYTES)
        sealed = self._cipher.encrypt(nonce, text.ljust(size, b"\0"), _bound(question))
        return base64.urlsafe_b64encode(nonce + sealed).decode()

    def open(self, text: str, question: Sequence[str], now: int) -> bytes | None:
        """Return the place, or None where the text is not one that was sealed for this question, or is too old."""
        try:
            raw = base64.b64decode(text, altchars=b"-_", validate=True)
            opened = self._cipher.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], _bound(question))
        except (binascii.Error, InvalidTag, ValueError):
            return None
        if base64.urlsafe_b64encode(raw).decode() != text:
            return None
        issued, length = _HEAD.unpack_from(opened)
        return opened[_HEAD.size : _HEAD.size + length] if issued <= now <= issued + self._seconds else None


def _bound(question: Sequence[str]) -> bytes:
    told: Json = list(question)
    return canonical(told)
