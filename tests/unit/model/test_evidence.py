from __future__ import annotations

from datetime import date

import pytest

from telvet.model.evidence import When

FIRST, LAST = date(2019, 3, 1), date(2019, 3, 31)


@pytest.mark.parametrize(
    ("when", "shown"),
    [
        (When(FIRST, FIRST), "2019-03-01"),
        (When(FIRST, LAST), "2019-03"),
        (When(FIRST, date(2019, 4, 2)), "2019-03-01/2019-04-02"),
        (When(None, LAST), "../2019-03-31"),
        (When(FIRST, None), "2019-03-01/.."),
        (When(None, None), "../.."),
    ],
)
def test_when_is_written_as_what_it_is_or_as_an_interval_with_open_ends(when: When, shown: str) -> None:
    assert when.shown() == shown
