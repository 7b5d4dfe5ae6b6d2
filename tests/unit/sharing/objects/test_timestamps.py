from __future__ import annotations

import pytest

from telvet.sharing.objects.timestamps import microseconds, taxii_moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("1970-01-01T00:00:00Z", 0), ("1970-01-01T00:00:01.5Z", 1_500_000), ("2020-02-29T23:59:59.123456Z", 1_583_020_799_123_456),
        ("1969-12-31T23:59:59.999999Z", -1), ("1970-01-01T00:00:00.0000019Z", 1),
    ],
)  # fmt: skip
def test_a_moment_is_a_number_of_microseconds_cut_off_and_never_rounded(text: str, moment: int) -> None:
    assert microseconds(text) == moment


@pytest.mark.parametrize(
    "text",
    [
        "", "2020-01-01", "2020-01-01T00:00:00", "2020-01-01T00:00:00+00:00", "2020-01-01t00:00:00z", "2020-02-30T00:00:00Z",
        "2020-01-01T24:00:00Z", "2020-01-01T00:00:60Z", "2020-01-01T00:00:00.Z", "0000-01-01T00:00:00Z", "2020-W01-1T00:00:00Z",
        " 2020-01-01T00:00:00Z", "2020-01-01T00:00:00Z\n", "٢٠٢٠-01-01T00:00:00Z", None, 5,
    ],
)  # fmt: skip
def test_what_is_no_moment_is_none(text: object) -> None:
    assert microseconds(text) is None


def test_taxii_has_six_decimals_always() -> None:
    assert taxii_moment(0) == "1970-01-01T00:00:00.000000Z"
    assert taxii_moment(-1) == "1969-12-31T23:59:59.999999Z"
    with pytest.raises(OverflowError):
        taxii_moment(10**18)
