"""Turn columns' kinds into DuckDB expressions: fold a cell, know the plain spelling, and write it canonically.

* A plain spelling is one whose canonical form a pattern settles; `inventory/cells.py` must agree with every one of them.
* Whatever is not plain is an odd text and goes through the spellings that `inventory/` gives.
* Words that mean nothing are bound as parameters `$blank_0`, `$blank_1`, ...; nobody's text is pasted into SQL.
"""

from __future__ import annotations

from collections.abc import Sequence

from telvet.tables.columns import Kind
from telvet.tables.reading import Spaces, Take

__all__ = ["bind_blanks", "canonical_type", "cell", "folded", "identifier", "literal", "odd", "plain_value"]

# The same spaces as in inventory/cells.py: the first become common ones, the others have no width and go.
_SPACES = [9, 10, 11, 12, 13, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000]
_NOTHING = [0xAD, 0x200B, 0x2060, 0xFEFF]
_FROM = " || ".join(f"chr({code})" for code in [*_SPACES, *_NOTHING])
_TO = f"repeat(' ', {len(_SPACES)})"
_ODD = r"^ | $|^''[-+=@]|[\t\n\v\f\r\x{A0}\x{AD}\x{1680}\x{2000}-\x{200B}\x{202F}\x{205F}\x{2060}\x{3000}\x{FEFF}]"

_MOMENT = r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?"
_MAC = "|".join(  # noqa: FLY002 - one spelling a line
    (
        "[0-9A-Fa-f]{12}",
        "([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}",
        "([0-9A-Fa-f]{2}-){5}[0-9A-Fa-f]{2}",
        r"([0-9A-Fa-f]{4}\.){2}[0-9A-Fa-f]{4}",
    )
)
_OID = r"[0-2](\.(0|[1-9]\d{0,9})){1,99}"


def identifier(name: str) -> str:
    """Quote a name for SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Quote a text of our own (a scratch path) where SQL takes no parameter."""
    return "'" + text.replace("'", "''") + "'"


def cell(position: int) -> str:
    """Name the raw cell at a position."""
    return f"c{position}"


def folded(expression: str, spaces: Spaces) -> str:
    """Trim a cell and fold its spaces, as far as it may have any; empty is NULL."""
    if spaces is Spaces.TIDY:
        return expression
    # trim() costs more than all else: it is only asked for where it changes something
    if spaces is Spaces.COMMON:
        return f"nullif(CASE WHEN prefix({expression}, ' ') OR suffix({expression}, ' ') THEN trim({expression}) ELSE {expression} END, '')"
    trimmed = f"trim(translate({expression}, {_FROM}, {_TO}))"
    undone = f"CASE WHEN regexp_matches({trimmed}, '^''[-+=@]') THEN substr({trimmed}, 2) ELSE {trimmed} END"
    return f"nullif(CASE WHEN regexp_matches({expression}, '{_ODD}') THEN {undone} ELSE {expression} END, '')"


def bind_blanks(blanks: Sequence[str]) -> dict[str, str]:
    """Return the parameters that hold the words that mean nothing."""
    return {f"blank_{place}": blank for place, blank in enumerate(blanks)}


def _blank(text: str, blanks: Sequence[str], *more: str) -> str:
    names = [*(f"$blank_{place}" for place in range(len(blanks))), *(literal(word) for word in more)]
    longest = max((len(word) for word in (*blanks, *more)), default=0)
    return f"length({text}) <= {longest} AND lower({text}) IN ({', '.join(names)})" if names else "false"


def _plain(take: Take, text: str, blanks: Sequence[str]) -> str | None:
    """Say when a folded text is plain; None where the kind knows no plain spelling."""
    day = f"try_cast(left({text}, 10) AS DATE) BETWEEN DATE '1970-01-01' AND DATE '2100-12-31'"
    number = f"try_cast({text} AS DOUBLE) BETWEEN {take.low} AND {take.high}"
    plain = {
        # `1.234` may be a thousand, and DuckDB reads `1_000`: both are odd
        Kind.NUMBER: f"coalesce({number}, false) AND NOT (substr({text}, -4, 1) = '.' OR contains({text}, '_'))",
        Kind.DATE: f"CASE WHEN length({text}) = 10 THEN {text} LIKE '____-__-__'"
        f" ELSE regexp_full_match({text}, '{_MOMENT}') END AND coalesce({day}, false)",
        Kind.MAC: f"regexp_full_match({text}, '{_MAC}')",
        Kind.OID: f"regexp_full_match({text}, '{_OID}')",
        Kind.PEN: f"regexp_full_match({text}, '[1-9][0-9]{{0,8}}')",
        Kind.LABELS: f"NOT (regexp_matches({text}, '^-|;|{_ODD}') OR {_blank(text, blanks, 'none')})",
    }
    return plain.get(take.column.kind)


def odd(take: Take, text: str, blanks: Sequence[str]) -> str | None:
    """Say when a text, folded or not, has to be spelt by `inventory/`; None where never.

    A plain text has no space that folding would change, so that the answer is the same before and after.
    """
    if take.column.kind is Kind.TEXT:
        return None
    plain = _plain(take, text, blanks)
    return f"({text} IS NOT NULL AND NOT ({plain}))" if plain else f"{text} IS NOT NULL"


def plain_value(take: Take, text: str, blanks: Sequence[str]) -> tuple[str | None, str]:
    """Return when a text is plain (None: never) and its canonical spelling then."""
    column = take.column
    if column.kind is Kind.TEXT:
        value = text if column.key else f"CASE WHEN {_blank(text, blanks, 'none')} THEN NULL ELSE {text} END"
        return "true", value
    bare = f"lower(replace(replace(replace({text}, ':', ''), '-', ''), '.', ''))"
    canonical = {
        Kind.NUMBER: f"try_cast({text} AS DOUBLE)",
        Kind.DATE: f"left({text}, 10)",
        Kind.MAC: f"nullif(nullif({bare}, '000000000000'), 'ffffffffffff')",
    }
    return _plain(take, text, blanks), canonical.get(column.kind, text)


def canonical_type(take: Take) -> str:
    """Return the type of a column in the canonical relation."""
    return "DOUBLE" if take.column.kind is Kind.NUMBER else "VARCHAR"
