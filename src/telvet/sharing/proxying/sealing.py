"""Turns the server's id of a request into one of ours that only its maker can use, and back: nothing of it is kept here.

* Ours holds who asked, where, of which collection, and the server's id, encrypted; another viewer's or a changed one opens as nothing.
"""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass

import msgspec

__all__ = ["Posted", "Seal"]

_NONCE = 12
_LONGEST = 4096


class Posted(msgspec.Struct, frozen=True, array_like=True):
    """A request that was passed on."""

    user: str
    partner: str | None
    root: str
    collection: str
    """The address of the collection."""
    id: str
    """What the server calls it."""


@dataclass(frozen=True, slots=True, repr=False)
class Seal:
    """A key, and what is done with it."""

    key: bytes
    """32 bytes; requests passed on under one key are known under no other."""

    def close(self, posted: Posted) -> str:
        """Return our id of a request."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - heavy: loaded when used

        nonce = secrets.token_bytes(_NONCE)
        sealed = nonce + AESGCM(self.key).encrypt(nonce, msgspec.json.encode(posted), b"telvet posting")
        return base64.urlsafe_b64encode(sealed).decode().rstrip("=")

    def open(self, text: str) -> Posted | None:
        """Return the request that an id of ours stands for; None for any other text."""
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - heavy: loaded when used
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - heavy: loaded when used

        if len(text) > _LONGEST:
            return None
        try:
            sealed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
            opened = AESGCM(self.key).decrypt(sealed[:_NONCE], sealed[_NONCE:], b"telvet posting")
            return msgspec.json.decode(opened, type=Posted)
        except (ValueError, InvalidTag):
            return None
