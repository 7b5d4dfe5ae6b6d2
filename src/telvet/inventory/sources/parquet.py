"""Turn Parquet files into raw tables that the engine looks at in place; nothing is materialised here."""

from __future__ import annotations

from telvet.inventory.files import Given, refuse
from telvet.inventory.reading import Opened, plainly
from telvet.tables.reading import Reader, ReadingRefused

__all__ = ["open_parquet", "parquet_marks"]

_MAGIC = b"PAR1"
_TRUNCATED = "the Parquet file is damaged or cut off"


def parquet_marks(reader: Reader, given: Given) -> dict[str, str]:
    """Return the key-value metadata, or raise InventoryError where the file is damaged."""
    with given.path.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(0, size - len(_MAGIC)))
        if size < 3 * len(_MAGIC) or stream.read() != _MAGIC:
            raise refuse(given.name, _TRUNCATED, "copy or export it again", code="damaged")
    try:
        return dict(reader.parquet_marks(given.path))
    except ReadingRefused as problem:
        raise refuse(
            given.name, f"{_TRUNCATED}: {plainly(problem)}", "copy or export it again", code="damaged"
        ) from None


def open_parquet(reader: Reader, given: Given) -> Opened:
    """Look at a Parquet file of any columns."""
    try:
        return Opened(reader.load_parquet(given.path), "parquet")
    except ReadingRefused as problem:
        raise refuse(
            given.name, f"{_TRUNCATED}: {plainly(problem)}", "copy or export it again", code="damaged"
        ) from None
