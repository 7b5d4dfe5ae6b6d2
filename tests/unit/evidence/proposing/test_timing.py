from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from telvet.model.evidence import Annotation

Propose = Callable[..., list[Annotation]]


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("On October 20, 2020, Sweden's regulator banned Huawei and ZTE.", "2020-10-20"),
        ("Sweden on Tuesday banned Huawei from its 5G networks.", "2023-03-14"),
        ("Sweden banned Huawei between October and November 2020.", "2020-01-01/2022-10-31"),
        ("The minister said on Monday that Germany had banned Huawei.", "../2023-03-13"),
        ("The minister said on Monday that Germany would ban Huawei.", None),
        ("Britain decided to ban Huawei in July 2020, six months after it had let the company in.", "2020-07"),
        ("Seven months after the election in December 2019, Britain banned Huawei.", None),
        ("Huawei, founded in 1987, has been banned from Sweden's networks.", None),
        ("Sweden has banned Huawei, which entered the country in 2000.", None),
        ("Romania's law of 2021 excludes Huawei.", None), ("Germany will ban Huawei from its core in 2026.", "2026"),
        ("Japan has excluded Huawei from procurement since December 2018.", "2018-12/.."),
        ("Serbia undertook on 4 September to remove Huawei equipment.", None),
        ("Sweden has shut Huawei out of the 5G networks to be auctioned next month.", None),
    ],
)  # fmt: skip
def test_a_date_is_that_of_the_event_or_none(propose: Propose, text: str, when: str | None) -> None:
    assert propose(text)[0].date == when


def test_a_month_without_a_year_reaches_back_to_the_year_that_was_spoken_of(propose: Propose) -> None:
    text = "In 2020 Sweden was in a hurry. In October it banned Huawei."
    assert propose(text, day=date(2023, 3, 15))[0].date == "2020-01-01/2022-10-31"


def test_a_deadline_is_not_when_something_happened(propose: Propose) -> None:
    found = propose("British operators must strip out Huawei equipment by the end of 2027.")[0]
    assert (found.date, found.deadline) == (None, "2027-12-31")
