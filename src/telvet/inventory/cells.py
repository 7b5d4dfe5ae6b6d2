"""Turn the text of one cell into the canonical spelling of its column, or say what is wrong with it.

* Pure: one text in, one spelling (or None: unknown) out. Whole inventories go through it by distinct texts.
* What only a column's other cells can settle (day before month, comma before decimals) comes in as `Settled`.
* An empty cell, and one that says no more than an empty one, is an unknown fact; keys know no such words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from telvet.catalog.functions import Functions, read_functions
from telvet.catalog.headers import Headers, fold_name, read_headers
from telvet.catalog.places import Places, read_places
from telvet.inventory.addresses import canonical_mac, canonical_oid, canonical_pen
from telvet.inventory.cell_fault import CellFault
from telvet.inventory.dates import canonical_date, settle_day_first
from telvet.inventory.lists import canonical_codes, canonical_labels, canonical_numbers
from telvet.inventory.numbers import canonical_number, settle_comma_decimal
from telvet.tables.codes import nearest
from telvet.tables.columns import Column, Kind

__all__ = ["CellFault", "Settled", "Words", "canonical", "fold_text", "is_blank", "settle", "shipped_words"]

_LISTS = frozenset({Kind.CODES, Kind.LABELS, Kind.NUMBERS})
_SPACES = "\t\n\x0b\x0c\r\xa0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_NOTHING = "\xad\u200b\u2060\ufeff"
_FOLD = {**dict.fromkeys(map(ord, _SPACES), " "), **dict.fromkeys(map(ord, _NOTHING), None)}


@dataclass(frozen=True, slots=True)
class Words:
    """The catalogue that cells are read with."""

    headers: Headers
    functions: Functions
    places: Places


@dataclass(frozen=True, slots=True)
class Settled:
    """What the other cells of a column tell about its ambiguous ones; None: nothing."""

    day_first: bool | None = None
    comma_decimal: bool | None = None


@cache
def shipped_words() -> Words:
    """Return the catalogue that ships with telvet."""
    return Words(read_headers(), read_functions(), read_places())


def fold_text(text: str) -> str:
    """Trim, and turn every kind of space into a plain one; what has no width goes."""
    text = text.strip(" ") if text.isascii() and text.isprintable() else text.translate(_FOLD).strip(" ")
    return (
        text[1:] if text[:1] == "'" and text[1:2] in ("-", "+", "=", "@") else text
    )  # as spreadsheets defuse formulas


def is_blank(column: Column, text: str, words: Words) -> bool:
    """Tell whether a folded text says no more than an empty cell."""
    if not text or column.key:
        return not text
    low = text.casefold()
    return low in words.headers.blanks or (low == "none" and column.kind not in _LISTS)


def settle(column: Column, texts: Iterable[str]) -> Settled:
    """Return what all the folded texts of a column tell about how it writes dates and numbers."""
    if column.kind is Kind.DATE:
        return Settled(day_first=settle_day_first(texts))
    return Settled(comma_decimal=settle_comma_decimal(texts)) if column.kind is Kind.NUMBER else Settled()


def canonical(column: Column, text: str, settled: Settled | None = None, words: Words | None = None) -> str | None:
    """Return the canonical spelling of a cell, or None where it is an unknown fact.

    Args:
        column: The declared column.
        text: The cell as written.
        settled: What the column's other cells tell; nothing by default.
        words: The catalogue; the one that ships with telvet by default.

    Raises:
        CellFault: The text cannot be a value of the column.
    """
    words = words or shipped_words()
    text = fold_text(text)
    if is_blank(column, text, words):
        return None
    return _READERS[column.kind](column, text, settled or Settled(), words)


def _code(column: Column, text: str, words: Words) -> tuple[str, ...]:
    folded = fold_name(text)
    if found := _own_codes(column).get(folded):
        return (found,)
    if other := words.headers.codes.get(column.name, {}).get(folded):
        return (other,)
    if column.name == "function" and (codes := words.functions.codes(text)):
        return codes
    near = nearest(text, column.codes)
    fix = f"did you mean {near!r}?" if near else f"use one of {', '.join(column.codes)}"
    if not column.key:
        fix += " If not known, leave it empty" if near else "; if not known, leave it empty"
    raise CellFault(code="unknown-code", what=f"{text!r} is no code of {column.name}", fix=fix)


@cache
def _own_codes(column: Column) -> dict[str, str]:
    return {fold_name(code): code for code in column.codes}


def _country(text: str, places: Places) -> str:
    if code := places.alpha3(text):
        return code
    near = places.nearest(text)
    fix = f"did you mean {near}?" if near else "write the ISO 3166-1 alpha-3 code"
    raise CellFault(code="unknown-country", what=f"{text!r} is no country", fix=fix)


_READERS: dict[Kind, Callable[[Column, str, Settled, Words], str | None]] = {
    Kind.TEXT: lambda _column, text, _settled, _words: text,
    Kind.CODE: lambda column, text, _settled, words: _code(column, text, words)[0],
    Kind.YES_NO: lambda column, text, _settled, words: _code(column, text, words)[0],
    Kind.CODES: lambda column, text, _settled, words: canonical_codes(
        column, text, lambda part: _code(column, part, words)
    ),
    Kind.LABELS: lambda _column, text, _settled, _words: canonical_labels(text),
    Kind.NUMBERS: lambda _column, text, _settled, _words: canonical_numbers(text),
    Kind.COUNTRY: lambda _column, text, _settled, words: _country(text, words.places),
    Kind.MAC: lambda _column, text, _settled, _words: canonical_mac(text),
    Kind.OID: lambda _column, text, _settled, _words: canonical_oid(text),
    Kind.PEN: lambda _column, text, _settled, _words: canonical_pen(text),
    Kind.DATE: lambda _column, text, settled, words: canonical_date(
        text, words.headers.months, day_first=settled.day_first
    ),
    Kind.NUMBER: lambda column, text, settled, _words: canonical_number(
        text, column.name, comma_decimal=settled.comma_decimal
    ),
}
