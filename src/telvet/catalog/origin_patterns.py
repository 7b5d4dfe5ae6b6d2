"""Turns the phrases by which documents name their sources (`catalog/evidence/origin_patterns.yaml`) into regular expressions.

* A space of a phrase stands for any white space, a straight quote for a curly one too, and case does not matter.
* A phrase that is no regular expression, or that could match nothing at all, is a fault with its line.
* Every piece is a non-capturing group, to be put together by whoever looks for names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from telvet.catalog.checked_yaml import CheckedYaml, read_checked
from telvet.catalog.outlets import KINDS
from telvet.catalog.yaml_reading import Step
from telvet.errors import CatalogError, Fault
from telvet.shipped import shipped

__all__ = ["ANY", "OriginPatterns", "read_origin_patterns"]

ANY = "any"
_FILE = "origin_patterns.yaml"
_PHRASES = ("before", "after", "between")
_WORDS = ("source_words", "list_words", "articles", "not_after", "strangers", "strange_endings", "nouns", "adjectives")


@dataclass(frozen=True, slots=True)
class OriginPatterns:
    """Pieces of regular expressions, each of which matches one of its phrases."""

    before: str
    after: str
    between: str
    source_words: str
    list_words: str
    articles: str
    not_after: str
    strangers: str
    strange_endings: str
    nouns: str
    adjectives: str
    anaphora: Mapping[str, str]
    """By the kind of outlet that they stand for; `ANY` for whichever was named last."""


def read_origin_patterns(path: Path | None = None) -> OriginPatterns:
    """Read the phrases; those that ship with telvet are read once."""
    return _shipped() if path is None else _read(path)


@cache
def _shipped() -> OriginPatterns:
    return _read(shipped("catalog") / "evidence" / _FILE)


def _read(path: Path) -> OriginPatterns:
    faults: list[Fault] = []
    pieces: dict[str, str] = {}
    anaphora: dict[str, str] = {}
    file = read_checked(path, _FILE, faults)
    if file and file.keys((), file.document.value, (*_PHRASES, *_WORDS, "anaphora"), ()):
        top = file.document.value
        pieces = {key: _piece(file, (key,), top[key], plain=key in _WORDS) for key in (*_PHRASES, *_WORDS)}
        if file.keys(("anaphora",), top["anaphora"], (), (*KINDS, ANY)):
            anaphora = {
                kind: _piece(file, ("anaphora", kind), phrases, plain=True) for kind, phrases in top["anaphora"].items()
            }
    if faults:
        count = len(faults)
        raise CatalogError(f"{_FILE} has {count} fault{'s' * (count > 1)}", tuple(faults), code="origin-patterns")
    return OriginPatterns(**pieces, anaphora=anaphora)


def _piece(file: CheckedYaml, steps: tuple[str, ...], phrases: object, *, plain: bool) -> str:
    """Return one group that matches any of the phrases, the longest first; plain ones are no expressions themselves."""
    if not isinstance(phrases, list) or not phrases:
        file.fault(steps, "missing", "a list of phrases is wanted here")
        return ""
    sound: list[str] = []
    for place, phrase in enumerate(phrases):
        where: tuple[Step, ...] = (*steps, place)
        if not file.text(where, phrase):
            continue
        try:
            written = _loosened(re.escape(phrase).replace(r"\ ", " ") if plain else phrase)
            matches_nothing = re.compile(written).match("") is not None
        except re.error as problem:
            file.fault(where, "not-a-pattern", f"this is no regular expression: {problem}", value=phrase)
            continue
        if matches_nothing:
            file.fault(where, "not-a-pattern", "this matches an empty text", "make some part of it needed", phrase)
        sound.append(written)
    return "(?:" + "|".join(sorted(sound, key=len, reverse=True)) + ")"


def _loosened(pattern: str) -> str:
    return pattern.replace("'", "['\u2019]").replace(" ", r"\s+")
