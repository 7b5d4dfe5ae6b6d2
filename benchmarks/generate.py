"""Turn a number of rows and a seed into an inventory: a checked snapshot in Parquet, streamed by DuckDB.

    python -m benchmarks.generate FILE.parquet --rows 1000000 [--attributed] [--complete] [--seed 1]

* Everything about row i follows from i and the seed, so the same call gives the same rows on any number of threads.
* Cells are spelt canonically; two in a hundred are empty, in five patterns, as exports of different systems leave them.
* `operators.yaml` of the vocabulary is the operators table that goes with it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from benchmarks.networks import LABELS, SLOTS, operator_rows, profiles, register, the_makers
from telvet.inventory.snapshot import VERSION
from telvet.tables.columns import Kind
from telvet.tables.equipment import EQUIPMENT

__all__ = ["JUDGED_ON", "Wanted", "generate"]

JUDGED_ON = date(2026, 11, 15)
"""The day on which the benchmarks judge."""
_BUCKETS = 20_000
_AT_A_SITE = 12
_GAPS = (
    ("function", "generation", "access_technology", "bands"),
    ("component", "capabilities", "purpose", "us_sanctions_affected"),
    ("lifecycle", "procured_on", "installed_on", "software"),
    ("category", "funding", "staff_country", "managed_by", "region"),
    ("organisation", "manufacturer", "model", "sys_object_id", "site"),
)
_NOBODY = ("Brightwater Networks", "Oxbow Radio Works", "Kestrel Telesystems", "Nordlicht Systeme", "Tarn & Fell Ltd", "Vale Optics")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which inventory."""

    rows: int
    attributed: bool = False
    """The register's id of the maker instead of name, address, object identifier and enterprise number."""
    complete: bool = False
    """Every fact known to the day, for engines that know no unknown."""
    seed: int = 1


def generate(path: Path, wanted: Wanted, *, memory: str = "600MiB") -> None:
    """Write an inventory."""
    with duckdb.connect(":memory:", config={"memory_limit": memory}) as engine:
        _know(engine, wanted)
        cells = _cells(wanted)
        chosen = ", ".join(f"{_typed(column.name, column.kind, cells.get(column.name, 'NULL'), wanted)} AS {column.name}" for column in EQUIPMENT.columns)
        marks = {"telvet.equipment": VERSION, "telvet.headers": json.dumps({"generated": {}})}
        engine.execute(
            f"COPY (SELECT {chosen} FROM ({_elements(wanted)})) TO $path (FORMAT parquet, COMPRESSION zstd, KV_METADATA $marks)",  # noqa: S608
            {"path": str(path), "marks": marks},
        )


def _typed(name: str, kind: Kind, cell: str, wanted: Wanted) -> str:
    pattern = next((place for place, names in enumerate(_GAPS) if name in names), None)
    if pattern is not None and not wanted.complete:
        cell = f"CASE WHEN gap <> {pattern} THEN {cell} END"
    return f"CAST({cell} AS {'DOUBLE' if kind is Kind.NUMBER else 'VARCHAR'})"


def _table(engine: duckdb.DuckDBPyConnection, name: str, columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[object]]) -> None:
    heads = ", ".join(f"unnest(CAST(? AS {kind}[])) AS {column}" for column, kind in columns)
    engine.execute(f"CREATE TABLE {name} AS SELECT {heads}", [[row[place] for row in rows] for place in range(len(columns))])


