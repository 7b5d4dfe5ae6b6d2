"""Turns a statute's definitions into the vendors that its terms stand for, so that an operative clause can be bound to them.

* A term is what stands in quotes before "means", or before a dash in a list of terms, or in brackets after a name.
* A definition reaches to the next one, to the next heading, or to an empty line after its list.
* A term whose definition names no vendor still stands for itself, if its words are those of suspicion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from telvet.catalog.gazetteers import Gazetteers
from telvet.evidence.proposing.folded import fold

__all__ = ["Definition", "definitions"]

_MEANS = r"(?:means?|shall mean|includes?|has the meaning|refers? to|is|are|stands for)"
_TERM = re.compile(
    r"(?:the terms? |the expressions? )?[\"'](?P<term>[a-z][\w '-]{2,60})[\"'] (?:also )?"
    + _MEANS
    + r"\b(?! (?:that|not)\b)",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"(?:^|[.;:] |\d |\) )(?P<term>[A-Z][a-z]+(?: [a-z-]+){0,4}) means ")
_DASHED = re.compile(r"(?:^|[.;:\"] ?)(?:\(?\w{1,3}[.)] )?(?P<term>[A-Z][\w -]{3,50}?) (?:\u2013|-) an? ", re.MULTILINE)
_NAMED = re.compile(
    r"\((?:hereinafter |hereafter |together |collectively |referred to as )*(?:the )?[\"'](?:[Tt]he )?(?P<term>[A-Z][\w '-]{2,40})[\"']\)"
)
_NEXT = re.compile(
    r"[\"'][\w '-]{2,60}[\"'] (?:means|shall mean|has the meaning)|(?<=[.;\]] )(?:SEC\.|Section|Article|Art\.|\d{1,3}\. [A-Z]|[A-Z]{4,})|\n\n",
    re.IGNORECASE,
)
_SUSPICION = re.compile(
    r"risk|trust|reliab|covered|designat|exclud|adversar|authori[sz]ed|prohibit|restrict|listed|unsafe|concern"
)
_OF_TRADE = frozenset({"company", "vendor", "supplier", "products", "equipment", "goods", "group"})
_LONGEST = 1200
_BEFORE = 160
"""How far before its brackets a name may stand."""


@dataclass(frozen=True, slots=True)
class Definition:
    """A term, whom it stands for, and where it is defined."""

    term: str
    """In small letters."""
    names: tuple[str, ...]
    """The vendors as the definition writes them; the term itself where it names none."""
    start: int
    end: int
    """Offsets of the stored text."""


def definitions(text: str, gazetteers: Gazetteers) -> tuple[Definition, ...]:
    """Return what the document defines, in the order of the text; of two definitions of one term the first counts."""
    folded = fold(text)
    found: dict[str, Definition] = {}
    for term, start, first, last in _spans(folded.shown):
        names = tuple(dict.fromkeys(each_name(folded.shown, first, last, gazetteers)))
        key = term.lower().removeprefix("the ").strip()
        if not names and (not _SUSPICION.search(key) or " " not in key):
            continue
        if key not in found and last > start:
            found[key] = Definition(key, names or (key,), *folded.raw(start, last))
    for key, definition in list(found.items()):
        found.update(_chained(folded.shown, key, definition, found))
    return tuple(found.values())


def each_name(text: str, first: int, last: int, gazetteers: Gazetteers) -> Iterator[str]:
    """Yield the vendors that a stretch names, not those that it only suspects."""
    for mention in gazetteers.vendors.find(text[first:last]):
        if mention.value != "anyone":
            yield text[first + mention.start : first + mention.end]


def _spans(text: str) -> Iterator[tuple[str, int, int, int]]:
    """Yield each term, where its definition starts, and the stretch that defines it."""
    for found in _TERM.finditer(text):
        following = _NEXT.search(text, found.end())
        last = min(following.start() if following else len(text), found.end() + _LONGEST)
        yield found["term"], found.start(), found.end(), max(last, found.end() + 1)
    for found in _PLAIN.finditer(text):
        last = text.find(". ", found.end())
        yield found["term"], found.start("term"), found.end(), (last if last > 0 else min(len(text), found.end() + 300))
    for found in _DASHED.finditer(text):
        last = text.find(". ", found.end())
        yield found["term"], found.start("term"), found.end(), (last if last > 0 else min(len(text), found.end() + 300))
    for found in _NAMED.finditer(text):
        first = max(0, found.start() - _BEFORE)
        yield found["term"], first, first, found.start()


def _chained(text: str, key: str, definition: Definition, found: dict[str, Definition]) -> dict[str, Definition]:
    """Bind terms that are defined by another term: "the products" are those "of the company"."""
    more: dict[str, Definition] = {}
    for other in _TERM.finditer(text):
        term = other["term"].lower().removeprefix("the ").strip()
        stretch = text[other.end() : other.end() + 160].split(". ", maxsplit=1)[0].lower()
        if (
            term not in found
            and re.search(rf"\b{re.escape(key)}\b", stretch)
            and (term in _OF_TRADE or _SUSPICION.search(term))
        ):
            more[term] = Definition(term, definition.names, definition.start, definition.end)
    return more
