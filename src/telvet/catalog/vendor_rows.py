"""Turns the bytes of the vendor register's CSV files into rows of checked cells.

* Every fault of every file is collected, none stops the reading; the caller raises them together.
* A file that is missing, is not UTF-8 or has another header gives one fault and no rows.
* A row with a fault is left out, so whatever comes back is sound.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from telvet.errors import Fault
from telvet.model.dates import Span, read_span

__all__ = ["RegisterFiles", "Row"]


@dataclass(frozen=True, slots=True)
class Row:
    """One record of one file."""

    file: str
    record: int
    """As a spreadsheet shows it: the header is 1."""
    cells: Mapping[str, str]


@dataclass(frozen=True)
class RegisterFiles:
    """The files of a register, read once, and the faults found in them so far."""

    folder: str
    contents: Mapping[str, bytes]
    faults: list[Fault] = field(default_factory=list)

    def rows(self, name: str, columns: tuple[str, ...]) -> Iterator[Row]:
        """Yield the rows of one file; its header must be these columns in this order."""
        file = f"{self.folder}/{name}"
        if name not in self.contents:
            self.faults.append(Fault(file, None, None, "missing-file", "the register lacks this file"))
            return
        try:
            text = self.contents[name].decode("utf-8")
        except UnicodeDecodeError:
            self.faults.append(Fault(file, None, None, "not-utf-8", "the file is not UTF-8", "save it as UTF-8"))
            return
        reader = csv.reader(io.StringIO(text, newline=""))
        if tuple(next(reader, ())) != columns:
            what = "the header is not the one this table declares"
            self.faults.append(Fault(file, 1, None, "wrong-header", what, f"write {','.join(columns)}"))
            return
        for record, cells in enumerate(reader, start=2):
            if len(cells) == len(columns):
                yield Row(file, record, dict(zip(columns, cells, strict=True)))
            elif cells:
                what = f"the record has {len(cells)} cells, not {len(columns)}"
                self.faults.append(Fault(file, record, None, "wrong-width", what, "quote cells that hold a comma"))

    def fault(self, row: Row, column: str, code: str, what: str, fix: str = "") -> None:
        """Note that a cell is wrong."""
        self.faults.append(Fault(row.file, row.record, column, code, what, fix, row.cells[column][:60] or None))

    def filled(self, row: Row, *columns: str) -> bool:
        """Tell whether none of these cells is empty; note those that are."""
        empty = [column for column in columns if not row.cells[column].strip()]
        for column in empty:
            self.fault(row, column, "empty-cell", "the cell may not be empty")
        return not empty

    def one_of(self, row: Row, column: str, codes: tuple[str, ...]) -> bool:
        """Tell whether a cell holds one of these codes; note it if not."""
        if row.cells[column] in codes:
            return True
        self.fault(row, column, "unknown-code", "the code is not known", f"use one of {', '.join(codes)}")
        return False

    def known(self, row: Row, column: str, ids: Mapping[str, object]) -> bool:
        """Tell whether a cell names something that exists; note it if not."""
        if row.cells[column] in ids:
            return True
        self.fault(row, column, "unknown-id", "nothing in the register has this id")
        return False

    def span(self, row: Row, column: str) -> Span | None:
        """Read a day, month, quarter, year, or `first/last`; None for an empty cell or, noted, an unreadable one."""
        text = row.cells[column].strip()
        if not text:
            return None
        first, slash, last = text.partition("/")
        try:
            span = Span(read_span(first).first, read_span(last if slash else first).last)
        except ValueError as error:
            self.fault(row, column, "bad-date", str(error))
            return None
        if span.last < span.first:
            self.fault(row, column, "bad-date", "the span ends before it begins")
        return span

    def days(self, row: Row, first: str, last: str) -> tuple[date | None, date | None]:
        """Read the first and the last day on which a row holds, each as wide as its cell allows."""
        begins, ends = self.span(row, first), self.span(row, last)
        if begins and ends and ends.last < begins.first:
            self.fault(row, last, "bad-date", "the row ends before it begins")
        return begins.first if begins else None, ends.last if ends else None

    def share(self, row: Row, column: str) -> float | None:
        """Read a percentage above 0 and up to 100; None for an empty cell or, noted, an unreadable one."""
        text = row.cells[column].strip()
        if not text:
            return None
        try:
            value = float(text)
        except ValueError:
            value = -1.0
        if not 0 < value <= 100:  # noqa: PLR2004 - the bounds of a percentage
            self.fault(row, column, "bad-percentage", "a share is a number above 0 and up to 100")
            return None
        return value
