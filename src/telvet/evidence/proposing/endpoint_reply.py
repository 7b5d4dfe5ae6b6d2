"""Turns what an endpoint answered about a piece of a document into annotations, and into refusals that say why not.

* A quote is found in the piece, sign for sign, or its candidate is refused; where it stands is worked out here, never believed.
* Only the keys of an annotation are looked at: whatever else an answer claims, such as a confirmation, is nowhere read.
* Codes are those of the catalogue or the candidate is refused; free text is short, of one line and without unseen signs.
* Whatever is refused is told.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from telvet.catalog.evidence_codes import read_codes
from telvet.evidence.proposing.endpoint_json import read_json
from telvet.evidence.proposing.endpoint_prompt import LISTED, Piece
from telvet.model.evidence import Annotation, Document, Level
from telvet.tables.codes import nearest

__all__ = ["Refusal", "candidates", "checked", "shown"]

_TEXTS = ("actor", "country", "scope", "date", "speaker", "via", "until", "deadline")
_LONGEST_QUOTE = 2_000
_LONGEST_TEXT = 300
_MOST_VENDORS = 20
_MOST_PLACES = 1_000
_SHOWN = 120
_JOINERS = frozenset("\u200c\u200d")
"""Unseen signs that the spelling of some languages needs."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that an endpoint answered, and why it is not proposed."""

    document: str
    """The document's name."""
    start: int
    """Where the piece that it answered about begins."""
    candidate: int | None
    """Its number in the answer, from 1; None where the whole answer is refused."""
    code: str
    reason: str
    quote: str | None = None
    """The quote or value in question, shortened, without unseen signs."""


class _RefusedError(Exception):
    """A candidate is refused."""

    def __init__(self, code: str, reason: str, value: object = None) -> None:
        super().__init__(reason)
        self.code, self.reason, self.value = code, reason, value


def candidates(answer: bytes) -> list[Any]:
    """Return the list in an answer, its members as yet unchecked; a ValueError says what is wrong with the answer."""
    whole = read_json(answer)
    choices = whole.get("choices") if isinstance(whole, dict) else None
    choice = choices[0] if isinstance(choices, list) and choices else None
    message = choice.get("message") if isinstance(choice, dict) else None
    if not isinstance(choice, dict) or not isinstance(message, dict):
        _bad("it is no chat completion")
    if isinstance(message.get("refusal"), str) and message["refusal"]:
        _bad("the model declines to answer")
    if choice.get("finish_reason") == "length":
        _bad("the answer was cut short by the endpoint's own limit")
    if not isinstance(content := message.get("content"), str):
        _bad("the answer has no text")
    inner = read_json(content)
    if not isinstance(inner, dict) or not isinstance(listed := inner.get(LISTED), list):
        _bad(f"the answer has no list of {LISTED}")
    return listed


def _bad(message: str) -> NoReturn:
    raise ValueError(message)


def checked(listed: list[Any], document: Document, piece: Piece) -> Iterator[Annotation | Refusal]:
    """Yield for each candidate about a piece what it proposes, or why it proposes nothing."""
    for number, candidate in enumerate(listed, 1):
        try:
            yield _annotation(candidate, document, piece)
        except _RefusedError as why:
            value = None if why.value is None else shown(why.value)
            yield Refusal(document.name, piece.start, number, why.code, why.reason, value)


def _annotation(candidate: object, document: Document, piece: Piece) -> Annotation:
    if not isinstance(candidate, dict):
        raise _RefusedError("not-an-object", "a candidate is an object with the keys of an annotation")
    start, quote = _place(candidate, piece)
    codes = read_codes()
    level = candidate.get("level")
    return Annotation(
        doc=document.digest,
        quote=quote,
        start=start,
        end=start + len(quote),
        vendor=_vendors(candidate.get("vendor")),
        measure=_code(candidate, "measure", codes.measures),
        modality=_code(candidate, "modality", codes.modalities),
        level=None if level is None else _code(candidate, "level", {one.value: one for one in Level}),
        **{key: _text(candidate.get(key), key) for key in _TEXTS},
    )


def _place(candidate: Mapping[str, Any], piece: Piece) -> tuple[int, str]:
    """Return where in the document a quote begins, and the quote."""
    quote = candidate.get("quote")
    if not isinstance(quote, str) or not quote.strip():
        raise _RefusedError("no-quote", "it has no quote")
    if len(quote) > _LONGEST_QUOTE:
        raise _RefusedError("long-quote", f"its quote is longer than {_LONGEST_QUOTE} code points", quote)
    places = _places(piece.text, quote)
    if not places:
        raise _RefusedError("not-verbatim", "its quote does not stand in the text that was sent, sign for sign", quote)
    if len(places) == 1:
        return piece.start + places[0], quote
    hint = candidate.get("occurrence")
    if type(hint) is not int or not 1 <= hint <= len(places):
        reason = f"its quote stands {len(places)} times in the text that was sent, and it does not say which is meant"
        raise _RefusedError("ambiguous-quote", reason, quote)
    return piece.start + places[hint - 1], quote


def _places(text: str, quote: str) -> list[int]:
    places: list[int] = []
    at = text.find(quote)
    while at >= 0 and len(places) < _MOST_PLACES:
        places.append(at)
        at = text.find(quote, at + 1)
    return places


def _code(candidate: Mapping[str, Any], key: str, allowed: Mapping[str, object]) -> str:
    value = candidate.get(key)
    if isinstance(value, str) and value in allowed:
        return value
    near = nearest(value[:_SHOWN], tuple(allowed)) if isinstance(value, str) else None
    hint = f"; the nearest is {near}" if near else ""
    raise _RefusedError(f"unknown-{key}", f"this is no {key}{hint}", value)


def _vendors(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or len(value) > _MOST_VENDORS:
        raise _RefusedError("bad-vendor", f"its vendors are no list of at most {_MOST_VENDORS} names", value)
    names = (_text(one, "vendor") for one in value)
    return tuple(dict.fromkeys(name for name in names if name))


def _text(value: object, key: str) -> str | None:
    """Return free text on one line and without unseen signs; None where nothing is left."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise _RefusedError(f"bad-{key}", f"its {key} is no text", value)
    if len(value) > _LONGEST_TEXT:
        raise _RefusedError(f"bad-{key}", f"its {key} is longer than {_LONGEST_TEXT} code points", value)
    return _seen(value) or None


def _seen(text: str) -> str:
    """Take from a text what a terminal obeys and a reader does not see; line ends and tabs become spaces."""
    spaced = re.sub(r"[\t\n\v\f\r\x85\u2028\u2029]+", " ", text)
    return "".join(sign for sign in spaced if sign in _JOINERS or unicodedata.category(sign)[0] != "C").strip()


def shown(value: object) -> str:
    """Return a value as a message may show it."""
    text = _seen(value if isinstance(value, str) else repr(value)[: 4 * _SHOWN])
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
