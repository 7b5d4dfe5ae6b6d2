from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from telvet.sharing.store.standing import ALONE, Held, Standing, standings

held = st.lists(
    st.builds(Held, st.integers(0, 99), st.sampled_from(["2.0", "2.1", "2.10"]), st.sampled_from("abc")),
    min_size=1, unique_by=lambda row: row.key,
)  # fmt: skip


def test_a_lone_version_is_first_last_and_newest() -> None:
    assert standings([Held(1, "2.1", "a")]) == {1: ALONE}
    assert standings([]) == {}


def test_spec_versions_are_numbers() -> None:
    found = standings([Held(1, "2.9", "a"), Held(2, "2.10", "a")])
    assert found == {1: Standing(True, True, False), 2: ALONE}


@given(held)
def test_each_spec_version_has_one_first_and_one_last_and_one_is_newest(rows: list[Held]) -> None:
    found = standings(rows)
    for spec in {row.spec_version for row in rows}:
        mine = [row for row in rows if row.spec_version == spec]
        (first,) = [row for row in mine if found[row.key].first]
        (last,) = [row for row in mine if found[row.key].last]
        assert all(first.version <= row.version <= last.version for row in mine)
    assert len({row.spec_version for row in rows if found[row.key].latest}) == 1


@given(held)
def test_the_order_in_which_versions_came_does_not_matter(rows: list[Held]) -> None:
    assert standings(rows) == standings(sorted(rows, key=hash))
