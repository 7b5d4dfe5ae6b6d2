"""Unite staged files to one relation, and set aside what may not stay: later namesakes, and rows with faults.

* Of rows with the same operator and id the first good one stays; each later one names it.
* Rejected records keep their raw cells, so that people can mend and give them again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from telvet.backends.duckdb_reading_text import cell, literal
from telvet.backends.duckdb_session import Session
from telvet.tables.columns import Kind
from telvet.tables.equipment import EQUIPMENT
from telvet.tables.reading import ID_TWICE, Flaw, SetAside, Staged
from telvet.tables.relation import Relation

__all__ = ["Aside"]

_REJECTS = ("number", "file", "record", "faults", "cells")
# A cell that a spreadsheet would run, unless it is a plain number.
_FORMULA = r"regexp_matches({0}, '^[=+@\t\r-]') AND NOT regexp_full_match({0}, '[+-]?[0-9.]+')"


class Aside:
    """Unites staged files."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def unite(self, staged: Sequence[Staged], *, shown: int) -> SetAside:
        """Unite files; return the relation, what was set aside, and how much of each."""
        kept = {one.number: self._columns(one) for one in staged}
        twice = self._find_twice(staged, kept)
        faults = self._all_faults(staged, twice)
        views = [self._kept(kept[one.number], one.number, twice) for one in staged]
        relation = Relation(self._session.name("equipment"), EQUIPMENT.names)
        self._run(f"CREATE VIEW {relation.name} AS {' UNION ALL '.join(views)}")
        judged = tuple(self._count(f"SELECT count(*) FROM ({view})") for view in views)
        if faults is None:
            return SetAside(relation, judged, tuple(0 for _ in staged), (), 0, None)
        rejected = tuple(
            self._count(f"SELECT count(DISTINCT (file, record)) FROM {faults} WHERE number = {one.number}")
            for one in staged
        )
        flaws = self._session.connection.execute(
            f"SELECT file, record, position, name, code, what, fix, value FROM {faults}"
            f" ORDER BY number, file, record, position NULLS FIRST, code LIMIT {int(shown)}"
        ).fetchall()
        total = self._count(f"SELECT count(*) FROM {faults}")
        rejects = self._rejects(staged, faults, kept)
        return SetAside(relation, judged, rejected, tuple(Flaw(*flaw) for flaw in flaws), total, rejects)

    def _columns(self, one: Staged) -> str:
        """Select all columns of the equipment table from a staged file; those it lacks are unknown."""
        if one.plan is None:
            return f"SELECT * FROM {one.name}"
        taken = {take.column.name for take in one.plan.takes} | {"origin_file", "origin_row"}
        selected = ", ".join(
            column.name
            if column.name in taken
            else f"NULL::{'DOUBLE' if column.kind is Kind.NUMBER else 'VARCHAR'} AS {column.name}"
            for column in EQUIPMENT.columns
        )
        return f"SELECT {selected} FROM {one.name}"

    def _find_twice(self, staged: Sequence[Staged], kept: dict[int, str]) -> str | None:
        """Return a table of the rows whose operator and id an earlier row has; a lone snapshot is known to have none."""
        if all(one.plan is None for one in staged) and len(staged) == 1:
            return None
        rows = " UNION ALL ".join(
            f"SELECT {one.number} AS number, origin_file, origin_row, operator, id FROM ({kept[one.number]})"
            for one in staged
        )
        hashes = self._session.name("hashes")
        self._run(
            f"CREATE TABLE {hashes} AS SELECT hash FROM (SELECT hash(operator, id) AS hash FROM ({rows}))"
            " GROUP BY hash HAVING count(*) > 1"
        )
        if not self._count(f"SELECT count(*) FROM {hashes}"):
            return None
        twice = self._session.name("twice")
        self._run(
            f"CREATE TABLE {twice} AS SELECT * FROM ("
            " SELECT number, origin_file, origin_row, id, row_number() OVER same AS place,"
            " first_value(origin_file) OVER same AS first_file, first_value(origin_row) OVER same AS first_row"
            f" FROM ({rows}) SEMI JOIN {hashes} ON hash(operator, id) = {hashes}.hash"
            " WINDOW same AS (PARTITION BY operator, id ORDER BY number, origin_file, origin_row)) WHERE place > 1"
        )
        return twice if self._count(f"SELECT count(*) FROM {twice}") else None

    def _all_faults(self, staged: Sequence[Staged], twice: str | None) -> str | None:
        """Gather the faults of all files and of later namesakes in one table, if there are any."""
        parts = [
            f"SELECT {one.number} AS number, names.file, faults.* FROM {one.faults} AS faults, {self._name(one)} AS names"
            for one in staged
            if one.faults
        ]
        if twice:
            parts.append(self._say_twice(staged, twice))
        if not parts:
            return None
        table = self._session.name("faults")
        self._run(
            f"CREATE TABLE {table} (number INTEGER, file VARCHAR, record BIGINT, position INTEGER, name VARCHAR,"
            " code VARCHAR, what VARCHAR, fix VARCHAR, value VARCHAR)"
        )
        for part in parts:
            values = asdict(ID_TWICE) if "$what" in part else None
            self._session.connection.execute(f"INSERT INTO {table} {part}", values)
        return table

    def _say_twice(self, staged: Sequence[Staged], twice: str) -> str:
        """Select the fault of each later namesake."""
        positions = " ".join(
            f"WHEN {one.number} THEN {one.plan.taken('id').position}" for one in staged if one.plan is not None
        )
        position = f"CASE number {positions} END" if positions else "NULL"
        what = "replace(replace($what, '{record}', first_row::VARCHAR), '{file}', first_file)"
        return f"SELECT number, origin_file, origin_row, {position}, 'id', $code, {what}, $fix, id FROM {twice}"

    def _name(self, one: Staged) -> str:
        table = self._session.name("names")
        self._session.connection.execute(f"CREATE TABLE {table} AS SELECT $file AS file", {"file": one.file})
        return table

    def _kept(self, columns: str, number: int, twice: str | None) -> str:
        if twice is None:
            return columns
        gone = f"(SELECT origin_file, origin_row FROM {twice} WHERE number = {number})"
        return f"SELECT * FROM ({columns}) ANTI JOIN {gone} USING (origin_file, origin_row)"

    def _rejects(self, staged: Sequence[Staged], faults: str, kept: dict[int, str]) -> Relation:
        """Hold rejected records with all their faults and cells."""
        table = Relation(self._session.name("rejects"), _REJECTS)
        self._run(
            f"CREATE TABLE {table.name} (number INTEGER, file VARCHAR, record BIGINT, faults VARCHAR, cells VARCHAR[])"
        )
        line = "coalesce(name || ': ', '') || what || CASE WHEN fix = '' THEN '' ELSE '; ' || fix END"
        for one in staged:
            if one.plan is None:
                cells = ", ".join(f"{name}::VARCHAR" for name in EQUIPMENT.names)
                rows = f"SELECT origin_file AS file, origin_row AS record, [{cells}] AS cells FROM ({kept[one.number]})"
                match = "USING (file, record)"
            else:
                cells = ", ".join(cell(place) for place in range(len(one.plan.raw.header)))
                rows = f"SELECT record, [{cells}] AS cells FROM {one.plan.raw.name}"
                match = "USING (record)"
            self._run(
                f"INSERT INTO {table.name} SELECT {one.number}, said.file, said.record, said.lines, cells FROM ("
                f" SELECT file, record, string_agg({line}, ' | ' ORDER BY position NULLS FIRST, code) AS lines"
                f" FROM {faults} WHERE number = {one.number} GROUP BY file, record) AS said JOIN ({rows}) {match}"
            )
        return table

    def write_rejects(self, rejects: Relation, path: Path, places: Sequence[Sequence[int | None]]) -> None:
        """Write rejected records as CSV without header; formulas are defused."""
        parts = []
        for number, columns in enumerate(places):
            cells = "".join(", NULL" if place is None else f", {_defused(f'cells[{place + 1}]')}" for place in columns)
            parts.append(
                f"SELECT number, {_defused('file')}, record, {_defused('faults')}{cells} FROM {rejects.name}"
                f" WHERE number = {number}"
            )
        inner = f"SELECT * FROM ({' UNION ALL '.join(parts)}) ORDER BY ALL"
        self._run(f"COPY (SELECT * EXCLUDE (number) FROM ({inner})) TO {literal(str(path))} (FORMAT csv, HEADER false)")

    def content_digest(self, relation: Relation) -> str:
        """Return a digest of a relation's rows that does not depend on their order."""
        row = " || ".join(f"coalesce(chr(30) || {name}::VARCHAR, '') || chr(31)" for name in relation.columns)
        found = self._session.connection.execute(
            "SELECT count(*), sum(md5_number_lower(row)::HUGEINT), sum(md5_number_upper(row)::HUGEINT)"
            f" FROM (SELECT {row} AS row FROM {relation.name})"
        ).fetchone()
        return sha256(repr((relation.columns, found)).encode()).hexdigest()

    def _run(self, statement: str) -> None:
        self._session.connection.execute(statement)

    def _count(self, statement: str) -> int:
        found = self._session.connection.execute(statement).fetchone()
        return int(found[0]) if found else 0


def _defused(expression: str) -> str:
    # a lone carriage return would not be quoted, and ends a record for many readers
    safe = f"replace({expression}, chr(13), ' ')"
    return f"CASE WHEN {_FORMULA.format(expression)} THEN chr(39) || {safe} ELSE {safe} END"
