"""Judge on DuckDB: one GROUP BY makes legal classes, one join brings the outcomes back, one GROUP BY a share.

* SQL is plain `GROUP BY` and `JOIN`; values go in as parameters, identifiers through `quoted`, never pasted.
* Keys are small tables; joins compare with IS NOT DISTINCT FROM, for an empty cell is a value too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from telvet.backends.duckdb_session import Session
from telvet.tables.columns import Kind
from telvet.tables.equipment import EQUIPMENT
from telvet.tables.judging import Key, Part, Raw, ShareCode, ShareCount, ShareUnit, Source, Tokens
from telvet.tables.relation import Relation

__all__ = ["Judge", "quoted", "states"]

_BATCH = 10_000
_EXACT = 1e15
"""Whole numbers below are written without an exponent."""
_NUMERIC = {column.name for column in EQUIPMENT.columns if column.kind is Kind.NUMBER}
_LISTS = {column.name for column in EQUIPMENT.columns if column.kind in (Kind.CODES, Kind.LABELS, Kind.NUMBERS)}


def quoted(name: str) -> str:
    """Return a name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def states(column: str) -> str:
    """Return a condition on a list column: it states a member, given in small letters with spaces between its words."""
    return f"list_contains(string_split(translate(lower({column}), '_-', '  '), ';'), ?)"


def _expression(source: Source) -> str:
    column = f"r.{quoted(source.column)}"
    match source.part:
        case Part.ENTERPRISE:
            return f"CASE WHEN starts_with({column}, '1.3.6.1.4.1.') THEN nullif(split_part({column}, '.', 7), '') END"
        case Part.BLOCK:
            return 'r."mac_block"'
        case Part.WHOLE:
            return column


