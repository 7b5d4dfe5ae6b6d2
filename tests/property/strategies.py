"""Random worlds: packs, an inventory, operators, overlays and partners, on a day near the days of the law."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from hypothesis import Phase, settings
from hypothesis import strategies as st

from tests.oracle.completing import completed
from tests.oracle.judge import Finding, judge
from tests.oracle.reading import pack_of_files
from tests.oracle.register import Row, ToyRegister
from tests.property.aiming import aimed_cells, aimed_rows
from tests.property.law_strategies import SUBJECTS, packs
from tests.property.row_strategies import elements, operator_tables, overlays, partner_tables, tables_abroad
from tests.property.vocabulary import COUNTRIES, DAYS, DESIGNATIONS, PACKS, REGISTER

__all__ = ["World", "facts_in", "modestly", "worlds"]

EXAMPLES = int(os.environ.get("TELVET_EXAMPLES", "0"))


def modestly(examples: int, *, shrink: bool = True) -> settings:
    """Return settings with few examples for everyday runs; TELVET_EXAMPLES=20000 asks for a long one.

    Where an example is slow it is not shrunk: the same fault is found, and shrunk, on the faster backend.
    """
    phases = [phase for phase in Phase if shrink or phase not in (Phase.shrink, Phase.explain)]
    return settings(max_examples=EXAMPLES or examples, phases=phases)


JUDGED = st.sampled_from([*DAYS[2:], *DAYS[2:], *DAYS])


@dataclass(frozen=True)
class World:
    """Everything that a judgement looks at, as plain data."""

    packs: Sequence[Mapping[str, Any]]
    """Each as its files' contents by path, complete."""
    equipment: Sequence[Row]
    operators: Sequence[Row]
    overlays: Sequence[Row]
    partners: Sequence[Row]
    abroad: Mapping[str, Sequence[Row]]
    """Arrangements, coverage of law, positions, and what is stated to be in use."""
    day: date

    def findings(self) -> list[Finding]:
        """Ask the oracle."""
        return judge(
            [pack_of_files(files) for files in self.packs],
            self.equipment,
            self.day,
            ToyRegister(REGISTER),
            operators=self.operators,
            overlays=self.overlays,
            partners=self.partners,
            **self.abroad,
        )

    def but(self, **changes: Any) -> World:
        """Return the same world with some parts replaced."""
        return replace(self, **changes)


@st.composite
def worlds(
    draw: st.DrawFn, *, excused: bool = True, overlaid: bool = True, subjects: tuple[str, ...] = SUBJECTS, most: int = 4
) -> World:
    """Draw a world; without excuses or overlays where a law must not speak of them."""
    names = PACKS[: draw(st.integers(1, len(PACKS)))]
    files = [completed(draw(packs(name, excused=excused, subjects=subjects))) for name in names]
    provisions = [f"{each['pack.yaml']['id']}.{path[11:-5]}" for each in files for path in each if path[:4] == "prov"]
    columns = {key.split(".")[1] for key in facts_in(files)}
    columns |= {"removed_on"} if draw(st.booleans()) else set()
    columns |= {"supplier", "sys_object_id", "vendor_id", "procured_on"} if "vendor" in columns else set()
    columns |= {"traffic", "network", "access_technology", "function"} if "share" in str(files) else set()
    equipment, operators = draw(aimed_rows(aims(files), draw(elements(columns, most)), draw(operator_tables(columns))))
    return World(
        packs=files,
        equipment=equipment,
        operators=operators,
        overlays=draw(overlays(provisions)) if overlaid else [],
        partners=draw(partner_tables()) if "partner" in subjects else [],
        abroad=draw(tables_abroad()) if "partner" in subjects else {},
        day=date.fromisoformat(draw(JUDGED)) + timedelta(days=draw(st.integers(-1, 1))),
    )


def aims(packs: Sequence[Mapping[str, Any]]) -> list[Any]:
    """Return the cells that would meet each provision of some packs."""
    return [
        aimed_cells(pack, provision, lambda name: NAMES[DESIGNATIONS[name].get("vendor", "acme")], lambda _: COUNTRIES)
        for pack in map(pack_of_files, packs)
        for provision in pack["provisions"]
    ]


NAMES = {"acme": ("Acme Ltd", "Acme Radio"), "borea": ("Borea AG",)}


def facts_in(document: Any) -> set[str]:
    """Return every word such as `equipment.region` that stands somewhere in a document."""
    if isinstance(document, list):
        return {fact for part in document for fact in facts_in(part)}
    if isinstance(document, dict):
        return facts_in(list(document)) | facts_in(list(document.values()))
    return {document} if str(document).startswith(("equipment.", "operator.")) else set()
