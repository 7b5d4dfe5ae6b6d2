"""Turn files of operators and overlays, YAML or CSV, into canonical rows; every fault of a file is raised together.

* A row is a mapping of declared columns to their canonical spellings; an unknown fact is left out.
* In YAML a list may stand where a cell would hold one. Faults name the line (YAML) or the record (CSV).
* An operator is named once; an overlay names its kind and subject.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from telvet.catalog.headers import fold_name
from telvet.catalog.yaml_reading import parse_yaml
from telvet.errors import Fault, OperatorsError
from telvet.inventory.attested import canonical_attestation
from telvet.inventory.cells import CellFault, Settled, canonical, settle
from telvet.inventory.sources.delimited import find_delimiter
from telvet.model.finding import InputRead
from telvet.tables.beside import OPERATORS, OVERLAYS
from telvet.tables.codes import nearest
from telvet.tables.columns import Column, Kind, Table

__all__ = ["Operators", "Overlays", "read_operators", "read_overlay_files", "read_overlays"]

_SUFFIXES = (".yaml", ".yml", ".csv")
_LISTS = frozenset({Kind.CODES, Kind.LABELS, Kind.NUMBERS})
_LARGEST = 64 * 1024 * 1024
_OF_A_PROVISION = frozenset({"waiver", "temporary_licence", "extension", "variation"})
"""Kinds of overlays that change a provision, and so must name one."""
_COUNTRY = Column("subject", Kind.COUNTRY, "The country that permits.")


@dataclass(frozen=True, slots=True)
class Operators:
    """Operators by canonical rows, and the file that they came from."""

    rows: tuple[dict[str, str], ...]
    file: InputRead


@dataclass(frozen=True, slots=True)
class Overlays:
    """Overlays by canonical rows, and the files that they came from."""

    rows: tuple[dict[str, str], ...]
    files: tuple[InputRead, ...]


@dataclass(frozen=True, slots=True)
class _Cell:
    line: int
    field: str
    text: str


def read_operators(path: Path) -> Operators:
    """Read the operators table."""
    rows, file, faults = _read(path, OPERATORS)
    seen: dict[str, int] = {}
    for line, row in rows:
        name = row.get("operator", "")
        if name and (first := seen.setdefault(name, line)) != line:
            what = f"the operator is named twice, first in {'line' if file.format == 'yaml' else 'record'} {first}"
            faults.append(Fault(path.name, line, "operator", "operator-twice", what, "keep one of them", name))
    _raise([path.name], faults)
    return Operators(tuple(row for _, row in rows), file)


def read_overlays(paths: Sequence[Path]) -> tuple[dict[str, str], ...]:
    """Read overlays from files, and from folders of such files."""
    return read_overlay_files(paths).rows


def read_overlay_files(paths: Sequence[Path], known: Collection[str] | None = None) -> Overlays:
    """Read overlays; keep what is known of their files.

    Args:
        paths: Files, and folders of files.
        known: The provisions and packs that there are; where given, what changes a provision must name one of them.
    """
    faults: list[Fault] = []
    rows: list[dict[str, str]] = []
    files: list[InputRead] = []
    for path in _unfolded(paths, faults):
        found, file, mine = _read(path, OVERLAYS)
        faults.extend(mine)
        rows.extend(_spelled(file.name, line, row, faults) for line, row in found)
        if known is not None:
            faults.extend(fault for line, row in found for fault in _aimless(file.name, line, row, known))
        files.append(file)
    _raise([path.name for path in paths], faults)
    return Overlays(tuple(rows), tuple(files))


def _spelled(name: str, line: int, row: dict[str, str], faults: list[Fault]) -> dict[str, str]:
    """Spell what an attestation says, and the country that permits something, as a cell would be."""
    field = {"attestation": "text", "permits": "subject"}.get(row.get("kind", ""))
    if field is None:
        return row
    text = row.get(field, "")
    try:
        spelling = canonical_attestation(text) if field == "text" else canonical(_COUNTRY, text)
    except CellFault as fault:
        faults.append(Fault(name, line, field, fault.code, fault.what, fault.fix, text[:60] or None))
        return row
    return {**row, field: spelling} if spelling else row


def _aimless(name: str, line: int, row: Mapping[str, str], known: Collection[str]) -> Iterator[Fault]:
    """Yield the fault of an overlay that would change nothing, for there is no such provision."""
    provision = row.get("provision")
    if row.get("kind") not in _OF_A_PROVISION or provision in known:
        return
    if provision is None:
        yield Fault(
            name, line, "provision", "no-provision", f"the {row['kind']} is for no provision", "name one, or a pack"
        )
        return
    near = nearest(provision, tuple(sorted(known)))
    fix = f"did you mean {near!r}?" if near else "`telvet law list` shows them all"
    yield Fault(name, line, "provision", "law-unknown", "no pack or provision is called so", fix, provision)


def _unfolded(paths: Sequence[Path], faults: list[Fault]) -> Iterator[Path]:
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        inner = sorted(one for one in path.iterdir() if one.suffix.lower() in _SUFFIXES and one.is_file())
        if not inner:
            faults.append(Fault(path.name, None, None, "empty", f"the folder has no {', '.join(_SUFFIXES)} file"))
        yield from inner


def _raise(names: Sequence[str], faults: list[Fault]) -> None:
    if faults:
        what = f"{', '.join(names)}: {len(faults)} fault{'s' * (len(faults) > 1)}"
        raise OperatorsError(what, tuple(faults), code=faults[0].code)


def _read(path: Path, table: Table) -> tuple[list[tuple[int, dict[str, str]]], InputRead, list[Fault]]:
    """Read one file; return its rows with their lines, what is known of it, and its faults."""
    data, faults = _bytes(path)
    format_ = "csv" if path.suffix.lower() in (".csv", ".tsv", ".txt") else "yaml"
    records: list[tuple[int, dict[str, _Cell]]] = []
    if not faults:
        try:
            text = data.decode("utf-8-sig")
            raw = _csv(text, path.name, faults) if format_ == "csv" else _yaml(text, path.name, table, faults)
            records = [(line, _known(path.name, cells, table, faults)) for line, cells in raw]
        except UnicodeDecodeError as problem:
            what = f"the file is not UTF-8 (byte {problem.start + 1})"
            faults.append(Fault(path.name, None, None, "encoding", what, "save it as UTF-8"))
        except OperatorsError as error:
            faults.extend(error.faults)
    rows = _canonical(path.name, records, table, faults)
    if not records and not faults:
        faults.append(Fault(path.name, None, None, "no-rows", f"the file has no {table.name}"))
    file = InputRead(path.name, hashlib.sha256(data).hexdigest(), format_, len(rows), len(rows), 0)
    return rows, file, faults


def _bytes(path: Path) -> tuple[bytes, list[Fault]]:
    try:
        if path.stat().st_size > _LARGEST:
            return b"", [Fault(path.name, None, None, "too-large", "the file is larger than 64 MiB")]
        data = path.read_bytes()
    except OSError as problem:
        reason = (problem.strerror or str(problem)).lower()
        return b"", [
            Fault(path.name, None, None, "unreadable", f"the file cannot be opened: {reason}", "check the path")
        ]
    if not data.strip():
        return data, [Fault(path.name, None, None, "empty", "the file is empty")]
    if b"\0" in data:
        return data, [Fault(path.name, None, None, "binary", "this is no text", "give YAML or CSV")]
    return data, []


def _yaml(text: str, name: str, table: Table, faults: list[Fault]) -> Iterator[tuple[int, list[_Cell]]]:
    document = parse_yaml(text, name, OperatorsError)
    value: Any = document.value
    top: tuple[str, ...] = ()
    if isinstance(value, dict) and table.name in value:
        if more := [key for key in value if key != table.name]:
            faults.append(
                Fault(name, document.line(more[0]), more[0], "unknown-key", f"{more[0]!r} does not belong here")
            )
        value, top = value[table.name], (table.name,)
    if not isinstance(value, list):
        what = f"a list of {table.name} is expected, or `{table.name}:` and a list below it"
        faults.append(Fault(name, document.line(*top), None, "yaml", what))
        return
    for place, row in enumerate(value):
        line = document.line(*top, place)
        if not isinstance(row, dict):
            faults.append(Fault(name, line, None, "yaml", "an entry must be a mapping of columns to values"))
            continue
        cells = []
        for key, held in row.items():
            at = document.line(*top, place, key)
            if (cell := _yaml_text(held)) is None:
                faults.append(Fault(name, at, key, "yaml", "a value must be text, a number, or a list of them"))
            else:
                cells.append(_Cell(at, key, cell))
        yield line, cells


def _yaml_text(value: Any) -> str | None:  # noqa: ANN401 - YAML may hold anything
    """Write a value as a cell would, or return None where no cell could."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str | int | float):
        return str(value)
    if isinstance(value, list):
        parts = [_yaml_text(part) if not isinstance(part, list) else None for part in value]
        return ";".join(part for part in parts if part) or "none" if None not in parts else None
    return None


