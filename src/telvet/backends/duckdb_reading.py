"""Turn raw tables into canonical equipment with DuckDB: the `Reader` of `tables/reading.py` on a session.

* A file is staged by one scan: its cells folded, plain ones written by pattern, odd ones joined to their spellings.
* Faults of rows stand in a small table beside each file, so that all faults of a row are listed.
* Everything stays inside the session; only odd texts, counts and the faults to be shown leave it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from telvet.backends.duckdb_reading_aside import Aside
from telvet.backends.duckdb_reading_load import Loader, refusing, stand_in
from telvet.backends.duckdb_reading_text import bind_blanks, canonical_type, cell, folded, literal, odd, plain_value
from telvet.backends.duckdb_session import Session
from telvet.tables.equipment import EQUIPMENT
from telvet.tables.reading import (
    BETWEEN_FLAWS,
    NO_ID,
    OddText,
    Plan,
    Raw,
    ReadingRefused,
    SetAside,
    Spaces,
    Spelling,
    Staged,
    Take,
)
from telvet.tables.relation import Relation

__all__ = ["DuckDBReader"]

_BATCH = 20_000
_LARGE = 20_000_000
"""Cells of a file that are kept in a scratch Parquet file."""


class DuckDBReader:
    """Reads inventories with DuckDB."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._load = Loader(session)
        self._odd: dict[str, str] = {}
        """Table of odd texts by raw table."""
        self._spelt: dict[str, str] = {}
        """Table of spellings by raw table."""
        self._faulty: dict[str, set[str]] = {}
        """Columns of which some text is faulty, by raw table."""
        self._spelt_columns: dict[str, set[str]] = {}

    @property
    def scratch(self) -> Path:
        """The session's scratch folder."""
        return self._session.scratch

    def load_delimited(
        self, path: Path, header: tuple[str, ...], delimiter: str, records: int, spaces: Spaces
    ) -> Raw | None:
        """Load well-formed UTF-8 text with so many records after the header; None where it is not that."""
        return self._load.delimited(path, header, delimiter, records, spaces)

    def load_pumped(self, path: Path, header: tuple[str, ...], spaces: Spaces = Spaces.ANY) -> Raw:
        """Load what a source pumped."""
        return self._load.pumped(path, header, spaces)

    def load_json_lines(self, path: Path) -> Raw:
        """Load a JSON object from each line."""
        return self._load.json_lines(path)

    def load_json_array(self, path: Path) -> Raw:
        """Load the JSON objects of one array."""
        return self._load.json_array(path)

    def load_parquet(self, path: Path) -> Raw:
        """Look at a Parquet file as text."""
        return self._load.parquet(path)

    def parquet_marks(self, path: Path) -> Mapping[str, str]:
        """Return the key-value metadata of a Parquet file."""
        return self._load.marks(path)

    def odd_texts(self, plan: Plan) -> Iterator[Sequence[OddText]]:
        """Yield, in batches, each text that no pattern settles."""
        with refusing():
            if (table := self._odd.get(plan.raw.name)) is None:
                table = self._odd[plan.raw.name] = self._find_odd(plan)
            reading = self._session.connection.cursor()
            try:
                reading.execute(f"SELECT name, text, rows FROM {table} ORDER BY ALL")
                while batch := reading.fetchmany(_BATCH):
                    yield [OddText(*row) for row in batch]
            finally:
                reading.close()

    def _find_odd(self, plan: Plan) -> str:
        table = self._session.name("odd")
        parts = []
        for take in plan.takes:
            raw = cell(take.position)
            if (when := odd(take, raw, plan.blanks)) is not None:
                # Looked at as written and folded only then: a plain text has no space to fold, and folding costs most.
                source = f"(SELECT {raw}, count(*) AS rows FROM {plan.raw.name} WHERE {when} GROUP BY {raw})"
                parts.append(
                    f"SELECT {literal(take.column.name)} AS name, text, sum(rows)::BIGINT AS rows"
                    f" FROM (SELECT {folded(raw, plan.raw.spaces)} AS text, rows FROM {source})"
                    " WHERE text IS NOT NULL GROUP BY text"
                )
        union = " UNION ALL ".join(parts) or "SELECT '' AS name, '' AS text, 0 AS rows WHERE false"
        self._run(f"CREATE TABLE {table} AS {union}", _used(union, bind_blanks(plan.blanks)))
        return table

    def spell(self, plan: Plan, spellings: Sequence[Spelling]) -> None:
        """Learn how texts are spelt, or why they cannot be."""
        name = plan.raw.name
        if name not in self._spelt:
            self._spelt[name] = self._session.name("spelt")
            self._run(
                f"CREATE TABLE {self._spelt[name]} (name VARCHAR, text VARCHAR, canonical VARCHAR, code VARCHAR,"
                " what VARCHAR, fix VARCHAR)"
            )
        self._spelt_columns.setdefault(name, set()).update(one.column for one in spellings)
        self._faulty.setdefault(name, set()).update(one.column for one in spellings if one.code)
        lists = {
            "name": [one.column for one in spellings],
            "text": [one.text for one in spellings],
            "canonical": [one.canonical for one in spellings],
            "code": [one.code for one in spellings],
            "what": [one.what for one in spellings],
            "fix": [one.fix for one in spellings],
        }
        columns = ", ".join(f"unnest(${key}::VARCHAR[])" for key in lists)
        self._run(f"INSERT INTO {self._spelt[name]} SELECT {columns}", lists)

    def stage(self, plan: Plan) -> Staged:
        """Turn the good rows into canonical ones and note the faults of the others."""
        with refusing():
            records = self._count(f"SELECT count(*) FROM {plan.raw.name}")
            faults, blank = self._find_faults(plan)
            selected, joins = self._canonical(plan)
            key = plan.taken("id")
            aside = f" ANTI JOIN {faults} USING (record)" if faults else ""
            cells = ", ".join(f"{folded(cell(take.position), plan.raw.spaces)} AS {_text(take)}" for take in plan.takes)
            statement = (
                f"SELECT {selected}, $file AS origin_file, record AS origin_row"
                f" FROM (SELECT record, {cells} FROM {plan.raw.name}{aside}) AS folded_cells{joins}"
                f" WHERE {_text(key)} IS NOT NULL"
            )
            values = _used(statement, {**bind_blanks(plan.blanks), "file": plan.file})
            name = self._keep(statement, values, large=records * len(plan.takes) > _LARGE)
        return Staged(plan, plan.number, plan.file, name, faults, records - blank, blank)

    def _keep(self, statement: str, values: Mapping[str, object], *, large: bool) -> str:
        """Keep rows in a table, or, where they would crowd the memory, in a scratch Parquet file under a view."""
        name = self._session.name("staged")
        if not large:
            self._run(f"CREATE TABLE {name} AS {statement}", values)
            return name
        path = literal(str(self._session.scratch / f"{name}.parquet"))
        self._run(f"COPY ({statement}) TO {path} (FORMAT parquet, COMPRESSION lz4_raw)", values)
        self._run(f"CREATE VIEW {name} AS SELECT * FROM read_parquet({path})")
        return name

    def _canonical(self, plan: Plan) -> tuple[str, str]:
        """Return the canonical columns, and the joins to their spellings."""
        selected, joins = [], []
        for take in plan.takes:
            text, kind = _text(take), canonical_type(take)
            when, value = plain_value(take, text, plan.blanks)
            if take.column.name in self._spelt_columns.get(plan.raw.name, ()):
                spelt = f"spelt_{take.column.name}"
                joins.append(
                    f" LEFT JOIN (SELECT text, canonical FROM {self._spelt[plan.raw.name]}"
                    f" WHERE name = {literal(take.column.name)}) AS {spelt} ON {spelt}.text = {text}"
                )
                canonical = f"try_cast({spelt}.canonical AS {kind})"
                value = f"CASE WHEN {when} THEN {value} ELSE {canonical} END" if when else canonical
            elif when is None:  # no text came out odd, and none is plain: the column is empty
                value = f"NULL::{kind}"
            selected.append(f"{value} AS {take.column.name}")
        return ", ".join(selected), "".join(joins)

    def _find_faults(self, plan: Plan) -> tuple[str | None, int]:
        """Note every fault of every row of a file; return their table, if there are any, and the number of blank rows."""
        raw, key = plan.raw, plan.taken("id")
        table = self._session.name("faults")
        self._run(
            f"CREATE TABLE {table} (record BIGINT, position INTEGER, name VARCHAR, code VARCHAR, what VARCHAR,"
            " fix VARCHAR, value VARCHAR)"
        )
        for take in plan.takes:
            if take.column.name in self._faulty.get(raw.name, ()):
                text = folded(cell(take.position), raw.spaces)
                self._run(
                    f"INSERT INTO {table} SELECT record, {take.position}, {literal(take.column.name)}, code, what, fix, text"
                    f" FROM (SELECT record, {text} AS text FROM {raw.name}) JOIN {self._spelt[raw.name]} AS spelt USING (text)"
                    f" WHERE spelt.name = {literal(take.column.name)} AND spelt.code <> ''"
                )
        if raw.flawed:
            parts = ", ".join(f"part[{place}]" for place in range(1, 4))
            self._run(
                f"INSERT INTO {table} SELECT record, NULL, NULL, {parts}, nullif(part[4], '')"
                f" FROM (SELECT record, string_split(flaw, {literal(BETWEEN_FLAWS)}) AS part FROM {raw.name}"
                " WHERE flaw IS NOT NULL)"
            )
        blank = self._find_nameless(plan, key, table)
        found = self._count(f"SELECT count(*) FROM {table}")
        return (table if found else None), blank

    def _find_nameless(self, plan: Plan, key: Take, table: str) -> int:
        """Note rows without an id; return the number of those that are blank altogether."""
        key_text = folded(cell(key.position), plan.raw.spaces)
        others = ", ".join(folded(cell(place), plan.raw.spaces) for place in range(len(plan.raw.header)))
        nameless = f"FROM {plan.raw.name} WHERE {key_text} IS NULL AND flaw IS NULL"
        if not self._count(f"SELECT count(*) {nameless}"):
            return 0
        self._run(
            f"INSERT INTO {table} SELECT record, {key.position}, 'id', $code, $what, $fix, NULL {nameless}"
            f" AND coalesce({others}) IS NOT NULL",
            asdict(NO_ID),
        )
        return self._count(f"SELECT count(*) {nameless} AND coalesce({others}) IS NULL")

    def open_snapshot(self, path: Path, number: int, file: str) -> Staged:
        """Look at a canonical Parquet file as it is."""
        source = f"read_parquet({literal(str(stand_in(self._session, path)))})"
        name = self._session.name("snapshot")
        with refusing():
            names = [
                str(row[0]) for row in self._session.connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
            ]
            if names != list(EQUIPMENT.names):
                raise ReadingRefused("its columns are not those of the equipment table")
            self._run(f"CREATE VIEW {name} AS SELECT * FROM {source}")
            return Staged(None, number, file, name, None, self._count(f"SELECT count(*) FROM {name}"))

    def unite(self, staged: Sequence[Staged], *, shown: int) -> SetAside:
        """Set later rows with the same operator and id aside, and unite the files."""
        with refusing():
            united = Aside(self._session).unite(staged, shown=shown)
            for one in staged:
                if one.plan is not None:
                    self._let_go(one.plan.raw)
            return united

    def _let_go(self, raw: Raw) -> None:
        """Drop what only staging needed: the relation stands without it."""
        self._load.let_go(raw)
        for tables in (self._odd, self._spelt):
            if table := tables.pop(raw.name, None):
                self._run(f"DROP TABLE {table}")

    def write_parquet(self, relation: Relation, path: Path, marks: Mapping[str, str]) -> None:
        """Write a relation as Parquet with key-value metadata."""
        with refusing():
            self._run(
                f"COPY (SELECT * FROM {relation.name}) TO $path (FORMAT parquet, COMPRESSION zstd, KV_METADATA $marks)",
                {"path": str(path), "marks": dict(marks)},
            )

    def write_rejects(self, rejects: Relation, path: Path, places: Sequence[Sequence[int | None]]) -> None:
        """Write rejected records as CSV without header."""
        with refusing():
            Aside(self._session).write_rejects(rejects, path, places)

    def content_digest(self, relation: Relation) -> str:
        """Return a digest of a relation's rows that does not depend on their order."""
        with refusing():
            return Aside(self._session).content_digest(relation)

    def _run(self, statement: str, values: Mapping[str, object] | None = None) -> None:
        self._session.connection.execute(statement, dict(values) if values else None)

    def _count(self, statement: str) -> int:
        found = self._session.connection.execute(statement).fetchone()
        return int(found[0]) if found else 0


def _text(take: Take) -> str:
    return f"text_{take.column.name}"


def _used(statement: str, values: Mapping[str, object]) -> dict[str, object]:
    """Keep the parameters that a statement names; DuckDB refuses others."""
    return {name: value for name, value in values.items() if f"${name}" in statement}
