"""Text and signatures -> a signed note (C2SP signed-note), and back.

* Reading accepts exactly what writing makes, so a changed byte is a ValueError or a signature that does not verify.
* Who may sign is not known here: a note that was read is not yet to be believed.
"""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from dataclasses import dataclass

__all__ = ["KEY_ID_BYTES", "Note", "Signature", "from_base64", "is_name", "to_base64"]

KEY_ID_BYTES = 4
_DASH = "\u2014 "
_MOST_SIGNATURES = 100
_MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Signature:
    """One line below a note."""

    name: str
    key_id: bytes
    value: bytes

    def line(self) -> str:
        """Return the line without its end."""
        return f"{_DASH}{self.name} {to_base64(self.key_id + self.value)}"


@dataclass(frozen=True, slots=True)
class Note:
    """A text with the signatures below it."""

    text: str
    """Ends with a newline."""
    signatures: tuple[Signature, ...]

    def written(self) -> str:
        """Return the note as it is stored and sent."""
        return self.text + "\n" + "".join(f"{signature.line()}\n" for signature in self.signatures)

    @staticmethod
    def read(written: str) -> Note:
        """Take a note apart.

        Raises:
            ValueError: The format is broken.
        """
        if len(written) > _MOST_BYTES:
            raise ValueError("the note is too long")
        if any(letter < " " and letter != "\n" for letter in written):
            raise ValueError("the note holds a control character")
        head, gap, foot = written.rpartition("\n\n")
        if not gap or not foot.endswith("\n"):
            raise ValueError("the note has no signatures below an empty line")
        lines = foot[:-1].split("\n")
        if len(lines) > _MOST_SIGNATURES:
            raise ValueError("the note has too many signatures")
        return Note(f"{head}\n", tuple(_signature(line) for line in lines))


def is_name(name: str) -> bool:
    """Tell whether a key may have this name: no space, no plus, not empty."""
    return bool(name) and "+" not in name and not any(letter.isspace() or letter < " " for letter in name)


def to_base64(data: bytes) -> str:
    """Write bytes in base64."""
    return b64encode(data).decode("ascii")


def from_base64(text: str) -> bytes:
    """Read bytes in base64, in their one spelling only.

    Raises:
        ValueError: It is not base64, or another spelling of it.
    """
    try:
        data = b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("this is not base64") from None
    if to_base64(data) != text:
        raise ValueError("this is another spelling of base64")
    return data


def _signature(line: str) -> Signature:
    name, gap, value = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not gap or not is_name(name):
        raise ValueError("a signature is a dash, a name and base64")
    data = from_base64(value)
    if len(data) <= KEY_ID_BYTES:
        raise ValueError("a signature is too short")
    return Signature(name, data[:KEY_ID_BYTES], data[KEY_ID_BYTES:])