def _know(engine: duckdb.DuckDBPyConnection, wanted: Wanted) -> None:
    """Give the small tables to the engine."""
    makers = the_makers()
    place = {maker.organisation: number for number, maker in enumerate(makers)}
    kinds = ("spellings", "prefixes", "numbers")
    _table(
        engine, "makers", [("maker_no", "INTEGER"), ("organisation", "VARCHAR"), ("origin", "VARCHAR"), *((name, "VARCHAR[]") for name in kinds)],
        [(number, one.organisation, one.country, *(list(getattr(one, name)) or None for name in kinds)) for number, one in enumerate(makers)],
    )  # fmt: skip
    operators = operator_rows()
    numbers = {row["operator"]: number for number, row in enumerate(operators)}
    held = list(profiles(wanted.seed))
    facts = list(held[0].facts)
    columns = [("maker_no", "INTEGER"), ("kind", "VARCHAR"), *((fact, "VARCHAR") for fact in facts), ("tags", "VARCHAR")]
    columns += [("first_day", "DATE"), ("days", "INTEGER"), ("traffic", "DOUBLE"), ("premises_passed", "DOUBLE")]
    slots = []
    for one, after in zip(held, [*held[1:], None], strict=True):
        end = after.slot if after and after.operator == one.operator else SLOTS
        days = (one.last_year - one.first_year + 1) * 365
        row = (place[one.maker], one.kind, *one.facts.values(), one.tags, date(one.first_year, 1, 1), days, one.traffic, one.premises)
        slots.extend((numbers[one.operator] * SLOTS + slot, *row) for slot in range(one.slot, end))
    _table(engine, "slots", [("slot", "INTEGER"), *columns], slots)
    _table(engine, "operators", _OPERATOR, [(number, *_operator(row)) for number, row in enumerate(operators)])
    shares = [float(row["share"]) for row in operators]
    ends = [sum(shares[: number + 1]) / sum(shares) * _BUCKETS for number in range(len(shares))]
    buckets = [next(number for number, end in enumerate(ends) if bucket < end) for bucket in range(_BUCKETS)]
    _table(engine, "buckets", [("bucket", "INTEGER"), ("operator_no", "INTEGER")], list(enumerate(buckets)))


_OPERATOR = [
    ("operator_no", "INTEGER"), ("operator", "VARCHAR"), ("country", "VARCHAR"), ("centre_lat", "DOUBLE"), ("centre_lon", "DOUBLE"),
    ("regions", "INTEGER"), ("fundings", "VARCHAR[]"), ("managers", "VARCHAR[]"), ("staffs", "VARCHAR[]"), ("suppliers", "VARCHAR[]"),
]  # fmt: skip


def _operator(row: dict[str, str]) -> tuple[object, ...]:
    country, roles = row["country"], row["roles"].split(";")
    fundings = ["own"] * 5 + (["usf"] * 4 if "usf_recipient" in roles else []) + (["federal_grant"] * 4 if "grant_recipient" in roles else [])
    managers = ["Ericsson", "Nokia", "Ericsson AB", "Nokia Solutions and Networks", "Huawei Technologies", "Cisco Systems", "Ericsson", "Nokia"]
    staffs = [country] * 8 + ["IND", "ROU"]
    suppliers = [None, None, None, None, "Ericsson", "Nokia", "Huawei Technologies", "Westerly Distribution"]
    return (row["operator"], country, float(row["latitude"]), float(row["longitude"]), int(row["regions"]), fundings, managers, staffs, suppliers)


def _pick(salt: str, of: int | str, *, by: str = "i") -> str:
    """Return an expression for a number below `of` that follows from the row (or its site), the seed and a salt."""
    return f"(hash({by}, '{salt}', seed) % {of})::INTEGER"


def _one_of(column: str, salt: str) -> str:
    return f"{column}[1 + {_pick(salt, f'greatest(len({column}), 1)')}]"


def _elements(wanted: Wanted) -> str:
    """Return the query for the elements: who runs each, its kind, maker and days."""
    live = f"list_value('live', 'off', 'stock', 'removed', 'planned')[CASE WHEN {_pick('life', 100)} < 90 THEN 1 ELSE 2 + {_pick('life2', 4)} END]"
    planned = f"(DATE '{JUDGED_ON}' + 1 + {_pick('planned', 46)})"
    day = f"least(first_day + {_pick('installed', 'days')}, DATE '{JUDGED_ON}' - {_pick('late', 60)})"
    known = f"{wanted.seed} AS seed"
    return f"""SELECT *, CASE life WHEN 'planned' THEN {planned} ELSE {day} END AS installed, CASE WHEN {_pick('gap', 1000)} < 100 THEN {_pick('gap2', 5)} ELSE 9 END AS gap
      FROM (SELECT *, {live} AS life
        FROM (SELECT i, i // {_AT_A_SITE} AS site_no, {known} FROM range({wanted.rows}) AS r(i)) AS r
        JOIN buckets ON bucket = (site_no * {_AT_A_SITE} * {_BUCKETS}) // {wanted.rows}
        JOIN operators USING (operator_no)
        JOIN slots ON slot = operator_no * {SLOTS} + {_pick('slot', SLOTS)}
        JOIN makers USING (maker_no))"""  # noqa: S608


