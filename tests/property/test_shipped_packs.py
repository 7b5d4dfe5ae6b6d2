"""The engine and the oracle agree on the law and the register that telvet ships, for random inventories of their words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache, partial
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from telvet.assessment.assess import assess
from telvet.assessment.findings import Findings
from telvet.assessment.knowledge import Knowledge
from telvet.assessment.overlays import Overlays
from telvet.catalog.places import read_places
from telvet.catalog.vendors import Register, load_register
from telvet.lawcheck.rows import Rows
from telvet.model.law import Pack
from telvet.packs.law import Law, load_law
from telvet.shipped import shipped
from telvet.tables.codes import ROLES
from tests.oracle.judge import judge
from tests.oracle.reading import read_pack
from tests.oracle.register import Row
from tests.oracle.telvet_register import TelvetRegister
from tests.property.aiming import aimed_cells, aimed_rows
from tests.property.engine import FILE, plain
from tests.property.row_strategies import EQUIPMENT_CELLS, OPERATOR_CELLS
from tests.property.strategies import facts_in, modestly
from tests.property.test_engine_agrees import settled
from tests.property.vocabulary import around

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@cache
def the_packs() -> tuple[tuple[Pack, ...], tuple[Mapping[str, Any], ...]]:
    """Read every shipped pack twice: by the engine, and by the oracle."""
    law = load_law([shipped("packs")])
    folders = sorted(path.parent for path in shipped("packs").rglob("pack.yaml"))
    return law, tuple(read_pack(folder) for folder in folders)


@cache
def the_register() -> Register:
    return load_register(shipped("catalog") / "vendors")


@cache
def the_oracles_register(day: date) -> TelvetRegister:
    return TelvetRegister(the_register(), read_places(), day)


def words_in(document: Any) -> set[str]:
    """Return every text in a document."""
    if isinstance(document, Mapping):
        return words_in(list(document)) | words_in(list(document.values()))
    if isinstance(document, list | tuple):
        return {word for part in document for word in words_in(part)}
    return {str(document)}


@cache
def the_days() -> tuple[str, ...]:
    """Return the days on which some shipped law turns."""
    return tuple(sorted(word for word in words_in(the_packs()[1]) if DAY.fullmatch(word)))


@cache
def cells() -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, ...]]]:
    """Return words for the columns that shipped law reads: those of the law, of the register, and a few others."""
    words, register = words_in(the_packs()[1]), the_register()
    roots = {group.root for group in register.groups.values()}
    near = sorted(
        roots | {e.asset for e in register.ownership if e.owner in roots} | {e.owner for e in register.ownership}
    )
    names = (*(register.organisations[one].name for one in near), "Nobody Inc", "unknown")
    blocks = [prefix for prefix in register.blocks if any(i.organisation in roots for i in register.block(prefix))]
    spans = tuple(span for day in the_days() for span in around(day))
    countries = ("GBR", "USA", "SWE", "CAN", "AUS", "CHN", "DEU", "NZL")
    tags = tuple(sorted(word for word in words if re.fullmatch(r"[a-z]+([-_][a-z0-9]+)+", word)))
    own: dict[str, tuple[str, ...]] = {
        "operator": ("north", "north", "south"),
        "manufacturer": names, "supplier": names, "managed_by": names,
        "mac": tuple(f"{prefix:0<12}" for prefix in blocks[:40]),
        "sys_object_id": ("1.3.6.1.4.1.2011.2", "1.3.6.1.4.1.3902.3", "1.3.6.1.4.1.9.1"), "vendor_id": ("2011", "193"),
        "procured_on": spans, "installed_on": spans, "removed_on": spans,
        "country": countries, "country_of_origin": countries, "staff_country": countries,
        "site_tags": tags, "tags": tags, "authorisations": tags, "contains": tags,
        "bands": ("3500", "700", "2100;3600", "2300"),
        "function": (*EQUIPMENT_CELLS["function"], "transport.core", "cctv", "fixed.olt", "msvc", "cpe"),
        "purpose": (*EQUIPMENT_CELLS["purpose"], "gov_facility_security", "-public_safety;-gov_facility_security"),
    }  # fmt: skip
    of_operators = {
        **OPERATOR_CELLS,
        "country": countries,
        "roles": (*ROLES, "mno;federal_contractor", "-federal_contractor"),
        "named_in": tuple(str(pack["pack"]["id"]) for pack in the_packs()[1]),
        "licences": tags,
    }
    read = {fact.split(".")[1] for pack in the_packs()[1] for fact in facts_in(dict(pack))}
    always = {
        "operator",
        "manufacturer",
        "mac",
        "supplier",
        "lifecycle",
        "installed_on",
        "procured_on",
        "removed_on",
        "site",
    }
    equipment = {name: own.get(name, values) for name, values in EQUIPMENT_CELLS.items() if name in read | always}
    return equipment, {name: values for name, values in of_operators.items() if name in read}


@st.composite
def rows(draw: st.DrawFn) -> tuple[list[Row], list[Row], date]:
    """Draw an inventory, its operators and a day near some day of the law."""
    equipment, operators = cells()
    drawn: list[Row] = [
        {
            "id": f"e{number}",
            **{name: draw(st.sampled_from([None, None, *values])) for name, values in equipment.items()},
        }
        for number in range(1, draw(st.integers(1, 3)) + 1)
    ]
    table: list[Row] = [
        {"operator": name, **{key: draw(st.sampled_from([None, *values])) for key, values in operators.items()}}
        for name in ("north", "south")
    ]
    day = date.fromisoformat(draw(st.sampled_from(the_days()))) + timedelta(days=draw(st.integers(-1, 1)))
    met, named = draw(aimed_rows(the_aims(), drawn, table))
    return [*met], [*named], day


@cache
def the_aims() -> list[Any]:
    """Return the cells that would meet each shipped provision."""
    register = the_register()

    def names(designation: str, pack: Mapping[str, Any]) -> list[str]:
        [found] = [each for each in pack["designations"] if each["id"] == designation]
        return [register.organisations[register.root(found["vendor"])].name] if "vendor" in found else []

    return [
        aimed_cells(pack, provision, partial(names, pack=pack), lambda _: ["SWE", "DEU"])
        for pack in the_packs()[1]
        for provision in pack["provisions"]
    ]


@modestly(40)
@given(drawn=rows())
def test_the_engine_agrees_with_the_oracle_on_shipped_law(drawn: tuple[list[Row], list[Row], date]) -> None:
    equipment, operators, day = drawn
    law, read = the_packs()
    every = frozenset(provision.id for pack in law for provision in pack.provisions)
    knowledge = Knowledge(
        Law(law, every, frozenset(pack.id for pack in law)),
        day,
        the_register(),
        read_places(),
        {str(row["operator"]): {key: cell for key, cell in row.items() if cell is not None} for row in operators},
        Overlays(),
    )
    backend = Rows()
    table = backend.table([{**row, "origin_file": FILE, "origin_row": at} for at, row in enumerate(equipment, 2)])
    found = [plain(finding) for finding in Findings(backend, assess(backend, table, knowledge), {}, (FILE,))()]
    assert settled(found) == settled(judge(read, equipment, day, the_oracles_register(day), operators=operators))
