"""Turns the server's id of a request into one of ours that only its maker can use, and back: nothing of it is kept here.

* Both are UUIDs. Ours is the server's, encrypted under a key of its own for each user, partner and API root: with another's
  it opens as a UUID that the server does not know.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from uuid import UUID

from telvet.sharing.taxii.source import Viewer

__all__ = ["Seal"]


@dataclass(frozen=True, slots=True, repr=False)
class Seal:
    """A key, and what is done with it."""

    key: bytes
    """32 bytes; requests passed on under one key are known under no other."""

    def close(self, viewer: Viewer, root: str, posting: UUID) -> UUID:
        """Return our id of a request."""
        return UUID(bytes=self._turned(viewer, root, posting.bytes, back=False))

    def open(self, viewer: Viewer, root: str, posting: UUID) -> UUID:
        """Return the server's id of a request; of one that another made, an id of nothing."""
        return UUID(bytes=self._turned(viewer, root, posting.bytes, back=True))

    def _turned(self, viewer: Viewer, root: str, block: bytes, *, back: bool) -> bytes:
        from cryptography.hazmat.primitives.ciphers import Cipher  # noqa: PLC0415 - heavy: loaded when used
        from cryptography.hazmat.primitives.ciphers.algorithms import AES256  # noqa: PLC0415 - the same
        from cryptography.hazmat.primitives.ciphers.modes import ECB  # noqa: PLC0415 - the same

        whose = json.dumps(["posting", viewer.user, viewer.partner, root]).encode()
        cipher = Cipher(AES256(hmac.digest(self.key, whose, hashlib.sha256)), ECB())  # noqa: S305 - one block, and none like it
        turning = cipher.decryptor() if back else cipher.encryptor()
        return turning.update(block) + turning.finalize()
