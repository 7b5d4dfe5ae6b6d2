"""An element is judged alike whatever stands beside it, and in whatever order: classes join only what is equal before the law."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from telvet.model.finding import Finding
from tests.property.judged import judged
from tests.property.strategies import World, modestly, worlds


def told(findings: Sequence[Finding], *, places: bool = False) -> list[tuple[Any, ...]]:
    """Return all that findings about elements say, but for the record that they were read from."""
    return sorted(
        (
            one.id, one.status.value, one.by, one.until, one.excused_by, one.missing, one.unless, one.cites, one.grade.value,
            str(one.vendor), [(each.fact, each.value, each.origin if places else "") for each in one.because],
        )
        for one in findings
        if one.equipment
    )  # fmt: skip


@modestly(100)
@given(world=worlds(most=6))
def test_an_element_is_judged_among_others_as_it_is_alone(world: World) -> None:
    together = told(judged(world))
    alone = [one for row in world.equipment for one in judged(world.but(equipment=[row]))]
    assert together == told(alone)


@modestly(40)
@given(world=worlds(most=6), data=st.data())
def test_the_order_of_rows_changes_nothing_but_the_order_of_findings(world: World, data: st.DataObject) -> None:
    assume(len(world.equipment) > 1)
    turned = world.but(equipment=data.draw(st.permutations(world.equipment)))
    assert told(judged(world)) == told(judged(turned))
    whole, again = (
        sorted((one.id, one.status.value, one.missing) for one in judged(each) if not one.equipment)
        for each in (world, turned)
    )
    assert whole == again
