"""Turns a place in a document into what a reader needs to judge it: the sentences that hold it, and those around them.

* The parts, joined, are the document's text from the first sentence shown to the last; nothing is changed or left out.
* Without the splitter of sentences, which is an extra, lines stand for sentences.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from telvet.errors import UsageError
from telvet.evidence.proposing.sentences import sentences

__all__ = ["Surroundings", "around", "bounds"]

Bounds = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A quote, and the text before and after it."""

    before: str
    quote: str
    after: str
    begins: bool
    """Whether the document begins here."""
    ends: bool


def bounds(text: str) -> Bounds:
    """Return the start and end of each sentence of a text; of each line, where what splits sentences is not installed."""
    try:
        return tuple(sentences(text))
    except UsageError:
        return tuple(_lines(text))


def around(text: str, sentences: Bounds, start: int, end: int, beside: int = 1) -> Surroundings:
    """Return a quote within the sentences that it touches and some more on either side.

    Args:
        text: The document's text.
        sentences: Its sentences, in order.
        start: Where the quote begins.
        end: Where it ends, excluded.
        beside: How many further sentences are wanted on either side.
    """
    first = max(bisect_right([past for _, past in sentences], start) - beside, 0)
    last = min(bisect_left([begin for begin, _ in sentences], end) - 1 + beside, len(sentences) - 1)
    begin = min(sentences[first][0], start) if first < len(sentences) else start
    past = max(sentences[last][1], end) if last >= 0 else end
    return Surroundings(
        text[begin:start], text[start:end], text[end:past], not text[:begin].strip(), not text[past:].strip()
    )


def _lines(text: str) -> list[tuple[int, int]]:
    found, start = [], 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            found.append((start + len(line) - len(line.lstrip()), start + len(line.rstrip())))
        start += len(line)
    return found
