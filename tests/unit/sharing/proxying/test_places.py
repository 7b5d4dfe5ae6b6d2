from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telvet.errors import SourceError
from telvet.sharing.proxying.places import Place, Position, read_place, write_place

MOMENTS = st.integers(0, 200_000_000_000_000_000)


@given(
    st.builds(
        Place,
        st.builds(
            Position, st.integers(1, 1000), st.none() | MOMENTS, st.text(max_size=20), MOMENTS, st.text(max_size=5)
        ),
        MOMENTS,
        st.text("0123456789abcdef", min_size=64, max_size=64),
    )
)
def test_a_place_is_read_as_it_was_written(place: Place) -> None:
    assert read_place(write_place(place)) == place


@given(
    st.binary(max_size=40)
    | st.sampled_from([b"[[0],1,'']", b'[[1],-1,""]', b'[[1,-5],1,""]', b'[[1],1e30,""]', b"[" * 9999])
)
def test_anything_else_is_a_lost_place(data: bytes) -> None:
    with pytest.raises(SourceError) as caught:
        read_place(data)
    assert caught.value.code == "place-lost"


@given(st.integers(0, 40), st.integers(1, 25))
def test_every_ring_of_pages_is_found_within_a_few_rounds(before: int, ring: int) -> None:
    """Pages after some number of them go round; each is known by its first object."""
    position = Position(1)
    for step in range(4 * (before + ring) + 16):
        first = str(step if step < before else before + (step - before) % ring)
        if first == position.turtle:
            assert step >= ring
            return
        position = Position(1, None, "n", 0, "", *position.turn(first))
    pytest.fail("the ring was not found")


def test_pages_that_go_on_are_no_ring() -> None:
    position = Position(1)
    for step in range(500):
        assert str(step) != position.turtle
        position = Position(1, None, "n", 0, "", *position.turn(str(step)))
