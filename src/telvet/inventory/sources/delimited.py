"""Turn text tables (CSV, TSV, and those with `;` or `|`) into raw tables.

* The delimiter is found by a vote of the first records, quotes honoured; `sep=;` in the first line decides.
* The engine loads what is well formed. What is not (blank lines, short or long records, stray quotes) is pumped record by
  record through the csv module into a well-formed copy, so that every record keeps the number a spreadsheet shows.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from telvet.inventory.encoding import is_utf8, utf8_copy
from telvet.inventory.files import Given, refuse, wide_encoding
from telvet.inventory.reading import Opened
from telvet.inventory.scan import Scan, scan
from telvet.inventory.sources.pump import Pump
from telvet.tables.reading import Reader

__all__ = ["find_delimiter", "open_delimited"]

_DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_RECORDS = 50
_SAMPLE_BYTES = 262_144
_LARGEST_RECORD = 4 * 1024 * 1024
_MANY_COLUMNS = 2000


def open_delimited(reader: Reader, given: Given) -> Opened:
    """Hold a text table's cells in the engine."""
    path, notes = _as_utf8(reader, given)
    sample = _sample(path)
    delimiter, skipped = find_delimiter(sample)
    found = scan(path, delimiter)
    _refuse_broken(given, found)
    header, number = _header(given, sample, delimiter, skipped)
    format_ = "tsv" if delimiter == "\t" else "csv"
    if number == 1 and not (found.carriage_returns or found.open_quote):
        raw = reader.load_delimited(path, header, delimiter, found.records - 1, found.spaces)
        if raw is not None:
            return Opened(raw, format_, notes)
    pumped, more = _pump(reader, given, path, header, delimiter, number)
    return Opened(reader.load_pumped(pumped, header, found.spaces), format_, (*notes, *more))


def find_delimiter(sample: str) -> tuple[str, int]:
    """Return the delimiter of a sample, and how many records stand before the header.

    Each candidate is judged by whether it divides the first record, then by how many of the first records agree on one width
    above 1, then by that width.
    """
    first = sample.split("\n", 1)[0].strip().removeprefix("\ufeff")
    if first.lower().startswith("sep=") and len(first) == 5:  # noqa: PLR2004 - `sep=` and one character
        return first[4], 1
    best, best_score = ",", (False, 0.0, 0)
    for delimiter in _DELIMITERS:
        found = [width for width in _widths(sample, delimiter) if width]
        if not found:
            continue
        width, agreeing = max(Counter(found).items(), key=lambda item: (item[1], item[0]))
        score = (found[0] > 1, agreeing / len(found), width) if width > 1 else (False, 0.0, 0)
        if score > best_score:
            best, best_score = delimiter, score
    return best, 0


def _widths(sample: str, delimiter: str) -> Iterator[int]:
    try:
        for place, record in enumerate(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)):
            if place >= _SAMPLE_RECORDS:
                return
            yield len(record)
    except csv.Error:
        return


def _as_utf8(reader: Reader, given: Given) -> tuple[Path, tuple[str, ...]]:
    wrong = None if wide_encoding(given.head) else is_utf8(given.path)
    if wrong is None and not wide_encoding(given.head):
        return given.path, ()
    path, encoding = utf8_copy(given, reader.scratch, fault_at=wrong)
    return path, (f"read as {encoding}",)


def _sample(path: Path) -> str:
    with path.open("rb") as stream:
        sample = stream.read(_SAMPLE_BYTES)
    if len(sample) == _SAMPLE_BYTES and b"\n" in sample:
        sample = sample[: sample.rindex(b"\n") + 1]
    return sample.decode("utf-8", "ignore").removeprefix("\ufeff")


def _refuse_broken(given: Given, found: Scan) -> None:
    if found.zero_at is not None:
        what = f"this is no text: byte {found.zero_at + 1} is zero"
        raise refuse(given.name, what, "give CSV, XLSX, Parquet or JSON lines", code="binary")
    if found.long_record is not None:
        what = f"the record is longer than {_LARGEST_RECORD // 1024 // 1024} MiB"
        fix = "perhaps a quote is never closed, or line ends are missing"
        raise refuse(given.name, what, fix, record=found.long_record, code="long-record")


def _header(given: Given, sample: str, delimiter: str, skipped: int) -> tuple[tuple[str, ...], int]:
    """Return the header and its record number: the first record that is not blank."""
    for number, record in enumerate(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), 1):
        if number > skipped and any(cell.strip() for cell in record):
            header = tuple(cell.strip() for cell in record)
            if len(header) > _MANY_COLUMNS:
                raise refuse(
                    given.name, f"the header has {len(header)} columns", "is this an inventory?", code="many-columns"
                )
            return header, number
    raise refuse(given.name, "the file has no header", code="empty")


def _pump(
    reader: Reader, given: Given, path: Path, header: tuple[str, ...], delimiter: str, number: int
) -> tuple[Path, tuple[str, ...]]:
    """Write a well-formed copy record by record; short records are padded, long ones are flawed."""
    with path.open(encoding="utf-8-sig", newline="") as stream, Pump(reader.scratch, given, len(header)) as pump:
        lines = _Lines(stream)
        csv.field_size_limit(_LARGEST_RECORD)
        try:
            for place, record in enumerate(csv.reader(lines, delimiter=delimiter), 1):
                if lines.ended:
                    what = "a quote is opened in this record and never closed"
                    raise refuse(given.name, what, "close it, or remove it", record=place, code="open-quote")
                if place > number:
                    pump.write(place, record)
        except csv.Error as problem:
            raise refuse(given.name, f"the text is no table: {problem}", record=place + 1, code="csv") from None
        return pump.path, pump.notes


class _Lines:
    """Lines of a stream, and whether the reader asked for one beyond the last while within a record."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        self._stream = stream
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        yield from self._stream
        self.ended = True
