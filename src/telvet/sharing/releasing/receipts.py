"""Turns what left in a file into a receipt that anybody can check who holds the public key, and checks one.

* The receipt names the artefact by its digest, each object with what let it go, and the place in the audit log.
* A signature covers the digest of the canonical JSON, so that a receipt may be as long as its artefact has objects.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from telvet.errors import SharingError
from telvet.sharing.audit.canonical import Json, canonical, parsed
from telvet.sharing.audit.keys import Signer, VerifierKey
from telvet.sharing.audit.notes import Note

__all__ = ["Checked", "check_receipt", "signed_receipt"]

_HEAD = "telvet release receipt"


@dataclass(frozen=True, slots=True)
class Checked:
    """A receipt that was signed by the key, and whether the artefact at hand is the one that left."""

    receipt: Mapping[str, Json]
    same: bool | None
    """None where no artefact was given."""


def signed_receipt(receipt: Mapping[str, Json], signer: Signer) -> bytes:
    """Return a receipt as a file: JSON with the signed note beside it.

    Raises:
        ValueError: A value has no canonical JSON.
    """
    text = _text(receipt)
    note = Note(text, (signer.signature(text),)).written()
    return json.dumps({"receipt": receipt, "note": note}, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def check_receipt(data: bytes, key: VerifierKey, artefact: bytes | None = None) -> Checked:
    """Check the signature of a receipt, and the artefact if it is at hand.

    Raises:
        SharingError: It is no receipt, or this key did not sign it.
    """
    try:
        told = json.loads(data)
        receipt, written = told["receipt"], told["note"]
        note = Note.read(written)
        sound = isinstance(receipt, Mapping) and _text(receipt) == note.text
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _unsound("this is no release receipt", "give the file as it was written") from None
    if not sound or not key.signed(note):
        raise _unsound("the receipt is not as it was signed", "ask for the receipt again, or for the right key")
    if artefact is None:
        return Checked(receipt, None)
    held = receipt.get("artefact")
    digest = held.get("sha256") if isinstance(held, Mapping) else None
    return Checked(receipt, digest == hashlib.sha256(artefact).hexdigest())


def _text(receipt: Mapping[str, Json]) -> str:
    exact = canonical(parsed(canonical(receipt)))
    return f"{_HEAD}\n{receipt['id']}\n{hashlib.sha256(exact).hexdigest()}\n"


def _unsound(what: str, fix: str) -> SharingError:
    return SharingError(
        what, code="receipt", why="a receipt proves nothing unless its key signed every byte of it", fix=fix
    )
