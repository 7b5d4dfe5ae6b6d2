"""Random worlds judged by the engine, with all that a finding says: its reasons, their values and their places."""

from __future__ import annotations

import json
from collections.abc import Mapping

from telvet.assessment.assess import assess
from telvet.assessment.findings import Findings
from telvet.assessment.knowledge import Knowledge
from telvet.assessment.overlays import Overlay, Overlays
from telvet.model.finding import Finding
from telvet.model.law import Provision
from telvet.packs.law import Law
from tests.property.engine import BACKENDS, FILE, by_name, known_abroad, law_of, places_of, register_of
from tests.property.strategies import World
from tests.property.vocabulary import REGISTER

__all__ = ["FILE", "HEADERS", "judged", "provisions_of"]

HEADERS: Mapping[str, str] = {"manufacturer": "Vendor", "function": "Role", "installed_on": "In service"}
"""What the file calls some of our columns."""


def judged(world: World, backend: str = "rows") -> list[Finding]:
    """Return the engine's findings; the n-th row of a world is record n + 2 of its file."""
    packs = law_of(world.packs)
    every = frozenset(provision.id for pack in packs for provision in pack.provisions)
    knowledge = Knowledge(
        Law(packs, every, frozenset(pack.id for pack in packs)),
        world.day,
        register_of(json.dumps(REGISTER, sort_keys=True)),
        places_of(REGISTER),
        by_name("operator", world.operators),
        Overlays(tuple(Overlay.of(row) for row in world.overlays)),
        **known_abroad(world.partners, **world.abroad),
    )
    rows = [{**row, "origin_file": FILE, "origin_row": record} for record, row in enumerate(world.equipment, 2)]
    engine, relation = BACKENDS[backend](rows)
    return list(Findings(engine, assess(engine, relation, knowledge), {FILE: HEADERS}, (FILE,))())


def provisions_of(world: World) -> dict[str, Provision]:
    """Return the provisions of a world's packs by their ids."""
    return {provision.id: provision for pack in law_of(world.packs) for provision in pack.provisions}
