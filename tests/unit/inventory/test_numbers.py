from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telvet.inventory.cell_fault import CellFault
from telvet.inventory.numbers import band_text, canonical_number, number_text, settle_comma_decimal


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("12", "12"),
        ("12.50", "12.5"),
        ("1,234,567", "1234567"),
        ("1,234.5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1.234,5", "1234.5"),
        ("12,5", "12.5"),
        ("0,125", "0.125"),
        ("1 234", "1234"),
        ("1'234.5", "1234.5"),
        ("1e3", "1000"),
        ("1.234", "1.234"),
    ],
)
def test_numbers_are_read_where_their_separators_are_clear(text: str, canonical: str) -> None:
    assert canonical_number(text, "traffic") == canonical


def test_one_comma_before_three_digits_is_settled_by_the_column_or_refused() -> None:
    assert canonical_number("1,234", "traffic", comma_decimal=True) == "1.234"
    assert canonical_number("1,234", "traffic", comma_decimal=False) == "1234"
    with pytest.raises(CellFault, match="settles"):
        canonical_number("1,234", "traffic")


def test_where_a_comma_begins_decimals_a_point_separates_thousands() -> None:
    assert canonical_number("1.234", "traffic", comma_decimal=True) == "1234"


def test_a_columns_other_cells_settle_the_comma() -> None:
    assert settle_comma_decimal(["1,234", "12,5"]) is True
    assert settle_comma_decimal(["1,234", "1,234.5"]) is False
    assert settle_comma_decimal(["1,234", "12.5"]) is False
    assert settle_comma_decimal(["1,234"]) is None
    assert settle_comma_decimal(["12,5", "12.5"]) is None


@pytest.mark.parametrize("text", ["12 Gbps", "many", "1_000", "1,2,3", "nan", "inf", "--1", ""])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(CellFault):
        canonical_number(text, "traffic")


def test_a_number_outside_the_range_of_its_column_is_refused() -> None:
    assert canonical_number("-12.5", "latitude") == "-12.5"
    for text, column in (("-91", "latitude"), ("180.5", "longitude"), ("-3", "traffic")):
        with pytest.raises(CellFault, match="cannot be"):
            canonical_number(text, column)


@given(st.floats(0, 1e12))
def test_a_plain_number_comes_back_as_itself(value: float) -> None:
    assert float(canonical_number(number_text(value), "traffic")) == value


@pytest.mark.parametrize(
    ("text", "mhz"),
    [("700", "700"), ("700 MHz", "700"), ("3.5 GHz", "3500"), ("3,5 GHz", "3500"), ("26G", "26000"), ("450mhz", "450")],
)
def test_bands_are_megahertz(text: str, mhz: str) -> None:
    assert band_text(text) == mhz


@pytest.mark.parametrize("text", ["n78", "3.4-3.8 GHz", "0", "-700", "3.5", "700 GHz"])
def test_what_is_no_band_is_refused(text: str) -> None:
    with pytest.raises(CellFault):
        band_text(text)
