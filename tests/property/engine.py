"""The engine as the oracle's counterpart: the same plain data in, the same plain findings out, on either backend."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from telvet.assessment.assess import assess
from telvet.assessment.findings import Findings
from telvet.assessment.knowledge import Knowledge
from telvet.assessment.overlays import Overlay, Overlays
from telvet.backends.duckdb import DuckDB
from telvet.catalog.law_coverage import Covered
from telvet.catalog.places import Membership, Places, Union
from telvet.catalog.vendors import Register, load_register
from telvet.lawcheck.rows import Rows
from telvet.model.facts import Stated
from telvet.model.finding import Finding
from telvet.model.law import Pack
from telvet.model.status import Grade
from telvet.packs.build import build_pack
from telvet.packs.documents import PackDocuments
from telvet.packs.law import Law
from telvet.tables.columns import Kind
from telvet.tables.equipment import EQUIPMENT
from telvet.tables.relation import Relation
from tests.oracle.register import Row

__all__ = [
    "BACKENDS",
    "by_name",
    "engine_findings",
    "known_abroad",
    "law_of",
    "one_duckdb",
    "places_of",
    "plain",
    "register_files",
    "register_of",
]

FILE = "inventory.csv"
_HELD = count(1)


def engine_findings(
    packs: tuple[Pack, ...],
    equipment: Sequence[Row],
    day: date,
    register: Mapping[str, Any],
    *,
    backend: str,
    operators: Sequence[Row] = (),
    overlays: Sequence[Row] = (),
    partners: Sequence[Row] = (),
    **abroad: Sequence[Row],
) -> list[dict[str, Any]]:
    """Judge rows by the engine; findings come in its own order."""
    every = frozenset(provision.id for pack in packs for provision in pack.provisions)
    knowledge = Knowledge(
        Law(packs, every, frozenset(pack.id for pack in packs)),
        day,
        register_of(json.dumps(register, sort_keys=True)),
        places_of(register),
        by_name("operator", operators),
        Overlays(tuple(Overlay.of(row) for row in overlays)),
        **known_abroad(partners, **abroad),
    )
    rows = [{**row, "origin_file": FILE, "origin_row": number} for number, row in enumerate(equipment, 2)]
    engine, relation = BACKENDS[backend](rows)
    judgement = assess(engine, relation, knowledge)
    return [plain(finding) for finding in Findings(engine, judgement, {}, (FILE,))()]


def by_name(key: str, rows: Sequence[Row]) -> dict[str, dict[str, str]]:
    """Return the stated cells of rows by their names."""
    return {str(row[key]): {column: cell for column, cell in row.items() if cell is not None} for row in rows}


def known_abroad(
    partners: Sequence[Row],
    *,
    arrangements: Sequence[Row] = (),
    coverage: Sequence[Row] = (),
    positions: Sequence[Row] = (),
    in_use: Sequence[Row] = (),
) -> dict[str, Any]:
    """Return what is known of countries as the parts of the engine's knowledge."""
    return {
        "partners": by_name("partner", partners),
        "arrangements": by_name("arrangement", arrangements),
        "coverage": tuple(
            Covered(
                str(row["country"]), day_or_none(row.get("from")), day_or_none(row.get("to")), Grade.VERIFIED, "toy"
            )
            for row in coverage
        ),
        "positions": {
            (str(row["country"]), str(row["vendor"])): Stated(str(row["position"]), "positions") for row in positions
        },
        "stated_deploys": {
            (str(row["country"]), str(row["vendor"]), row.get("generation")): "statements" for row in in_use
        },
    }


def day_or_none(text: str | None) -> date | None:
    """Read a day, or none."""
    return date.fromisoformat(text) if text else None


def in_memory(rows: Sequence[Mapping[str, str | int | None]]) -> tuple[Any, Relation]:
    """Hold rows as dictionaries."""
    engine = Rows()
    return engine, engine.table(rows)


@cache
def one_duckdb() -> DuckDB:
    """Open one engine for all examples of a run."""
    return DuckDB(threads=1)


def in_duckdb(rows: Sequence[Mapping[str, str | int | None]]) -> tuple[Any, Relation]:
    """Hold rows as a table of the default engine; a fresh one now and then, for each run leaves its tables."""
    if next(_HELD) % 200 == 0:
        one_duckdb().close()
        one_duckdb.cache_clear()
    engine = one_duckdb()
    name = engine.session.name("vector")
    types = {Kind.NUMBER: "DOUBLE"}
    columns = [
        f'"{column.name}" {"BIGINT" if column.name == "origin_row" else types.get(column.kind, "VARCHAR")}'
        for column in EQUIPMENT.columns
    ]
    engine.session.connection.execute(f"CREATE TABLE {name} ({', '.join(columns)})")
    marks = ", ".join("?" for _ in EQUIPMENT.names)
    for row in rows:
        engine.session.connection.execute(
            f"INSERT INTO {name} VALUES ({marks})",  # noqa: S608 - the name is the engine's own
            [row.get(column) for column in EQUIPMENT.names],
        )
    return engine, Relation(name, EQUIPMENT.names)


