"""Who belongs to a group on a day, and how."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telvet.attribution.closures import CLOSURES
from telvet.attribution.ownership import group_of, holds, membership, relation
from telvet.catalog.vendors import Register
from telvet.model.organisation import Ownership, Relation
from telvet.model.status import Grade
from telvet.model.truth import Truth

DAYS = st.dates(date(2000, 1, 1), date(2030, 1, 1))


def member(register: Register, group: str, one: str, test: str | float, on: date) -> Truth:
    return membership(register, group, test, on).get(one, Truth.FALSE)


@pytest.mark.parametrize(
    ("on", "truth", "how"),
    [
        (date(2019, 6, 1), Truth.TRUE, Relation.OWNED),
        (date(2020, 10, 31), Truth.TRUE, Relation.OWNED),
        (date(2020, 11, 17), Truth.UNKNOWN, Relation.DISPUTED),
        (date(2020, 12, 1), Truth.FALSE, Relation.FORMER),
        (date(2024, 1, 1), Truth.FALSE, Relation.FORMER),
    ],
)
def test_a_part_that_was_sold_left_in_a_month_in_doubt(
    register: Register, on: date, truth: Truth, how: Relation
) -> None:
    assert member(register, "huawei", "honor-device", "subsidiaries", on) is truth
    assert relation(register, "honor-device", "huawei", on)[0] is how
    assert group_of(register, "honor-device", on) == "huawei"


def test_a_former_part_is_told_with_the_day_by_which_it_had_left(register: Register) -> None:
    assert relation(register, "honor-device", "huawei", date(2024, 1, 1)) == (Relation.FORMER, date(2020, 11, 30))
    assert relation(register, "lorex", "dahua", date(2024, 1, 1)) == (Relation.FORMER, date(2023, 6, 30))


def test_a_joint_venture_that_became_anothers_is_former(register: Register) -> None:
    assert member(register, "huawei", "h3c", "subsidiaries", date(2005, 1, 1)) is Truth.TRUE
    assert member(register, "huawei", "h3c", "affiliates", date(2006, 6, 1)) is Truth.UNKNOWN
    assert member(register, "huawei", "h3c", "affiliates", date(2010, 1, 1)) is Truth.FALSE
    assert relation(register, "h3c", "huawei", date(2010, 1, 1)) == (Relation.FORMER, date(2007, 4, 30))


def test_a_sale_of_unknown_closing_is_unknown_meanwhile(register: Register) -> None:
    days = {date(2020, 1, 1): Truth.TRUE, date(2022, 12, 1): Truth.UNKNOWN, date(2023, 7, 1): Truth.FALSE}
    assert {on: member(register, "dahua", "lorex", "subsidiaries", on) for on in days} == days


def test_a_minority_joint_venture_is_an_affiliate_at_most(register: Register) -> None:
    on = date(2015, 1, 1)
    assert member(register, "huawei", "td-tech", "subsidiaries", on) is Truth.FALSE
    assert member(register, "huawei", "td-tech", "affiliates", on) is Truth.UNKNOWN
    assert member(register, "huawei", "td-tech", 10.0, on) is Truth.TRUE
    assert relation(register, "td-tech", "huawei", on) == (Relation.AFFILIATE, None)


def test_a_chain_of_purchases_belongs_to_the_buyer(register: Register) -> None:
    assert member(register, "hytera", "teltronic", "subsidiaries", date(2019, 1, 1)) is Truth.TRUE
    assert relation(register, "teltronic", "hytera", date(2014, 1, 1)) == (Relation.NONE, None)
    assert relation(register, "teltronic", "hytera", date(2016, 6, 1)) == (Relation.NONE, None)


def test_a_supplier_owns_nobody(register: Register) -> None:
    on = date(2024, 1, 1)
    assert relation(register, "amcrest", "dahua", on) == (Relation.OEM, None)
    assert group_of(register, "amcrest", on) is None
    assert all(member(register, "dahua", "amcrest", test, on) is Truth.FALSE for test in (*CLOSURES, 1.0))


def test_a_parent_is_an_affiliate(register: Register) -> None:
    on = date(2024, 1, 1)
    assert member(register, "huawei", "huawei-investment-holding", "affiliates", on) is Truth.TRUE
    assert member(register, "huawei", "huawei-investment-holding", "subsidiaries", on) is Truth.FALSE
    assert relation(register, "cetc", "hikvision", on) == (Relation.AFFILIATE, None)


def test_an_annex_is_listed_beside_the_root(register: Register) -> None:
    found = membership(register, "huawei", "listed", date(2024, 1, 1), annex=("huawei-uk",))
    assert found == {"huawei-technologies": Truth.TRUE, "huawei-uk": Truth.TRUE}


def test_a_stranger_has_nothing_to_do_with_any_group(register: Register) -> None:
    assert group_of(register, "ericsson", date(2024, 1, 1)) is None
    assert relation(register, "ericsson", "huawei", date(2024, 1, 1)) == (Relation.NONE, None)


def test_an_id_that_is_nobody_is_an_error(register: Register) -> None:
    with pytest.raises(KeyError):
        membership(register, "nobody", "listed", date(2024, 1, 1))


def test_an_edge_counts_until_the_day_before_its_end() -> None:
    edge = Ownership("a", "b", 100, "owns", date(2020, 1, 1), date(2021, 1, 1), "made up", Grade.VERIFIED)
    days = (date(2019, 12, 31), date(2020, 1, 1), date(2020, 12, 31), date(2021, 1, 1))
    assert [holds(edge, day) for day in days] == [False, True, True, False]


def test_what_was_sold_before_its_owner_was_bought_was_never_held(register: Register) -> None:
    made_up = [
        Ownership("dahua", "cisco", 100, "owns", date(2020, 1, 1), None, "made up", Grade.VERIFIED),
        Ownership("cisco", "meraki", 100, "owns", None, date(2010, 1, 1), "made up", Grade.VERIFIED),
    ]
    other = replace(register, ownership=tuple(made_up))
    assert relation(other, "cisco", "dahua", date(2024, 1, 1)) == (Relation.OWNED, None)
    assert relation(other, "meraki", "dahua", date(2024, 1, 1)) == (Relation.NONE, None)


@given(on=DAYS, group=st.sampled_from(["huawei", "zte", "hytera", "hikvision", "dahua"]))
def test_wider_tests_hold_everyone_of_narrower_ones(register: Register, on: date, group: str) -> None:
    listed, subsidiaries, affiliates = (
        membership(register, group, test, on) for test in ("listed", "subsidiaries", "affiliates")
    )
    for narrow, wide in ((listed, subsidiaries), (subsidiaries, affiliates)):
        assert set(narrow) <= set(wide)
        assert all(wide[one] is Truth.TRUE for one, truth in narrow.items() if truth is Truth.TRUE)


@given(on=DAYS, test=st.sampled_from([*CLOSURES, 10.0]))
def test_membership_changes_on_change_days_only(register: Register, on: date, test: str | float) -> None:
    since = max((day for day in register.change_days() if day <= on), default=date.min)
    assert membership(register, "huawei", test, on) == membership(register, "huawei", test, since)
