from __future__ import annotations

from pathlib import Path

import pytest

from telvet.catalog.outlets import KINDS, read_outlets
from telvet.catalog.places import read_places
from telvet.errors import CatalogError
from telvet.model.status import Grade

HEADER = "id,name,also,kind,country\n"


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("FT", "ft"), ("the FT", "ft"), ("Financial Times (London)", "ft"), (" The Financial\u00a0Times ", "ft"),
        ("https://www.ft.com/content/1?x#y", "ft"), ("edition.cnn.com", "cnn"), ("the Reuters news agency", "reuters"),
        ("REUTERS", "reuters"), ("reuters", "reuters"), ("Süddeutsche Zeitung", "sz"), ("Suddeutsche Zeitung", "sz"),
        ("The Times", "the-times"), ("NYT", "nyt"), ("The Hill", "the-hill"), ("gov.uk", "gov-uk"),
    ],
)  # fmt: skip
def test_usual_names_of_outlets_are_known(text: str, id_: str) -> None:
    assert read_outlets().find(text) == id_


@pytest.mark.parametrize(
    "text", ["", "()", "a letter", "Harbour Gazette", "Reuters and the FT", "example.org", "com", "ABC News"]
)
def test_what_stands_for_none_or_several_is_none(text: str) -> None:
    assert read_outlets().find(text) is None


def test_many_outlets_of_many_countries_are_shipped_and_soundly() -> None:
    outlets = read_outlets().by_id.values()
    countries = {outlet.country for outlet in outlets if outlet.country}
    assert len(outlets) >= 200
    assert len(countries) >= 40
    assert countries <= read_places().names.keys()
    assert {outlet.kind for outlet in outlets} == set(KINDS)


def test_every_name_finds_its_outlet() -> None:
    outlets = read_outlets()
    assert [
        (outlet.id, name)
        for outlet in outlets.by_id.values()
        for name in outlet.names
        if outlets.find(name) != outlet.id
    ] == []


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ("a,Gazette,,newspaper,GBR\nb,The Gazette,,site,GBR\n", "outlet-twice"),
        ("a,Gazette,,newspaper,GBR\na,Herald,,newspaper,GBR\n", "outlet-twice"),
        ("a,Gazette,,blog,GBR\n", "unknown-code"),
        ("a,,,site,GBR\n", "empty-cell"),
        ("A b,Gazette,,site,GBR\n", "not-a-code"),
        ("a,Gazette,,site,Britain\n", "not-a-code"),
        ("a,Gazette,site,GBR\n", "wrong-width"),
    ],
)
def test_a_faulty_table_is_refused(tmp_path: Path, rows: str, code: str) -> None:
    path = tmp_path / "outlets.csv"
    path.write_text(HEADER + rows, encoding="utf-8")
    with pytest.raises(CatalogError) as caught:
        read_outlets(path)
    assert [fault.code for fault in caught.value.faults] == [code]


def test_a_missing_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogError) as caught:
        read_outlets(tmp_path / "outlets.csv")
    assert caught.value.faults[0].code == "missing-file"


def test_what_a_government_publishes_tells_first_hand() -> None:
    outlets = read_outlets()
    notice = next(one.name for one in outlets.by_id.values() if one.kind == "government")
    assert outlets.grade(notice) is Grade.VERIFIED
    assert [outlets.grade(name) for name in ("Reuters", "Nobody's Gazette", None)] == [Grade.SECONDARY] * 3
