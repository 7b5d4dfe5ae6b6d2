"""spec/semantics.md, section 5, row by row; the day of judgement is 2021-06-15."""

from __future__ import annotations

from datetime import date

import pytest

from telvet.assessment.facts import dated
from telvet.assessment.use import Requirement, Standing, event_fact, event_span, happened, in_use, present, signed
from telvet.model.dates import Span
from telvet.model.truth import Truth

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
ON = date(2021, 6, 15)
STARTS, ENDS = date(2021, 3, 1), date(2021, 9, 30)


def standing(life: str | None = None, *, installed: str | None = None, removed: str | None = None) -> Standing:
    return Standing(life, installed=dated(installed), removed=dated(removed))


@pytest.mark.parametrize(
    ("life", "installed", "removed", "used", "there"),
    [
        ("live", None, None, T, T),
        (None, None, None, T, T),
        ("planned", None, None, F, T),
        ("stock", None, None, F, T),
        ("off", None, None, F, T),
        ("removed", None, None, F, F),
        ("removed", None, "2021-06-15", F, F),
        ("removed", None, "2021-06-16", T, T),
        ("removed", None, "2021-06", U, U),
        ("live", None, "2021-06-15", F, F),
        ("live", None, "2021-06-16", T, T),
        ("live", None, "2021", U, U),
        ("live", None, "2020", F, F),
        (None, None, "2022", T, T),
        (None, None, "2021Q2", U, U),
        ("live", "2021-06-15", None, T, T),
        ("live", "2021-06-16", None, F, T),
        ("live", "2021-06", None, U, T),
        (None, "2021Q3", None, F, T),
        ("off", "2019", "2020", F, F),
        ("off", "2019", "2021", F, U),
        ("planned", "2022", None, F, T),
        ("live", "2021", "2020", F, F),
        ("live", "2021", "2021", U, U),
        ("live", "2022", "2021", F, U),
    ],
)
def test_what_is_in_use_and_what_is_present(
    life: str | None, installed: str | None, removed: str | None, used: Truth, there: Truth
) -> None:
    one = standing(life, installed=installed, removed=removed)
    assert (in_use(one, ON).truth, present(one, ON).truth) == (used, there)


def test_the_columns_that_leave_use_unknown_are_named_and_those_that_settle_it() -> None:
    open_ = standing("live", installed="2021", removed="2021")
    assert in_use(open_, ON) == Requirement(
        U, ("equipment.removed_on", "equipment.installed_on"), ("equipment.lifecycle",)
    )
    assert present(open_, ON) == Requirement(U, ("equipment.removed_on",), ("equipment.lifecycle",))
    settled = in_use(standing(installed="2020", removed="2022"), ON)
    assert settled == Requirement(T, (), ("equipment.removed_on", "equipment.installed_on"))
    assert in_use(standing(), ON) == Requirement(T)


def test_a_settled_no_misses_nothing() -> None:
    assert in_use(standing("live", installed="2021", removed="2020"), ON).missing == ()
    assert in_use(standing("off", installed="2021"), ON).missing == ()


def event(
    span: str | None, life: str | None = None, *, act: str = "install", on: date = ON, ends: date | None = ENDS
) -> Requirement:
    one = Standing(life, **{"installed" if act == "install" else "procured": dated(span)})
    return happened(act, one, STARTS, ends, on)


@pytest.mark.parametrize("act", ["install", "procure"])
@pytest.mark.parametrize(
    ("span", "truth", "planned"),
    [
        ("2021-02-28", F, False),
        ("2021-03-01", T, False),
        ("2021-06-15", T, False),
        ("2021-03", T, False),
        ("2021Q1", U, False),
        ("2021-06", U, False),
        ("2021-06-16", T, True),
        ("2021-07", T, True),
        ("2021Q3", T, True),
        ("2021-09-30", T, True),
        ("2021-10-01", F, False),
        ("2021", U, False),
        ("2020", F, False),
        ("2022", F, False),
    ],
)
def test_an_event_is_forbidden_on_the_days_of_its_window(act: str, span: str, truth: Truth, planned: bool) -> None:
    found = event(span, act=act)
    assert (found.truth, found.planned) == (truth, planned)
    assert found.missing == ((event_fact(act),) if truth is U else ())
    assert found.because == (event_fact(act),)