BACKENDS: Mapping[str, Callable[[Sequence[Mapping[str, str | int | None]]], tuple[Any, Relation]]] = {
    "rows": in_memory,
    "duckdb": in_duckdb,
}


def plain(finding: Finding) -> dict[str, Any]:
    """Return a finding as the oracle writes it."""
    return {
        "id": finding.id,
        "subject": finding.subject.value,
        "subject_id": finding.subject_id,
        "equipment": finding.equipment,
        "operator": finding.operator,
        "provision": finding.provision,
        "status": finding.status.value,
        "by": finding.by.isoformat() if finding.by else None,
        "until": finding.until.isoformat() if finding.until else None,
        "excused_by": finding.excused_by,
        "missing": list(finding.missing),
        "unless": list(finding.unless),
    }


def law_of(packs: Sequence[Mapping[str, Any]]) -> tuple[Pack, ...]:
    """Build packs from their files' contents."""
    return tuple(
        build_pack(
            PackDocuments(
                folder=Path("packs") / files["pack.yaml"]["id"],
                pack=files["pack.yaml"],
                instruments=files["instruments.yaml"],
                designations=files.get("designations.yaml", []),
                provisions={path[11:-5]: about for path, about in files.items() if path.startswith("provisions/")},
                cases={},
                digest="",
            )
        )
        for files in packs
    )


@cache
def register_of(says: str) -> Register:
    """Load a toy register, given as JSON, through the files of a real one."""
    with TemporaryDirectory() as folder:
        for name, rows in register_files(json.loads(says)).items():
            with (Path(folder) / name).open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(rows)
        register = load_register(Path(folder))
        register.blocks  # noqa: B018 - reads the numbers while the folder is there
        return register


def register_files(says: Mapping[str, Any]) -> dict[str, list[Sequence[str]]]:
    """Write a toy register as the tables of a vendor register."""
    organisations, numbers, aliases = [], [], []
    for name, about in says.get("organisations", {}).items():
        first, *others = about.get("names", [name])
        organisations.append((name, first, about.get("country", ""), "", "toy", "verified"))
        aliases += [(other, "legal", name, "", "", "toy") for other in others]
        numbers += [("oui", name, "toy", first, "", "", value) for value in about.get("oui", ())]
        numbers += [("pen", name, "toy", first, "", "", value) for value in about.get("pen", ())]
    owned = [
        (
            each["of"],
            each["organisation"],
            "100" if each.get("sure", True) else "",
            "owns",
            each.get("from", ""),
            (date.fromisoformat(each["to"]) + timedelta(days=1)).isoformat() if "to" in each else "",
            "toy",
            "verified",
        )
        for each in says.get("members", ())
    ]
    return {
        "organisations.csv": [("id", "name", "country", "group", "source", "grade"), *organisations],
        "groups.csv": [("group", "name", "root")],
        "aliases.csv": [("alias", "kind", "organisation", "from", "to", "source"), *aliases],
        "registrants.csv": [("registry", "registrant", "organisation", "from", "to")],
        "registries.csv": [("registry", "title"), ("toy", "Toy")],
        "identifiers.csv": [("scheme", "organisation", "registry", "registrant", "from", "to", "values"), *numbers],
        "ownership.csv": [
            ("owner", "asset", "percentage", "role", "start_date", "end_date", "source", "grade"),
            *owned,
        ],
        "legal_forms.csv": [("form", "position")],
        "placeholders.csv": [("text",)],
        "lookalikes.csv": [("name", "like", "source")],
        "not_evidence.csv": [("scheme", "value", "source")],
    }


def places_of(says: Mapping[str, Any]) -> Places:
    """Return the unions of a toy register as places."""
    unions = {
        name: Union(name, name, "toy", tuple(membership(each) for each in members))
        for name, members in says.get("unions", {}).items()
    }
    return Places({}, {}, unions)


def membership(says: Mapping[str, str]) -> Membership:
    """Read a country's membership."""
    begins = date.fromisoformat(says["from"]) if "from" in says else date.min
    return Membership(says["country"], begins, date.fromisoformat(says["to"]) if "to" in says else None)
