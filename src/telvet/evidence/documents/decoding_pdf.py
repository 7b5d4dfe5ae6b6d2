"""Turns a PDF into the text of its pages, within bounds.

* Pages are joined by a line that holds a form feed alone, so that a place in the text tells its page; nothing else is
  changed, but for halves of characters, which no file can store.
* A PDF that is protected, holds pictures only, is damaged, or unpacks to too much is an error, never a part of a text.
* The day on which the file was made is no date of publication; it is noted, not used.
"""

from __future__ import annotations

import io
import logging
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from telvet.errors import EvidenceError
from telvet.evidence.documents.decoding_text import unreadable

if TYPE_CHECKING:
    from pypdf import PdfReader

__all__ = ["BETWEEN_PAGES", "Paper", "read_pdf"]

BETWEEN_PAGES = "\n\f\n"
_MOST_PAGES = 2_000
_MOST_TEXT = 10_000_000
_MOST_WORK = 20_000_000
_WORK_OF_OPERATION = 5
"""In characters that an operation is given."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_NO_LETTERS = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
_MOST_UNKNOWN = 0.3


class _TooMuch(Exception):  # noqa: N818 - it ends the reading
    """The pages ask for more work than a document is worth."""


@dataclass(frozen=True, slots=True)
class Paper:
    """The text of a PDF, and what the file says of itself."""

    text: str
    title: str | None
    lang: str | None
    notes: tuple[str, ...]


def read_pdf(content: bytes, name: str) -> Paper:
    """Read a PDF.

    Args:
        content: The bytes of the whole file.
        name: Its name, for errors.
    """
    from pypdf.errors import LimitReachedError  # noqa: PLC0415 - heavy: loaded when used

    try:
        return _read(content, name)
    except (EvidenceError, ImportError):
        raise
    except (_TooMuch, LimitReachedError):
        raise _too_large(name, "its pages unpack to more than a document holds") from None
    except Exception:  # noqa: BLE001 - a broken file makes the library raise anything at all
        fix = "open it in a viewer and save it anew, or save its text"
        raise unreadable(name, "the PDF is damaged", fix, code="damaged") from None


def _read(content: bytes, name: str) -> Paper:
    import pypdf  # noqa: PLC0415 - heavy: loaded when used

    logging.getLogger("pypdf").addHandler(logging.NullHandler())
    reader = pypdf.PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted and not _opens_to_all(reader):
        what, fix = "the PDF is protected by a password", "save it without one, for example by printing it to a PDF"
        raise unreadable(name, what, fix, code="encrypted")
    pages = _pages(reader, name)
    title, lang, made = _said_of_itself(reader)
    return Paper(_checked(pages, name), title, lang, _notes(pages, made))


def _opens_to_all(reader: PdfReader) -> bool:
    """Tell whether a protected PDF opens without a password, as one does that only forbids changes."""
    try:
        return bool(reader.decrypt(""))
    except Exception:  # noqa: BLE001 - an unknown or broken protection keeps us out as well
        return False


def _pages(reader: PdfReader, name: str) -> list[str]:
    count = len(reader.pages)
    if count > _MOST_PAGES:
        raise _too_large(name, f"it has {count} pages, more than {_MOST_PAGES}")
    done = 0

    def weigh(_operator: object, operands: Any, *_matrices: object) -> None:  # noqa: ANN401 - the library's own values
        nonlocal done
        done += _WORK_OF_OPERATION + _size(operands)
        if done > _MOST_WORK:
            raise _TooMuch

    pages: list[str] = []
    length = 0
    for page in reader.pages:
        text = page.extract_text(visitor_operand_before=weigh)
        length += len(text)
        if length > _MOST_TEXT:
            raise _too_large(name, f"it holds more than {_MOST_TEXT:,} characters")
        pages.append(_whole(text))
    return pages


def _size(operands: Any) -> int:  # noqa: ANN401
    """Return how many characters an operation is given, by itself or in a list."""
    if not isinstance(operands, list):
        return 0
    return sum(
        len(one) if isinstance(one, str | bytes) else sum(len(part) for part in one if isinstance(part, str | bytes))
        for one in operands
        if isinstance(one, str | bytes | list)
    )


def _whole(text: str) -> str:
    """Put halves of characters together; one that is alone becomes the replacement character."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _said_of_itself(reader: PdfReader) -> tuple[str | None, str | None, str | None]:
    """Return the title, the language and the day on which the file was made."""
    information = reader.metadata
    title = lang = made = None
    if information is not None:
        title = " ".join(_whole(str(information.title or "")).split()) or None
        found = re.match(r"(?:D:)?(\d{4})(\d{2})(\d{2})", str(information.get("/CreationDate") or ""))
        made = "-".join(found.groups()) if found else None
    if (given := _LANGUAGE.fullmatch(str(reader.root_object.get("/Lang") or ""))) is not None:
        lang = given[0]
    return title, lang, made


def _checked(pages: list[str], name: str) -> str:
    """Join the pages, if there is text on them."""
    letters = "".join("".join(page.split()) for page in pages)
    if not letters:
        what = "the PDF holds no text; its pages are pictures, or empty"
        fix = "recognise its text first (OCR), or give its text as a text file"
        raise unreadable(name, what, fix, code="no-text")
    if len(_NO_LETTERS.findall(letters)) > _MOST_UNKNOWN * len(letters):
        what = "the PDF does not say which letters its signs stand for"
        fix = "recognise its text first (OCR), or give its text as a text file"
        raise unreadable(name, what, fix, code="no-text")
    return BETWEEN_PAGES.join(pages)


def _notes(pages: list[str], made: str | None) -> tuple[str, ...]:
    notes = []
    if empty := [str(number) for number, page in enumerate(pages, 1) if not page.strip()]:
        shown = ", ".join(empty[:10]) + (" and others" if len(empty) > 10 else "")  # noqa: PLR2004 - as many as are read
        notes.append(f"no text on {len(empty)} of {len(pages)} pages ({shown}): blank, or pictures")
    if made:
        notes.append(f"the file was made on {made}, which is not taken for its publication")
    return tuple(notes)


def _too_large(name: str, what: str) -> EvidenceError:
    return unreadable(name, f"the PDF is too large: {what}", "give the part that matters", code="too-large")
