"""Turns an annotation and the document it speaks of into a statement, or into what is wrong with it.

* A quote that does not stand verbatim where it is said to stand is refused; nothing is searched for that was placed.
* An unknown measure or modality is refused, with the nearest. Every other value that is not known is kept as written and told.
* The same annotation of the same document gives the same id.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TypeVar

from telvet.catalog.evidence_codes import EvidenceCodes, read_codes
from telvet.catalog.gazetteers import Gazetteers, read_gazetteers
from telvet.catalog.outlets import Outlets, read_outlets
from telvet.catalog.vendors import Register
from telvet.evidence.documents.origins import Cited, cited_origins, origin_of
from telvet.evidence.statements.when import read_when
from telvet.model.dates import Span, read_span
from telvet.model.evidence import Annotation, Document, Level, NamedVendor, Quote, Statement, When
from telvet.tables.codes import nearest

__all__ = ["Maker", "Refused", "Trouble", "named_document", "registered"]

_Found = TypeVar("_Found")
_AROUND = 64
"""How much of the text beside a quote is kept with it, in code points."""
_BEYOND = 10**12
_KEYS = tuple(one.name for one in fields(Annotation))


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with one key of an annotation."""

    key: str
    code: str
    what: str
    fix: str = ""
    value: str | None = None


class Refused(Exception):  # noqa: N818 - not an error of telvet: it carries faults to whoever lists them
    """An annotation cannot become a statement."""

    def __init__(self, troubles: tuple[Trouble, ...]) -> None:
        super().__init__("; ".join(trouble.what for trouble in troubles))
        self.troubles = troubles


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes statements about one document, with the words and codes of the catalogue."""

    document: Document
    cited: tuple[Cited, ...]
    codes: EvidenceCodes
    words: Gazetteers
    outlets: Outlets

    @classmethod
    def of(cls, document: Document) -> Maker:
        """Return the maker for a document, with the catalogue that ships with telvet."""
        outlets = read_outlets()
        return cls(document, cited_origins(document.text, outlets), read_codes(), read_gazetteers(), outlets)

    def statement(self, said: Annotation, recorded_at: str) -> tuple[Statement, tuple[Trouble, ...]]:
        """Return the statement, and what in the annotation was kept though it is not known.

        Raises:
            Refused: With everything for which it is refused.
        """
        refused = [*self._unknown_codes(said)]
        quote = _placed(said, self.document, refused)
        if refused or quote is None:
            raise Refused(tuple(refused))
        told: list[Trouble] = []
        placed = replace(said, doc=self.document.digest, quote=quote.exact, start=quote.start, end=quote.end)
        return self._made(placed, quote, told, recorded_at), tuple(told)

    def _unknown_codes(self, said: Annotation) -> list[Trouble]:
        found = []
        for key, value, known in (
            ("measure", said.measure, self.codes.measures),
            ("modality", said.modality, self.codes.modalities),
        ):
            if value not in known:
                near = nearest(value.strip().upper() if key == "measure" else value.strip().lower(), tuple(known))
                fix = f"did you mean {near}?" if near else f"use one of {', '.join(known)}"
                found.append(Trouble(key, "unknown-code", f"this is no {key}", fix, value))
        return found

    def _made(self, said: Annotation, quote: Quote, told: list[Trouble], recorded_at: str) -> Statement:
        vendors = tuple(self._vendor(name) for name in said.vendor)
        unresolved = [one.name for one in vendors if not (one.id or one.anyone)]
        told += [
            Trouble("vendor", "unresolved", "this is no vendor of the register; kept as written", "", one)
            for one in unresolved
        ]
        published = self.document.published.span if self.document.published else Span(date.max, date.max)
        return Statement(
            id=_id(said),
            country=self._country(said, told),
            vendors=vendors,
            measure=said.measure,
            scope=self.codes.scope_of(said.scope, said.measure),
            modality=said.modality,
            level=self._level(said, vendors, told),
            actor=said.actor,
            speaker=said.speaker,
            via=said.via,
            when=_dated(said.date, told) if said.date and said.date.strip() else None,
            until=_last_day(said.until, "until", told),
            deadline=_last_day(said.deadline, "deadline", told),
            published=published,
            publisher=self.document.publisher,
            origin=self._origin(said),
            quote=quote,
            text=quote.exact,
            grade=self.outlets.grade(self.document.publisher),
            recorded_at=recorded_at,
            raw=said,
        )

    def _vendor(self, text: str) -> NamedVendor:
        """Return whom words stand for: by the gazetteer, else by the names of the register."""
        found = self.words.vendor(text)
        if found.id or found.anyone:
            return found
        return replace(found, id=registered(text, self.words.register))

    def _country(self, said: Annotation, told: list[Trouble]) -> str | None:
        if not said.country or not said.country.strip():
            return None
        found = self.words.country(said.country)
        if found is None:
            near = self.words.places.nearest(said.country)
            fix = f"did you mean {near}?" if near else ""
            told.append(
                Trouble("country", "unresolved", "this is no country that is known; kept as written", fix, said.country)
            )
        return found

    def _level(self, said: Annotation, vendors: tuple[NamedVendor, ...], told: list[Trouble]) -> Level:
        """Return whose word it is: as stated, else by the actor; an act that only a state can do is a state's, whoever is named as its object."""
        if said.level and said.level.strip():
            try:
                return Level(said.level.strip().lower())
            except ValueError:
                fix = f"use one of {', '.join(level.value for level in Level)}"
                told.append(Trouble("level", "unresolved", "this is no level; taken from the actor", fix, said.level))
        act = self.codes.measures[said.measure].act
        if not said.actor or not said.actor.strip():
            return Level.STATE if act else Level.OTHER
        if act and self._abroad(said):
            return Level.OTHER
        actor = self._vendor(said.actor)
        level = self.words.level(said.actor) or (Level.COMPANY if actor.id else None)
        if act and level is Level.COMPANY:
            suffers = any(actor.id == one.id for one in vendors if one.id)
            return Level.STATE if suffers else Level.COMPANY
        return level or Level.OTHER

    def _abroad(self, said: Annotation) -> bool:
        """Tell whether the actor is named by another country than the one whose measure it is: nobody decides for another."""
        country = self.words.country(said.country) if said.country else None
        named = {found.value for found in self.words.countries.find(said.actor or "")}
        return bool(country and named) and country not in named and not any(self.words.vendors.find(said.actor or ""))

    def _origin(self, said: Annotation) -> str:
        found = origin_of(said.via, self.cited, self.document.publisher, self.outlets)
        return found or named_document(self.document.digest)


