"""Turn what is wanted of an inventory into SQL: one expression a column, each following from the row's number and a seed.

* `i` is the row, `site_no` its site; `hash` of these with a salt draws everything that is drawn.
* A word drawn from a list of words comes by a join with the table `words`: lists are never carried through the rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from benchmarks.networks import BUCKETS, KIND_FACTS, LABELS, SLOTS

__all__ = ["JUDGED_ON", "Wanted", "cells_of", "elements", "gap_of"]

JUDGED_ON = date(2026, 11, 15)
"""The day on which the benchmarks judge."""
_AT_A_SITE = 12
_GAPS = (
    ("function", "generation", "access_technology", "bands"),
    ("component", "capabilities", "purpose", "us_sanctions_affected"),
    ("lifecycle", "procured_on", "installed_on", "software"),
    ("category", "funding", "staff_country", "managed_by", "region"),
    ("organisation", "manufacturer", "model", "sys_object_id", "site"),
)
_SITE = "printf('%s-%06d', country, site_no)"
_LIVES = "list_value('off', 'stock', 'removed', 'planned')"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which inventory."""

    rows: int
    attributed: bool = False
    """The register's id of the maker instead of name, address, object identifier and enterprise number."""
    complete: bool = False
    """Every fact known to the day, for engines that know no unknown."""
    seed: int = 1


def gap_of(column: str) -> int | None:
    """Return which pattern of gaps leaves a column empty."""
    return next((place for place, names in enumerate(_GAPS) if column in names), None)


def _draw(salt: str, below: int | str, by: str = "i") -> str:
    """Return an expression for a number below a bound; it follows from the row (or its site), the seed and a salt."""
    bound = below if isinstance(below, int) else f"nullif({below}, 0)"
    return f"CAST(hash({by}, '{salt}', seed) % CAST({bound} AS UBIGINT) AS INTEGER)"


def elements(wanted: Wanted, rows: str) -> str:
    """Return the query for the elements: who runs each, its kind and maker, where it stands in its life."""
    life = f"CASE WHEN {_draw('life', 100)} < 90 THEN 'live' ELSE {_LIVES}[1 + {_draw('life2', 4)}] END"
    gap = f"CASE WHEN {_draw('gap', 1000)} < 100 THEN {_draw('gap2', 5)} ELSE 9 END"
    planned = f"DATE '{JUDGED_ON}' + 1 + {_draw('planned', 46)}"
    done = f"least(first_day + {_draw('installed', 'days')}, DATE '{JUDGED_ON}' - {_draw('late', 60)})"
    return f"""SELECT *, CASE life WHEN 'planned' THEN {planned} ELSE {done} END AS installed
      FROM (SELECT i, i // {_AT_A_SITE} AS site_no, {wanted.seed} AS seed, {life} AS life, {gap} AS gap,
              {_draw("coarse", 1000)} AS coarse FROM ({rows})) AS r
      JOIN operators ON bucket = (site_no * {_AT_A_SITE} * {BUCKETS}) // {wanted.rows}
      JOIN slots ON slot = operator_no * {SLOTS} + {_draw("slot", SLOTS)}"""  # noqa: S608


def cells_of(wanted: Wanted) -> tuple[dict[str, str], dict[str, str]]:
    """Return the expression of each column that is not empty, and the place of each word that is drawn for them."""
    cells = {**_plain(), **_dates(wanted), **{name: name for name in ("operator", "country", *KIND_FACTS)}}
    drawn = {name: f"{name}_first + {_draw(name, f'{name}_count')}" for name in ("manager", "staff", "funding")}
    cells |= {"managed_by": "manager.word", "staff_country": "staff.word", "funding": "funding.word"}
    if wanted.attributed:
        cells["organisation"] = "organisation"
    else:
        evidence, more = _evidence(wanted)
        cells, drawn = cells | evidence, drawn | more
    return cells | (_known(cells) if wanted.complete else {}), drawn


def _plain() -> dict[str, str]:
    sensitive = f"CASE WHEN {_draw('sensitive', 50, 'site_no')} = 0 THEN '' ELSE '-' END || 'gbr.national-security'"
    return {
        "id": "printf('%s-%08d', kind, i)",
        "network": "operator || ' ' || coalesce(nullif(split_part(access_technology, ';', 1), 'none'), 'core')",
        "site": _SITE,
        "name": f"{_SITE} || '-' || kind || '-' || (1 + i % {_AT_A_SITE})",
        "model": f"upper(substr(organisation, 1, 3)) || ' ' || kind || ' ' || (100 * (1 + {_draw('model', 6)}))",
        "serial": "upper(substr(md5(i || 's' || seed), 1, 12))",
        "software": f"(18 + {_draw('release', 9)}) || '.' || {_draw('update', 8)}",
        "lifecycle": "life",
        "country_of_origin": "origin",
        "traffic": f"round(traffic * (0.5 + {_draw('traffic', 1000)} / 1000), 1)",
        "premises_passed": f"round(premises_passed * (0.5 + {_draw('premises', 1000)} / 1000))",
        "us_sanctions_affected": f"CASE WHEN {_draw('sanctions', 10)} < 3 THEN 'yes' ELSE 'no' END",
        "region": f"country || '-R' || {_draw('region', 'regions', 'site_no')}",
        "site_tags": f"CASE WHEN country = 'GBR' THEN {sensitive} END",
        "tags": "nullif(tags, '')",
        "latitude": f"round(centre_lat + {_draw('lat', 4000, 'site_no')} / 1000 - 2, 5)",
        "longitude": f"round(centre_lon + {_draw('lon', 4000, 'site_no')} / 1000 - 2, 5)",
        "host_id": f"CASE WHEN i % {_AT_A_SITE} > 8 THEN {_SITE} || '-chassis' END",
        "contains": f"CASE WHEN {_draw('contains', 25)} = 0 THEN 'card-1;card-2' END",
        "origin_file": "'network.csv'",
        "origin_row": "i + 2",
    }


