"""The size and root of a tree -> a checkpoint's text (C2SP tlog-checkpoint), signed, and back.

* One spelling: no extension lines, no leading zeroes, the origin is the name of the key.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from telvet.sharing.audit.keys import Signer
from telvet.sharing.audit.merkle import HASH_BYTES, Frontier
from telvet.sharing.audit.notes import Note, from_base64, is_name, to_base64

__all__ = ["Checkpoint", "signed_checkpoint"]

_SIZE = re.compile(r"0|[1-9][0-9]{0,15}")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How long a log was, and what stood in it, in 32 bytes."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """Return the text that is signed."""
        return f"{self.origin}\n{self.size}\n{to_base64(self.root)}\n"

    @staticmethod
    def of(note: Note) -> Checkpoint:
        """Read the text of a note.

        Raises:
            ValueError: It is no checkpoint of ours.
        """
        lines = note.text.split("\n")
        if len(lines) != len(("origin", "size", "root", "")):
            raise ValueError("a checkpoint is an origin, a size and a root")
        origin, size, root, _ = lines
        if not is_name(origin) or not _SIZE.fullmatch(size):
            raise ValueError("a checkpoint is an origin, a size and a root")
        top = from_base64(root)
        if len(top) != HASH_BYTES:
            raise ValueError("the root is no SHA-256")
        return Checkpoint(origin, int(size), top)


def signed_checkpoint(frontier: Frontier, signers: Sequence[Signer]) -> Note:
    """Sign the state of a tree; the origin is the first signer's name."""
    text = Checkpoint(signers[0].key.name, frontier.size, frontier.root()).text()
    return Note(text, tuple(signer.signature(text) for signer in signers))
