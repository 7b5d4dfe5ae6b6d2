"""Turn a sheet of an XLSX workbook into a raw table.

* The archive is inflated once under limits before it is opened: a bomb, a lie about sizes, or damage is an error.
* Values are the cached ones; a formula without one is a flaw of its record where its column is read, for nobody here computes.
* Dates come as ISO text, whole numbers without decimals, and record numbers are the sheet's row numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from telvet.inventory.files import Given, refuse
from telvet.inventory.reading import Opened
from telvet.inventory.sources.pump import Pump, flaw
from telvet.inventory.sources.workbook import Sheet, column_number, inspect
from telvet.tables.codes import nearest
from telvet.tables.reading import Reader

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

__all__ = ["cell_text", "open_xlsx"]

_MIDNIGHT = time()
Cell = int | float | str | bool | time | date | datetime | timedelta


def open_xlsx(
    reader: Reader,
    given: Given,
    sheet: str | None = None,
    used: Callable[[tuple[str, ...]], Collection[int]] | None = None,
) -> Opened:
    """Hold the cells of a sheet in the engine: the named one, or the first visible one that is not empty.

    Args:
        reader: The engine.
        given: The workbook.
        sheet: The sheet's name.
        used: Tells from the header which columns are read; all by default.
    """
    import python_calamine  # noqa: PLC0415 - heavy: loaded when used

    workbook = inspect(given)
    try:
        with python_calamine.CalamineWorkbook.from_path(given.path) as book:
            cells, notes = _choose(book, given, sheet)
            found = workbook.sheet(cells.name)
            header, number, rows = _header(given, _rows(cells))
            read = frozenset(used(header) if used else range(len(header)))
            with Pump(reader.scratch, given, len(header)) as pump:
                for place, row in rows:
                    pump.write(place, row, _broken(found, place, read))
    except python_calamine.PasswordError:
        raise refuse(
            given.name, "the workbook is protected by a password", "save it without one", code="encrypted"
        ) from None
    except (python_calamine.CalamineError, ValueError, OSError) as problem:
        raise refuse(given.name, f"the workbook cannot be read: {problem}", "save it again", code="damaged") from None
    if computed := found.formulas - sum(map(len, found.uncomputed.values())):
        notes = (*notes, f"{computed} cell(s) hold formulas; their last computed values were read")
    if number > 1:
        notes = (*notes, f"the header is row {number}")
    return Opened(reader.load_pumped(pump.path, header), "xlsx", (*notes, *pump.notes))


def cell_text(cell: Cell) -> str:
    """Write a cell as text."""
    match cell:
        case str():
            return cell
        case bool():
            return "yes" if cell else "no"
        case float():
            return str(int(cell)) if cell.is_integer() else repr(cell)
        case datetime():
            return cell.date().isoformat() if cell.time() == _MIDNIGHT else cell.isoformat(" ", "seconds")
        case date() | time():
            return cell.isoformat()
        case _:
            return str(cell)


def _choose(book: CalamineWorkbook, given: Given, wanted: str | None) -> tuple[CalamineSheet, tuple[str, ...]]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415

    sheets = [one for one in book.sheets_metadata if one.typ is SheetTypeEnum.WorkSheet]
    names = tuple(one.name for one in sheets)
    if wanted is not None:
        if wanted not in names:
            near = nearest(wanted, names)
            fix = f"did you mean {near!r}?" if near else f"it has {', '.join(map(repr, names))}"
            raise refuse(given.name, f"the workbook has no sheet {wanted!r}", fix, code="no-sheet")
        return book.get_sheet_by_name(wanted), ()
    for one in sheets:
        if one.visible is SheetVisibleEnum.Visible and (cells := book.get_sheet_by_name(one.name)).start is not None:
            others = [name for name in names if name != one.name]
            return cells, (f"sheet {one.name!r} was read, not {', '.join(map(repr, others))}",) if others else ()
    raise refuse(given.name, "no visible sheet of the workbook has a cell", code="empty")


def _rows(cells: CalamineSheet) -> Iterator[tuple[int, list[str]]]:
    """Yield each row's number and texts; cells start at the sheet's first column."""
    for place, row in enumerate(cells.iter_rows(), 1):
        yield place, [cell if isinstance(cell, str) else cell_text(cell) for cell in row]


def _header(
    given: Given, rows: Iterator[tuple[int, list[str]]]
) -> tuple[tuple[str, ...], int, Iterator[tuple[int, list[str]]]]:
    for number, row in rows:
        if any(cell.strip() for cell in row):
            while not row[-1].strip():
                row.pop()
            return tuple(cell.strip() for cell in row), number, rows
    raise refuse(given.name, "the sheet has no header", code="empty")


def _broken(sheet: Sheet, row: int, read: Collection[int]) -> str:
    """Say what is wrong with a row's formulas in the columns that are read, or nothing."""
    if cells := [
        cell for cell in sheet.uncomputed.get(row, ()) if column_number(cell.rstrip("0123456789")) - 1 in read
    ]:
        what = f"the formula in {', '.join(cells)} has no computed value"
        return flaw(what, "open and save the workbook in a spreadsheet program, or put the value there", code="formula")
    return ""
