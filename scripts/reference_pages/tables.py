"""Turn the declared tables into a page and into JSON Schemas of one row each."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reference_pages.writing import ROOT, page, table
from telvet.tables.beside import TABLES_BESIDE
from telvet.tables.columns import Absence, Column, Kind, Table
from telvet.tables.equipment import EQUIPMENT

__all__ = ["pages"]

_DATE = r"^\d{4}(-\d{2}(-\d{2})?|-?Q[1-4])?$"
_PATTERNS = {
    Kind.COUNTRY: "^[A-Z]{3}$",
    Kind.DATE: _DATE,
    Kind.NUMBERS: r"^(none|-?\d+(\.\d+)?(;-?\d+(\.\d+)?)*)$",
    Kind.OID: r"^\.?\d+(\.\d+)+$",
    Kind.PEN: r"^\d+$",
}
_WORDS = {
    Kind.CODE: "one code",
    Kind.CODES: "codes, joined by `;`",
    Kind.LABELS: "labels, joined by `;`",
    Kind.COUNTRY: "country, ISO 3166-1 alpha-3",
    Kind.DATE: "day, month, quarter or year",
    Kind.NUMBERS: "numbers, joined by `;`",
    Kind.MAC: "hardware addresses, joined by `;`",
    Kind.OID: "object identifier",
    Kind.PEN: "enterprise number",
    Kind.YES_NO: "yes or no",
}
_INTRODUCTION = """
One section a table; the key's columns are bold. **An empty cell is an unknown fact, never a no and never a reject.**
A list in a cell is separated by `;`, a member after `-` is denied (`route_or_redirect;-visibility`), and `none` states
that the list is empty. The last column says what it means that a list, once stated, does not mention a member. The
same declarations as JSON Schema: `spec/schemas/tables/`.
"""


def pages() -> Iterator[tuple[Path, str]]:
    """Yield the page and the schemas, each with its path."""
    tables = (EQUIPMENT, *TABLES_BESIDE)
    yield ROOT / "docs/reference/tables.md", page("Tables", _INTRODUCTION, *map(_section, tables))
    for one in tables:
        path = ROOT / f"spec/schemas/tables/{one.name}.schema.json"
        yield path, json.dumps(_schema(one), indent=2, ensure_ascii=False) + "\n"


def _section(one: Table) -> str:
    rows = [
        (
            f"**`{column.name}`**" if column.key else f"`{column.name}`",
            _WORDS.get(column.kind, str(column.kind)),
            column.about + (" Codes: " + ", ".join(f"`{code}`" for code in column.codes) + "." if column.codes else ""),
            _absence(column),
        )
        for column in one.columns
    ]
    return f"## {one.name}\n\nOne row is {one.row}.\n\n" + table(("column", "kind", "meaning", "not mentioned"), rows)


def _absence(column: Column) -> str:
    if column.kind not in {Kind.CODES, Kind.LABELS, Kind.NUMBERS}:
        return ""
    return "unknown" if column.absence is Absence.UNKNOWN else "absent"


def _schema(one: Table) -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": one.name,
        "description": f"One row is {one.row}. An empty or missing value is an unknown fact.",
        "type": "object",
        "properties": {column.name: _property(column) for column in one.columns},
        "required": [column.name for column in one.columns if column.key],
        "additionalProperties": False,
    }


def _property(column: Column) -> dict[str, Any]:
    kinds = ["number", "null"] if column.kind is Kind.NUMBER else ["string", "null"]
    declared: dict[str, Any] = {"description": column.about, "type": kinds}
    if column.kind in {Kind.CODE, Kind.YES_NO}:
        declared["enum"] = [*column.codes, "", None]
    elif column.kind is Kind.CODES:
        code = "-?(" + "|".join(map(re.escape, column.codes)) + ")"
        declared["pattern"] = f"^(none|{code}(;{code})*)?$"
    elif column.kind in _PATTERNS:
        declared["pattern"] = _PATTERNS[column.kind].replace("^", "^(", 1)[:-1] + ")?$"
    return declared