def _cells(wanted: Wanted) -> dict[str, str]:
    """Return the expression of each column; a column that is not named is empty."""
    place = "printf('%s-%06d', country, site_no)"
    coarse = _pick("coarse", 1000)
    cells = {
        "id": "printf('%s-%08d', kind, i)",
        "network": "operator || ' ' || coalesce(nullif(split_part(access_technology, ';', 1), 'none'), 'core')",
        "site": place,
        "name": f"{place} || '-' || kind || '-' || (1 + i % {_AT_A_SITE})",
        "model": f"upper(substr(organisation, 1, 3)) || ' ' || kind || ' ' || (100 * (1 + {_pick('model', 6)}))",
        "serial": "upper(substr(md5(i || 's' || seed), 1, 12))",
        "software": f"(18 + {_pick('release', 9)}) || '.' || {_pick('update', 8)}",
        "lifecycle": "life",
        "country_of_origin": "origin",
        "procured_on": _day(f"(installed - (30 + {_pick('procured', 170)}))", coarse, wanted),
        "installed_on": _day("installed", coarse, wanted) if wanted.complete else f"CASE WHEN life <> 'stock' THEN {_day('installed', coarse, wanted)} END",
        "removed_on": f"CASE WHEN life = 'removed' THEN strftime(least(installed + 200 + {_pick('removed', 3000)}, DATE '{JUDGED_ON}'), '%Y-%m-%d') END",
        "traffic": f"round(traffic * (0.5 + {_pick('traffic', 1000)} / 1000), 1)",
        "premises_passed": f"round(premises_passed * (0.5 + {_pick('premises', 1000)} / 1000))",
        "managed_by": _one_of("managers", "manager"),
        "staff_country": _one_of("staffs", "staff"),
        "funding": _one_of("fundings", "funding"),
        "us_sanctions_affected": f"CASE WHEN {_pick('sanctions', 10)} < 3 THEN 'yes' ELSE 'no' END",
        "region": f"country || '-R' || {_pick('region', 'regions', by='site_no')}",
        "site_tags": f"CASE WHEN country = 'GBR' THEN CASE WHEN {_pick('sensitive', 50, by='site_no')} = 0 THEN '' ELSE '-' END || 'gbr.national-security' END",
        "tags": "nullif(tags, '')",
        "latitude": f"round(centre_lat + {_pick('lat', 4000, by='site_no')} / 1000 - 2, 5)",
        "longitude": f"round(centre_lon + {_pick('lon', 4000, by='site_no')} / 1000 - 2, 5)",
        "host_id": f"CASE WHEN i % {_AT_A_SITE} > 8 THEN {place} || '-chassis' END",
        "contains": f"CASE WHEN {_pick('contains', 25)} = 0 THEN 'card-1;card-2' END",
        "origin_file": "'network.csv'",
        "origin_row": "i + 2",
    }
    cells |= {name: name for name in ("operator", "country", *the_facts())}
    cells |= {"organisation": "organisation"} if wanted.attributed else _evidence(wanted)
    return cells | (_known(cells) if wanted.complete else {})


def the_facts() -> tuple[str, ...]:
    """Return the columns that a kind of equipment settles."""
    return ("function", "category", "generation", "access_technology", "bands", "component", "purpose", "capabilities")


