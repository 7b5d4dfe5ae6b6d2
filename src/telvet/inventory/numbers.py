"""Turn the usual spellings of numbers and frequency bands into plain ones.

* `1.234.567`, `1,234.5` and `1 234` are read; `1,234` alone may be either and is settled by the column, or is a fault.
* Bands are MHz: `3.5 GHz` is 3500. A range of frequencies is no band.
* What does not fit the range of its column (a latitude of 300, a negative count) is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from telvet.inventory.cell_fault import CellFault

__all__ = ["RANGES", "band_text", "canonical_number", "number_text", "settle_comma_decimal"]

RANGES = {
    "latitude": (-90.0, 90.0),
    "longitude": (-180.0, 180.0),
    "traffic": (0.0, 1e15),
    "premises_passed": (0.0, 1e15),
}
"""The range of a number's column; others are not negative. Those that are summed leave room for exact sums."""
_NOT_NEGATIVE = (0.0, 1e300)

_PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_SPACED = re.compile(r"[+-]?\d{1,3}(?:[ '’]\d{3})+(?:[.,]\d+)?")  # noqa: RUF001 - the apostrophe some write
_COMMA_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:(?:,\d{3}){2,}|(?:,\d{3})+\.\d+)")
_POINT_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:(?:\.\d{3}){2,}|(?:\.\d{3})+,\d+)")
_COMMA_DECIMAL = re.compile(r"[+-]?(?:\d+,\d{1,2}|\d+,\d{4,}|\d{4,},\d+|0+,\d+)")
_EITHER = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")
_EITHER_POINT = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")
_BAND = re.compile(r"([\d.,]+)\s*(k|m|g)?(?:hz)?", re.IGNORECASE)
_MHZ = {"k": 0.001, "m": 1.0, "g": 1000.0}


def canonical_number(text: str, column: str, *, comma_decimal: bool | None = None) -> str:
    """Return the plain spelling of a number, or raise CellFault."""
    value = _value(text, comma_decimal=comma_decimal)
    low, high = RANGES.get(column, _NOT_NEGATIVE)
    if not low <= value <= high:
        raise CellFault(
            code="out-of-range", what=f"{column} cannot be {number_text(value)}", fix="correct it, or leave it empty"
        )
    return number_text(value)


def settle_comma_decimal(texts: Iterable[str]) -> bool | None:
    """Tell from all spellings of a column whether a comma begins decimals; None: they do not tell, or disagree."""
    styles = {style for text in texts if (style := _style(text))}
    return styles == {"comma"} if len(styles) == 1 else None


def _style(text: str) -> str | None:
    """Tell which sign begins decimals in a text; None where it does not tell."""
    if _COMMA_DECIMAL.fullmatch(text) or _POINT_THOUSANDS.fullmatch(text):
        return "comma"
    decimal = "." in text and _PLAIN.fullmatch(text) and not _EITHER_POINT.fullmatch(text)
    return "point" if decimal or _COMMA_THOUSANDS.fullmatch(text) else None


def number_text(value: float) -> str:
    """Write a number without needless decimals."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)  # noqa: PLR2004 - exact in a double


def band_text(text: str) -> str:
    """Return one band in MHz, or raise CellFault."""
    found = _BAND.fullmatch(text)
    if not found:
        raise CellFault(
            code="not-a-band", what="this is no band in MHz", fix="write bands as MHz, separated by `;`: 700;3500"
        )
    value = _value(found[1], comma_decimal=None) * _MHZ[(found[2] or "m").lower()]
    if not 30 <= value <= 300_000:  # noqa: PLR2004 - no network serves people outside 30 MHz to 300 GHz
        raise CellFault(
            code="out-of-range",
            what=f"a band cannot be {number_text(value)} MHz",
            fix="write bands as MHz, e.g. 3500 for 3.5 GHz",
        )
    return number_text(round(value, 6))


def _value(text: str, *, comma_decimal: bool | None) -> float:
    if comma_decimal and (_EITHER.fullmatch(text) or _EITHER_POINT.fullmatch(text)):
        return float(text.replace(".", "").replace(",", "."))
    if _PLAIN.fullmatch(text):
        return float(text)
    if _SPACED.fullmatch(text):
        return float(re.sub(r"[ '’]", "", text).replace(",", "."))  # noqa: RUF001
    if _COMMA_THOUSANDS.fullmatch(text) or (comma_decimal is False and _EITHER.fullmatch(text)):
        return float(text.replace(",", ""))
    if _POINT_THOUSANDS.fullmatch(text) or _COMMA_DECIMAL.fullmatch(text):
        return float(text.replace(".", "").replace(",", "."))
    if _EITHER.fullmatch(text):
        what = "nothing in this column settles whether the comma begins decimals or thousands"
        raise CellFault(code="ambiguous-number", what=what, fix="write it without separators, decimals after a point")
    raise CellFault(code="not-a-number", what="this is no number", fix="write the bare number, without a unit")
