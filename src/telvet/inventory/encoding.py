"""Turn a text file of any usual encoding into UTF-8, in a stream, and say which encoding it was.

* A byte order mark decides; else UTF-8 if every byte of it is; else UTF-16 by its zero bytes; else a guess on a sample.
* A file that is UTF-8 but for a few bytes is a fault, not a guess: guessing would spoil the rest of it.
"""

from __future__ import annotations

import codecs
from pathlib import Path

from telvet.inventory.files import Given, refuse, wide_encoding

__all__ = ["OFFERED", "is_utf8", "utf8_copy"]

_CHUNK = 1024 * 1024
_SAMPLE = 256 * 1024
_FALLBACK = "cp1252"
_USUAL_SIGNS = (
    "\u20ac\u2026\u2018\u2019\u201c\u201d\u201e\u2022\u2013\u2014\u2122\xa0\xa7\xa9\xab\xae\xb0\xb1\xb2\xb4\xb5\xb7\xbb"
)
OFFERED = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp932", "gb18030", "big5", "cp949",
    "euc_jp", "koi8_r",
]  # fmt: skip
"""What texts come in. Where several fit, the guesser ranks them; it is not offered encodings that nobody writes."""


def is_utf8(path: Path) -> int | None:
    """Return None where every byte is UTF-8, else the offset of the first that is not."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    done = 0
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            if not (chunk.isascii() and not decoder.getstate()[0]):
                pending = len(decoder.getstate()[0])
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError as problem:
                    return done - pending + problem.start
            done += len(chunk)
    pending = len(decoder.getstate()[0])
    return done - pending if pending else None


def utf8_copy(given: Given, scratch: Path, *, fault_at: int | None = None) -> tuple[Path, str]:
    """Write a copy in UTF-8 and return it with the name of the encoding that was found.

    Args:
        given: The file, known not to be UTF-8.
        scratch: The folder for the copy.
        fault_at: The offset of the first byte that is not UTF-8, where one was looked for.
    """
    encoding = wide_encoding(given.head)
    if encoding is None:
        encoding = _guess(given, fault_at or 0)
    target = scratch / f"utf8-{given.digest[:16]}"
    for name in dict.fromkeys((encoding, _FALLBACK) if not encoding.startswith("utf") else (encoding,)):
        try:
            _transcode(given.path, name, target)
        except (UnicodeDecodeError, UnicodeError):
            continue
        return target, name
    raise refuse(given.name, "the encoding of the text cannot be told", "save it as UTF-8", code="encoding")


def _transcode(path: Path, encoding: str, target: Path) -> None:
    with (
        path.open("r", encoding=encoding, errors="strict", newline="") as source,
        target.open("w", encoding="utf-8", newline="") as copy,
    ):
        while part := source.read(_CHUNK):
            copy.write(part)


def _guess(given: Given, fault_at: int) -> str:
    """Guess the encoding of a sample around the first byte that is not UTF-8."""
    with given.path.open("rb") as stream:
        stream.seek(max(0, fault_at - _SAMPLE // 2))
        sample = stream.read(_SAMPLE)
    wrong, right = _utf8_sequences(sample)
    if right > wrong:
        record = _records_before(given.path, fault_at)
        what = f"the text is UTF-8 but for some bytes, the first at byte {fault_at + 1}, about line {record}"
        raise refuse(given.name, what, "save it anew as UTF-8", code="encoding")
    from charset_normalizer import from_bytes  # noqa: PLC0415 - heavy: loaded when used

    lines = [line for line in sample.splitlines() if not line.isascii()]
    best = from_bytes(b"\n".join(lines)[:65_536], cp_isolation=OFFERED).best()
    return _FALLBACK if best is None or _reads_western(sample) else best.encoding


def _utf8_sequences(sample: bytes) -> tuple[int, int]:
    """Count bytes that are no UTF-8, and characters of several bytes that are."""
    text = sample.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    return wrong, sum(not char.isascii() for char in text) - wrong


def _reads_western(sample: bytes) -> bool:
    """Tell whether the sample, read as Western European, has only single letters with accents, and usual signs."""
    try:
        text = sample.decode(_FALLBACK)
    except UnicodeDecodeError:
        return False
    places = [place for place, char in enumerate(text) if not char.isascii()]
    letters = [place for place in places if text[place].isalpha()]
    alone = [place for place in letters if text[place - 1 : place].isascii() and text[place + 1 : place + 2].isascii()]
    strange = [place for place in places if not text[place].isalpha() and text[place] not in _USUAL_SIGNS]
    return len(strange) <= 0.05 * len(places) and len(alone) >= 0.8 * len(letters)


def _records_before(path: Path, offset: int) -> int:
    lines = 1
    with path.open("rb") as stream:
        while offset > 0 and (chunk := stream.read(min(_CHUNK, offset))):
            lines += chunk.count(b"\n")
            offset -= len(chunk)
    return lines
