"""Turn the canonical cells of a row into the facts that tests are put to.

* The forms are those of spec/semantics.md, section 2; an empty cell is an unknown fact.
"""

from __future__ import annotations

from collections.abc import Mapping

from telvet.model.dates import read_span
from telvet.model.facts import Dated, Fact, Members, Quantity, Single
from telvet.tables.beside import ARRANGEMENTS, OPERATORS, PARTNERS
from telvet.tables.columns import Absence, Column, Kind
from telvet.tables.equipment import EQUIPMENT

__all__ = ["COLUMNS", "dated", "fact_of"]

COLUMNS: Mapping[str, Column] = {
    **{f"equipment.{column.name}": column for column in EQUIPMENT.columns},
    **{f"operator.{column.name}": column for column in OPERATORS.columns},
    "partner.country": PARTNERS.column("country"),
    **{f"arrangement.{name}": ARRANGEMENTS.column(name) for name in ("signed_on", "ends_on")},
}
"""Every fact that a table's column gives, by its name in packs."""

_LISTS = (Kind.CODES, Kind.LABELS, Kind.NUMBERS)


def dated(text: str | None) -> Dated:
    """Return the date that a canonical cell holds."""
    return Dated() if text is None else Dated(read_span(text))


def fact_of(column: Column, text: str | None) -> Fact:
    """Return the fact that a canonical cell states."""
    match column.kind:
        case Kind.CODES | Kind.LABELS | Kind.NUMBERS:
            return _members(column, text)
        case Kind.DATE:
            return dated(text)
        case Kind.NUMBER:
            return Quantity(None if text is None else float(text))
        case _:
            return Single(() if text is None else (text,))


def _members(column: Column, text: str | None) -> Members:
    if text is None:
        return Members()
    if text == "none":
        return Members(complete=True)
    parts = [part for part in text.split(";") if part]
    stated = frozenset(part for part in parts if not part.startswith("-"))
    denied = {part[1:] for part in parts if part.startswith("-")}
    for code, others in column.excludes:
        if code in stated:
            denied.update(others)
    return Members(stated, frozenset(denied) - stated, complete=bool(stated) and column.absence is Absence.NONE)