def named_document(digest: str) -> str:
    """Name a document as an origin, where neither a source nor a publisher is known."""
    return f"document {digest[:12]}"


def registered(name: str, register: Register) -> str | None:
    """Return the id of the one group, or organisation without a group, that a name of the register stands for."""
    found = {alias.organisation for alias in register.aliases_of(register.normalise(name))}
    ids = {register.organisations[one].group or one for one in found}
    return ids.pop() if len(ids) == 1 else None


def _placed(said: Annotation, document: Document, refused: list[Trouble]) -> Quote | None:
    """Return the quote where it stands, or note why there is none."""
    text, exact, start, end = document.text, said.quote, said.start, said.end
    if not exact:
        refused.append(Trouble("quote", "missing", "an annotation rests on a quote; there is none", "give the quote"))
        return None
    if start is not None or end is not None:
        start = start if start is not None else (end or 0) - len(exact)
        end = end if end is not None else start + len(exact)
        what = f"the quote does not stand at {_number(start)} to {_number(end)}"
    else:
        start = text.find(exact)
        end = start + len(exact)
        what = "the quote does not stand in the document"
        if start >= 0 and text.find(exact, start + 1) >= 0:
            start, what = -1, "the quote stands more than once in the document"
    if not 0 <= start < end <= len(text) or text[start:end] != exact:
        refused.append(Trouble("quote", "not-verbatim", what, _where(exact, text), exact))
        return None
    return Quote(document.digest, start, end, exact, text[max(0, start - _AROUND) : start], text[end : end + _AROUND])


def _where(exact: str, text: str) -> str:
    """Say where a quote stands that does not stand where it was said to stand."""
    found = text.find(exact)
    if found < 0:
        return "copy it from `telvet evidence show`, spaces and quotation marks included"
    return "give start and end" if text.find(exact, found + 1) >= 0 else f"it stands at {found}"


def _number(place: int) -> str:
    return str(place) if abs(place) < _BEYOND else "a place beyond any text"


def _id(said: Annotation) -> str:
    cells = {key: getattr(said, key) for key in _KEYS}
    told = json.dumps(cells, ensure_ascii=False, sort_keys=True)
    return "s-" + hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _dated(text: str, told: list[Trouble]) -> When:
    """Read a date; one that cannot be read leaves the days open, and is told."""
    return _read(text, "date", read_when, told) or When(None, None)


def _last_day(text: str | None, key: str, told: list[Trouble]) -> date | None:
    span = _read(text, key, read_span, told)
    return span.last if span else None


def _read(text: str | None, key: str, reader: Callable[[str], _Found], told: list[Trouble]) -> _Found | None:
    if text is None or not text.strip():
        return None
    try:
        return reader(text.strip())
    except ValueError:
        fix = "write 2019-01-28, 2018-12, 2019Q3, 2019, or an interval such as 2012/.."
        told.append(Trouble(key, "unresolved", "this is no date; kept as written", fix, text))
        return None
