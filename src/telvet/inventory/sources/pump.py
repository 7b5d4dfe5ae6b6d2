"""Turn records that a library hands over one by one into a well-formed scratch file that the engine loads at once.

* Each line: record number, flaw (or nothing), then exactly as many cells as the header has.
* Blank records are skipped, their numbers are not. Missing cells at the end are empty and counted; cells beyond the header
  that are not empty make the record flawed.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from telvet.inventory.files import Given
from telvet.tables.reading import BETWEEN_FLAWS

__all__ = ["Pump", "flaw"]


def flaw(what: str, fix: str = "", value: str = "", *, code: str) -> str:
    """Write a flaw as the engine takes it."""
    return BETWEEN_FLAWS.join((code, what, fix, value))


class Pump:
    """Writes the scratch file."""

    def __init__(self, scratch: Path, given: Given, width: int) -> None:
        self.path = scratch / f"pumped-{given.digest[:16]}"
        self._width = width
        self._short = 0

    def __enter__(self) -> Self:
        """Open the scratch file."""
        self._stream = self.path.open("w", encoding="utf-8", newline="")
        self._write = csv.writer(self._stream, quoting=csv.QUOTE_ALL, lineterminator="\n").writerow
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self._stream.close()

    def write(self, number: int, cells: Sequence[str], broken: str = "") -> None:
        """Write one record."""
        if not broken and not any(map(str.strip, cells)):
            return
        missing = self._width - len(cells)
        if missing > 0:
            self._short += 1
            self._write((number, broken, *cells, *("",) * missing))
            return
        if missing < 0:
            if beyond := [cell for cell in cells[self._width :] if cell.strip()]:
                what = f"the record has {len(beyond)} cell(s) beyond the header's {self._width} columns"
                broken = broken or flaw(what, "quote cells that hold the delimiter", beyond[0][:60], code="extra-cells")
            cells = cells[: self._width]
        self._write((number, broken, *cells))

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader should know of the records."""
        return (
            (f"{self._short} record(s) are shorter than the header; their missing cells are unknown",)
            if self._short
            else ()
        )
