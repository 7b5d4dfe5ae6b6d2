"""Turns a document's text into its sentences, as offsets of the stored text.

* A line break ends a sentence where the lines are paragraphs, and does not where the text was wrapped.
* Sentences never overlap, stand in order, and neither start nor end with white space.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import median

from telvet.errors import UsageError

__all__ = ["sentences"]

_BLANK = re.compile(r"\r?\n[^\S\n]*(?:\r?\n[^\S\n]*)+|[\u2029\f\v]")
_BREAK = re.compile(r"\r\n|[\n\r\u2028]")
_STARTS_ITEM = re.compile(r"\s*(?:[-*\u2022\u2013]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})[.)])\s")
_ENDS = re.compile(r"[.!?:;\"'\u201d\u2019)\]]\s*$")
_WRAPPED = 120
"""Lines that are mostly longer than this are paragraphs."""
_TOO_LONG = 1500
_SEMICOLON = re.compile(r";\s")
_AFTER_MAY = re.compile(r"(?<=\d May[.])\s(?=[A-Z])")
"""A month that is taken for an abbreviation."""
_SENTENCE = re.compile(r"(?<=[a-z0-9)][.!?])\s(?=[A-Z])")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each sentence; without the library that splits them, a UsageError says what to install."""
    try:
        from sentencex import get_sentence_boundaries  # noqa: PLC0415 - heavy: loaded when used
    except ModuleNotFoundError:
        raise UsageError(
            "splitting a text into sentences needs a library that is not installed",
            code="missing-extra",
            fix="install telvet[evidence]",
        ) from None
    for start, end in _blocks(text):
        block = text[start:end].replace("\r", " ").replace("\n", " ").replace("\u2028", " ")
        for found in get_sentence_boundaries("en", block):
            for first, last in _pieces(text, start + found["start_index"], start + found["end_index"]):
                if trimmed := _trimmed(text, first, last):
                    yield trimmed


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield the paragraphs, a list item or a heading counting as one."""
    lengths = [len(line) for line in _BREAK.split(text) if line.strip()]
    wrapped = bool(lengths) and median(lengths) <= _WRAPPED
    start = 0
    for gap in [*_BLANK.finditer(text), None]:
        end = gap.start() if gap else len(text)
        yield from _lines(text, start, end, wrapped=wrapped)
        start = gap.end() if gap else end


def _lines(text: str, start: int, end: int, *, wrapped: bool) -> Iterator[tuple[int, int]]:
    first = start
    longest = max((len(line) for line in _BREAK.split(text[start:end])), default=0)
    for found in _BREAK.finditer(text, start, end):
        line = text[first : found.start()]
        rest = text[found.end() : end]
        last_line = _BREAK.split(line)[-1]
        short = len(last_line) < longest * 0.6 and rest[:1].isupper()
        if not wrapped or _STARTS_ITEM.match(rest) or (short and (_ENDS.search(line) or len(last_line) == len(line))):
            yield first, found.start()
            first = found.end()
    if first < end:
        yield first, end


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut what is too long to be a sentence at semicolons, and what stands in brackets into its sentences."""
    between = _SENTENCE if text[start] in "[(" else _SEMICOLON if end - start > _TOO_LONG else _AFTER_MAY
    first = start
    for found in between.finditer(text, start, end):
        yield first, found.end()
        first = found.end()
    yield first, end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
