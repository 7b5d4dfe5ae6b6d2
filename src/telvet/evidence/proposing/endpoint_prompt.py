"""Turns a document into pieces, and each piece into the request that asks an endpoint what it says.

* The pieces follow one another without gap or overlap, and keep their place in the document; they end at paragraphs where they can.
* The words of the request are data (`catalog/evidence/endpoint.yaml`); the same document makes the same request.
* A document stands between two lines made from its digest and text, which therefore cannot stand in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any

from telvet.catalog.evidence_codes import EvidenceCodes, read_codes
from telvet.catalog.yaml_reading import read_yaml
from telvet.evidence.proposing.endpoint_settings import EndpointSettings
from telvet.model.dates import show_span
from telvet.model.evidence import Document, Level
from telvet.shipped import shipped

__all__ = ["LISTED", "Piece", "pieces", "request_body"]

LISTED = "statements"
"""The key of an answer under which its list stands."""

_ENDS = tuple(map(re.compile, (r"\n[^\S\n]*\n", r"\n", r"[.!?]\W?\s", r"\s")))
"""What ends a paragraph, a line, a sentence, a word."""
_GAP = re.compile(r"\{([a-z]+)\}")
_MARK_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a document's text, and where it begins."""

    start: int
    text: str


def pieces(text: str, longest: int) -> Iterator[Piece]:
    """Yield a text in pieces of at most so many code points."""
    start = 0
    while start < len(text):
        stop = _stop(text, start, longest)
        yield Piece(start, text[start:stop])
        start = stop


def _stop(text: str, start: int, longest: int) -> int:
    """Return where a piece ends: after the last paragraph, line, sentence or word that fits into its second half, or hard."""
    full = start + longest
    if full >= len(text):
        return len(text)
    for end in _ENDS:
        places = [found.end() for found in end.finditer(text, start + longest // 2, full)]
        if places:
            return places[-1]
    return full


def request_body(document: Document, piece: Piece, settings: EndpointSettings) -> dict[str, Any]:
    """Return the body of the request about one piece, in plain values."""
    words, codes = _words(), read_codes()
    begin, end = _marks(document, piece)
    system = {
        "begin": begin,
        "end": end,
        "most": str(settings.most_proposals),
        "measures": _lines({code: measure.means for code, measure in codes.measures.items()}),
        "modalities": _lines({code: modality.means for code, modality in codes.modalities.items()}),
    }
    published = show_span(document.published.span) if document.published else words["unpublished"]
    user = {"begin": begin, "end": end, "published": published, "document": piece.text}
    return {
        "model": settings.model,
        "messages": [
            {"role": "system", "content": _filled(words["system"], system)},
            {"role": "user", "content": _filled(words["user"], user)},
        ],
        "temperature": 0,
        "seed": 0,
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": LISTED, "strict": True, "schema": _schema(codes, words["fields"])},
        },
    }


@cache
def _words() -> Mapping[str, Any]:
    read: Mapping[str, Any] = read_yaml(shipped("catalog") / "evidence" / "endpoint.yaml")
    return read


def _filled(words: str, gaps: Mapping[str, str]) -> str:
    """Fill the gaps once: what is put in is never looked at again."""
    return _GAP.sub(lambda gap: gaps.get(gap[1], gap[0]), words)


def _lines(means: Mapping[str, str]) -> str:
    return "\n".join(f"{code}: {meaning}" for code, meaning in means.items())


def _marks(document: Document, piece: Piece) -> tuple[str, str]:
    """Return the two lines around a piece; whoever wrote the text could not know the digest of the whole."""
    seed = f"{document.digest}\n{piece.start}\n".encode() + piece.text.encode("utf-8", "surrogatepass")
    mark = sha256(seed).hexdigest()[:_MARK_LENGTH]
    return f"<<<{mark} begin", f"{mark} end>>>"


def _schema(codes: EvidenceCodes, fields: Mapping[str, str]) -> dict[str, Any]:
    """Return the JSON Schema of an answer: every key is asked for, and what is not known is null."""
    text = {"type": ["string", "null"]}
    shapes: dict[str, Any] = {
        "quote": {"type": "string"},
        "occurrence": {"type": ["integer", "null"]},
        "vendor": {"type": "array", "items": {"type": "string"}},
        "measure": {"type": "string", "enum": list(codes.measures)},
        "modality": {"type": "string", "enum": list(codes.modalities)},
        "level": {"type": ["string", "null"], "enum": [*(level.value for level in Level), None]},
    }
    return _object(
        {
            LISTED: {
                "type": "array",
                "items": _object({key: shapes.get(key, text) | {"description": said} for key, said in fields.items()}),
            }
        }
    )


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
