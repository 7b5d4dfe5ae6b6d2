"""Say which rows were set aside, keep them where a file is named, and refuse an inventory of which none is left."""

from __future__ import annotations

from pathlib import Path

from telvet.cli.output import say
from telvet.errors import InventoryError
from telvet.inventory.reading import Inventory
from telvet.inventory.rejects import write_rejects
from telvet.tables.reading import Reader

__all__ = ["keep_rejects"]

_SHOWN = 10


def keep_rejects(reader: Reader, inventory: Inventory, rejects: Path | None) -> None:
    """Warn of rows that were set aside, and keep them where a file is named; that none is left is an error.

    Raises:
        InventoryError: No row is left.
    """
    count = inventory.rows_rejected
    if not count:
        return
    if rejects:
        write_rejects(reader, inventory, rejects)
    kept = f"kept in {rejects}" if rejects else "keep them with --rejects FILE"
    if not inventory.rows_judged:
        what = f"none of {count:,} rows can be judged ({kept})"
        raise InventoryError(what, inventory.faults, code="no-good-rows", why="nothing would be said about them")
    say(f"{count:,} of {inventory.rows_in:,} rows were set aside as faulty ({kept}):")
    for fault in inventory.faults[:_SHOWN]:
        say(f"  {fault.line()}")
    if inventory.fault_count > _SHOWN:
        say(f"  ... and {inventory.fault_count - _SHOWN:,} more")
