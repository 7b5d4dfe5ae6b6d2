"""Section 7 of the semantics says the truth: however the unknowns turn out, the share lies between its bounds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tests.oracle.facts import Case
from tests.oracle.register import Row, ToyRegister
from tests.oracle.shares import Member, bounds
from tests.oracle.truth import Truth
from tests.property.strategies import World, modestly, worlds
from tests.property.test_oracle_laws import by_subject, filled, status
from tests.property.vocabulary import REGISTER

TRUTHS: tuple[Truth, ...] = (True, True, False, None)
WEIGHTS = ("0", "1", "2", "10")


def member(among: Truth, of: Truth, site: str | None, traffic: str | None) -> Member:
    row: Row = {"id": "e", "site": site, "traffic": traffic}
    return Member(Case(date(2020, 1, 1), {}, ToyRegister(REGISTER), row), among, of)


def members() -> st.SearchStrategy[list[Member]]:
    drawn = st.tuples(
        st.sampled_from([True, True, None]),
        st.sampled_from(TRUTHS),
        st.sampled_from(["s1", "s2", "s3", None]),
        st.sampled_from([*WEIGHTS, None]),
    )
    return st.lists(drawn.map(lambda parts: member(*parts)), min_size=1, max_size=6)


@st.composite
def settled(draw: st.DrawFn, counted: Sequence[Member]) -> list[Member]:
    """Draw a way in which all unknowns may turn out; an element without a site may stand at a site of its own."""
    found = []
    for number, one in enumerate(counted):
        among = draw(st.booleans()) if one.among is None else one.among
        of = draw(st.booleans()) if one.of is None else one.of
        site = one.site or draw(st.sampled_from(["s1", "s2", "s3", f"own {number}"]))
        weight = one.weight("traffic")
        if among:
            found.append(member(True, of, site, draw(st.sampled_from(WEIGHTS)) if weight is None else str(weight)))
    return found


def share_of_sites(settled: Sequence[Member]) -> Fraction:
    every, these = {one.site for one in settled}, {one.site for one in settled if one.of}
    return Fraction(len(these), len(every)) if every else Fraction(0)


def share_of_traffic(settled: Sequence[Member]) -> Fraction:
    every = sum((one.weight("traffic") or Fraction(0) for one in settled), Fraction(0))
    these = sum((one.weight("traffic") or Fraction(0) for one in settled if one.of), Fraction(0))
    return these / every if every else Fraction(0)


@modestly(200)
@given(counted=members(), data=st.data())
def test_a_share_of_sites_lies_between_its_bounds(counted: list[Member], data: st.DataObject) -> None:
    lower, upper = bounds(counted, {"count": "site", "mixed": "counts"})
    assert lower <= share_of_sites(data.draw(settled(counted))) <= upper


@modestly(200)
@given(counted=members(), data=st.data())
def test_a_share_of_traffic_lies_between_its_bounds(counted: list[Member], data: st.DataObject) -> None:
    lower, upper = bounds(counted, {"sum": "traffic"})
    assert lower <= share_of_traffic(data.draw(settled(counted))) <= upper


@modestly(100)
@given(counted=members(), data=st.data())
def test_where_all_is_known_both_bounds_are_the_share(counted: list[Member], data: st.DataObject) -> None:
    known = data.draw(settled(counted))
    assert bounds(known, {"count": "site", "mixed": "counts"}) == (share_of_sites(known),) * 2
    assert bounds(known, {"sum": "traffic"}) == (share_of_traffic(known),) * 2


@modestly(60)
@given(world=worlds(subjects=("network",), excused=False, overlaid=False, most=6), data=st.data())
def test_knowing_more_changes_no_definite_share(world: World, data: st.DataObject) -> None:
    known = filled(data.draw, world, {"site", "traffic", "function", "country", "category", "generation", "region"})
    if known is None:
        return
    before, after = by_subject(world.findings()), by_subject(known.findings())
    for key in before.keys() | after.keys():
        if status(before, key) != "unknown":
            assert status(after, key) == status(before, key)
