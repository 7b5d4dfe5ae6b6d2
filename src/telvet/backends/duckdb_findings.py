"""Write findings as Parquet: rows joined with the texts of their outcomes and makers, one stream, bounded memory."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from telvet.backends.duckdb_classes import quoted
from telvet.backends.duckdb_judging import Judge, states
from telvet.tables.judging import FindingTexts
from telvet.tables.relation import Relation

__all__ = ["FindingWriter"]

_ID = """'f-' || substr(sha256(concat_ws(chr(31), o.provision, coalesce(r.operator, ''),
    CASE WHEN CAST(o.subject AS VARCHAR) = 'operator' THEN coalesce(r.operator, '') ELSE r.id END, r.id)), 1, 16)"""
_SUBJECT = "CASE WHEN CAST(o.subject AS VARCHAR) = 'operator' THEN r.operator ELSE r.id END"
_PLANNED = """CASE o.by_fact WHEN 'equipment.installed_on' THEN r.installed_on WHEN 'equipment.procured_on' THEN r.procured_on END"""
_BY = f"""coalesce(o."by", CASE length({_PLANNED}) WHEN 4 THEN {_PLANNED} || '-01-01' WHEN 7 THEN {_PLANNED} || '-01'
    WHEN 6 THEN substr({_PLANNED}, 1, 4) || ['-01-01', '-04-01', '-07-01', '-10-01'][CAST(substr({_PLANNED}, 6) AS INTEGER)]
    ELSE {_PLANNED} END) AS "by\""""
_WORKED_ON = ("by", "by_fact")
"""Columns that are not written as they stand."""
_COLUMNS = (
    "id", "subject", "subject_id", "equipment", "operator", "country", "site", "provision", "status", "force", "by", "until",
    "excused_by", "missing", "unless", "because", "grade", "organisation", "vendor_group", "relation", "tier", "candidates",
    "origin_file", "origin_row",
)  # fmt: skip
"""Those of every file, whatever was found."""


class FindingWriter(Judge):
    """Adds the writing of findings to judging."""

    def write_findings(self, relation: Relation, texts: FindingTexts, path: Path) -> int:
        """Write findings as Parquet, joined with the texts of their outcomes and makers; return how many."""
        kinds = self._kinds(texts)
        query, values = self._findings(relation, texts, kinds)
        if texts.others:
            query += f" UNION ALL BY NAME {self._others(texts.others, kinds)}"
        about = ", ".join(
            f"{quoted(key)}: '{value.replace(chr(39), chr(39) * 2)}'" for key, value in texts.about.items()
        )
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
        target = str(path).replace("'", "''")
        self._run("SET preserve_insertion_order = false")  # findings in a table have no order
        count = self._run(
            f"COPY ({query}) TO '{target}' (FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{about}}})", values
        ).fetchall()
        self._run("RESET preserve_insertion_order")
        path.chmod(0o600)  # the engine puts a new file in its place
        return int(count[0][0])

    def _kinds(self, texts: FindingTexts) -> dict[str, str]:
        """Return a type for each column of few texts that knows them all: it is written as text, but many times faster."""
        known: dict[str, dict[str, None]] = {}
        for row in (*texts.outcomes, *texts.makers):
            for key, text in row.items():
                known.setdefault(key, {}).update({text: None} if text is not None else {})
        for row in texts.others:
            for key in known.keys() & row.keys():
                known[key].update({text: None} if (text := row[key]) is not None else {})
        return {key: self._kind(found) for key, found in known.items() if found and key not in _WORKED_ON}

    def _kind(self, found: Iterable[str]) -> str:
        name, table = self._session.name("kind"), self._small("texts", [("text", "VARCHAR")], [(one,) for one in found])
        self._run(f"CREATE TYPE {name} AS ENUM (SELECT text FROM {table})")
        return name

    def _findings(self, relation: Relation, texts: FindingTexts, kinds: Mapping[str, str]) -> tuple[str, list[str]]:
        """Return the query for findings about elements, and the values it takes."""
        outcomes, makers = (
            self._numbered(stem, rows, kinds) for stem, rows in (("outcome", texts.outcomes), ("maker", texts.makers))
        )
        if outcomes is None or makers is None:
            return _nothing(), []
        hidden = ("provision", "subject", "by_fact")
        shown = ", ".join(_BY if key == "by" else f"o.{quoted(key)}" for key in texts.outcomes[0] if key not in hidden)
        whose = ", ".join(f"m.{quoted(key)}" for key in texts.makers[0])
        site = "CAST(NULL AS VARCHAR) AS site" if "site" in texts.blanked else "r.site"
        kept = " AND ".join(f"NOT coalesce({states('r.' + quoted(column))}, false)" for column, _ in texts.withheld)
        query = f"""SELECT {_ID} AS id, o.subject, {_SUBJECT} AS subject_id, r.id AS equipment, r.operator, r.country, {site},
            o.provision, {shown}, {whose}, r.origin_file, CAST(r.origin_row AS BIGINT) AS origin_row
            FROM {quoted(relation.name)} r JOIN {outcomes} o ON o.n = r.outcome JOIN {makers} m ON m.n = r.detail
            WHERE {kept or "true"}"""
        return query, [member for _, member in texts.withheld]

    def _numbered(self, stem: str, rows: Sequence[Mapping[str, str | None]], kinds: Mapping[str, str]) -> str | None:
        if not rows:
            return None
        columns = [("n", "INTEGER"), *((key, kinds.get(key, "VARCHAR")) for key in rows[0])]
        return self._small(stem, columns, [(place, *row.values()) for place, row in enumerate(rows)])

    def _others(self, rows: Sequence[Mapping[str, str | None]], kinds: Mapping[str, str]) -> str:
        table = self._small(
            "others", [(key, kinds.get(key, "VARCHAR")) for key in rows[0]], [tuple(row.values()) for row in rows]
        )
        return f"SELECT * FROM {table}"


def _nothing() -> str:
    """Return a query for no finding, with the columns of one."""
    heads = (f"CAST(NULL AS {'BIGINT' if name == 'origin_row' else 'VARCHAR'}) AS {quoted(name)}" for name in _COLUMNS)
    return f"SELECT {', '.join(heads)} WHERE false"
