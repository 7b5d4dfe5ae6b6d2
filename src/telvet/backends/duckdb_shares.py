"""Shares on DuckDB: the four sums of spec/semantics.md, section 7, one GROUP BY a metric.

* Sums are exact decimals; a site counts once.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from telvet.backends.duckdb_classes import Classes, quoted
from telvet.tables.columns import Kind
from telvet.tables.equipment import EQUIPMENT
from telvet.tables.judging import Key, ShareCode, ShareCount, ShareUnit
from telvet.tables.relation import Relation

__all__ = ["Shares"]

_LISTS = {column.name for column in EQUIPMENT.columns if column.kind in (Kind.CODES, Kind.LABELS, Kind.NUMBERS)}


class Shares(Classes):
    """Adds the sums of shares to classes."""

    def shares(
        self, relation: Relation, keys: Sequence[Key], codes: Sequence[ShareCode], unit: ShareUnit
    ) -> list[ShareCount]:
        """Return the sums of a share by group, sorted."""
        by_class = [(code.tokens, (code.among, code.of, code.note)) for code in codes]
        found = self._found(relation, keys, by_class, ["among", "of", "note"])
        names = [f"g{place}" for place in range(len(unit.per))]
        groups = ", ".join(f"{_member(column)} AS {name}" for name, column in zip(names, unit.per, strict=True))
        measure = f"r.{quoted(unit.count)}" if unit.count else _exact(f"r.{quoted(unit.sum or '')}")
        elements = found(
            f"{groups}, {measure} AS measure",
            f"{', '.join(f'r.{name}' for name in names)}, r.measure, o.among, o.of, o.note",
        )
        query = _by_site(elements, names) if unit.count else _by_sum(elements, names)
        return [_share_count(row, len(names)) for row in self._run(query).fetchall()]


def _member(column: str) -> str:
    """Return each member that a list column states, or an empty name where it states none; any other column as it is."""
    if column not in _LISTS:
        return f"r.{quoted(column)}"
    parts = f"string_split(coalesce(r.{quoted(column)}, ''), ';')"
    stated = f"list_filter({parts}, lambda m: m <> '' AND m <> 'none' AND NOT starts_with(m, '-'))"
    return f"unnest(CASE WHEN len({stated}) = 0 THEN [''] ELSE {stated} END)"


def _exact(number: str) -> str:
    """Return a number as a decimal; a large one by way of its text, for its millionths are beyond a double."""
    small, large = f"CAST({number} AS DECIMAL(38, 6))", f"CAST(CAST({number} AS VARCHAR) AS DECIMAL(38, 6))"
    return f"CASE WHEN abs({number}) < 1e9 THEN {small} ELSE {large} END"


def _emptiest_first(groups: Sequence[str]) -> str:
    return ", ".join(f"{group} NULLS FIRST" for group in groups)


def _by_sum(elements: str, groups: Sequence[str]) -> str:
    by = ", ".join(groups)
    return f"""SELECT {by},
        coalesce(sum(measure) FILTER (among = 2 AND of = 2), 0), coalesce(sum(measure) FILTER (of <> 2), 0),
        coalesce(sum(measure) FILTER (of <> 0), 0), coalesce(sum(measure) FILTER (among = 2 AND of = 0), 0),
        count(*) FILTER (measure IS NULL AND of <> 2), count(*) FILTER (measure IS NULL AND of <> 0),
        list(DISTINCT note) FROM ({elements}) GROUP BY {by} ORDER BY {_emptiest_first(groups)}"""


def _by_site(elements: str, groups: Sequence[str]) -> str:
    by = ", ".join(groups)
    return f"""SELECT {by},
        count(*) FILTER (measure IS NOT NULL AND sure), count(*) FILTER (measure IS NOT NULL AND NOT sure),
        count(*) FILTER (measure IS NOT NULL AND may), count(*) FILTER (measure IS NOT NULL AND certain AND NOT may),
        coalesce(sum(not_sure) FILTER (measure IS NULL), 0), coalesce(sum(maybe) FILTER (measure IS NULL), 0),
        list_distinct(flatten(list(notes)))
      FROM (SELECT {by}, measure, bool_or(among = 2 AND of = 2) AS sure, bool_or(of <> 0) AS may, bool_or(among = 2) AS certain,
              count(*) FILTER (NOT (among = 2 AND of = 2)) AS not_sure, count(*) FILTER (of <> 0) AS maybe, list(DISTINCT note) AS notes
            FROM ({elements}) GROUP BY {by}, measure) GROUP BY {by} ORDER BY {_emptiest_first(groups)}"""


def _share_count(row: Sequence[Any], width: int) -> ShareCount:
    group = tuple(row[:width])
    sums = [Decimal(value) for value in row[width : width + 4]]
    open_b, open_c, notes = int(row[width + 4]), int(row[width + 5]), tuple(sorted(row[width + 6]))
    return ShareCount(group, sums[0], sums[1], sums[2], sums[3], open_b, open_c, notes)