def _csv(text: str, name: str, faults: list[Fault]) -> Iterator[tuple[int, list[_Cell]]]:
    delimiter, skipped = find_delimiter(text)
    header: list[str] = []
    try:
        for record, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 1):
            if record <= skipped or not any(map(str.strip, cells)):
                continue
            if not header:
                header = [cell.strip() for cell in cells]
                continue
            if any(cell.strip() for cell in cells[len(header) :]):
                faults.append(Fault(name, record, None, "extra-cells", "the record has cells beyond the header"))
                continue
            yield record, [_Cell(record, field, cell) for field, cell in zip(header, cells, strict=False)]
    except csv.Error as problem:
        faults.append(Fault(name, None, None, "csv", f"the text is no table: {problem}"))


def _known(name: str, cells: list[_Cell], table: Table, faults: list[Fault]) -> dict[str, _Cell]:
    """Keep the cells of declared columns; others are faults that name the nearest."""
    own = {fold_name(column.name): column.name for column in table.columns}
    found: dict[str, _Cell] = {}
    for cell in cells:
        column = own.get(fold_name(cell.field))
        if column is None or column in found:
            what = (
                f"{cell.field!r} is no column of {table.name}" if column is None else f"{cell.field!r} is given twice"
            )
            near = nearest(cell.field, table.names)
            fix = f"did you mean {near!r}?" if near else f"use one of {', '.join(table.names)}"
            fault = Fault(
                name, cell.line, cell.field, "unknown-column", what, fix if column is None else "keep one of them"
            )
            # In a table the same header would be said again for every record.
            if not any((one.field, one.code) == (fault.field, fault.code) for one in faults):
                faults.append(fault)
        else:
            found[column] = cell
    return found


