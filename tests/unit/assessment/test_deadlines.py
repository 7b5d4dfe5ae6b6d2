from __future__ import annotations

from datetime import date

import pytest

from telvet.assessment.deadlines import Anchors, Due, extended, resolve
from telvet.model.dates import Duration, Span
from telvet.model.law import Deadline, Extension
from tests.unit.packs.toy_law import provision

PROVISION = provision({"enacted": "2020-02-29"})
MADE = Span(date(2021, 1, 31), date(2021, 2, 28))


def anchors(met: date | None = None, span: Span | None = None) -> Anchors:
    return Anchors(lambda: met, ("equipment.vendor",), lambda _fact: span)


def on_day(year: int, month: int, day: int) -> Due:
    return Due(Span(date(year, month, day), date(year, month, day)))


def after(anchor: str, **plus: int) -> Deadline:
    return Deadline(anchor=anchor, plus=Duration(**plus))


def test_no_deadline_is_none() -> None:
    assert resolve(None, PROVISION, anchors()) is None


def test_a_day_is_that_day() -> None:
    assert resolve(Deadline(day=date(2022, 5, 1)), PROVISION, anchors()) == on_day(2022, 5, 1)


@pytest.mark.parametrize(
    ("plus", "due"),
    [
        ({"years": 1}, on_day(2021, 2, 28)),
        ({"months": 12, "days": 1}, on_day(2021, 3, 1)),
        ({"days": 1}, on_day(2020, 3, 1)),
    ],
)
def test_a_time_after_enactment_ends_on_the_last_day_of_a_shorter_month(plus: dict[str, int], due: Due) -> None:
    assert resolve(after("enacted", **plus), PROVISION, anchors()) == due


def test_a_time_after_the_designation_waits_for_one_that_is_met() -> None:
    assert resolve(after("designation", months=6), PROVISION, anchors(date(2020, 8, 31))) == on_day(2021, 2, 28)
    assert resolve(after("designation", months=6), PROVISION, anchors()) == Due(None, ("equipment.vendor",))


def test_a_time_after_a_fact_is_as_wide_as_the_fact() -> None:
    due = resolve(after("equipment.procured_on", months=1), PROVISION, anchors(span=MADE))
    assert due == Due(Span(date(2021, 2, 28), date(2021, 3, 28)))
    assert resolve(after("equipment.procured_on", years=1), PROVISION, anchors()) == Due(
        None, ("equipment.procured_on",)
    )


def granted(name: str, day: date, to: date) -> Extension:
    return Extension(name, day, to, ())


EARLY = granted("early", date(2021, 1, 1), date(2023, 1, 1))
LATE = granted("late", date(2021, 6, 1), date(2022, 1, 1))


def test_nothing_extends_what_has_no_deadline() -> None:
    assert extended(None, [EARLY], date(2022, 1, 1)) is None


def test_an_extension_counts_from_the_day_it_was_granted() -> None:
    assert extended(on_day(2021, 1, 1), [EARLY], date(2020, 12, 31)) == on_day(2021, 1, 1)
    assert extended(on_day(2021, 1, 1), [EARLY], date(2021, 1, 1)) == on_day(2023, 1, 1)


def test_the_extension_granted_latest_wins_even_if_it_is_shorter() -> None:
    for listed in ([EARLY, LATE], [LATE, EARLY]):
        assert extended(on_day(2021, 1, 1), listed, date(2021, 7, 1)) == on_day(2022, 1, 1)


def test_of_two_granted_on_one_day_the_later_listed_wins() -> None:
    twin = granted("twin", LATE.granted, date(2024, 1, 1))
    assert extended(on_day(2021, 1, 1), [LATE, twin], date(2021, 7, 1)) == on_day(2024, 1, 1)
    assert extended(on_day(2021, 1, 1), [twin, LATE], date(2021, 7, 1)) == on_day(2022, 1, 1)


def test_an_extension_settles_a_deadline_that_waits_for_a_fact() -> None:
    assert extended(Due(None, ("equipment.procured_on",)), [LATE], date(2021, 7, 1)) == on_day(2022, 1, 1)
