"""Turns a file into a document as it will be kept: its bytes, its exact text, and when and by whom it was published.

* The day of publication is stated by whoever adds the document or found in it; never the file's own, never the clock's.
* What is stated wins over what is found, and the difference is kept in how the day came to be known.
* What was known of a document that is added again stays, unless it is stated anew.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, replace
from pathlib import Path

from telvet.catalog.outlets import read_outlets
from telvet.errors import EvidenceError, Fault
from telvet.evidence.documents.decoding import decode
from telvet.evidence.documents.origins import cited_origins
from telvet.model.dates import Span, show_span
from telvet.model.evidence import Document, Published

__all__ = ["Taken", "as_known", "take_in", "unpublished"]


@dataclass(frozen=True, slots=True)
class Taken:
    """A document that was read, and not kept yet."""

    document: Document
    content: bytes
    notes: tuple[str, ...] = ()
    """What whoever adds it should know, such as pages without text."""


def take_in(
    path: Path, *, publisher: str | None = None, published: Span | None = None, lang: str | None = None
) -> Taken:
    """Read a file into a document; its day of publication may still be missing.

    Args:
        path: A text, an HTML page or a PDF.
        publisher: Who published it, where it does not say so itself.
        published: When, where it does not say so itself or is wrong.
        lang: Its language, by BCP 47.

    Raises:
        EvidenceError: It cannot be read, or holds no text.
    """
    name = os.fsencode(path.name or str(path)).decode("utf-8", "replace")
    try:
        content = path.read_bytes()
    except OSError as problem:
        what = f"the file cannot be read: {(problem.strerror or str(problem)).lower()}"
        fault = Fault(name, None, None, "unreadable", what)
        raise EvidenceError(f"{name} cannot be read", (fault,), code="unreadable") from None
    found = decode(content, name)
    cited = cited_origins(found.text, read_outlets())
    document = Document(
        digest=hashlib.sha256(content).hexdigest(),
        name=name,
        media=found.media,
        text=found.text,
        published=_published(published, found.published),
        publisher=_words(publisher) or found.publisher,
        lang=_words(lang) or found.lang,
        origins=tuple(dict.fromkeys(one.outlet for one in cited)),
        title=found.title,
        address=found.address,
    )
    return Taken(document, content, found.notes)


def as_known(
    document: Document, held: Document | None, *, publisher: str | None, published: Span | None, lang: str | None
) -> Document:
    """Return a document with what was known of it before, where nothing is stated anew."""
    if held is None:
        return document
    return replace(
        document,
        published=document.published if published else held.published,
        publisher=document.publisher if _words(publisher) else held.publisher or document.publisher,
        lang=document.lang if _words(lang) else held.lang or document.lang,
    )


def _words(text: str | None) -> str | None:
    return text.strip() or None if text else None


def _published(stated: Span | None, found: Published | None) -> Published | None:
    if stated is None:
        return found
    other = f"; the document says {show_span(found.span)}" if found and found.span != stated else ""
    return Published(stated, f"stated{other}")


def unpublished(name: str) -> EvidenceError:
    """Say that nothing tells when a document came out."""
    return EvidenceError(
        "nothing in the document says when it was published",
        code="published-missing",
        where=name,
        why="what was known on a day rests on it, and neither the file's date nor today's can stand for it",
        fix="give --published YYYY-MM-DD (YYYY-MM or YYYY if no more is known)",
    )
