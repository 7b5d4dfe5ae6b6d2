"""Section 10 of the semantics: the share that is to be weighed is the oracle's, and nothing that is weighed decides."""

from __future__ import annotations

import json

from hypothesis import given

from telvet.assessment.knowledge import Knowledge
from telvet.assessment.survey import survey
from telvet.lawcheck.rows import Rows
from telvet.model.condition import Test
from telvet.packs.law import Law
from tests.oracle.facts import Case
from tests.oracle.register import ToyRegister
from tests.oracle.shares import Member, bounds
from tests.oracle.truth import all_of
from tests.oracle.use import in_use
from tests.oracle.vendor import designated
from tests.property.abroad_strategies import worlds_abroad
from tests.property.engine import FILE, law_of, places_of, register_of
from tests.property.judged import judged
from tests.property.strategies import World, modestly
from tests.property.vocabulary import REGISTER

HOMES = {"id": "homes", "home": ["XAA", "XCC"], "tests": "supplied", "closure": "control", "from": "2010-01-01"}
PACK = {"pack": {"id": "zz.weigh"}, "designations": [HOMES]}


def oracles(world: World, country: str) -> tuple[object, object]:
    """Return the bounds by the oracle: each element counts 1, of whatever country it may be."""
    members = []
    for row in world.equipment:
        case = Case(world.day, PACK, ToyRegister(REGISTER), element={**row, "traffic": "1"})
        here = None if row.get("country") is None else row["country"] == country
        among = all_of([here, in_use(row, world.day).truth])
        if among is not False:
            members.append(Member(case, among, designated(case, "equipment.vendor", ["homes"])))
    return bounds(members, {"sum": "traffic"})


@modestly(60)
@given(world=worlds_abroad())
def test_the_share_that_is_to_be_weighed_is_the_oracles(world: World) -> None:
    world = world.but(overlays=[])
    files = {
        "pack.yaml": {**world.packs[0]["pack.yaml"], "id": "zz.weigh"}, "instruments.yaml": [],
        "designations.yaml": [{**HOMES, "cites": []}],
    }  # fmt: skip
    known = Knowledge(
        Law(law_of([files]), frozenset(), frozenset()), world.day, register_of(json.dumps(REGISTER, sort_keys=True)),
        places_of(REGISTER),
    )  # fmt: skip
    backend, of = Rows(), Test("equipment.vendor", "designated", ("zz.weigh#homes",))
    backend.know_blocks(known.register.blocks)
    rows = [{**row, "origin_file": FILE, "origin_row": record} for record, row in enumerate(world.equipment, 2)]
    for country in ("XAA", "XBB"):
        among = Test("equipment.country", "is", country)
        lower, upper, _ = survey(backend, backend.table(rows), known, [of, among]).share(of, among)
        assert (lower, upper) == oracles(world, country)


@modestly(40)
@given(world=worlds_abroad())
def test_whatever_coverage_and_positions_are_lost_no_finding_vanishes(world: World) -> None:
    lost = world.but(abroad={**world.abroad, "coverage": [], "positions": []})
    assert {one.id for one in judged(world)} <= {one.id for one in judged(lost)}
