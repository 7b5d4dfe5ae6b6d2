"""Evidence: documents, exact quotes from them, statements that rest on the quotes, and what people judged of them.

* Facts, quotes and judgements are separate; none is ever changed, a later judgement stands beside the earlier one.
* Three times: when it is so (`when`, `until`), when it was published, when our ledger recorded it.
* Selectors are those of the W3C Web Annotation model: TextQuote (`exact`, `prefix`, `suffix`) and TextPosition
  (`start`, `end`, in code points of the stored text).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from telvet.model.dates import Span, brief_span
from telvet.model.status import Grade

__all__ = [
    "Annotation", "Document", "Judgement", "Level", "NamedVendor", "Published", "Quote", "Statement", "Verdict", "When",
]  # fmt: skip


class Level(StrEnum):
    """Whose word or act it is."""

    STATE = "state"
    """The government of a country, or the country itself."""
    AGENCY = "agency"
    """A regulator, ministry or authority that acts within its powers."""
    LEGISLATURE = "legislature"
    OFFICIAL = "official"
    """Persons in office, named or not, who speak without deciding."""
    COMPANY = "company"
    OTHER = "other"


class Verdict(StrEnum):
    """What a person, or the publisher, made of a statement."""

    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    REOPENED = "reopened"
    """An earlier judgement was undone; the statement is a candidate again."""
    RETRACTED = "retracted"
    """By its source, on a day of publication: what was known before that day does not change."""


@dataclass(frozen=True, slots=True)
class Published:
    """When a document came out, as exactly as is known, and how that was found."""

    span: Span
    how: str
    """stated (by whoever added it), or where in the document it was found."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it was stored; its text is never changed."""

    digest: str
    """SHA-256 of the bytes, in hexadecimal."""
    name: str
    """The name of the file it came in."""
    media: str
    """text/plain, text/html or application/pdf."""
    text: str
    """Exactly as decoded: offsets count its code points."""
    published: Published | None
    publisher: str | None = None
    lang: str | None = None
    """The language's tag by BCP 47."""
    origins: tuple[str, ...] = ()
    """The ids of the outlets that it names as its sources, in the order in which it names them."""
    title: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Annotation:
    """A candidate statement as a person or a proposer writes it: raw, and not yet checked.

    These are the keys of one line of `telvet evidence import`, in its order. Offsets may be missing where the quote stands only once.
    """

    doc: str
    """The document's file name or digest."""
    quote: str
    start: int | None = None
    end: int | None = None
    actor: str | None = None
    country: str | None = None
    """A country by any spelling that the catalogue knows."""
    vendor: tuple[str, ...] = ()
    measure: str = ""
    scope: str | None = None
    modality: str = ""
    date: str | None = None
    """A day, month, quarter or year, or an ISO 8601 interval of them whose ends may be open (`..` or empty)."""
    speaker: str | None = None
    via: str | None = None
    """The outlet or document through which the speaker's words came."""
    note: str | None = None
    level: str | None = None
    until: str | None = None
    """The last day on which it holds, where the text says so."""
    deadline: str | None = None
    """By when something must be done, where the text says so."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim piece of a stored document."""

    document: str
    """The document's digest."""
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class NamedVendor:
    """A vendor as written, and the group or organisation of the register it stands for, if any."""

    name: str
    id: str | None = None
    anyone: bool = False
    """True where the words mean every vendor that is under suspicion, not one by name."""


@dataclass(frozen=True, slots=True)
class When:
    """When something began or happened: within `first` to `last`, either of which may be open."""

    first: date | None
    last: date | None

    def shown(self) -> str:
        """Write it as a day, month or year, or as an ISO 8601 interval."""
        if self.first and self.last:
            return brief_span(Span(self.first, self.last))
        ends = (self.first, self.last)
        return "/".join(end.isoformat() if end else ".." for end in ends)


@dataclass(frozen=True, slots=True)
class Statement:
    """Who says what about whom: one fact, resting on one quote or on one cited source of the catalogue."""

    id: str
    country: str | None
    """ISO 3166-1 alpha-3; None where none is named or the name is nobody's."""
    vendors: tuple[NamedVendor, ...]
    measure: str
    scope: str
    """A code of the catalogue's scopes."""
    modality: str
    level: Level
    actor: str | None
    speaker: str | None
    via: str | None
    when: When | None
    """None where the text gives no date: then it holds from publication."""
    until: date | None
    deadline: date | None
    published: Span
    publisher: str | None
    origin: str
    """Where it comes from in the end: the id of an outlet, or the publisher's or document's own name."""
    quote: Quote | None
    text: str
    """The quote; for a statement of the catalogue, a paraphrase."""
    grade: Grade
    recorded_at: str
    """When the ledger recorded it, `2024-01-15T09:30:00.000000Z`."""
    raw: Annotation | None = None
    """What was written, before names, scopes and dates were mapped."""
    source: str | None = None
    """The address of the source, for a statement of the catalogue."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person made of a statement, and when the ledger recorded it."""

    statement: str
    verdict: Verdict
    by: str
    recorded_at: str
    why: str = ""
    published: Span | None = None
    """For a retraction: when it was published."""
    replaced_by: str | None = None
    """For a rejection that mends: the statement that stands in its place."""