def _day(day: str, coarse: str, wanted: Wanted) -> str:
    if wanted.complete:
        return f"strftime({day}, '%Y-%m-%d')"
    quarter = f"year({day}) || 'Q' || quarter({day})"
    return f"CASE WHEN {coarse} >= 65 THEN strftime({day}, '%Y-%m-%d') WHEN {coarse} >= 15 THEN strftime({day}, '%Y-%m') WHEN {coarse} >= 10 THEN {quarter} ELSE strftime({day}, '%Y') END"


def _evidence(wanted: Wanted) -> dict[str, str]:
    """Return what a raw export says of the maker: names as written, addresses, object identifiers, enterprise numbers."""
    nobody = "list_value(" + ", ".join(f"'{name}'" for name in _NOBODY) + ")"
    free = "list_value(" + ", ".join(f"'{prefix}'" for prefix in _free_prefixes()) + ")"
    spelling = f"spellings[1 + (operator_no + {_pick('spelling', 3)}) % len(spellings)]"
    block = f"CASE WHEN {_pick('foreign', 100)} < 8 OR prefixes IS NULL THEN {free}[1 + {_pick('free', 200)}] ELSE {_one_of('prefixes', 'prefix')} END"
    address = f"rpad({block} || substr(md5(i || 'm' || seed), 1, 6), 12, '0')"
    second = f"CASE WHEN {_pick('second', 100)} = 0 THEN ';' || {_one_of('prefixes', 'prefix')} || substr(md5(i || 'n' || seed), 1, 12 - len({_one_of('prefixes', 'prefix')})) ELSE '' END"
    return {
        "manufacturer": spelling if wanted.complete else f"CASE WHEN {_pick('nobody', 200)} = 0 THEN {nobody}[1 + {_pick('who', len(_NOBODY))}] ELSE {spelling} END",
        "supplier": "NULL" if wanted.complete else _one_of("suppliers", "supplier"),
        "mac": "NULL" if wanted.complete else f"CASE WHEN {_pick('mac', 4)} > 0 THEN {address} || coalesce({second}, '') END",
        "sys_object_id": "NULL" if wanted.complete else f"CASE WHEN {_pick('oid', 10)} < 6 THEN '1.3.6.1.4.1.' || {_one_of('numbers', 'number')} || '.1.' || {_pick('product', 40)} END",
        "vendor_id": "NULL" if wanted.complete else f"CASE WHEN starts_with(function, 'core.') AND contains(generation, '5G') THEN {_one_of('numbers', 'number')} END",
    }


def _free_prefixes() -> list[str]:
    """Return hardware-address blocks that the register does not know."""
    known = {block[:6] for block in register().blocks}
    return [prefix for prefix in (f"{number:06x}" for number in range(0x7C0000, 0x7D0000, 97)) if prefix not in known][:200]


def _known(cells: dict[str, str]) -> dict[str, str]:
    """Return expressions that leave nothing open."""
    parts = ("substantial_or_essential", "critical_technology", "critical_component")
    labels = " || ';' || ".join(
        f"CASE WHEN list_contains(string_split(coalesce(tags, ''), ';'), '{label}') THEN '{label}' ELSE '-{label}' END" for label in LABELS
    )
    return {
        "component": f"CASE WHEN component = 'minor' THEN component ELSE {_stated('component', parts)} END",
        "purpose": "coalesce(purpose, 'commercial')",
        "capabilities": _stated("capabilities", ("route_or_redirect", "visibility", "remote_disruption")),
        "access_technology": "coalesce(access_technology, 'none')",
        "site_tags": f"coalesce({cells['site_tags']}, '-gbr.national-security')",
        "tags": labels,
    }


def _stated(column: str, codes: Sequence[str]) -> str:
    held = f"string_split({column}, ';')"
    return " || ';' || ".join(f"CASE WHEN list_contains({held}, '{code}') THEN '{code}' ELSE '-{code}' END" for code in codes)


def main() -> None:
    """Run from a command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--rows", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--attributed", action="store_true")
    parser.add_argument("--complete", action="store_true")
    given = parser.parse_args()
    generate(given.path, Wanted(given.rows, attributed=given.attributed, complete=given.complete, seed=given.seed))


if __name__ == "__main__":
    main()
