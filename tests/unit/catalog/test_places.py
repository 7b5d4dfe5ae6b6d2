from __future__ import annotations

from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from telvet.catalog.places import fold_place, read_places
from telvet.errors import CatalogError
from telvet.shipped import shipped


@pytest.mark.parametrize(
    ("text", "alpha3"),
    [
        ("GB", "GBR"), ("gbr", "GBR"), ("the U.K.", "GBR"), ("United Kingdom", "GBR"), ("Deutschland", "DEU"), ("NO", "NOR"),
        ("Cote d'Ivoire", "CIV"), ("Korea, Republic of", "KOR"), ("Türkiye", "TUR"), ("Turkey", "TUR"), ("Viet Nam", "VNM"),
        ("Czech Republic", "CZE"), ("USA", "USA"), ("Holland", "NLD"), ("España", "ESP"), ("Kosovo", "XKX"),
    ],
)  # fmt: skip
def test_usual_spellings_of_countries_are_known(text: str, alpha3: str) -> None:
    assert read_places().alpha3(text) == alpha3


def test_nobody_goes_by_a_misspelling_but_the_nearest_is_named() -> None:
    assert read_places().alpha3("Germny") is None
    assert read_places().nearest("Germny") == "DEU (Germany)"
    assert read_places().nearest("zzzzzz") is None


def test_all_codes_of_the_standard_are_there() -> None:
    places = read_places()
    assert len(places.names) == 250  # 249 of ISO 3166-1, and XKX
    assert all(len(code) == 3 and code.isupper() for code in places.names)
    assert all(places.alpha3(name) == code for code, name in places.names.items())


def test_membership_is_told_for_the_day() -> None:
    places = read_places()
    assert places.member_of("GBR", "EU", date(2020, 1, 31))
    assert not places.member_of("GBR", "EU", date(2020, 2, 1))
    assert not places.member_of("GBR", "EU", date(1972, 12, 31))
    assert places.member_of("SWE", "NATO", date(2024, 3, 7))
    assert not places.member_of("SWE", "NATO", date(2024, 3, 6))
    assert places.members("FVEY", date(2020, 1, 1)) == {"AUS", "CAN", "GBR", "NZL", "USA"}
    assert len(places.members("EU", date(2020, 2, 1))) == 27
    assert len(places.members("NATO", date(2024, 4, 1))) == 32


def test_an_unknown_union_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        read_places().member_of("GBR", "Hanse", date(2020, 1, 1))


def test_folding_leaves_letters() -> None:
    assert fold_place("The Côte-d’Ivoire ") == "cotedivoire"


@pytest.mark.parametrize(
    ("name", "line", "code"),
    [
        ("countries.csv", "ZZZ,GB,Zedland,\n", "place-twice"),
        ("memberships.csv", "EU,ZZZ,1990-01-01,\n", "unknown-country"),
        ("memberships.csv", "EU,GBR,soon,\n", "not-a-date"),
    ],
)
def test_faulty_places_are_refused(tmp_path: Path, name: str, line: str, code: str) -> None:
    folder = copytree(shipped("catalog") / "places", tmp_path / "places")
    with (folder / name).open("a", encoding="utf-8") as stream:
        stream.write(line)
    with pytest.raises(CatalogError) as caught:
        read_places(folder)
    assert caught.value.faults[0].code == code
