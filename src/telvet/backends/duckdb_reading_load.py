"""Turn files into raw tables of DuckDB: a record number, a flaw, and a text cell for each header.

* Every path goes through a stand-in with a plain name in the scratch folder: no wildcard, suffix or quote of a user's counts.
* A record number is what a spreadsheet shows, a line of JSON lines, or a place in an array or a Parquet file.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from telvet.backends.duckdb_reading_text import cell, identifier, literal
from telvet.backends.duckdb_session import Session
from telvet.tables.reading import BETWEEN_FLAWS, NOT_AN_OBJECT, Raw, ReadingRefused, Spaces

__all__ = ["LARGEST_RECORD", "Loader", "refusing", "stand_in"]

LARGEST_RECORD = 4 * 1024 * 1024
"""Bytes of one record; a longer one is a broken file."""
_MOST_COLUMNS = 2000


@contextmanager
def refusing() -> Iterator[None]:
    """Turn what DuckDB says into `ReadingRefused`."""
    import duckdb  # noqa: PLC0415 - heavy: loaded when used

    try:
        yield
    except duckdb.Error as problem:
        raise ReadingRefused(str(problem).strip().split("\n", 1)[0]) from problem


def stand_in(session: Session, path: Path) -> Path:
    """Return a path in the scratch folder that leads to the file."""
    link = session.scratch / session.name("file")
    try:
        link.symlink_to(path.resolve())
    except OSError:  # where links are not allowed
        try:
            os.link(path, link)
        except OSError:
            shutil.copyfile(path, link)
    return link


class Loader:
    """Loads raw tables."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._held: dict[str, str] = {}
        """The table behind a raw view, by the view's name."""

    def let_go(self, raw: Raw) -> None:
        """Drop a raw table that is not needed any more."""
        kind = "VIEW" if raw.name in self._held or self._is_view(raw.name) else "TABLE"
        self._session.connection.execute(f"DROP {kind} {raw.name}")
        if table := self._held.pop(raw.name, None):
            self._session.connection.execute(f"DROP TABLE {table}")

    def _is_view(self, name: str) -> bool:
        found = self._session.connection.execute(
            "SELECT count(*) FROM duckdb_views() WHERE view_name = $name", {"name": name}
        )
        return found.fetchone() == (1,)

    def delimited(
        self, path: Path, header: tuple[str, ...], delimiter: str, records: int, spaces: Spaces
    ) -> Raw | None:
        """Load well-formed text; None where DuckDB and the count of records do not agree that it is."""
        import duckdb  # noqa: PLC0415 - heavy: loaded when used

        table = self._session.name("cells")
        columns = {cell(place): "VARCHAR" for place in range(len(header))}
        try:
            self._read_csv(table, path, columns, header=True, delimiter=delimiter)
        except duckdb.Error:
            return None
        name = self._session.name("raw")
        found = self._session.connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        if not found or found[0] != records:
            self._session.connection.execute(f"DROP TABLE {table}")
            return None
        self._session.connection.execute(
            f"CREATE VIEW {name} AS SELECT rowid + 2 AS record, NULL::VARCHAR AS flaw, * FROM {table}"
        )
        self._held[name] = table
        return Raw(name, header, spaces=spaces)

    def pumped(self, path: Path, header: tuple[str, ...], spaces: Spaces = Spaces.ANY) -> Raw:
        """Load what a source pumped."""
        name = self._session.name("raw")
        columns = {"record": "BIGINT", "flaw": "VARCHAR", **{cell(place): "VARCHAR" for place in range(len(header))}}
        with refusing():
            self._read_csv(name, path, columns, header=False, delimiter=",")
            return Raw(name, header, flawed=self._any_flaw(name), spaces=spaces)

    def json_lines(self, path: Path) -> Raw:
        """Load a JSON object from each line."""
        lines = self._session.name("lines")
        with refusing():
            self._session.connection.execute(
                f"CREATE TABLE {lines} AS SELECT line FROM read_csv($path, columns = {{'line': 'VARCHAR'}}, header = false,"
                f" auto_detect = false, delim = '', quote = '', escape = '', max_line_size = {LARGEST_RECORD})",
                {"path": str(stand_in(self._session, path))},
            )
            return self._objects(lines, "rowid + 1")

    def json_array(self, path: Path) -> Raw:
        """Load the objects of one array."""
        lines = self._session.name("lines")
        with refusing():
            self._session.connection.execute(
                f"CREATE TABLE {lines} AS SELECT json::VARCHAR AS line FROM read_json_objects($path, format = 'array',"
                f" compression = 'none', maximum_object_size = {LARGEST_RECORD})",
                {"path": str(stand_in(self._session, path))},
            )
            return self._objects(lines, "rowid + 1")

    def parquet(self, path: Path) -> Raw:
        """Look at a Parquet file as text."""
        source = f"read_parquet({literal(str(stand_in(self._session, path)))}, file_row_number = true)"
        name = self._session.name("raw")
        with refusing():
            described = self._session.connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
            columns = [(str(row[0]), str(row[1])) for row in described if row[0] != "file_row_number"]
            cells = "".join(
                f", {_as_text(identifier(column), kind)} AS {cell(place)}"
                for place, (column, kind) in enumerate(columns)
            )
            self._session.connection.execute(
                f"CREATE VIEW {name} AS SELECT file_row_number + 1 AS record, NULL::VARCHAR AS flaw{cells} FROM {source}"
            )
        return Raw(name, tuple(column for column, _ in columns))

    def marks(self, path: Path) -> Mapping[str, str]:
        """Return the key-value metadata of a Parquet file."""
        with refusing():
            found = self._session.connection.execute(
                "SELECT key, value FROM parquet_kv_metadata($path)", {"path": str(stand_in(self._session, path))}
            ).fetchall()
        return {bytes(key).decode("utf-8", "replace"): bytes(value).decode("utf-8", "replace") for key, value in found}

    def _read_csv(self, table: str, path: Path, columns: Mapping[str, str], *, header: bool, delimiter: str) -> None:
        self._session.connection.execute(
            f"CREATE TABLE {table} AS SELECT * FROM read_csv($path, columns = $columns, header = {header},"
            " auto_detect = false, delim = $delimiter, quote = '\"', escape = '\"', compression = 'none',"
            f" max_line_size = {LARGEST_RECORD})",
            {"path": str(stand_in(self._session, path)), "columns": dict(columns), "delimiter": delimiter},
        )

    def _any_flaw(self, name: str) -> bool:
        found = self._session.connection.execute(f"SELECT count(*) FROM {name} WHERE flaw IS NOT NULL").fetchone()
        return bool(found and found[0])

    def _objects(self, lines: str, record: str) -> Raw:
        """Turn lines of JSON into a raw table; a line that is no object is a flaw."""
        run = self._session.connection.execute
        checked = self._session.name("checked")
        flaw = BETWEEN_FLAWS.join((NOT_AN_OBJECT.code, NOT_AN_OBJECT.what, NOT_AN_OBJECT.fix, ""))
        run(
            f"CREATE TABLE {checked} AS SELECT {record} AS record,"
            " CASE WHEN json_valid(line) AND json_type(line) = 'OBJECT' THEN line END AS object,"
            " CASE WHEN object IS NULL THEN $flaw || left(line, 60) END AS flaw"
            f" FROM {lines} WHERE trim(line) <> ''",
            {"flaw": flaw},
        )
        found = run(f"SELECT json_group_structure(object::JSON) FROM {checked} WHERE object IS NOT NULL").fetchone()
        leaves = list(_leaves(json.loads(found[0]) if found and found[0] else {}, ()))[:_MOST_COLUMNS]
        name = self._session.name("raw")
        pointers = ["/" + "/".join(step.replace("~", "~0").replace("/", "~1") for step in path) for path, _ in leaves]
        cells = "".join(
            f", {_joined(f'found[{place + 1}]', leaf)} AS {cell(place)}" for place, (_, leaf) in enumerate(leaves)
        )
        run(
            f"CREATE TABLE {name} AS SELECT record, flaw{cells} FROM"
            f" (SELECT record, flaw, json_extract_string(object, $pointers::VARCHAR[]) AS found FROM {checked})",
            {"pointers": pointers},
        )
        run(f"DROP TABLE {lines}")
        run(f"DROP TABLE {checked}")
        return Raw(name, tuple(".".join(path) for path, _ in leaves), flawed=self._any_flaw(name))


def _leaves(structure: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], object]]:  # noqa: ANN401
    """Yield the path of each value in the order of their first appearance; lists of objects are left out."""
    if isinstance(structure, dict):
        for key, part in structure.items():
            yield from _leaves(part, (*path, key))
    elif path and not (isinstance(structure, list) and structure and isinstance(structure[0], dict | list)):
        yield path, structure


def _joined(value: str, leaf: object) -> str:
    """Join a list of plain values by `;`."""
    if isinstance(leaf, list):
        return f"array_to_string(from_json({value}, '[\"VARCHAR\"]'), ';')"
    if leaf == "JSON":
        many = f"json_valid({value}) AND json_type({value}) = 'ARRAY'"
        return f"CASE WHEN {many} THEN array_to_string(from_json({value}, '[\"VARCHAR\"]'), ';') ELSE {value} END"
    return value


def _as_text(column: str, kind: str) -> str:
    if kind.endswith("[]"):
        return f"array_to_string({column}::VARCHAR[], ';')"
    return f"{column}::VARCHAR"
