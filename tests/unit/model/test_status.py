from __future__ import annotations

import pytest

from telvet.model.status import Force, Grade, Status, reading, weakest_grade


def test_statuses_are_declared_strongest_first() -> None:
    assert [status.rank for status in Status] == list(range(9))
    assert Status.UNKNOWN.rank < Status.CONSIDER.rank < Status.CLEAR.rank


@pytest.mark.parametrize(
    ("status", "force", "words"),
    [
        (Status.CONTRAVENTION, Force.BINDING, "contravention"),
        (Status.CONTRAVENTION, Force.POLICY, "departs from policy"),
        (Status.CONTRAVENTION, Force.CONTRACT, "departs from contract"),
        (Status.CONTRAVENTION, Force.SCENARIO, "would contravene (not law)"),
        (Status.BARRED, Force.SCENARIO, "would be barred (not law)"),
        (Status.DUE, Force.SCENARIO, "due (not law)"),
        (Status.UNKNOWN, Force.POLICY, "unknown"),
    ],
)
def test_what_is_not_law_is_never_read_as_law(status: Status, force: Force, words: str) -> None:
    assert reading(status, force) == words


def test_the_weakest_grade_counts() -> None:
    assert weakest_grade([Grade.VERIFIED, Grade.SECONDARY]) is Grade.SECONDARY
    assert weakest_grade([]) is Grade.UNVERIFIED
