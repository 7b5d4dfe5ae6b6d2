"""The text of a key -> one that signs notes, or one that verifies them (Ed25519, C2SP signed-note).

* A key is spelled as the tools of transparency logs spell it: `name+id+base64`, and `PRIVATE+KEY+name+id+base64`.
* The secret half is never printed by accident: it is not part of the `repr`.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256

from telvet.errors import UsageError
from telvet.sharing.audit.ed25519 import is_signature, public_of, sign
from telvet.sharing.audit.notes import KEY_ID_BYTES, Note, Signature, from_base64, is_name, to_base64

__all__ = ["Signer", "VerifierKey", "new_signer", "signer_of", "verifier_of"]

_ED25519 = b"\x01"
_PREFIX = "PRIVATE+KEY+"
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """What everybody may know of a key."""

    name: str
    public: bytes

    @property
    def key_id(self) -> bytes:
        """The four bytes by which a signature says which key made it."""
        return sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:KEY_ID_BYTES]

    def text(self) -> str:
        """Return the key as others are given it."""
        return f"{self.name}+{self.key_id.hex()}+{to_base64(_ED25519 + self.public)}"

    def signed(self, note: Note) -> bool:
        """Tell whether this key signed a note; one line of it that fails spoils the whole."""
        lines = [line for line in note.signatures if (line.name, line.key_id) == (self.name, self.key_id)]
        return bool(lines) and all(is_signature(self.public, note.text.encode(), line.value) for line in lines)


@dataclass(frozen=True, slots=True)
class Signer:
    """A key that signs."""

    key: VerifierKey
    seed: bytes = field(repr=False)

    def text(self) -> str:
        """Return the secret text, for the key's file only."""
        return f"{_PREFIX}{self.key.name}+{self.key.key_id.hex()}+{to_base64(_ED25519 + self.seed)}"

    def signature(self, text: str) -> Signature:
        """Sign the text of a note."""
        return Signature(self.key.name, self.key.key_id, sign(self.seed, text.encode()))


def new_signer(name: str, entropy: Callable[[int], bytes] = os.urandom) -> Signer:
    """Make a key that was never there before.

    Raises:
        UsageError: No key may have this name.
    """
    if not is_name(name):
        raise UsageError(
            f"a key cannot be named {name!r}",
            code="audit-key-name",
            why="the name stands on one line with the signature",
            fix="choose a name without spaces and plus signs, like an address without its scheme: example.org/sharing",
        )
    return _from_seed(name, entropy(_KEY_BYTES))


def verifier_of(text: str) -> VerifierKey:
    """Read a public key.

    Raises:
        ValueError: It is none, or its id is not its own.
    """
    name, key_id, public = _parts(text)
    key = VerifierKey(name, public)
    if key.key_id.hex() != key_id:
        raise ValueError("the key's id belongs to another key")
    return key


def signer_of(text: str) -> Signer:
    """Read a private key.

    Raises:
        ValueError: It is none, or its id is not its own.
    """
    if not text.startswith(_PREFIX):
        raise ValueError("this is no private key")
    name, key_id, seed = _parts(text.removeprefix(_PREFIX))
    signer = _from_seed(name, seed)
    if signer.key.key_id.hex() != key_id:
        raise ValueError("the key's id belongs to another key")
    return signer


def _parts(text: str) -> tuple[str, str, bytes]:
    name, _, rest = text.partition("+")
    key_id, _, value = rest.partition("+")
    data = from_base64(value)
    if not is_name(name) or data[:1] != _ED25519 or len(data) != 1 + _KEY_BYTES:
        raise ValueError("a key is a name, an id and the base64 of an Ed25519 key, with a plus between them")
    return name, key_id, data[1:]


def _from_seed(name: str, seed: bytes) -> Signer:
    return Signer(VerifierKey(name, public_of(seed)), seed)
