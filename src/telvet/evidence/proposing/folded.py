"""Turns a stretch of raw text into one that can be searched, with the way back from each place to the raw text.

* Runs of white space become one space, curly quotes and odd dashes become plain ones, invisible characters go; case goes in `text` alone.
* `shown` and `text` are equally long; `raw` of any two places is a verbatim piece of the raw text.
* A word that a line end divides is one word again; one that has a hyphen of its own keeps it.
* Folding is for searching only: nothing folded is ever quoted.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

__all__ = ["Folded", "fold"]

_PLAIN = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4`", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2010\u2011\u2012", "-"),
    **dict.fromkeys("\u2014\u2015\u2212", "\u2013"),
}

_DIVIDED = re.compile(r"(\w+)-[^\S\r\n]*(?:\r\n|\n|\r)[^\S\r\n]*(?=[a-z])")
_COMPOUNDS = frozenset(
    [
        "anti", "back", "co", "cyber", "de", "end", "ex", "five", "full", "government", "high", "in", "long", "low", "multi", "next", "non",
        "on", "one", "post", "pre", "real", "re", "self", "semi", "so", "state", "third", "three", "two", "up", "well",
    ]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text, and where each of its characters stands in the raw text."""

    shown: str
    """Folded, but in its own case."""
    text: str
    places: tuple[int, ...]

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """Return the raw offsets of a stretch that is not empty."""
        return self.places[start], self.places[end - 1] + 1


def fold(text: str, start: int = 0, end: int | None = None) -> Folded:
    """Fold the text from `start` to `end`."""
    end = len(text) if end is None else end
    shown: list[str] = []
    places: list[int] = []
    gap = True
    skipped = _divisions(text, start, end)
    for place in range(start, end):
        letter = text[place]
        if place in skipped:
            continue
        if letter.isspace():
            if gap:
                continue
            letter, gap = " ", True
        elif letter in "\u00ad\u200b\u200c\u200d\u2060\ufeff" or unicodedata.category(letter) == "Cf":
            continue
        else:
            letter, gap = _PLAIN.get(letter, letter), False
        shown.append(letter)
        places.append(place)
    if shown and shown[-1] == " ":
        shown.pop()
        places.pop()
    return Folded("".join(shown), "".join(map(_lower, shown)), tuple(places))


def _divisions(text: str, start: int, end: int) -> frozenset[int]:
    """Return the places of the hyphens and line ends that divide words."""
    places: set[int] = set()
    for found in _DIVIDED.finditer(text, start, end):
        keeps_hyphen = found[1].lower() in _COMPOUNDS
        places.update(range(found.end(1) + keeps_hyphen, found.end()))
    return frozenset(places)


def _lower(letter: str) -> str:
    small = letter.lower()
    return small if len(small) == 1 else letter
