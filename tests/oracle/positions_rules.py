"""What one statement comes to, for which scope and from when: section 2 of spec/positions.md, word by word.

* The tables are read from `catalog/evidence` as they stand there; nothing of telvet is asked.
* Statements are plain rows: ids, codes and dates as text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from tests.oracle.days import Span, day_of, span_of
from tests.oracle.reading import load_yaml

__all__ = ["Piece", "contains", "depth", "ends", "measure_kinds", "pieces", "published", "scope_of", "table"]

FOLDER = Path(__file__).parents[2] / "catalog" / "evidence"
Row = Mapping[str, Any]


@cache
def table(file: str, key: str) -> Any:
    """Return one table of the catalogue's data."""
    return load_yaml((FOLDER / f"{file}.yaml").read_text("utf-8"))[key]


@dataclass(frozen=True)
class Piece:
    """What a statement comes to for one scope, from a day on."""

    row: Row
    scope: str
    kind: str
    leaning: str | None
    begins: date
    earliest: date
    """It did not hold before this day."""

    @property
    def until(self) -> date | None:
        """Return the last day on which it holds, where the statement says so."""
        return day_of(self.row["until"]) if self.row.get("until") else None

    def holds_on(self, day: date) -> bool:
        """Tell whether it holds on a day."""
        return self.begins <= day and (self.until is None or self.until >= day)

    def speaks_of(self) -> Span:
        """Return the days of which it speaks."""
        return self.begins, max(self.begins, published(self.row)[1])

    def since_first(self) -> date:
        """Return the first of the days within which it began; an undated one began on its day."""
        return self.earliest if self.row.get("when") else self.begins


def published(row: Row) -> Span:
    """Return the days on which a statement may have been published."""
    span = span_of(row["published"])
    assert span is not None
    return span


def scope_of(code: str) -> Row:
    """Return the line of a scope."""
    line: Row = table("scopes", "scopes")[code]
    return line


def contains(wide: str, narrow: str) -> bool:
    """Tell whether the first scope contains the second, which is another."""
    above = scope_of(narrow)["within"]
    return above is not None and (above == wide or contains(wide, above))


def depth(scope: str) -> int:
    """Count the scopes that contain a scope."""
    return sum(contains(other, scope) for other in table("scopes", "scopes"))


def measure_kinds(row: Row) -> Mapping[str, str]:
    """Return the scopes that a statement's measure is about, each with its kind."""
    measure = table("measures", "measures")[row["measure"]]
    kinds: Mapping[str, str] = measure.get("parts") or {row["scope"]: measure["kind"]}
    return kinds


def comes_to(kind: str, row: Row) -> tuple[str, str | None] | None:
    """Return the kind and the leaning that a measure of some kind comes to; None for nothing."""
    counts = table("modalities", "modalities")[row["modality"]]["counts"]
    way = table("folding", "levels")[row["level"]]
    full = way == "as" and (counts == "as" or (counts == "permission" and kind in ("permits", "uses")))
    if kind == "speaks" or counts == "nothing" or way == "nothing":
        return None
    if kind == "deliberates":
        return "deliberates", None
    if kind in ("lifts", "suspends", "uses"):
        return (kind, None) if full else None
    if full:
        return kind, None
    if way == "as" and counts == "condition" and kind in ("permits", "conditions"):
        return "conditions", None
    return "deliberates", kind


def pieces(row: Row) -> Iterator[Piece]:
    """Yield all that a statement comes to."""
    for scope, kind in measure_kinds(row).items():
        found = comes_to(kind, row)
        if found is not None:
            yield from dated(row, scope, *found)


def dated(row: Row, scope: str, kind: str, leaning: str | None) -> Iterator[Piece]:
    """Yield what a statement comes to for one scope, with its days."""
    out_first, out_last = published(row)
    if not row.get("when"):
        yield Piece(row, scope, kind, leaning, out_last, out_first)
        return
    first, last = ends(row["when"])
    if first is not None and first > out_last:
        if kind == "deliberates":
            yield Piece(row, scope, kind, leaning, out_last, out_first)
            return
        yield Piece(row, scope, "deliberates", kind, out_last, out_first)
        yield Piece(row, scope, kind, leaning, last or first, first)
        return
    begins = out_last if last is None else min(last, out_last)
    yield Piece(row, scope, kind, leaning, begins, begins if first is None else first)


def ends(when: str | Sequence[str | None]) -> tuple[date | None, date | None]:
    """Read a day, month, quarter or year, or a list of two days of which either may be missing."""
    if isinstance(when, str):
        return span_of(when) or (None, None)
    first, last = when
    return day_of(first) if first else None, day_of(last) if last else None
