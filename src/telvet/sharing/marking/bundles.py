"""Bytes of a bundle -> its objects, each with its own text, and mended objects -> the bytes of a bundle again.

* Whatever is not mended keeps its bytes, so that its digest stays what it was.
* Every fault of the bundle is told at once; only what is whole is mended.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from telvet.errors import Fault, SharingError
from telvet.sharing.marking.documents import parsed_json
from telvet.sharing.marking.splicing import elements, members, rejoined

__all__ = ["Pieces", "digest_of", "read_pieces"]

_MOST_FAULTS = 100


@dataclass(frozen=True, slots=True)
class Pieces:
    """A bundle taken apart."""

    name: str
    digest: str
    """SHA-256 of the file, in hexadecimal."""
    objects: tuple[Mapping[str, Any], ...]
    texts: tuple[str, ...]
    """Of the objects, exactly as they came."""
    text: str
    spans: tuple[tuple[int, int], ...]
    begin: int
    """Where the list of objects stands in the text, and where it ends."""
    end: int

    def written(self, texts: Sequence[str]) -> bytes:
        """Return the bundle with other objects."""
        shifted = [(start - self.begin, end - self.begin) for start, end in self.spans]
        middle = rejoined(self.text[self.begin : self.end], shifted, texts)
        return (self.text[: self.begin] + middle + self.text[self.end :]).encode()


def digest_of(data: bytes) -> str:
    """Return the digest by which a plan knows its bundle."""
    return sha256(data).hexdigest()


def read_pieces(data: bytes, name: str) -> Pieces:
    """Take a bundle apart.

    Raises:
        SharingError: With every fault.
    """
    text, value = parsed_json(data, name)
    objects = value.get("objects") if isinstance(value, Mapping) else None
    if not isinstance(objects, list):
        what = "this is no STIX bundle with a list of objects"
        fault = Fault(
            name, None, None, "not-a-bundle", what, "give a STIX bundle; of MISP, mend the event where it is kept"
        )
        raise SharingError(f"{name} cannot be mended", (fault,), code="not-a-bundle")
    faults = [
        Fault(name, place, None, "object-malformed", "an object needs a type and an id, both text", "mend it")
        for place, one in enumerate(objects, start=1)
        if not (isinstance(one, Mapping) and isinstance(one.get("id"), str) and isinstance(one.get("type"), str))
    ]
    if faults:
        raise SharingError(f"{name} cannot be mended", tuple(faults[:_MOST_FAULTS]), code="object-malformed")
    held = next(one for one in members(text) if one.key == "objects")
    spans = tuple(elements(text, held.start))
    texts = tuple(text[start:end] for start, end in spans)
    return Pieces(name, digest_of(data), tuple(objects), texts, text, spans, held.start, held.end)
