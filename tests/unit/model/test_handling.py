from __future__ import annotations

import pytest

from telvet.model.handling import Classification, Ground, Handling, Reach, Tlp, at_least_as_strict, strictest

US, GB, AU = "USA", "GBR", "AUS"


def listed(*countries: str, owner: str = US) -> Handling:
    return Handling(marks=frozenset({"m"}), rel_to=frozenset(countries), owners=frozenset({owner}))


def test_levels_are_ordered_from_the_most_open() -> None:
    assert sorted(Tlp, key=lambda level: level.rank) == [
        Tlp.CLEAR,
        Tlp.GREEN,
        Tlp.AMBER,
        Tlp.AMBER_STRICT,
        Tlp.RED,
    ]
    assert Tlp.AMBER_STRICT.label == "TLP:AMBER+STRICT"
    assert Classification.TS.rank > Classification.S.rank > Classification.C.rank > Classification.U.rank
    assert Reach.ORGANISATION.rank > Reach.COMMUNITY.rank > Reach.CONNECTED.rank > Reach.ALL.rank


def test_nothing_joined_is_unmarked() -> None:
    assert strictest(()) == Handling()
    assert Handling().unmarked
    assert not listed(US).unmarked


def test_lists_of_countries_are_intersected() -> None:
    assert strictest((listed(US, GB, AU), listed(US, GB))).rel_to == frozenset({US, GB})


def test_a_mark_that_names_no_country_leaves_a_list_as_it_is() -> None:
    assert strictest((Handling(tlp=Tlp.GREEN), listed(US, GB))).rel_to == frozenset({US, GB})


@pytest.mark.parametrize("other", [listed(US, AU), listed(AU), listed(US), listed()])
def test_a_list_that_leaves_none_but_the_owner_is_noforn(other: Handling) -> None:
    joined = strictest((listed(US, GB), other))
    assert joined.noforn
    assert not joined.open_to(GB)
    assert not joined.open_to(AU)


def test_noforn_wins_over_a_list() -> None:
    noforn = listed(US)
    assert strictest((noforn, listed(US, GB, AU))).noforn
    assert strictest((listed(US, GB, AU), noforn)).noforn


def test_what_is_owned_by_two_is_open_to_both() -> None:
    joint = Handling(rel_to=frozenset({US, GB}), owners=frozenset({US, GB}))
    assert not joint.noforn
    assert joint.open_to(GB)


def test_what_may_only_be_shown_may_not_be_held() -> None:
    joined = strictest((listed(US, GB, AU), Handling(display_to=frozenset({AU}))))
    assert joined.open_to(GB)
    assert not joined.open_to(AU)


def test_the_stricter_level_holds_and_grounds_are_kept() -> None:
    one = Handling(tlp=Tlp.AMBER, reach=Reach.ALL, withheld=frozenset({Ground("a", "m")}))
    other = Handling(tlp=Tlp.GREEN, reach=Reach.COMMUNITY, referred=frozenset({Ground("b", "m")}))
    joined = strictest((one, other))
    assert (joined.tlp, joined.reach) == (Tlp.AMBER, Reach.COMMUNITY)
    assert (joined.withheld, joined.referred) == (one.withheld, other.referred)


def test_the_order_says_what_leaves_less_open() -> None:
    assert at_least_as_strict(listed(US), listed(US, GB))
    assert not at_least_as_strict(listed(US, GB), listed(US))
    assert at_least_as_strict(Handling(tlp=Tlp.RED), Handling())