def _dates(wanted: Wanted) -> dict[str, str]:
    removed = f"least(installed + 200 + {_draw('removed', 3000)}, DATE '{JUDGED_ON}')"
    procured, installed = (_day(day, wanted) for day in (f"(installed - (30 + {_draw('procured', 170)}))", "installed"))
    return {
        "procured_on": procured,
        "installed_on": installed if wanted.complete else f"CASE WHEN life <> 'stock' THEN {installed} END",
        "removed_on": f"CASE WHEN life = 'removed' THEN strftime({removed}, '%Y-%m-%d') END",
    }


def _day(day: str, wanted: Wanted) -> str:
    """Write a day; of most elements to the day, of some to the month, of a few to the quarter or the year."""
    known = f"strftime({day}, '%Y-%m-%d')"
    if wanted.complete:
        return known
    quarter = f"year({day}) || 'Q' || quarter({day})"
    return (
        f"CASE WHEN coarse >= 65 THEN {known} WHEN coarse >= 15 THEN strftime({day}, '%Y-%m') "
        f"WHEN coarse >= 10 THEN {quarter} ELSE strftime({day}, '%Y') END"
    )


def _evidence(wanted: Wanted) -> tuple[dict[str, str], dict[str, str]]:
    """Return what a raw export says of the maker: names as written, addresses, object identifiers, enterprise numbers."""
    spelt = f"spelling_first + (operator_no + {_draw('spelling', 3)}) % nullif(spelling_count, 0)"
    if wanted.complete:
        return {"manufacturer": "spelling.word"}, {"spelling": spelt}
    tail, second = (f"substr(md5(i || '{salt}' || seed), 1, 6)" for salt in "mn")
    other = f"CASE WHEN {_draw('second', 100)} = 0 AND prefix.word IS NOT NULL THEN ';' || rpad(prefix.word || {second}, 12, '0') ELSE '' END"
    block = f"CASE WHEN {_draw('foreign', 100)} < 8 THEN free.word ELSE coalesce(prefix.word, free.word) END"
    cells = {
        "manufacturer": f"CASE WHEN {_draw('unheard', 200)} = 0 THEN nobody.word ELSE spelling.word END",
        "supplier": f"CASE WHEN {_draw('supplied', 2)} = 0 THEN supplier.word END",
        "mac": f"CASE WHEN {_draw('mac', 4)} > 0 THEN rpad({block} || {tail}, 12, '0') || {other} END",
        "sys_object_id": f"CASE WHEN {_draw('oid', 10)} < 6 THEN '1.3.6.1.4.1.' || number.word || '.1.' || {_draw('product', 40)} END",
        "vendor_id": "CASE WHEN starts_with(function, 'core.') AND contains(generation, '5G') THEN number.word END",
    }
    drawn = {
        name: f"{name}_first + {_draw(name, f'{name}_count')}"
        for name in ("nobody", "supplier", "prefix", "free", "number")
    }
    return cells, {"spelling": spelt, **drawn}


def _known(cells: dict[str, str]) -> dict[str, str]:
    """Return expressions that leave nothing open."""
    parts = ("substantial_or_essential", "critical_technology", "critical_component")
    return {
        "component": f"CASE WHEN component = 'minor' THEN component ELSE {_stated('component', parts)} END",
        "purpose": "coalesce(purpose, 'commercial')",
        "capabilities": _stated("capabilities", ("route_or_redirect", "visibility", "remote_disruption")),
        "access_technology": "coalesce(access_technology, 'none')",
        "site_tags": f"coalesce({cells['site_tags']}, '-gbr.national-security')",
        "tags": _stated("tags", LABELS),
    }


def _stated(column: str, members: Sequence[str]) -> str:
    held = f"string_split(coalesce({column}, ''), ';')"
    return " || ';' || ".join(
        f"CASE WHEN list_contains({held}, '{member}') THEN '' ELSE '-' END || '{member}'" for member in members
    )