def test_a_window_without_an_end_is_open() -> None:
    assert event("2099", ends=None).planned
    assert event("2021-06-15", ends=None).truth is T


def test_the_day_of_judgement_bounds_what_has_happened_when_the_window_has_closed() -> None:
    assert event("2021-09", on=date(2022, 1, 1)).truth is T
    assert event("2021Q4", on=date(2022, 1, 1)).truth is F
    assert event("2021Q3", on=date(2021, 9, 29)).truth is U


@pytest.mark.parametrize(
    ("act", "life", "on", "truth"),
    [
        ("install", None, ON, U),
        ("install", "live", ON, U),
        ("install", "off", ON, U),
        ("install", "planned", ON, F),
        ("install", "stock", ON, F),
        ("install", None, date(2021, 2, 28), F),
        ("install", None, STARTS, U),
        ("procure", None, ON, U),
        ("procure", "planned", ON, F),
        ("procure", "stock", ON, U),
        ("procure", "live", date(2021, 2, 28), F),
    ],
)
def test_an_event_without_a_date_may_have_happened(act: str, life: str | None, on: date, truth: Truth) -> None:
    found = event(None, life, act=act, on=on)
    assert (found.truth, found.missing) == (truth, (event_fact(act),) if truth is U else ())


def test_a_date_too_vague_to_settle_an_event_is_a_reason_for_an_empty_one_may_settle_it() -> None:
    vague = event("2021Q1", on=date(2021, 2, 28))
    assert (vague.truth, vague.missing, vague.because) == (U, ("equipment.installed_on",), ("equipment.installed_on",))
    assert event(None, on=date(2021, 2, 28)).truth is F


def test_each_event_has_its_own_column() -> None:
    one = Standing(installed=dated("2021-01-02"), procured=dated("2020"))
    assert event_span("install", one) == Span(date(2021, 1, 2), date(2021, 1, 2))
    assert event_span("procure", one) == Span(date(2020, 1, 1), date(2020, 12, 31))
    assert (event_fact("install"), event_fact("procure")) == ("equipment.installed_on", "equipment.procured_on")


@pytest.mark.parametrize(
    ("day", "ends", "truth", "missing", "planned"),
    [
        ("2021-03-01", None, T, (), False),
        ("2021-06-15", None, T, (), False),
        ("2021-06-16", None, T, (), True),
        ("2021-02-28", None, F, (), False),
        ("2021-10-01", None, F, (), False),
        ("2021-06", None, U, ("arrangement.signed_on",), False),
        (None, None, U, ("arrangement.signed_on",), False),
        ("2021-06-01", "2021-06-14", F, (), False),
        ("2021-06-01", "2021-06-15", T, (), False),
        ("2021-06-01", "2021-06", U, ("arrangement.ends_on",), False),
        (None, "2021-06", U, ("arrangement.signed_on", "arrangement.ends_on"), False),
        (None, "2021-06-14", F, (), False),
    ],
)
def test_an_arrangement_is_signed_within_the_window_or_is_to_be_while_it_lasts(
    day: str | None, ends: str | None, truth: Truth, missing: tuple[str, ...], planned: bool
) -> None:
    found = signed(Standing(signed=dated(day), ends=dated(ends)), STARTS, ENDS, ON)
    assert (found.truth, found.missing, found.planned) == (truth, missing, planned)


def test_what_settles_an_arrangement_is_named() -> None:
    found = signed(Standing(signed=dated("2021-06-01"), ends=dated("2022")), STARTS, ENDS, ON)
    assert found.because == ("arrangement.signed_on", "arrangement.ends_on")
