"""Judge on DuckDB: what overlays add, and the rows, counts and elements that are asked for.

* SQL is plain `GROUP BY` and `JOIN`; values go in as parameters, identifiers through `quoted`, never pasted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from telvet.backends.duckdb_classes import NUMERIC, quoted
from telvet.backends.duckdb_shares import Shares
from telvet.tables.relation import Relation

__all__ = ["Judge", "states"]

_BATCH = 10_000
_EXACT = 1e15
"""Whole numbers below are written without an exponent."""


def states(column: str) -> str:
    """Return a condition on a list column: it states a member, given in small letters with spaces between its words."""
    return f"list_contains(string_split(translate(lower({column}), '_-', '  '), ';'), ?)"


class Judge(Shares):
    """Implements `telvet.tables.judging.Judging` on a session."""

    def amended(
        self,
        relation: Relation,
        cells: Sequence[tuple[str, str, str]],
        tags: Sequence[tuple[str, str]],
        notes: Sequence[tuple[str, str]],
    ) -> Relation:
        """Return the relation with attested cells, site tags and notes."""
        view, base = self._session.name("amended"), quoted(relation.name)
        joins: list[str] = []
        changed: dict[str, str] = {}
        first: dict[str, dict[str, str]] = {}
        for identifier, column, text in cells:
            first.setdefault(column, {}).setdefault(identifier, text)
        for column, texts in sorted(first.items()):
            kind, alias = "DOUBLE" if column in NUMERIC else "VARCHAR", f"c{len(joins)}"
            table = self._small("cells", [("id", "VARCHAR"), ("text", kind)], list(texts.items()))
            joins.append(f"LEFT JOIN {table} {alias} ON {alias}.id = r.id")
            changed[column] = f"coalesce(r.{quoted(column)}, {alias}.text)"
        if tags:
            table = self._small("tags", [("site", "VARCHAR"), ("tag", "VARCHAR")], tags)
            joins.append(
                f"LEFT JOIN (SELECT site, string_agg(DISTINCT tag, ';' ORDER BY tag) AS tag FROM {table} GROUP BY site) t ON t.site = r.site"
            )
            stated = changed.get("site_tags", "r.site_tags")
            changed["site_tags"] = (
                f"CASE WHEN t.tag IS NULL THEN {stated} ELSE concat_ws(';', nullif({stated}, 'none'), t.tag) END"
            )
        table = self._small("notes", [("id", "VARCHAR"), ("text", "VARCHAR")], notes)
        joins.append(f"LEFT JOIN (SELECT id, min(text) AS text FROM {table} GROUP BY id) n ON n.id = r.id")
        heads = ", ".join(
            f"{changed.get(column, 'r.' + quoted(column))} AS {quoted(column)}" for column in relation.columns
        )
        self._run(f"CREATE TEMP VIEW {view} AS SELECT {heads}, n.text AS notes FROM {base} r {' '.join(joins)}")
        return Relation(view, (*relation.columns, "notes"))

    def named(self, relation: Relation, operator: str) -> Relation:
        """Return the relation with every row given to an operator."""
        view, table = self._session.name("named"), self._small("operator", [("operator", "VARCHAR")], [(operator,)])
        heads = ", ".join(
            "o.operator AS operator" if column == "operator" else f"r.{quoted(column)}" for column in relation.columns
        )
        self._run(f"CREATE TEMP VIEW {view} AS SELECT {heads} FROM {quoted(relation.name)} r CROSS JOIN {table} o")
        return Relation(view, relation.columns)

    def holds(self, relation: Relation, column: str) -> bool:
        """Tell whether some row has a value in a column."""
        query = f"SELECT 1 FROM {quoted(relation.name)} WHERE {quoted(column)} IS NOT NULL LIMIT 1"
        return bool(self._run(query).fetchall())

    def counts(self, relation: Relation, columns: Sequence[str]) -> list[tuple[tuple[str | int | None, ...], int]]:
        """Return every combination of values of some columns and the number of its rows, sorted."""
        heads = ", ".join(quoted(column) for column in columns)
        rows = self._run(
            f"SELECT {heads}, count(*) FROM {quoted(relation.name)} GROUP BY ALL ORDER BY ALL NULLS FIRST"
        ).fetchall()
        return [(tuple(row[:-1]), row[-1]) for row in rows]

    def rows(
        self, relation: Relation, columns: Sequence[str], *, file_order: Sequence[str]
    ) -> Iterator[tuple[object, ...]]:
        """Yield rows ordered by file as given, record, and outcome."""
        heads = ", ".join(quoted(column) for column in columns)
        order = "list_position(?, origin_file), origin_row, outcome"
        result = self._run(f"SELECT {heads} FROM {quoted(relation.name)} ORDER BY {order}", [list(file_order)])
        while batch := result.fetchmany(_BATCH):
            yield from batch

    def pick(self, relation: Relation, identifier: str) -> list[dict[str, str | None]]:
        """Return the rows of one element, cells as canonical text."""
        heads = ", ".join(quoted(column) for column in relation.columns)
        order = "ORDER BY operator NULLS FIRST, origin_file, origin_row"
        rows = self._run(f"SELECT {heads} FROM {quoted(relation.name)} WHERE id = ? {order}", [identifier]).fetchall()
        return [dict(zip(relation.columns, map(_cell, row), strict=True)) for row in rows]

    def occurring(self, relation: Relation, column: str, texts: Sequence[str]) -> frozenset[str]:
        """Return those of some texts that are the value of a column in some row."""
        table = self._small("texts", [("text", "VARCHAR")], [(text,) for text in texts])
        query = f"SELECT text FROM {table} WHERE text IN (SELECT {quoted(column)} FROM {quoted(relation.name)})"
        return frozenset(text for (text,) in self._run(query).fetchall())

    def stating(self, relation: Relation, column: str, member: str) -> list[tuple[str | None, str]]:
        """Return (operator, id) of the rows whose list column states a member, however its words are joined."""
        query = f"SELECT operator, id FROM {quoted(relation.name)} WHERE {states(quoted(column))}"
        rows = self._run(query, [member]).fetchall()
        return [(row[0], row[1]) for row in rows]

    def only(self, relation: Relation, row: Mapping[str, str | None]) -> Relation:
        """Return the relation narrowed to one row, by its file and record."""
        name = self._session.name("only")
        heads = ", ".join(quoted(column) for column in relation.columns)
        self._run(
            f"CREATE TEMP TABLE {name} AS SELECT {heads} FROM {quoted(relation.name)} "
            "WHERE id = ? AND origin_file IS NOT DISTINCT FROM ? AND origin_row IS NOT DISTINCT FROM CAST(? AS DOUBLE) LIMIT 1",
            [row["id"], row["origin_file"], row["origin_row"]],
        )
        return Relation(name, relation.columns)

    def same_rows(self, one: Path, other: Path) -> bool:
        """Tell whether two Parquet files hold the same rows, in whatever order."""
        query = "SELECT count(*) FROM (FROM read_parquet(?) EXCEPT ALL FROM read_parquet(?))"
        both = (str(one), str(other))
        return all(self._run(query, pair).fetchone() == (0,) for pair in (both, both[::-1]))


def _cell(value: object) -> str | None:
    """Spell a value as a canonical cell."""
    whole = isinstance(value, float) and value.is_integer() and abs(value) < _EXACT
    return None if value is None else str(int(value) if isinstance(value, float) and whole else value)
