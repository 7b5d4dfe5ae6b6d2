"""Turn the records that were set aside into a CSV file that people can mend and give again.

* Each record stands with its file, its number, all its faults, and its raw cells under the headers of its file.
* The file is private and whole; cells that a spreadsheet would run are defused.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from telvet.inventory.private_file import put_private
from telvet.inventory.reading import Inventory
from telvet.tables.reading import Reader

__all__ = ["write_rejects"]

_FIRST = ("file", "record", "faults")


def write_rejects(reader: Reader, inventory: Inventory, path: Path) -> int:
    """Write the rejected records and return their number; without any, no file is written."""
    if inventory.rejects is None:
        return 0
    columns, places = _columns([inventory.raw_headers[read.name] for read in inventory.files])
    head = io.StringIO()
    csv.writer(head, lineterminator="\n").writerow([_defused(text) for text in (*_FIRST, *columns)])
    passing = reader.scratch / f"rejects-{path.name}"
    reader.write_rejects(inventory.rejects, passing, places)
    put_private(passing, path, before=head.getvalue().encode())
    return inventory.rows_rejected


def _columns(headers: list[tuple[str, ...]]) -> tuple[list[str], list[list[int | None]]]:
    """Unite the headers of all files; return them, and for each file the position of the cell for each."""
    columns: list[tuple[str, int]] = []
    found: list[dict[tuple[str, int], int]] = []
    for header in headers:
        seen: dict[str, int] = {}
        mine: dict[tuple[str, int], int] = {}
        for place, text in enumerate(header):
            seen[text] = seen.get(text, 0) + 1
            key = (text, seen[text])
            mine[key] = place
            if key not in columns:
                columns.append(key)
        found.append(mine)
    names = [text if number == 1 else f"{text} ({number})" for text, number in columns]
    return names, [[mine.get(key) for key in columns] for mine in found]


def _defused(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
