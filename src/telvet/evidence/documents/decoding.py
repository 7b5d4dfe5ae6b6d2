"""Turns the bytes of a document into its text and what it says of itself: plain text, HTML or PDF.

* What a document is, is told by its first bytes; its name decides only between kinds of text.
* A plain text is stored exactly as decoded: line ends, spaces of every kind and blank lines stay as they are.
* A document that cannot be read wholly is an error that says what to do; nothing is fetched, and no clock is asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath

from telvet.errors import EvidenceError
from telvet.evidence.documents.decoding_html import LARGEST_PAGE, declared_encoding, read_page
from telvet.evidence.documents.decoding_pdf import read_pdf
from telvet.evidence.documents.decoding_text import characters, unreadable
from telvet.evidence.documents.publication import published_in_text
from telvet.model.evidence import Published

__all__ = ["LARGEST", "Decoded", "decode"]

LARGEST = 50_000_000
"""Bytes of the largest document that is taken."""

_PLAIN, _HTML, _PDF = "text/plain", "text/html", "application/pdf"
_PAGES = frozenset({".html", ".htm", ".xhtml"})
_HTML_START = re.compile(
    rb"(?:\s|\xef\xbb\xbf|<\?xml[^>]{0,500}\?>|<!--(?:(?!-->).){0,2000}-->)*<(?:!doctype\s+html|html|head|body)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_OTHER = "save it as PDF or as plain text"
_FOREIGN = (
    (b"PK\x03\x04", "an office document or an archive", _OTHER),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document", _OTHER),
    (b"{\\rtf", "a document in rich text", _OTHER),
    (b"\x1f\x8b", "a gzip archive", "unpack it first"),
    (b"BZh91AY&SY", "a bzip2 archive", "unpack it first"),
    (b"\xfd7zXZ", "an xz archive", "unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a zstandard archive", "unpack it first"),
    (b"7z\xbc\xaf", "a 7-Zip archive", "unpack it first"),
    (b"\x89PNG", "a picture", "recognise its text first (OCR), or write it down"),
    (b"\xff\xd8\xff", "a picture", "recognise its text first (OCR), or write it down"),
    (b"GIF89a", "a picture", "recognise its text first (OCR), or write it down"),
)
_ARCHIVED_PAGE = re.compile(
    rb"\s*(?:from|mime-version|subject|date|snapshot-content-location):[^\0]{0,2000}multipart/related", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A document's text, and what the document says of itself."""

    media: str
    """text/plain, text/html or application/pdf."""
    text: str
    title: str | None = None
    publisher: str | None = None
    published: Published | None = None
    lang: str | None = None
    """The language's tag by BCP 47."""
    address: str | None = None
    notes: tuple[str, ...] = ()
    """What whoever adds the document should know, such as pages without text."""


def decode(content: bytes, name: str) -> Decoded:
    """Return the text of a document, and what it says of itself.

    Args:
        content: The bytes of the whole file.
        name: The file's name; it decides where the content does not.

    Raises:
        EvidenceError: It is empty, too large, damaged, protected, or no document with text.
    """
    if len(content) > LARGEST:
        what = f"the document has {len(content):,} bytes, more than {LARGEST:,}"
        raise unreadable(name, what, "give the part that matters", code="too-large")
    if not content.strip(b" \t\r\n\f\v\0"):
        raise unreadable(name, "the document is empty", "give one with text", code="empty")
    media = _media(content, PurePath(name).suffix.casefold(), name)
    if media != _PLAIN:
        try:
            return _from_pdf(content, name) if media == _PDF else _from_html(content, name)
        except ImportError:
            what, fix = f"reading {media} needs libraries that are not installed", "install telvet[evidence]"
            raise unreadable(name, what, fix, code="missing-extra") from None
    text = characters(content, name)
    if not text.strip():
        raise unreadable(name, "the document is empty", "give one with text", code="empty")
    return Decoded(media, text, published=published_in_text(text))


def _media(content: bytes, suffix: str, name: str) -> str:
    """Tell what a document is; what is none of the three is an error."""
    for magic, what, fix in _FOREIGN:
        if content.startswith(magic):
            raise unreadable(name, f"this is {what}, not text, HTML or PDF", fix, code="format")
    start = content[:1024].lstrip()
    if start.startswith(b"%PDF-") or (suffix == ".pdf" and b"%PDF-" in start):
        return _PDF
    if suffix == ".pdf":
        what = "the name ends in .pdf, but the content is something else or is damaged"
        raise unreadable(name, what, "save it again, or name it after what it is", code="format")
    if _ARCHIVED_PAGE.match(content[:4096]):
        raise unreadable(
            name, "this is a page archived with its pictures", "save it as HTML alone, or as PDF", code="format"
        )
    return _HTML if suffix in _PAGES or _starts_as_page(content) else _PLAIN


def _starts_as_page(content: bytes) -> bool:
    head = content[:8192]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head[2 : len(head) // 2 * 2].replace(b"\0", b"")
    return _HTML_START.match(head) is not None


def _from_pdf(content: bytes, name: str) -> Decoded:
    paper = read_pdf(content, name)
    return Decoded(
        _PDF, paper.text, paper.title, published=published_in_text(paper.text), lang=paper.lang, notes=paper.notes
    )


def _from_html(content: bytes, name: str) -> Decoded:
    source = characters(content, name, declared_encoding(content))
    if len(source) > LARGEST_PAGE:
        what = f"the page has {len(source):,} characters, more than {LARGEST_PAGE:,}"
        raise unreadable(name, what, "save the article alone, or its text", code="too-large")
    page = read_page(source)
    if page.text is None:
        raise _no_text(name)
    notes = (
        ("the page gives dates of publication that contradict one another; none was taken",) if page.disputed else ()
    )
    published = page.published or (None if page.disputed else published_in_text(page.text))
    return Decoded(_HTML, page.text, page.title, page.publisher, published, page.lang, page.address, notes)


def _no_text(name: str) -> EvidenceError:
    what = "no text was found in the page; it may be made by a script, or hold links only"
    fix = "open it in a browser and save it when it is shown, print it to a PDF, or copy its text into a file"
    return unreadable(name, what, fix, code="no-text")
