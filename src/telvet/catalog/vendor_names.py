"""Turns a name as people write it into the form in which names are compared.

* `fold` keeps every word: it undoes width, case, accents, punctuation and invisible characters.
* `NameNormaliser` goes on to take legal forms away ("Co., Ltd.", "GmbH", those of Chinese names); the forms are data.
* Both are pure and idempotent; a name that is nothing but legal forms keeps its last one.
* Nothing here guesses: two names are the same only if these forms are equal.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

__all__ = ["LegalForm", "NameNormaliser", "fold"]

_ASCII_WORDS = re.compile(r"[a-z0-9]+")
_ACCENTS = re.compile("[\u0300-\u036f]+")


@dataclass(frozen=True, slots=True)
class LegalForm:
    """One legal form and where it stands in a name."""

    form: str
    position: str
    """end or start: words of their own; joined: written without a space; glued: a word that `co` sticks to."""


def fold(text: str) -> str:
    """Return a name in lower case, its words apart by single spaces, without accents or punctuation."""
    if text.isascii():
        return " ".join(_ASCII_WORDS.findall(text.lower()))
    while (folded := _fold_once(text)) != text:
        text = folded
    return text


def _fold_once(text: str) -> str:
    wide = unicodedata.normalize("NFKC", text).casefold()
    bare = unicodedata.normalize("NFKC", _ACCENTS.sub("", unicodedata.normalize("NFD", wide)))
    kept = (character for character in bare if unicodedata.category(character) != "Cf")
    return " ".join("".join(character if _is_letter(character) else " " for character in kept).split())


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNM"


class NameNormaliser:
    """Takes legal forms away from folded names."""

    def __init__(self, forms: Iterable[LegalForm]) -> None:
        self._forms = tuple(forms)

    def __call__(self, text: str) -> str:
        """Return the form in which a name is compared when legal forms do not matter."""
        words = self._glue.sub(r"\1 co ", fold(text)) if self._glue else fold(text)
        while (shorter := self._without_one_form(words)) != words:
            words = shorter
        return words

    def _without_one_form(self, words: str) -> str:
        parts = words.split(" ")
        for length in range(min(self._longest, len(parts) - 1), 0, -1):
            if tuple(parts[-length:]) in self._ends:
                return " ".join(parts[:-length])
            if tuple(parts[:length]) in self._starts:
                return " ".join(parts[length:])
        return words if words.isascii() else self._without_joined(words)

    def _without_joined(self, words: str) -> str:
        for form in self._joined:
            if len(words) > len(form):
                if words.endswith(form):
                    return words[: -len(form)].strip()
                if words.startswith(form):
                    return words[len(form) :].strip()
        return words

    def _words_at(self, position: str) -> frozenset[tuple[str, ...]]:
        return frozenset(tuple(fold(form.form).split(" ")) for form in self._forms if form.position == position)

    @cached_property
    def _ends(self) -> frozenset[tuple[str, ...]]:
        return self._words_at("end")

    @cached_property
    def _starts(self) -> frozenset[tuple[str, ...]]:
        return self._words_at("start")

    @cached_property
    def _longest(self) -> int:
        return max((len(words) for words in self._ends | self._starts), default=0)

    @cached_property
    def _joined(self) -> tuple[str, ...]:
        forms = {fold(form.form) for form in self._forms if form.position == "joined"}
        return tuple(sorted(forms, key=lambda form: (-len(form), form)))

    @cached_property
    def _glue(self) -> re.Pattern[str] | None:
        words = sorted(fold(form.form) for form in self._forms if form.position == "glued")
        return re.compile(rf"({'|'.join(words)})co (?=(?:ltd|limited|inc|corp)\b)") if words else None
