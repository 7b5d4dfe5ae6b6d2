"""Invariant 2: a finding names a provision enacted on its date, and the facts that decided it.

The facts decide in the full sense: with every other cell of the element and its operator emptied, the finding stands.
"""

from __future__ import annotations

from hypothesis import given

from telvet.assessment.judging import considered
from telvet.model.finding import Finding
from telvet.model.status import Status
from tests.oracle.register import Row
from tests.property.judged import judged, provisions_of
from tests.property.strategies import World, modestly, worlds

OF_MAKER = {"manufacturer", "mac", "sys_object_id", "vendor_id", "supplier", "procured_on", "installed_on"}
"""The cells of equipment.vendor: who made or supplied it, and for whose it was, when."""
KEPT = {"id", "operator", "managed_by"}
"""Whose emptiness says something: nobody, or nobody but the operator, which may meet an excuse."""


def reduced(finding: Finding, row: Row) -> Row:
    """Return the row with the cells alone that the finding rests on."""
    facts = {reason.fact for reason in finding.because}
    columns = {fact.removeprefix("equipment.") for fact in facts if fact.startswith("equipment.")} | KEPT
    columns |= OF_MAKER if "vendor" in columns else set()
    return {column: cell if column in columns else None for column, cell in row.items()}


def alone(world: World, finding: Finding) -> World:
    """Return the world of one element and its operator, with nothing in it but what decided a finding."""
    facts = {reason.fact.removeprefix("operator.") for reason in finding.because} | {"operator"}
    row = next(row for row in world.equipment if row["id"] == finding.equipment)
    operators = [
        {column: cell for column, cell in each.items() if column in facts}
        for each in world.operators
        if each["operator"] == finding.operator
    ]
    return world.but(equipment=[reduced(finding, row)], operators=operators)


@modestly(50)
@given(world=worlds())
def test_a_finding_names_a_provision_in_force_on_the_day(world: World) -> None:
    provisions = provisions_of(world)
    for finding in judged(world):
        provision = provisions[finding.provision]
        assert considered(provision, world.day)
        assert (finding.subject, finding.force) == (provision.subject, provision.force)
        assert set(provision.cites) <= set(finding.cites)


@modestly(90)
@given(world=worlds(overlaid=False))
def test_what_decided_a_finding_decides_it_alone(world: World) -> None:
    for finding in judged(world):
        if finding.equipment is None or finding.status is Status.UNKNOWN:
            continue
        again = [one for one in judged(alone(world, finding)) if one.id == finding.id]
        assert [(one.status, one.by, one.until, one.excused_by) for one in again] == [
            (finding.status, finding.by, finding.until, finding.excused_by)
        ]


@modestly(50)
@given(world=worlds())
def test_a_day_is_shown_with_what_is_due_and_a_last_day_with_what_is_waived(world: World) -> None:
    for finding in judged(world):
        assert (finding.by is not None) >= (finding.status is Status.DUE)
        assert finding.by is None or finding.status in (Status.DUE, Status.CONTRAVENTION)
        assert finding.by is None or (world.day <= finding.by) == (finding.status is Status.DUE)
        assert finding.until is None or (finding.status is Status.WAIVED)
        assert (finding.excused_by is not None) == (finding.status in (Status.WAIVED, Status.EXCEPTED))


@modestly(40)
@given(world=worlds())
def test_no_two_findings_share_an_id(world: World) -> None:
    names = [finding.id for finding in judged(world)]
    assert len(set(names)) == len(names)
