"""spec/semantics.md, section 4; the day of judgement is 2021-06-15 and Sold left Acme for Borea on 2021-01-01."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from telvet.assessment.designations import Designations
from telvet.assessment.facts import dated
from telvet.model.dates import Span
from telvet.model.facts import Dated, Maker
from telvet.model.organisation import Attribution, Candidate
from telvet.model.truth import Truth
from tests.unit.assessment.toy_register import PLACES, toy_register
from tests.unit.packs.toy_law import ID, designation, pack, rule

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
ON = date(2021, 6, 15)


def lookup(*listed: dict[str, Any], on: date = ON) -> Designations:
    names = [each["id"] for each in listed]
    law = pack(rule("rule", {"when": {"equipment.vendor": {"designated": names}}}), designations=listed)
    return Designations([law], toy_register(), PLACES, on)


def whose(*organisations: str | None) -> Attribution:
    return Attribution(tuple(Candidate(one, "" if one else "Nobody Inc") for one in organisations))


def maker(*organisations: str | None, supplier: Attribution | None = None, made: str | None = None) -> Maker:
    return Maker(whose(*organisations), supplier, dated(made))


def asked(one: Maker, *listed: dict[str, Any], on: date = ON) -> Truth:
    names = tuple(f"{ID}#{each['id']}" for each in listed)
    return lookup(*listed, on=on).designated(one, names)


@pytest.mark.parametrize(
    ("closure", "members", "doubtful"),
    [
        ("listed", {"acme"}, set()),
        ("subsidiaries", {"acme", "acme-radio", "swapped"}, {"perhaps"}),
        ("control", {"acme", "acme-radio", "swapped"}, {"perhaps"}),
        ("majority", {"acme", "acme-radio", "half", "swapped"}, {"perhaps"}),
        ("affiliates", {"acme", "acme-radio", "swapped"}, {"perhaps", "venture"}),
        ({"at least": "10 %"}, {"acme", "acme-radio", "half", "swapped", "tenth", "venture"}, {"perhaps"}),
        ({"at least": "10.1 %"}, {"acme", "acme-radio", "half", "swapped", "venture"}, {"perhaps"}),
    ],
)
def test_each_closure_reaches_as_far_as_its_test(closure: Any, members: set[str], doubtful: set[str]) -> None:
    named = designation(closure=closure)
    answers = {one: asked(maker(one), named) for one in toy_register().organisations}
    assert {one for one, truth in answers.items() if truth is T} == members
    assert {one for one, truth in answers.items() if truth is U} == doubtful


def test_a_group_may_be_named_by_any_of_its_members() -> None:
    assert asked(maker("acme-radio"), designation(vendor="acme-radio", closure="listed")) is T
    assert asked(maker("acme"), designation(vendor="acme-radio", closure="subsidiaries")) is F


def test_whom_the_annex_lists_is_named_by_any_closure() -> None:
    named = designation(closure="listed", annex=["borea"])
    assert [asked(maker(one), named) for one in ("acme", "borea", "acme-radio")] == [T, T, F]


@pytest.mark.parametrize(("on", "answer"), [("2021-06-14", F), ("2021-06-15", T), ("2021-06-16", T), ("2021-06-17", F)])
def test_a_designation_counts_from_its_first_to_its_last_day(on: str, answer: Truth) -> None:
    named = designation(from_="2021-06-15", to="2021-06-16")
    assert asked(maker("acme"), named, on=date.fromisoformat(on)) is answer


@pytest.mark.parametrize("one", [Maker(), maker(None), maker("acme", "borea")])
def test_where_no_designation_counts_nobody_is_designated_whoever_it_is(one: Maker) -> None:
    assert asked(one, designation(from_="2022-01-01")) is F
    assert asked(one, designation(from_="2020-01-01", to="2020-12-31")) is F
    assert asked(one, designation(from_="2022-01-01"), designation("now")) is U


def test_no_evidence_and_a_name_that_is_nobody_are_unknown() -> None:
    assert asked(Maker(), designation()) is U
    assert asked(maker(None), designation()) is U
    assert asked(Maker(nobody=True), designation()) is F


@pytest.mark.parametrize(
    ("candidates", "answer"),
    [
        (("acme", "acme-radio"), T),
        (("borea", "ceres"), F),
        (("acme", "borea"), U),
        (("acme", "perhaps"), U),
        (("acme", None), U),
        (("borea", None), U),
    ],
)
def test_a_disputed_maker_is_designated_if_all_its_candidates_are(
    candidates: tuple[str | None, ...], answer: Truth
) -> None:
    assert asked(maker(*candidates), designation()) is answer


def test_each_candidate_may_be_named_by_another_designation() -> None:
    borea = designation("borea", vendor="borea", closure="listed")
    assert asked(maker("acme", "borea"), designation(), borea) is T
    assert asked(maker("acme", "ceres"), designation(), borea) is U


@pytest.mark.parametrize(
    ("home", "organisation", "answer"),
    [
        (["XAA"], "acme", T),
        (["XAA", "XCC"], "sold", T),
        (["XAA"], "borea", F),
        (["XAA"], "ceres", U),
        (["XAA"], None, U),
    ],
)
def test_a_designation_by_home_asks_from_where_the_maker_is_controlled(
    home: list[str], organisation: str | None, answer: Truth
) -> None:
    assert asked(maker(organisation), designation(home=home, closure="control")) is answer


def supplied_by(*organisations: str | None) -> Attribution:
    return whose(*organisations)


@pytest.mark.parametrize(
    ("made_by", "supplier", "made", "supplied", "provided"),
    [
        ("acme", None, T, T, T),
        ("borea", None, F, F, F),
        (None, None, U, U, U),
        ("acme", "borea", T, T, F),
        ("borea", "acme", F, T, T),
        ("borea", "ceres", F, F, F),
        ("borea", "perhaps", F, U, U),
        (None, "acme", U, T, T),
        (None, "borea", U, U, F),
    ],
)
def test_the_word_of_the_instrument_chooses_between_maker_and_supplier(
    made_by: str | None, supplier: str | None, made: Truth, supplied: Truth, provided: Truth
) -> None:
    one = maker(made_by, supplier=whose(supplier) if supplier else None)
    assert [asked(one, designation(tests=word)) for word in ("made", "supplied", "provided")] == [
        made,
        supplied,
        provided,
    ]


def test_a_supplier_that_is_nobody_leaves_supply_unknown_and_making_alone() -> None:
    one = maker("borea", supplier=whose(None))
    assert [asked(one, designation(tests=word)) for word in ("made", "supplied", "provided")] == [F, U, U]


@pytest.mark.parametrize(
    ("made", "acme", "borea"),
    [
        ("2020-12-31", T, F),
        ("2021-01-01", F, T),
        ("2020-12", T, F),
        ("2021", F, T),
        ("2019", T, F),
        (None, U, U),
    ],
)
def test_ownership_on_the_day_of_making_is_told_from_that_on_the_day_of_judgement(
    made: str | None, acme: Truth, borea: Truth
) -> None:
    sold = maker("sold", made=made)
    assert asked(sold, designation(owned_on="making")) is acme
    assert asked(sold, designation(owned_on="making", vendor="borea")) is borea
    assert asked(sold, designation()) is F
    assert asked(sold, designation(vendor="borea")) is T


def test_a_span_in_which_the_owner_changed_is_unknown() -> None:
    across = Maker(whose("sold"), None, Dated(Span(date(2020, 12, 31), date(2021, 1, 1))))
    within = Maker(whose("sold"), None, Dated(Span(date(2020, 1, 1), date(2020, 12, 31))))
    assert asked(across, designation(owned_on="making")) is U
    assert asked(within, designation(owned_on="making")) is T


def test_a_day_of_making_that_is_not_known_matters_only_where_ownership_changed() -> None:
    assert asked(maker("acme-radio"), designation(owned_on="making")) is T
    assert asked(maker("ceres"), designation(owned_on="making")) is F
    assert asked(maker("perhaps"), designation(owned_on="making")) is U
    assert asked(maker("sold"), designation(owned_on="making"), on=date(2020, 6, 15)) is U, (
        "whatever the day of judgement"
    )


def test_those_that_are_met_are_told_and_else_those_that_may_be() -> None:
    listed = (designation(), designation("later", from_="2022-01-01"), designation("borea", vendor="borea"))
    book = lookup(*listed)
    names = tuple(f"{ID}#{each['id']}" for each in listed)
    assert [one.id for one in book.met(maker("acme"), names)] == [f"{ID}#acme"]
    assert [one.id for one in book.met(maker("acme", "borea"), names)] == [f"{ID}#acme", f"{ID}#borea"]
    assert [one.id for one in book.met(Maker(), names)] == [f"{ID}#acme", f"{ID}#borea"]
    assert book.met(maker("ceres"), names) == ()


def test_a_designation_tells_when_it_begins_and_whether_it_asks_for_the_day_of_making() -> None:
    book = lookup(designation(from_="2020-05-17"), designation("then", owned_on="making"))
    assert book.begins(f"{ID}#acme") == date(2020, 5, 17)
    assert not book.depends_on_making((f"{ID}#acme",))
    assert book.depends_on_making((f"{ID}#acme", f"{ID}#then"))


def test_eras_begin_where_ownership_changes_and_include_a_time_not_known() -> None:
    eras = lookup(designation()).eras(maker("sold"))
    assert [one.made.span.first if one.made.span else None for one in eras] == [None, date.min, date(2021, 1, 1)]
    assert {one.maker for one in eras} == {whose("sold")}


def test_membership_of_a_union_is_that_of_the_day() -> None:
    assert lookup(designation()).member("XAA", "XU") is T
    assert lookup(designation()).member("XBB", "XU") is F
    assert lookup(designation(), on=date(2020, 12, 31)).member("XBB", "XU") is T
    assert lookup(designation()).member("XAA", "XZ") is U
