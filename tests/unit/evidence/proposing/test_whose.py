from __future__ import annotations

from collections.abc import Callable

import pytest

Said = Callable[..., set[tuple[str, str, str | None]]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Australia and Japan both banned Huawei.", {("BANNED", "AUS"), ("BANNED", "JPN")}),
        ("Huawei was banned by Sweden.", {("BANNED", "SWE")}),
        ("Huawei has been barred from Germany's 5G network.", {("BANNED", "DEU")}),
        ("Washington urged Berlin to ban Huawei.", {("PRESSURE", "DEU")}),
        ("The US is urging its allies to shun Huawei.", {("PRESSURE", None)}),
        ("Under pressure from Washington, Romania banned Huawei.", {("BANNED", "ROU"), ("PRESSURE", "ROU")}),
        ("Sweden's regulator met on Tuesday. It banned Huawei.", {("BANNED", "SWE")}),
        ("The UK told the US that it would ban Huawei.", {("BANNED", "GBR")}),
        ("Hawks in the US dislike Huawei, and the company is blocked from selling phones there.", {("MARKET_BAN", "USA")}),
        ("Germany and Poland met. Huawei has carried out 5G tests in both countries.", {("IN_USE", "DEU"), ("IN_USE", "POL")}),
        ("Huawei denied the allegations.", {("DENIAL", None)}),
    ],
)  # fmt: skip
def test_a_measure_is_of_the_country_that_takes_it(
    said: Said, text: str, expected: set[tuple[str, str | None]]
) -> None:
    assert {(measure, country) for measure, _, country in said(text)} == expected


def test_the_vendors_home_is_not_the_country_of_the_measure(said: Said) -> None:
    assert {
        country
        for _, _, country in said("China's Huawei was banned. Sweden did it. Sweden banned the Chinese giant Huawei.")
    } == {"SWE"}


def test_a_document_of_a_state_speaks_of_that_state(said: Said) -> None:
    text = "The provider must not install goods of Huawei."
    assert {country for _, _, country in said(text, publisher="Department for Digital, London")} == {"GBR"}


def test_one_that_names_no_country_has_none(said: Said) -> None:
    assert {country for _, _, country in said("The provider must not install goods of Huawei.")} == {None}


def test_an_operator_of_which_a_state_speaks_is_one_of_that_states(said: Said) -> None:
    text = "Huawei has supplied the 4G networks of Telenor and Telia since 2009."
    assert {country for _, _, country in said(text, publisher="Ministry of Transport, Oslo")} == {"NOR"}