def _canonical(
    name: str, records: Sequence[tuple[int, Mapping[str, _Cell]]], table: Table, faults: list[Fault]
) -> list[tuple[int, dict[str, str]]]:
    settled = {
        column.name: settle(column, (cells[column.name].text.strip() for _, cells in records if column.name in cells))
        for column in table.columns
    }
    rows = []
    for line, cells in records:
        row: dict[str, str] = {}
        for column in table.columns:
            if cell := cells.get(column.name):
                value = _value(name, cell, column, settled[column.name], faults)
                if value is not None:
                    row[column.name] = value
            if column.key and column.name not in row and not (cell and cell.text.strip()):
                what = f"{column.name} is missing"
                faults.append(Fault(name, line, column.name, "no-key", what, f"every row of {table.name} names it"))
        if (row.get("from") or "") > (row.get("to") or "9999"):
            faults.append(Fault(name, line, "to", "dates-crossed", "it ends before it begins", "correct one of them"))
        rows.append((line, row))
    return rows


def _value(name: str, cell: _Cell, column: Column, settled: Settled, faults: list[Fault]) -> str | None:
    text = cell.text
    if column.kind not in _LISTS and text == "none" and column.kind is not Kind.TEXT:
        text = ""
    try:
        return canonical(column, text, settled)
    except CellFault as fault:
        faults.append(Fault(name, cell.line, cell.field, fault.code, fault.what, fault.fix, cell.text[:60]))
        return None
