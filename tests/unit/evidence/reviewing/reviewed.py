"""A document of three paragraphs, and candidate statements about it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

from telvet.evidence.statements.making import Maker
from telvet.model.dates import Span
from telvet.model.evidence import Annotation, Document, Published, Statement
from telvet.workspace.evidence_ledger import Held

__all__ = ["BAN", "DENIED", "TEXT", "USED", "candidate", "candidates", "document", "held"]

TEXT = (
    "Talks went on all week.\n\n"
    "Australia has banned Huawei\u00a0from 5G networks. The minister called it \u201ca matter of security\u201d. "
    "Huawei denied this.\n\n"
    "New Zealand\u2019s operators still use Huawei equipment. Nothing was said of Japan.\n"
)
BAN, DENIED, USED = (
    "Australia has banned Huawei\u00a0from 5G networks", "Huawei denied this", "operators still use Huawei equipment",
)  # fmt: skip
_AT = "2024-01-15T09:30:00.000000Z"
_ANNOTATIONS = (
    Annotation("news.txt", BAN, country="Australia", vendor=("Huawei",), measure="BANNED", scope="5G", modality="done"),
    Annotation("news.txt", DENIED, actor="Huawei", vendor=("Huawei",), measure="DENIAL", modality="done"),
    Annotation("news.txt", USED, country="New Zealand", vendor=("Huawei",), measure="IN_USE", modality="ongoing"),
)


def document(name: str = "news.txt", day: date = date(2019, 1, 28), text: str = TEXT) -> Document:
    """Return a document published on a day."""
    digest = hashlib.sha256(f"{name}{text}".encode()).hexdigest()
    return Document(digest, name, "text/plain", text, Published(Span(day, day), "stated"), "Daily")


def candidate(said: Annotation, where: Document | None = None) -> Statement:
    """Return the statement that an annotation makes."""
    return Maker.of(where or document()).statement(said, _AT)[0]


def candidates(where: Document | None = None) -> tuple[Statement, ...]:
    """Return a ban, a denial and a use, in the order in which they stand."""
    return tuple(candidate(replace(said, doc="-"), where) for said in _ANNOTATIONS)


def held(*statements: Statement) -> list[Held]:
    """Return statements as the ledger holds them."""
    return [Held(one, "proposer rules") for one in statements]
