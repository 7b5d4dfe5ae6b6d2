from __future__ import annotations

from dataclasses import replace

import pytest

from telvet.model.handling import Handling
from telvet.sharing.deciding.countries import countries_allow
from tests.unit.sharing.deciding.cases import GREEN, PARTNER, case, no, shown


def listed(*countries: str, shown_to: str = "", owner: str = "XCC") -> Handling:
    display = frozenset({shown_to} if shown_to else ())
    return Handling(rel_to=frozenset(countries), display_to=display, owners=frozenset({owner}))


@pytest.mark.parametrize(
    ("handling", "word"),
    [
        (listed(), "no country that may"),
        (listed("XCC"), "no country but its owner"),
        (listed("XBB", "XCC"), "not among"),
        (listed("XAA", "XCC", shown_to="XAA"), "only be shown"),
    ],
)
def test_what_the_countries_do_not_leave_open_is_withheld_and_says_why(handling: Handling, word: str) -> None:
    (reason,) = countries_allow(case(), handling)
    assert shown([reason]) == no("countries")
    assert word in reason.because


def test_a_country_that_is_listed_may_hold_it_and_so_may_all_where_nothing_is_listed() -> None:
    assert list(countries_allow(case(), listed("XAA", "XCC"))) == []
    assert list(countries_allow(case(), GREEN)) == []


def test_where_the_country_is_not_known_only_an_empty_list_decides_here() -> None:
    nowhere = case(partner=replace(PARTNER, country=None))
    assert list(countries_allow(nowhere, listed("XBB"))) == []
    assert shown(countries_allow(nowhere, listed())) == no("countries")
    assert list(countries_allow(case(partner=None), listed())) == []
