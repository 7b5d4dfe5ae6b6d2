"""Turn an XLSX archive into what must be known before a library opens it: sizes within limits, and its formulas.

* Each part is inflated in chunks and thrown away; nothing trusts the sizes that the archive declares.
* The library holds a sheet as one dense rectangle: a cell far out would make it huge, so the rectangle is limited too.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import IO
from xml.etree import ElementTree as ET

from telvet.inventory.files import Given, refuse

__all__ = ["LARGEST_INFLATED", "LARGEST_RECTANGLE", "Sheet", "Workbook", "column_number", "inspect"]

LARGEST_INFLATED = 2 * 1024**3
"""Bytes of all parts together."""
LARGEST_RATIO = 400
"""Inflated to stored, for archives that inflate to much."""
LARGEST_RECTANGLE = 64_000_000
"""Cells from the first to the last row and column of a sheet."""
_MUCH = 64 * 1024**2
_CHUNK = 1024 * 1024
_ROW = re.compile(rb"<(?:\w+:)?row[^>]*? r=\"(\d+)\"")
_COLUMN = re.compile(rb" r=\"([A-Z]{1,3})\d")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_MAIN = re.compile(r"\{[^}]*\}")


@dataclass(slots=True)
class Sheet:
    """What a sheet's part tells."""

    formulas: int = 0
    uncomputed: dict[int, list[str]] = field(default_factory=dict)
    """Cells with a formula and no computed value, by row."""
    last_row: int = 0
    last_column: int = 0


@dataclass(slots=True)
class Workbook:
    """The sheets of an archive by their names."""

    sheets: dict[str, Sheet]

    def sheet(self, name: str) -> Sheet:
        """Return a sheet; one that nothing is known of has no formulas."""
        return self.sheets.get(name, Sheet())


def inspect(given: Given) -> Workbook:
    """Inflate an archive under limits, or raise InventoryError."""
    try:
        with zipfile.ZipFile(given.path) as archive:
            names = set(archive.namelist())
            if "[Content_Types].xml" not in names or not any(name.startswith("xl/workbook") for name in names):
                raise refuse(
                    given.name,
                    "this is a ZIP archive, but no XLSX workbook",
                    "unpack it, or save as .xlsx",
                    code="format",
                )
            if "xl/workbook.bin" in names:
                raise refuse(given.name, "this is a binary .xlsb workbook", "save it as .xlsx or CSV", code="format")
            _limit(given, archive)
            found = _inflate(given, archive)
            parts = _sheet_parts(archive)
            return Workbook({name: found[part] for name, part in parts.items() if part in found})
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ET.ParseError, KeyError) as problem:
        raise refuse(
            given.name, f"the workbook is damaged: {problem}", "save or copy it again", code="damaged"
        ) from None
    except RuntimeError:
        raise refuse(
            given.name, "the archive is protected by a password", "save it without one", code="encrypted"
        ) from None


def _limit(given: Given, archive: zipfile.ZipFile) -> None:
    declared = sum(part.file_size for part in archive.infolist())
    stored = max(1, given.fingerprint[0])
    if declared > LARGEST_INFLATED or (declared > _MUCH and declared / stored > LARGEST_RATIO):
        what = f"the workbook would inflate from {stored:,} to {declared:,} bytes"
        raise refuse(given.name, what, "this is no inventory; if it is, export it as CSV", code="bomb")


def _inflate(given: Given, archive: zipfile.ZipFile) -> dict[str, Sheet]:
    """Inflate every part to its end and look at the sheets on the way."""
    total, found = 0, {}
    for part in archive.infolist():
        is_sheet = part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml")
        sheet, tail = Sheet(), b""
        with archive.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                total += len(chunk)
                if total > LARGEST_INFLATED:
                    raise refuse(
                        given.name, f"the workbook inflates to more than {LARGEST_INFLATED:,} bytes", code="bomb"
                    )
                if is_sheet:
                    # A tag may be cut by the chunk's end: leave what follows the last `<` for the next look.
                    whole = tail + chunk
                    cut = whole.rfind(b"<") if len(chunk) == _CHUNK else len(whole)
                    _look(sheet, whole[:cut])
                    tail = whole[cut:]
        if is_sheet:
            _limit_rectangle(given, sheet)
            if sheet.formulas:
                with archive.open(part) as stream:
                    sheet.uncomputed = _uncomputed(stream)
            found[part.filename] = sheet
    return found


def _look(sheet: Sheet, text: bytes) -> None:
    if rows := _ROW.findall(text):
        sheet.last_row = max(sheet.last_row, *map(int, set(rows)))
    for letters in set(_COLUMN.findall(text)):
        sheet.last_column = max(sheet.last_column, column_number(letters.decode()))
    sheet.formulas += len(_FORMULA.findall(text))


def column_number(letters: str) -> int:
    """Return the number of a column, from 1, by its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _limit_rectangle(given: Given, sheet: Sheet) -> None:
    if sheet.last_row * sheet.last_column > LARGEST_RECTANGLE:
        what = f"a sheet spans {sheet.last_row:,} rows by {sheet.last_column:,} columns"
        raise refuse(given.name, what, "remove the cells far out, or export it as CSV", code="bomb")


def _uncomputed(stream: IO[bytes]) -> dict[int, list[str]]:
    """Return the cells with a formula and without a value, by row."""
    found: dict[int, list[str]] = {}
    for _, element in ET.iterparse(stream):  # noqa: S314 - the parser refuses entities that multiply
        tag = _MAIN.sub("", element.tag)
        if tag == "c":
            parts = {_MAIN.sub("", part.tag): part for part in element}
            value = parts.get("v")
            if "f" in parts and (value is None or not value.text) and element.get("t") != "str":
                place = element.get("r", "")
                row = int("".join(filter(str.isdigit, place)) or 0)
                found.setdefault(row, []).append(place)
            element.clear()
        elif tag == "row":
            element.clear()
    return found


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the part that holds each sheet."""
    targets = {
        relation.get("Id"): relation.get("Target", "")
        for relation in ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    }
    found = {}
    for element in ET.fromstring(archive.read("xl/workbook.xml")).iter():  # noqa: S314
        if _MAIN.sub("", element.tag) == "sheet":
            identity = next((value for key, value in element.attrib.items() if key.endswith("}id")), None)
            target = targets.get(identity, "")
            found[element.get("name", "")] = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    return found
