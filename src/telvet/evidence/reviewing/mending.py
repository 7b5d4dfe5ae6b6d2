"""Turns what a person types to mend an annotation, `measure=BANNED`, into the mended annotation, or into what is wrong.

* Codes, levels and dates must be known here: a person is there who can write them again. Names may be unknown, and are told.
* A quote is found in the text whatever its spaces, quotation marks and unprintable characters; what is kept is the text's own.
* A document is not exchanged, and offsets are not typed: they follow from the quote.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from typing import Any

from telvet.evidence.statements.making import Maker, Refused, Trouble
from telvet.model.evidence import Annotation, Level, Statement
from telvet.tables.codes import nearest

__all__ = ["KEYS", "Draft", "Unfit"]

KEYS = tuple(one.name for one in fields(Annotation) if one.name not in {"doc", "start", "end"})
_NEEDED = ("quote", "measure", "modality")
_STRICT = ("level", "date", "until", "deadline")
"""Keys whose value, if it cannot be read, is asked for again and not kept as written."""
_MARKS = {"'": "['\u2018\u2019\u201b`\u00b4]", '"': '["\u201c\u201d\u201e\u00ab\u00bb]'}
_UNSEEN = "\ufffd"
_BETWEEN = re.compile(r"\s*;\s*")


class Unfit(Exception):  # noqa: N818 - not an error of telvet: it carries a trouble to whoever typed
    """What was typed cannot be taken; the trouble says why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.what)
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class Draft:
    """An annotation as it is being mended."""

    maker: Maker
    said: Annotation

    def assign(self, line: str) -> tuple[Draft, tuple[Trouble, ...]]:
        """Take one assignment; return the draft after it, and what is kept though it is not known.

        Raises:
            Unfit: The key or the value cannot be taken.
        """
        key, _, value = (part.strip() for part in line.partition("="))
        key = key.casefold()
        if "=" not in line:
            fix = f"write {key}= and what it is" if key in KEYS else "write KEY=VALUE, or an empty line when done"
            raise Unfit(Trouble("edit", "no-assignment", "this assigns nothing", fix, line[:80]))
        if key not in KEYS:
            raise Unfit(_no_key(key))
        if not value and key in _NEEDED:
            raise Unfit(Trouble(key, "missing", f"a statement has a {key}", f"write {key}= and what it is"))
        said = replace(self.said, **self._cells(key, value))
        return replace(self, said=said), self._told(said, key)

    def statement(self, now: str) -> tuple[Statement, tuple[Trouble, ...]]:
        """Return the statement that the annotation makes; see `Maker.statement`."""
        return self.maker.statement(self.said, now)

    def _cells(self, key: str, value: str) -> dict[str, Any]:
        codes = self.maker.codes
        if key == "quote":
            start, end = self._found(value)
            return {"quote": self.maker.document.text[start:end], "start": start, "end": end}
        if key == "vendor":
            return {key: tuple(name for name in _BETWEEN.split(value) if name)}
        if key == "measure":
            return {key: _code(value, tuple(codes.measures))}
        if key == "modality":
            return {key: _code(value, tuple(codes.modalities))}
        return {key: value or None}

    def _told(self, said: Annotation, key: str) -> tuple[Trouble, ...]:
        """Return what is not known of one key's value; a value that must be known is refused."""
        try:
            _, told = self.maker.statement(said, "")
        except Refused as refused:
            told = refused.troubles
            strict = True
        else:
            strict = key in _STRICT
        mine = tuple(_near(trouble) for trouble in told if trouble.key == key)
        if mine and strict:
            raise Unfit(mine[0])
        return mine

    def _found(self, value: str) -> tuple[int, int]:
        """Return where a quote stands: of several places the one nearest to where it stood."""
        text, near = self.maker.document.text, self.said.start or 0
        places = [found.span() for found in re.finditer(re.escape(value), text)]
        places = places or [found.span() for found in re.finditer(_loosely(value), text)]
        if not places:
            fix = "copy it from the text above, or from `telvet evidence show`"
            raise Unfit(Trouble("quote", "not-verbatim", "this does not stand in the document", fix, value[:80]))
        return min(places, key=lambda place: abs(place[0] - near))


def _code(value: str, known: tuple[str, ...]) -> str:
    return next((code for code in known if code.casefold() == value.casefold().replace(" ", "_")), value)


def _loosely(value: str) -> str:
    """Return a pattern for a quote as a terminal shows it."""
    parts = []
    for word in value.split():
        plain = re.sub("[\u2018\u2019\u201b]", "'", re.sub("[\u201c\u201d\u201e]", '"', word))
        parts.append("".join("." if c == _UNSEEN else _MARKS.get(c, re.escape(c)) for c in plain))
    return r"\s+".join(parts)


def _no_key(key: str) -> Trouble:
    if key in {"doc", "start", "end"}:
        return Trouble(key, "unknown-key", "this follows from the quote", "write quote= and the words")
    near = nearest(key, KEYS)
    fix = f"did you mean {near}=?" if near else f"write KEY=VALUE; the keys are {', '.join(KEYS)}"
    return Trouble(key, "unknown-key", "this is no key", fix, key[:80])


def _near(trouble: Trouble) -> Trouble:
    """Name the nearest level, and how several vendors are written."""
    if trouble.key == "vendor" and not trouble.fix:
        return replace(trouble, fix="several are separated by ;")
    near = nearest(trouble.value or "", tuple(Level)) if trouble.key == "level" else None
    return replace(trouble, what="this is no level", fix=f"did you mean {near}?") if near else trouble
