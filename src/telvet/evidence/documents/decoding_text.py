"""Turns the bytes of a text into its characters, exactly: nothing is normalised, trimmed or translated.

* A byte order mark decides, and goes; else what the text declares; else UTF-8 if every byte of it is; else UTF-16 by its
  zero bytes; else a guess among usual encodings.
* A text that is UTF-8 but for a few bytes is a fault, not a guess; only a page, which declares it, gets replacement
  characters, as browsers do.
* A text with zero bytes or full of control characters is no text.
"""

from __future__ import annotations

import codecs
import re

from telvet.errors import EvidenceError, Fault
from telvet.inventory.encoding import OFFERED
from telvet.inventory.files import wide_encoding

__all__ = ["characters", "unreadable"]

_SAMPLE = 65_536
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WESTERN = "cp1252"
# What pages call Western European and mean another by, as browsers read them.
_CALLED_WESTERN = frozenset({"ascii", "iso8859-1"})
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MOST_CONTROL = 0.05
_MOST_WRONG = 0.001


def unreadable(name: str, what: str, fix: str, *, code: str) -> EvidenceError:
    """Return the error for one fault of a whole document."""
    return EvidenceError(f"{name} cannot be read", (Fault(name, None, None, code, what, fix),), code=code)


def characters(content: bytes, name: str, declared: str | None = None) -> str:
    """Return the characters of a text.

    Args:
        content: The bytes of the whole text.
        name: The file's name, for errors.
        declared: The encoding that the text gives for itself, if it gives any.
    """
    text = _marked(content, name)
    if text is None:
        text = _declared(content, declared) if declared else None
    if text is None:
        text = _undeclared(content, name)
    _refuse_rubbish(text, name)
    return text


def _refuse_rubbish(text: str, name: str) -> None:
    if "\0" in text or len(_CONTROL.findall(text)) > _MOST_CONTROL * len(text):
        what = "this is no text, HTML or PDF: it holds bytes that no text has"
        raise unreadable(name, what, "save the document as plain text, HTML or PDF", code="format")


def _marked(content: bytes, name: str) -> str | None:
    """Decode what begins with a byte order mark."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            try:
                return content[len(mark) :].decode(encoding)
            except UnicodeDecodeError as problem:
                what = (
                    f"the text says that it is {encoding.upper()}, but is not, at byte {len(mark) + problem.start + 1}"
                )
                raise unreadable(name, what, "save it anew as UTF-8", code="encoding") from None
    return None


def _declared(content: bytes, declared: str) -> str | None:
    """Decode as declared; None where that is no encoding, or cannot be right."""
    try:
        encoding = codecs.lookup(declared.strip()).name
        b"".decode(encoding)
    except (LookupError, ValueError, UnicodeError):
        return None
    if encoding.startswith(("utf-16", "utf-32")):  # a page whose declaration can be read is not in these
        encoding = "utf-8"
    if encoding in _CALLED_WESTERN or encoding == _WESTERN:
        return _as_utf8(content) or _strict(content, _WESTERN)
    text = _strict(content, encoding)
    if text is None and encoding == "utf-8":
        replaced = content.decode(encoding, "replace")
        return replaced if replaced.count("\ufffd") <= max(1, _MOST_WRONG * len(replaced)) else None
    return text


def _undeclared(content: bytes, name: str) -> str:
    wide = wide_encoding(content)
    if wide and (text := _strict(content, wide)) is not None:
        return text
    if (text := _as_utf8(content)) is not None:
        return text
    replaced = content.decode("utf-8", "replace")
    wrong = replaced.count("\ufffd")
    if sum(not char.isascii() for char in replaced) - wrong > wrong:
        first = len(replaced.partition("\ufffd")[0].encode())
        line = content.count(b"\n", 0, first) + 1
        what = f"the text is UTF-8 but for some bytes, the first at byte {first + 1}, on line {line}"
        raise unreadable(name, what, "save it anew as UTF-8", code="encoding")
    _refuse_rubbish(content.decode("latin-1"), name)
    text = _strict(content, _guess(content))
    if text is None:
        raise unreadable(name, "the encoding of the text cannot be told", "save it as UTF-8", code="encoding")
    return text


def _as_utf8(content: bytes) -> str | None:
    return _strict(content, "utf-8")


def _strict(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _guess(content: bytes) -> str:
    """Guess the encoding from the lines that are not ASCII; Western European where its letters stand as they do there."""
    lines = b"\n".join(line for line in content.splitlines() if not line.isascii())[:_SAMPLE]
    western = _strict(lines, _WESTERN)
    if western is not None:
        other = re.findall(r"[^\x00-\x7f]+", western)
        if sum(len(piece) == 1 for piece in other) >= 0.8 * len(other):
            return _WESTERN
    from charset_normalizer import from_bytes  # noqa: PLC0415 - heavy: loaded when used

    best = from_bytes(lines, cp_isolation=OFFERED).best()
    return best.encoding if best else _WESTERN
