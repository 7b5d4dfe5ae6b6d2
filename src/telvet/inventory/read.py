"""READ: turn files into one canonical equipment relation with its origin, and the records that were set aside.

* Rows in = rows judged + rows rejected, for every file.
* What keeps a file from being read at all is an InventoryError that lists every such fault of every file.
* A checked snapshot is trusted and looked at in place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from telvet.errors import Fault, InventoryError, TelvetError
from telvet.inventory.cells import Words, shipped_words
from telvet.inventory.files import Given, examine_all, refuse, unchanged
from telvet.inventory.mapping import Mapped, map_headers, unknown_columns, unused_maps
from telvet.inventory.numbers import RANGES
from telvet.inventory.reading import Inventory, Opened, Progress, Shown, plainly
from telvet.inventory.snapshot import headers_of, is_snapshot
from telvet.inventory.sources.delimited import open_delimited
from telvet.inventory.sources.jsonl import open_json
from telvet.inventory.sources.parquet import open_parquet, parquet_marks
from telvet.inventory.sources.xlsx import open_xlsx
from telvet.inventory.spelling import spell_file
from telvet.model.finding import InputRead
from telvet.tables.equipment import EQUIPMENT
from telvet.tables.reading import Flaw, Plan, Reader, ReadingRefused, SetAside, Staged, Take

__all__ = ["SHOWN_FAULTS", "Inventory", "Progress", "read_inventory", "show_mappings"]

SHOWN_FAULTS = 1000
"""Faults that an inventory lists; all of them stand in the rejects."""
_LACKING = frozenset({"no-id-column", "no-maker-column"})
"""Faults that whoever looks at the mapping is looking for."""


class _File:
    """A file on its way through READ."""

    def __init__(self, given: Given, opened: Opened | None, mapped: Mapped | None, marks: Mapping[str, str]) -> None:
        self.given, self.opened, self.mapped, self.marks = given, opened, mapped, marks
        self.notes: tuple[str, ...] = (*opened.notes, *mapped.notes) if opened and mapped else ()


def read_inventory(
    reader: Reader,
    paths: Sequence[Path],
    *,
    maps: Mapping[str, str] | None = None,
    strict: bool = False,
    sheet: str | None = None,
    progress: Progress | None = None,
) -> Inventory:
    """Read inventories of any format to one canonical relation.

    Args:
        reader: The engine.
        paths: The files.
        maps: Our column by their header; an empty column leaves the header out.
        strict: Refuse an inventory with any fault.
        sheet: The sheet of a workbook; the first visible one by default.
        progress: Hears what is being read.

    Raises:
        InventoryError: A file cannot be read, or `strict` and a row is faulty.
    """
    words = shipped_words()
    files = _open_all(reader, paths, maps or {}, sheet, words)
    staged = [_stage(reader, file, number, words) for number, file in enumerate(_heard(files, progress))]
    if empty := [file for file, one in zip(files, staged, strict=True) if not one.rows_in]:
        what = "the file has a header but no row"
        faults = tuple(Fault(file.given.name, None, None, "no-rows", what, "export it again") for file in empty)
        raise InventoryError("an inventory has no rows", faults, code="no-rows")
    try:
        united = reader.unite(staged, shown=SHOWN_FAULTS)
    except ReadingRefused as problem:
        raise InventoryError("the inventories cannot be united", code="engine", why=plainly(problem)) from problem
    for file in files:
        unchanged(file.given)
    inventory = _inventory(files, staged, united)
    if strict and inventory.fault_count:
        what = f"{inventory.rows_rejected} of {inventory.rows_in} rows are faulty"
        raise InventoryError(what, inventory.faults, code="faulty-rows", why="--strict allows none")
    return inventory


def show_mappings(
    reader: Reader, paths: Sequence[Path], maps: Mapping[str, str] | None = None, sheet: str | None = None
) -> list[Shown]:
    """Return how each header of each file is read, and which column is lacking.

    Raises:
        InventoryError: A file cannot be read, or `maps` leads nowhere.
    """
    shown = []
    for file in _open_all(reader, paths, maps or {}, sheet, shipped_words(), bear=_LACKING):
        if file.mapped is not None:
            shown.append(Shown(tuple(file.mapped.rows), tuple(file.mapped.faults)))
            continue
        held = (pair for headers in headers_of(file.marks).values() for pair in headers.items())
        shown.append(Shown(tuple((theirs, ours, "snapshot") for ours, theirs in held)))
    return shown


def _heard(files: list[_File], progress: Progress | None) -> list[_File]:
    if progress:
        for done, file in enumerate(files):
            progress(f"reading {file.given.name}", done, len(files))
    return files


def _open_all(
    reader: Reader,
    paths: Sequence[Path],
    maps: Mapping[str, str],
    sheet: str | None,
    words: Words,
    bear: frozenset[str] = frozenset(),
) -> list[_File]:
    """Open and map every file; all faults are raised together, but for those of mapping whose codes are borne."""
    faults = unknown_columns(maps)
    files: list[_File] = []
    refused: list[InventoryError] = []
    for given in examine_all(paths):
        try:
            files.append(_open(reader, given, maps, sheet, words))
        except InventoryError as error:
            refused.append(error)
        except ReadingRefused as problem:
            what = f"the engine cannot read the file: {plainly(problem)}"
            refused.append(refuse(given.name, what, "export it again", code="damaged"))
    mapped = [file.mapped for file in files if file.mapped]
    if not refused:
        faults.extend(unused_maps(maps, mapped))
    faults.extend(fault for one in mapped for fault in one.faults if fault.code not in bear)
    faults.extend(fault for error in refused for fault in error.faults)
    if faults:
        raise _unreadable(faults)
    return files


def _unreadable(faults: Sequence[Fault]) -> InventoryError:
    what = f"{len(faults)} faults keep the inventory from being read"
    if len(faults) == 1:
        what = f"{faults[0].file} leads nowhere" if faults[0].file == "--map" else f"{faults[0].file} cannot be read"
    return InventoryError(what, tuple(faults), code=faults[0].code)


def _open(reader: Reader, given: Given, maps: Mapping[str, str], sheet: str | None, words: Words) -> _File:
    if given.kind == "parquet":
        marks = parquet_marks(reader, given)
        if is_snapshot(marks):
            return _File(given, None, None, marks)
        opened = open_parquet(reader, given)
    elif given.kind == "xlsx":
        opened = open_xlsx(
            reader,
            given,
            sheet,
            lambda header: map_headers(given.name, header, words.headers, maps).positions.values(),
        )
    elif given.kind == "json":
        opened = open_json(reader, given)
    else:
        opened = open_delimited(reader, given)
    return _File(given, opened, map_headers(given.name, opened.raw.header, words.headers, maps), {})


def _stage(reader: Reader, file: _File, number: int, words: Words) -> Staged:
    name = file.given.name
    try:
        if file.opened is None or file.mapped is None:
            return reader.open_snapshot(file.given.path, number, name)
        takes = tuple(
            Take(EQUIPMENT.column(ours), position, *RANGES.get(ours, (0.0, 1e300)))
            for ours, position in file.mapped.positions.items()
        )
        plan = Plan(number, name, file.opened.raw, takes, tuple(sorted(words.headers.blanks)))
        file.notes += spell_file(reader, plan, file.mapped.foreign, words)
        staged = reader.stage(plan)
    except ReadingRefused as problem:
        fault = Fault(
            name, None, None, "damaged", f"the file cannot be read to its end: {plainly(problem)}", "export it again"
        )
        raise InventoryError(f"{name} cannot be read", (fault,), code="damaged") from problem
    if staged.blank:
        file.notes += (f"{staged.blank} blank row(s) were skipped",)
    return staged


def _inventory(files: list[_File], staged: list[Staged], united: SetAside) -> Inventory:
    reads = []
    for file, one, judged, rejected in zip(files, staged, united.judged, united.rejected, strict=True):
        if one.rows_in != judged + rejected:
            what = f"{one.file}: {one.rows_in} rows came in, {judged} are judged and {rejected} rejected"
            raise TelvetError(what, code="rows-lost", why="rows in must be rows judged and rows rejected")
        format_ = file.opened.format if file.opened else "snapshot"
        reads.append(InputRead(one.file, file.given.digest, format_, one.rows_in, judged, rejected, file.notes))
    headers: dict[str, Mapping[str, str]] = {}
    for file in files:
        headers.update({file.given.name: file.mapped.headers} if file.mapped else headers_of(file.marks))
    return Inventory(
        relation=united.relation,
        files=tuple(reads),
        headers=headers,
        faults=tuple(_fault(flaw, {file.given.name: file for file in files}) for flaw in united.flaws),
        fault_count=united.flaw_count,
        rejects=united.rejects,
        rows_in=sum(one.rows for one in reads),
        rows_judged=sum(one.judged for one in reads),
        rows_rejected=sum(one.rejected for one in reads),
        notes=tuple(f"{one.name}: {note}" for one in reads for note in one.notes),
        raw_headers={file.given.name: file.opened.raw.header if file.opened else EQUIPMENT.names for file in files},
    )


def _fault(flaw: Flaw, files: Mapping[str, _File]) -> Fault:
    file = files.get(flaw.file)
    header = file.opened.raw.header if file and file.opened else ()
    field = header[flaw.position] if flaw.position is not None and flaw.position < len(header) else flaw.column
    value = flaw.value if flaw.value is None or len(flaw.value) <= 60 else flaw.value[:59] + "…"  # noqa: PLR2004
    return Fault(flaw.file, flaw.record, field, flaw.code, flaw.what, flaw.fix, value)
