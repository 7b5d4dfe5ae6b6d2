from __future__ import annotations

import pytest

from telvet.model.finding import SummaryRow
from telvet.model.status import Force, Status
from telvet.reporting.fail import fails


def row(status: Status, count: int = 1) -> SummaryRow:
    return SummaryRow("northwind", None, "a.b", status, Force.BINDING, None, count)


@pytest.mark.parametrize(
    ("status", "threshold", "failing"),
    [
        (Status.CONTRAVENTION, Status.CONTRAVENTION, True),
        (Status.BARRED, Status.CONTRAVENTION, False),
        (Status.BARRED, Status.DUE, True),
        (Status.DUE, Status.DUE, True),
        (Status.CONDITIONAL, Status.DUE, False),
        (Status.WAIVED, Status.CONSIDER, False),
    ],
)
def test_a_run_fails_at_its_threshold_and_above(status: Status, threshold: Status, failing: bool) -> None:
    assert fails([row(status)], threshold, allow_unknown=False) is failing


@pytest.mark.parametrize("threshold", [Status.CONTRAVENTION, Status.BARRED, Status.DUE, Status.CONDITIONAL])
def test_unknown_fails_a_run_unless_it_is_allowed(threshold: Status) -> None:
    assert fails([row(Status.UNKNOWN)], threshold, allow_unknown=False)
    assert not fails([row(Status.UNKNOWN)], threshold, allow_unknown=True)


def test_a_weaker_threshold_never_fails_less() -> None:
    for status in Status:
        answers = [fails([row(status)], threshold, allow_unknown=False) for threshold in Status]
        assert answers == sorted(answers)


def test_nothing_found_fails_nothing() -> None:
    assert not fails([], Status.CLEAR, allow_unknown=False)
    assert not fails([row(Status.CONTRAVENTION, 0)], Status.CLEAR, allow_unknown=False)
