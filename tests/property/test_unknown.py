"""Invariant 3: unknown is never reported as clear.

The law: emptying one cell of an element, or of its operator, makes no finding vanish, that is, turns no answer into clear.
It does not hold of cells whose emptiness says something (`TELLING`): nobody manages the element but its operator, a
supplier that is not stated leaves the maker to decide, a day that is not stated has not come while the element is
planned or in stock, has passed when it is removed, and a group of its own. Nor of one of several pieces of evidence of a
maker, for the others may then agree.
"""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import assume, given
from hypothesis import strategies as st

from telvet.model.finding import Finding
from telvet.model.status import Status
from tests.oracle.register import Row
from tests.property.judged import judged
from tests.property.strategies import World, modestly, worlds

TELLING = {
    "id", "operator", "supplier", "managed_by", "procured_on", "installed_on", "removed_on", "network",
    "access_technology",
}  # fmt: skip
OF_MAKER = ("manufacturer", "mac", "sys_object_id", "vendor_id")


def blanks(row: Row) -> list[str]:
    """Return the columns of an element of which the law speaks."""
    filled = [column for column, cell in row.items() if cell is not None and column not in TELLING]
    evidence = [column for column in OF_MAKER if row.get(column)]
    return [column for column in filled if column not in OF_MAKER or len(evidence) == 1]


def without(rows: Sequence[Row], place: int, column: str) -> list[Row]:
    """Return rows with one cell emptied."""
    return [row if number != place else {**row, column: None} for number, row in enumerate(rows)]


def vanished(before: Sequence[Finding], after: Sequence[Finding]) -> list[Finding]:
    """Return the findings that are gone."""
    names = {finding.id for finding in after}
    return [finding for finding in before if finding.id not in names]


@modestly(110)
@given(world=worlds(), data=st.data())
def test_an_emptied_cell_of_an_element_makes_no_finding_vanish(world: World, data: st.DataObject) -> None:
    choices = [(place, column) for place, row in enumerate(world.equipment) for column in blanks(row)]
    assume(choices)
    place, column = data.draw(st.sampled_from(choices))
    world = world.but(overlays=[each for each in world.overlays if each["kind"] != "attestation"])
    assert vanished(judged(world), judged(world.but(equipment=without(world.equipment, place, column)))) == []


@modestly(60)
@given(world=worlds(), data=st.data())
def test_an_emptied_cell_of_an_operator_makes_no_finding_vanish(world: World, data: st.DataObject) -> None:
    choices = [
        (place, column)
        for place, row in enumerate(world.operators)
        for column, cell in row.items()
        if cell is not None and column != "operator"
    ]
    assume(choices)
    place, column = data.draw(st.sampled_from(choices))
    world = world.but(overlays=[each for each in world.overlays if each["kind"] != "attestation"])
    assert vanished(judged(world), judged(world.but(operators=without(world.operators, place, column)))) == []


@modestly(40)
@given(world=worlds())
def test_an_unknown_finding_names_what_would_settle_it_and_no_other_does(world: World) -> None:
    for finding in judged(world):
        assert (finding.status is Status.UNKNOWN) == bool(finding.missing)
        assert finding.status is not Status.CLEAR
        assert len(set(finding.missing)) == len(finding.missing)


@modestly(30)
@given(world=worlds(excused=False, overlaid=False))
def test_an_element_of_which_nothing_is_known_is_clear_of_nothing_that_could_touch_it(world: World) -> None:
    touched = {finding.provision for finding in judged(world) if finding.equipment}
    nameless = world.but(equipment=[{**dict.fromkeys(row), "id": row["id"]} for row in world.equipment], operators=[])
    assert touched <= {finding.provision for finding in judged(nameless)} | clear_of_the_unmanaged(world)


def clear_of_the_unmanaged(world: World) -> set[str]:
    """Return the provisions that ask who manages an element, or for the day of an event: there emptiness says something."""
    return {
        f"{files['pack.yaml']['id']}.{about['id']}"
        for files in world.packs
        for path, about in files.items()
        if path.startswith("provisions/") and any(word in str(about) for word in ("managed_by", "'prohibit':"))
    }
