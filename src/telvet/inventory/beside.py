"""Turn files of what stands beside equipment, YAML or CSV, into canonical rows; every fault of a file is raised together.

* A row is a mapping of declared columns to their canonical spellings; an unknown fact is left out.
* In YAML a list may stand where a cell would hold one. Faults name the line (YAML) or the record (CSV).
* An operator, partner, arrangement or assertion is named once; an overlay names its kind and subject.
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
from telvet.model.position import POSITIONS
from telvet.tables.beside import ARRANGEMENTS, ASSERTIONS, OPERATORS, OVERLAYS, PARTNERS
from telvet.tables.codes import GENERATIONS, nearest
from telvet.tables.columns import Column, Kind, Table

__all__ = [
    "Named", "Operators", "Overlays", "read_arrangements", "read_assertions", "read_operators", "read_overlay_files",
    "read_overlays", "read_partners",
]  # fmt: skip

_SUFFIXES = (".yaml", ".yml", ".csv")
_LISTS = frozenset({Kind.CODES, Kind.LABELS, Kind.NUMBERS})
_LARGEST = 64 * 1024 * 1024
_OF_A_PROVISION = frozenset({"waiver", "temporary_licence", "extension", "variation"})
"""Kinds of overlays that change a provision, and so must name one."""
_COUNTRY = Column("subject", Kind.COUNTRY, "The country of which it speaks.")
_OF_COUNTRIES = frozenset({"permits", "deploys", "position"})
_POSITIONS = tuple(position for position in POSITIONS if position != "unknown")
_WHOLE = 100.0


@dataclass(frozen=True, slots=True)
class Named:
    """Rows of a table, each named once, and the file that they came from."""

    rows: tuple[dict[str, str], ...]
    file: InputRead


Operators = Named
"""Operators by canonical rows, and the file that they came from."""


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
    return _named(path, OPERATORS, "operator")


def read_partners(path: Path) -> Named:
    """Read the partners table."""
    return _named(path, PARTNERS, "partner")


def read_arrangements(path: Path) -> Named:
    """Read the arrangements table."""
    return _named(path, ARRANGEMENTS, "arrangement")


def read_assertions(path: Path) -> Named:
    """Read the assertions table; one that nobody signed, without source or date, or about nowhere, is a fault."""
    return _named(path, ASSERTIONS, "assertion")


def _named(path: Path, table: Table, word: str) -> Named:
    rows, file, faults = _read(path, table)
    key, seen = table.names[0], dict[str, int]()
    for line, row in rows:
        name = row.get(key, "")
        if name and (first := seen.setdefault(name, line)) != line:
            what = f"the {word} is named twice, first in {'line' if file.format == 'yaml' else 'record'} {first}"
            faults.append(Fault(path.name, line, key, f"{word}-twice", what, "keep one of them", name))
        if table is ASSERTIONS:
            faults.extend(_unsound(path.name, line, row))
    _raise([path.name], faults)
    return Named(tuple(row for _, row in rows), file)


def _unsound(name: str, line: int, row: Mapping[str, str]) -> Iterator[Fault]:
    """Yield what is wrong with an assertion as a whole."""
    if not {"arrangement", "country", "region"} & row.keys():
        what = "the assertion is about no arrangement, country or region"
        yield Fault(name, line, "country", "nowhere", what, "name one of them")
    low, high = float(row.get("low", 0)), float(row.get("high", _WHOLE))
    if max(low, high) > _WHOLE:
        what = "a share cannot be above 100 %"
        yield Fault(name, line, "low" if low > _WHOLE else "high", "out-of-range", what, "write percent, 0 to 100")
    elif low > high:
        yield Fault(name, line, "high", "bounds-crossed", "the most is less than the least", "correct one of them")


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
    """Spell what an attestation says, and the country of which something is said, as a cell would be."""
    kind = row.get("kind", "")
    field = "text" if kind == "attestation" else "subject" if kind in _OF_COUNTRIES else None
    if field is None:
        return row
    if field == "subject" and (problem := _of_country(kind, row.get("text", ""))):
        faults.append(Fault(name, line, "text", "not-of-a-country", *problem, row.get("text", "")[:60] or None))
    text = row.get(field, "")
    try:
        spelling = canonical_attestation(text) if field == "text" else canonical(_COUNTRY, text)
    except CellFault as fault:
        faults.append(Fault(name, line, field, fault.code, fault.what, fault.fix, text[:60] or None))
        return row
    return {**row, field: spelling} if spelling else row


def _of_country(kind: str, text: str) -> tuple[str, str] | None:
    """Return what is wrong with what an overlay says of a country, and how to mend it; None where nothing is."""
    if kind == "position":
        vendor, _, said = text.partition("=")
        if vendor and said in _POSITIONS:
            return None
        near = nearest(said, _POSITIONS) if said else None
        fix = (
            f"did you mean {near!r}?" if near else f"write vendor=position, the position one of {', '.join(_POSITIONS)}"
        )
        return "this is no position on a vendor", fix
    vendor, slash, generation = text.removeprefix("-").partition("/")
    if vendor and (generation in GENERATIONS or (kind == "deploys" and not slash)):
        return None
    form = "vendor/generation, such as acme/5G" + (", or the vendor alone" if kind == "deploys" else "")
    return f"this is nothing that a country {kind}", f"write {form}; with `-` before it is denied"


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
