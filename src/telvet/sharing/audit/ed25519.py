"""A seed and a text -> an Ed25519 signature, and its verdict; the one module that knows the library.

* The library is an extra of telvet: without it an error says how to get it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from telvet.errors import UsageError

__all__ = ["is_signature", "public_of", "sign"]


def public_of(seed: bytes) -> bytes:
    """Return the public half of a key."""
    with _installed():
        from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415 - heavy: loaded when used

        return ed25519.Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def sign(seed: bytes, text: bytes) -> bytes:
    """Return the signature of a text."""
    with _installed():
        from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415 - heavy: loaded when used

        return ed25519.Ed25519PrivateKey.from_private_bytes(seed).sign(text)


def is_signature(public: bytes, text: bytes, signature: bytes) -> bool:
    """Tell whether the secret half of a key made a signature."""
    with _installed():
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - heavy: loaded when used
        from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415 - heavy: loaded when used

        try:
            ed25519.Ed25519PublicKey.from_public_bytes(public).verify(signature, text)
        except InvalidSignature:
            return False
        return True


@contextmanager
def _installed() -> Iterator[None]:
    try:
        yield
    except ImportError as problem:
        raise UsageError(
            "signatures need the package cryptography, which is not installed",
            code="audit-extra",
            fix="install telvet with its extra `share`",
        ) from problem
