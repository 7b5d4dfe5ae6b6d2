"""Turn the bytes of a UTF-8 text table into what is to be known before it is parsed, in one pass and bounded memory.

* Counts records (line ends outside quotes) by chunks, not by lines; the engine's own count has to agree with it.
* Finds zero bytes, a record too long to be one, and spaces other than the common one.
* Blank lines need no search: the engine skips them, so that its count does not agree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from telvet.tables.reading import Spaces

__all__ = ["Scan", "scan"]

_CHUNK = 1024 * 1024
_LONGEST_CHUNKS = 4
_DEFUSED = (b"'-", b"'+", b"'=", b"'@")
_ODD_SPACES = (
    b"\xc2\xa0", b"\xc2\xad", b"\xe1\x9a\x80", b"\xe2\x80", b"\xe2\x81\x9f", b"\xe2\x81\xa0", b"\xe3\x80\x80", b"\xef\xbb\xbf",
)  # fmt: skip


@dataclass(slots=True)
class Scan:
    """What one pass over the bytes tells."""

    records: int = 0
    """Records, the header among them."""
    zero_at: int | None = None
    """Offset of the first zero byte."""
    long_record: int | None = None
    """Number of the first record that is too long."""
    spaces: Spaces = Spaces.TIDY
    multiline: bool = False
    """Some quoted cell may hold a line end."""
    open_quote: bool = False
    """The number of quotes is odd."""
    carriage_returns: bool = False
    """Lines end by carriage returns alone, at least somewhere."""


def scan(path: Path, delimiter: str) -> Scan:
    """Scan a file."""
    found = Scan()
    edge = _edge(delimiter)
    quoted, without_end, done, tail = False, 0, 0, b"\n"
    with path.open("rb") as stream:
        stream.seek(3 if stream.read(3) == b"\xef\xbb\xbf" else 0)
        while chunk := stream.read(_CHUNK):
            if found.zero_at is None and (zero := chunk.find(b"\0")) >= 0:
                found.zero_at = done + zero
            outside = chunk
            if b'"' in chunk or quoted:
                parts = chunk.split(b'"')
                outside = b"".join(parts[1 if quoted else 0 :: 2])
                found.multiline = found.multiline or outside.count(b"\n") != chunk.count(b"\n")
                quoted = quoted != (len(parts) % 2 == 0)
            ends = outside.count(b"\n")
            without_end = 0 if ends else without_end + 1
            if without_end >= _LONGEST_CHUNKS and found.long_record is None:
                found.long_record = found.records + 1
            found.records += ends
            _look(found, tail[-4:] + chunk, edge, tab=delimiter != "\t")
            tail = (tail + chunk)[-4:]
            done += len(chunk)
    found.records += _unended(path)
    found.open_quote = quoted
    return found


def _unended(path: Path) -> int:
    """Return what the line ends at the very end of the file miscount: blank lines there, or a last line without end."""
    with path.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(0, size - _CHUNK))
        last = stream.read()
    return 1 - last[len(last.rstrip()) :].count(b"\n")


def _edge(delimiter: str) -> re.Pattern[bytes]:
    """Return a pattern for a space at the edge of a cell; it begins with the space, which is fast to look for."""
    marks = re.escape(delimiter.encode()) + rb'"\n\r'
    return re.compile(rb" (?:[%b]|(?<=[%b] ))" % (marks, marks))


def _look(found: Scan, chunk: bytes, edge: re.Pattern[bytes], *, tab: bool) -> None:
    if not found.carriage_returns and b"\r" in chunk:
        found.carriage_returns = chunk.count(b"\r") - chunk.count(b"\r\n") > chunk.endswith(b"\r")
    if found.spaces is not Spaces.ANY:
        odd = (b"\v", b"\f", *(_DEFUSED if b"'" in chunk else ()), *(() if chunk.isascii() else _ODD_SPACES))
        if (tab and b"\t" in chunk) or any(text in chunk for text in odd) or found.multiline:
            found.spaces = Spaces.ANY
        elif found.spaces is Spaces.TIDY and edge.search(chunk):
            found.spaces = Spaces.COMMON
