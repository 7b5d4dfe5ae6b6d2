"""Turn a canonical relation into a checked Parquet snapshot, and tell such a snapshot from other Parquet files.

* A snapshot carries the version of the equipment table and the headers its columns came from; a reader that knows the
  version trusts it and skips checking.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from telvet.inventory.private_file import put_private
from telvet.inventory.reading import Inventory
from telvet.tables.reading import Reader

__all__ = ["VERSION", "headers_of", "is_snapshot", "write_parquet"]

VERSION = "1"
"""Of the equipment table's canonical form; raised when its columns or spellings change."""
_MARK, _HEADERS = "telvet.equipment", "telvet.headers"


def write_parquet(reader: Reader, inventory: Inventory, path: Path) -> None:
    """Write the canonical relation as a snapshot that only its owner can read."""
    marks = {_MARK: VERSION, _HEADERS: json.dumps(inventory.headers, ensure_ascii=False, sort_keys=True)}
    passing = reader.scratch / f"snapshot-{path.name}"
    reader.write_parquet(inventory.relation, passing, marks)
    put_private(passing, path)


def is_snapshot(marks: Mapping[str, str]) -> bool:
    """Tell whether a Parquet file's metadata marks a snapshot of this version."""
    return marks.get(_MARK) == VERSION


def headers_of(marks: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return the headers that a snapshot's columns came from, for each file."""
    try:
        held = json.loads(marks.get(_HEADERS, "{}"))
    except ValueError:
        return {}
    return {str(file): {str(ours): str(theirs) for ours, theirs in headers.items()} for file, headers in held.items()}
