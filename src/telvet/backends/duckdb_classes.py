"""Legal classes on DuckDB: raw values become tokens by joins with small tables, and tokens are packed into whole numbers.

* Keys are small tables; joins compare with IS NOT DISTINCT FROM, for an empty cell is a value too.
* Rows meet first what leaves out most of them for least: the cheaper of the first two keys, the other, then the pairs that matter.
* A class is one or a few 64-bit numbers, so that grouping and joining compare numbers and not twenty columns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from telvet.backends.duckdb_session import Session
from telvet.tables.columns import Kind
from telvet.tables.equipment import EQUIPMENT
from telvet.tables.judging import Key, Part, Raw, Source, Tokens
from telvet.tables.relation import Relation

__all__ = ["NUMERIC", "Classes", "Packing", "quoted"]

NUMERIC = {column.name for column in EQUIPMENT.columns if column.kind is Kind.NUMBER}
_WORD = 1 << 62
"""Numbers below fit a signed 64-bit word."""
_BLOCK = "coalesce(many.block, b9.stands, b7.stands, b6.stands)"


def quoted(name: str) -> str:
    """Return a name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


class Packing:
    """How the tokens of some keys are packed into words."""

    def __init__(self, keys: Sequence[Key]) -> None:
        self._words: list[list[tuple[int, int]]] = [[]]
        radix = 1
        for place, key in enumerate(keys):
            if radix * key.size > _WORD:
                self._words.append([])
                radix = 1
            self._words[-1].append((place, radix))
            radix *= key.size

    def names(self) -> list[str]:
        """Return the names of the words as columns."""
        return [f"w{number}" for number in range(len(self._words))]

    def expressions(self, token: Callable[[int], str]) -> list[str]:
        """Return the words in SQL, from the expression of each token."""
        return [
            " + ".join(f"CAST({token(place)} AS BIGINT) * {radix}" for place, radix in word) or "0"
            for word in self._words
        ]

    def pack(self, tokens: Tokens) -> tuple[int, ...]:
        """Return the words of some tokens."""
        return tuple(sum(tokens[place] * radix for place, radix in word) for word in self._words)

    def unpack(self, words: Sequence[int]) -> Tokens:
        """Return the tokens in some words."""
        tokens: list[int] = []
        for value, word in zip(words, self._words, strict=True):
            bounds = [*(radix for _, radix in word[1:]), _WORD]
            tokens.extend(value % bound // radix for (_, radix), bound in zip(word, bounds, strict=False))
        return tuple(tokens)


class Classes:
    """Groups rows into classes and joins back what was found for each."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._blocks = False
        self._keys: dict[int, tuple[Key, str]] = {}
        self._many: dict[str, str] = {}
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

    # ---- blocks of hardware addresses

    def know_blocks(self, blocks: Mapping[str, str]) -> None:
        """Tell the known hardware-address blocks, each with one that stands for it."""
        finer = {block[:6] for block in blocks if len(block) > 6}  # noqa: PLR2004 - digits of the shortest block
        for digits in (7, 9):
            rows = [pair for pair in blocks.items() if len(pair[0]) == digits]
            table = self._small("block", [("prefix", "VARCHAR"), ("stands", "VARCHAR")], rows)
            self._run(f"CREATE OR REPLACE TEMP VIEW blocks_{digits} AS SELECT prefix, stands FROM {table}")
        short = sorted(finer | {block for block in blocks if len(block) == 6})  # noqa: PLR2004
        columns = [("prefix", "VARCHAR"), ("stands", "VARCHAR"), ("finer", "BOOLEAN")]
        table = self._small("block", columns, [(block, blocks.get(block), block in finer) for block in short])
        self._run(f"CREATE OR REPLACE TEMP VIEW blocks_6 AS SELECT prefix, stands, finer FROM {table}")
        self._blocks = bool(blocks)
        self._many.clear()

    def _several(self, relation: Relation) -> str:
        """Return a table of the blocks of each cell that holds several addresses."""
        if relation.name not in self._many:
            name = self._many[relation.name] = self._session.name("many")
            self._run(
                f"""CREATE TEMP TABLE {name} AS
                SELECT cell, string_agg(DISTINCT block, ';' ORDER BY block) AS block FROM (
                  SELECT cell, coalesce(b9.stands, b7.stands, b6.stands) AS block FROM (
                    SELECT cell, unnest(string_split(cell, ';')) AS mac FROM (
                      SELECT DISTINCT mac AS cell FROM {quoted(relation.name)} WHERE contains(mac, ';'))) r
                  {_LONGEST}) GROUP BY cell"""
            )
        return self._many[relation.name]

    def _block_joins(self, relation: Relation, sources: Iterable[Source]) -> str:
        """Return the joins that bring the longest known block of each row's address, where a source asks for it."""
        if not self._blocks or not any(source.part is Part.BLOCK for source in sources):
            return ""
        many = self._several(relation)
        return f"LEFT JOIN {many} many ON many.cell = CASE WHEN contains(r.mac, ';') THEN r.mac END {_LONGEST}"

    def _expression(self, source: Source) -> str:
        column = f"r.{quoted(source.column)}"
        match source.part:
            case Part.ENTERPRISE:
                return (
                    f"CASE WHEN starts_with({column}, '1.3.6.1.4.1.') THEN nullif(split_part({column}, '.', 7), '') END"
                )
            case Part.BLOCK:
                return _BLOCK if self._blocks else "CAST(NULL AS VARCHAR)"
            case Part.WHOLE:
                return f"CAST({column} AS VARCHAR)" if source.column in NUMERIC else column

    # ---- classes

    def distinct(self, relation: Relation, sources: Sequence[Source]) -> list[Raw]:
        """Return every combination of values that occurs."""
        heads = ", ".join(
            f"CAST({self._expression(source)} AS VARCHAR) AS c{place}" for place, source in enumerate(sources)
        )
        rows = self._run(
            f"SELECT DISTINCT {heads} FROM {quoted(relation.name)} r {self._block_joins(relation, sources)}"
            " ORDER BY ALL NULLS FIRST"
        ).fetchall()
        return [tuple(row) for row in rows]

    def classify(self, relation: Relation, keys: Sequence[Key]) -> list[tuple[Tokens, int]]:
        """Return every combination of tokens that occurs and the number of its rows."""
        packing = Packing(keys)
        words = ", ".join(packing.expressions(lambda place: _token(place, keys[place])))
        rows = self._run(f"SELECT {words}, count(*) FROM {self._joined(relation, keys)} GROUP BY ALL").fetchall()
        return sorted((packing.unpack(row[:-1]), row[-1]) for row in rows)

    def judged(
        self, relation: Relation, keys: Sequence[Key], outcomes: Sequence[tuple[Tokens, int]], *, keep: bool
    ) -> Relation:
        """Return a relation of findings: a row's columns, `outcome` and `detail`."""
        name = self._session.name("judged")
        found = self._found(relation, keys, [(tokens, (outcome,)) for tokens, outcome in outcomes], ["outcome"])
        heads = ", ".join(f"r.{quoted(column)}" for column in relation.columns)
        query = found(f"{heads}, k0.detail AS detail", f"{heads}, o.outcome, r.detail")
        self._run(f"CREATE TEMP {'TABLE' if keep else 'VIEW'} {name} AS {query}")
        return Relation(name, (*relation.columns, "outcome", "detail"))

    def _found(
        self,
        relation: Relation,
        keys: Sequence[Key],
        by_class: Sequence[tuple[Tokens, tuple[int, ...]]],
        columns: Sequence[str],
    ) -> Callable[[str, str], str]:
        """Join rows with what was found for their classes, as `o`.

        Returns:
            What makes the query, from the columns to take of the rows and then of rows and `o` together.
        """
        packing = Packing(keys)
        names = packing.names()
        heads = [*((name, "BIGINT") for name in names), *((column, "INTEGER") for column in columns)]
        table = self._small("found", heads, [(*packing.pack(tokens), *values) for tokens, values in by_class])
        pairs = {tokens[:2] for tokens, _ in by_class}
        joined = self._joined(relation, keys, pairs)
        words = packing.expressions(lambda place: _token(place, keys[place]))
        packed = ", ".join(f"{word} AS {name}" for name, word in zip(names, words, strict=True))
        on = " AND ".join(f"o.{name} = r.{name}" for name in names)
        return lambda rows, both: f"SELECT {both} FROM (SELECT {rows}, {packed} FROM {joined}) r JOIN {table} o ON {on}"

    def _joined(self, relation: Relation, keys: Sequence[Key], wanted: Iterable[Tokens] | None = None) -> str:
        """Return the rows joined with their tokens, only those whose first two tokens are wanted if any are named."""
        order = sorted(range(len(keys)), key=lambda place: (place > 1, _is_dear(keys[place])))
        pairs = self._pairs(keys, wanted) if len(keys) > 1 else None
        parts = [f"{quoted(relation.name)} r"]
        for number, place in enumerate(order):
            if _is_dear(keys[place]):
                parts.append(self._block_joins(relation, keys[place].sources))
            parts.append(self._key_join(place, keys[place], pairs if wanted is not None else None))
            if number == 1:
                parts.append(f"JOIN {pairs} p ON p.k0 = k0.v0 AND p.k1 = k1.v0")
        return " ".join(part for part in parts if part)

    def _key_join(self, place: int, key: Key, pairs: str | None) -> str:
        table = self._key_table(key)
        if pairs and place < 2:  # noqa: PLR2004 - the first two keys make a pair
            table = f"(SELECT * FROM {table} WHERE v0 IN (SELECT k{place} FROM {pairs}))"
        # Where only one value occurs, as in a column that is empty throughout, every row has it.
        telling = (i for i in range(len(key.sources)) if len({raw[i] for raw, _, _ in key.rows}) > 1)
        on = (f"k{place}.c{i} IS NOT DISTINCT FROM {self._expression(key.sources[i])}" for i in telling)
        return f"JOIN {table} k{place} ON {' AND '.join(on) or 'true'}"

    def _key_table(self, key: Key) -> str:
        if id(key) not in self._keys:
            variants = key.variants or (range(key.size),)
            columns = [(f"c{place}", "VARCHAR") for place in range(len(key.sources))]
            columns += [(f"v{number}", "INTEGER") for number in range(len(variants))] + [("detail", "INTEGER")]
            rows = [(*raw, *(variant[token] for variant in variants), detail) for raw, token, detail in key.rows]
            self._keys[id(key)] = (key, self._small("key", columns, rows))
        return self._keys[id(key)][1]

    def _pairs(self, keys: Sequence[Key], wanted: Iterable[Tokens] | None) -> str:
        """Make a table of the pairs of tokens of the first two keys, each with the variant of every other key."""
        if wanted is None:
            firsts, seconds = (sorted({token for _, token, _ in key.rows}) for key in keys[:2])
            wanted = ((first, second) for first in firsts for second in seconds)
        varied = [(f"v{place}", key.chosen) for place, key in enumerate(keys) if key.variants]
        rows = [(*pair, *(chosen[pair[0], pair[1]] for _, chosen in varied)) for pair in wanted]
        columns = [("k0", "INTEGER"), ("k1", "INTEGER"), *((name, "INTEGER") for name, _ in varied)]
        return self._small("pairs", columns, rows)


_LONGEST = """LEFT JOIN blocks_6 b6 ON b6.prefix = substr(r.mac, 1, 6)
    LEFT JOIN blocks_7 b7 ON b7.prefix = CASE WHEN b6.finer THEN substr(r.mac, 1, 7) END
    LEFT JOIN blocks_9 b9 ON b9.prefix = CASE WHEN b6.finer THEN substr(r.mac, 1, 9) END"""


def _is_dear(key: Key) -> bool:
    return any(source.part is Part.BLOCK for source in key.sources)


def _token(place: int, key: Key) -> str:
    """Return the token of a row for a key, in the variant that its pair has."""
    last = len(key.variants) - 1
    if last < 1:
        return f"k{place}.v0"
    whens = " ".join(f"WHEN {number} THEN k{place}.v{number}" for number in range(last))
    return f"CASE p.v{place} {whens} ELSE k{place}.v{last} END"