class Judge:
    """Implements `telvet.tables.judging.Judging` on a session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._blocks = False
        self._keys: dict[int, tuple[Key, str]] = {}
        # Rows meet small tables in the order in which they are written; put otherwise, small tables would meet each other.
        session.connection.execute("SET disabled_optimizers = 'join_order'")

    def _run(self, sql: str, parameters: Sequence[object] = ()) -> Any:  # noqa: ANN401 - a DuckDB result
        return self._session.connection.execute(sql, list(parameters))

    def _small(self, stem: str, columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[object]]) -> str:
        """Make a small table of rows and return its name."""
        name = self._session.name(stem)
        heads = ", ".join(f"unnest(CAST(? AS {kind}[])) AS {quoted(column)}" for column, kind in columns)
        lists = [[row[place] for row in rows] for place in range(len(columns))]
        self._run(f"CREATE TEMP TABLE {name} AS SELECT {heads}", lists)
        return name

    # ---- beside the rows

    def know_blocks(self, blocks: Mapping[str, str]) -> None:
        """Tell the known hardware-address blocks, each with one that stands for it."""
        for digits in (6, 7, 9):
            rows = [pair for pair in blocks.items() if len(pair[0]) == digits]
            table = self._small("block", [("prefix", "VARCHAR"), ("stands", "VARCHAR")], rows)
            self._run(f"CREATE OR REPLACE TEMP VIEW blocks_{digits} AS SELECT prefix, stands FROM {table}")
        self._blocks = bool(blocks)

    def _with_blocks(self, relation: Relation) -> str:
        """Return a query that adds the longest known block of each address as `mac_block`."""
        if not self._blocks:
            return f'(SELECT *, CAST(NULL AS VARCHAR) AS "mac_block" FROM {quoted(relation.name)})'
        many = self._session.name("many")
        self._run(
            f"""CREATE TEMP TABLE {many} AS
            SELECT cell, string_agg(DISTINCT block, ';' ORDER BY block) AS block FROM (
              SELECT cell, coalesce(b9.stands, b7.stands, b6.stands) AS block FROM (
                SELECT cell, unnest(string_split(cell, ';')) AS mac FROM (
                  SELECT DISTINCT mac AS cell FROM {quoted(relation.name)} WHERE contains(mac, ';')))
              LEFT JOIN blocks_9 b9 ON b9.prefix = substr(mac, 1, 9)
              LEFT JOIN blocks_7 b7 ON b7.prefix = substr(mac, 1, 7)
              LEFT JOIN blocks_6 b6 ON b6.prefix = substr(mac, 1, 6)) GROUP BY cell"""
        )
        return f"""(SELECT r.*, coalesce(many.block, b9.stands, b7.stands, b6.stands) AS "mac_block"
            FROM {quoted(relation.name)} r
            LEFT JOIN {many} many ON many.cell = r.mac
            LEFT JOIN blocks_9 b9 ON b9.prefix = substr(r.mac, 1, 9)
            LEFT JOIN blocks_7 b7 ON b7.prefix = substr(r.mac, 1, 7)
            LEFT JOIN blocks_6 b6 ON b6.prefix = substr(r.mac, 1, 6))"""

    def _from(self, relation: Relation, sources: Iterable[Source]) -> str:
        needs = any(source.part is Part.BLOCK for source in sources)
        return self._with_blocks(relation) if needs else quoted(relation.name)

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
            kind, alias = "DOUBLE" if column in _NUMERIC else "VARCHAR", f"c{len(joins)}"
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

    # ---- classes

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

    def distinct(self, relation: Relation, sources: Sequence[Source]) -> list[Raw]:
        """Return every combination of values that occurs."""
        heads = ", ".join(f"CAST({_expression(source)} AS VARCHAR) AS c{place}" for place, source in enumerate(sources))
        rows = self._run(
            f"SELECT DISTINCT {heads} FROM {self._from(relation, sources)} r ORDER BY ALL NULLS FIRST"
        ).fetchall()
        return [tuple(row) for row in rows]

    def _key_table(self, key: Key) -> str:
        if id(key.rows) not in self._keys:
            columns = [(f"c{place}", "VARCHAR") for place in range(len(key.sources))]
            columns += [(name, "INTEGER") for name in ("token", "coarse", "detail")]
            rows = [
                (*raw, token, key.coarse[token] if key.coarse else token, detail) for raw, token, detail in key.rows
            ]
            self._keys[id(key.rows)] = (key, self._small("key", columns, rows))
        return self._keys[id(key.rows)][1]

    def _joins(self, keys: Sequence[Key], verdicts: str | None = None) -> str:
        """Return the joins that bring each key's token as k0, k1, ...; only tokens that a verdict has, where there are verdicts."""
        joins = []
        for place, key in enumerate(keys):
            table = self._key_table(key)
            if verdicts:
                wanted = f"(SELECT k{place} FROM {verdicts})"
                table = f"(SELECT * FROM {table} WHERE token IN {wanted} OR coarse IN {wanted})"
            on = " AND ".join(
                f"k{place}.c{i} IS NOT DISTINCT FROM {_cast(source)}" for i, source in enumerate(key.sources)
            )
            joins.append(f"JOIN {table} k{place} ON {on}")
        if any(key.coarse for key in keys):
            joins.append(f"JOIN {self._pairs(keys)} p ON p.k0 = k0.token AND p.k1 = k1.token")
        return " ".join(joins)

    def _pairs(self, keys: Sequence[Key]) -> str:
        """Make a table of the pairs of tokens of the first two keys, each with the keys whose finer tokens count, as bits."""
        firsts, seconds = (sorted({token for _, token, _ in key.rows}) for key in keys[:2])
        bits = [(1 << place, key.fine_for) for place, key in enumerate(keys)]
        rows = [
            (first, second, sum(bit for bit, pairs in bits if (first, second) in pairs))
            for first in firsts
            for second in seconds
        ]
        return self._small("pairs", [("k0", "INTEGER"), ("k1", "INTEGER"), ("fine", "UBIGINT")], rows)

    def classify(self, relation: Relation, keys: Sequence[Key]) -> list[tuple[Tokens, int]]:
        """Return every combination of tokens that occurs and the number of its rows."""
        tokens = ", ".join(_token(place, key) for place, key in enumerate(keys))
        sources = [source for key in keys for source in key.sources]
        rows = self._run(
            f"SELECT {tokens}, count(*) FROM {self._from(relation, sources)} r {self._joins(keys)} GROUP BY ALL ORDER BY ALL"
        ).fetchall()
        return [(tuple(row[:-1]), row[-1]) for row in rows]

    def judged(
        self, relation: Relation, keys: Sequence[Key], outcomes: Sequence[tuple[Tokens, int]], *, keep: bool
    ) -> Relation:
        """Return a relation of findings: a row's columns, `outcome` and `detail`."""
        columns = [*((f"k{place}", "INTEGER") for place in range(len(keys))), ("outcome", "INTEGER")]
        table = self._small("outcomes", columns, [(*tokens, outcome) for tokens, outcome in outcomes])
        on = " AND ".join(f"o.k{place} = r.t{place}" for place in range(len(keys)))
        heads = ", ".join(f"r.{quoted(column)}" for column in relation.columns)
        tokens = ", ".join(f"{_token(place, key)} AS t{place}" for place, key in enumerate(keys))
        sources = [source for key in keys for source in key.sources]
        name = self._session.name("judged")
        self._run(
            f"CREATE TEMP {'TABLE' if keep else 'VIEW'} {name} AS SELECT {heads}, o.outcome, r.detail FROM ("
            f"SELECT {heads}, k0.detail, {tokens} FROM {self._from(relation, sources)} r {self._joins(keys, table)}"
            f") r JOIN {table} o ON {on}"
        )
        return Relation(name, (*relation.columns, "outcome", "detail"))

    # ---- answers

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

    # ---- shares

    def shares(
        self, relation: Relation, keys: Sequence[Key], codes: Sequence[ShareCode], unit: ShareUnit
    ) -> list[ShareCount]:
        """Return the sums of a share by group, sorted."""
        columns = [
            *((f"k{place}", "INTEGER") for place in range(len(keys))),
            ("among", "INTEGER"),
            ("of", "INTEGER"),
            ("note", "INTEGER"),
        ]
        table = self._small("codes", columns, [(*code.tokens, code.among, code.of, code.note) for code in codes])
        on = " AND ".join(f"o.k{place} = r.t{place}" for place in range(len(keys)))
        tokens = ", ".join(f"{_token(place, key)} AS t{place}" for place, key in enumerate(keys))
        sources = [source for key in keys for source in key.sources]
        groups = ", ".join(f"{_member(column)} AS g{place}" for place, column in enumerate(unit.per))
        measure = f"r.{quoted(unit.count)}" if unit.count else _exact(f"r.{quoted(unit.sum or '')}")
        elements = (
            f"SELECT {', '.join(f'r.g{place}' for place in range(len(unit.per)))}, r.measure, o.among, o.of, o.note FROM ("
            f"SELECT {groups}, {measure} AS measure, {tokens} FROM {self._from(relation, sources)} r {self._joins(keys, table)}"
            f") r JOIN {table} o ON {on}"
        )
        names = [f"g{place}" for place in range(len(unit.per))]
        query = _by_site(elements, names) if unit.count else _by_sum(elements, names)
        return [_share_count(row, len(names)) for row in self._run(query).fetchall()]


def _token(place: int, key: Key) -> str:
    """Return the token of a row for a key: the coarse one where the finer cannot matter."""
    if not key.coarse:
        return f"k{place}.token"
    return f"CASE WHEN p.fine & {1 << place} <> 0 THEN k{place}.token ELSE k{place}.coarse END"


def _cast(source: Source) -> str:
    return f"CAST({_expression(source)} AS VARCHAR)" if source.column in _NUMERIC else _expression(source)


def _member(column: str) -> str:
    """Return each member that a list column states, or an empty name where it states none; any other column as it is."""
    if column not in _LISTS:
        return f"r.{quoted(column)}"
    parts = f"string_split(coalesce(r.{quoted(column)}, ''), ';')"
    stated = f"list_filter({parts}, lambda m: m <> '' AND m <> 'none' AND NOT starts_with(m, '-'))"
    return f"unnest(CASE WHEN len({stated}) = 0 THEN [''] ELSE {stated} END)"


def _cell(value: object) -> str | None:
    """Spell a value as a canonical cell."""
    whole = isinstance(value, float) and value.is_integer() and abs(value) < _EXACT
    return None if value is None else str(int(value) if isinstance(value, float) and whole else value)


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
