from __future__ import annotations

import csv
from pathlib import Path

import pytest

from telvet.catalog.gazetteers import KINDS, Phrases, read_gazetteers
from telvet.catalog.places import read_places
from telvet.errors import CatalogError
from telvet.model.evidence import Level
from telvet.shipped import shipped


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Australia", "AUS"), ("UK officials", "GBR"), ("the British government", "GBR"), ("Washington", "USA"), ("the U.S.", "USA"),
        ("Republic of Korea", "KOR"), ("the Dutch", "NLD"), ("BERLIN", "DEU"), ("whoever it is", None), ("tell us", None), ("", None),
    ],
)  # fmt: skip
def test_free_text_names_a_country(text: str, code: str | None) -> None:
    assert read_gazetteers().country(text) == code


@pytest.mark.parametrize(
    ("text", "id_", "anyone"),
    [
        ("Huawei", "huawei", False), ("HUAWEI", "huawei", False), ("ZTE Corporation", "zte", False),
        ("other Chinese tech firms", None, True), ("high-risk vendors", None, True), ("Kaspersky Lab, Inc.", None, False),
        ("somebody", None, False),
    ],
)  # fmt: skip
def test_words_for_vendors_stand_for_a_group_or_for_anyone(text: str, id_: str | None, anyone: bool) -> None:
    found = read_gazetteers().vendor(text)
    assert (found.name, found.id, found.anyone) == (text, id_, anyone)


@pytest.mark.parametrize(
    ("actor", "level"),
    [
        ("UK officials", Level.OFFICIAL), ("Australia", Level.STATE), ("the Swedish regulator PTS", Level.AGENCY), ("FCC", Level.AGENCY),
        ("Sen. Tom Cotton", Level.LEGISLATURE), ("lawmakers", Level.LEGISLATURE), ("MPs", Level.LEGISLATURE), ("Huawei", Level.COMPANY),
        ("a telco", Level.COMPANY), ("analysts", Level.OTHER), ("a think tank", Level.OTHER), ("the government", Level.STATE),
        ("the interior ministry", Level.AGENCY), ("Trump", Level.OFFICIAL), ("a former intelligence official", Level.OTHER),
        ("Telstra", Level.COMPANY), ("blue", None),
    ],
)  # fmt: skip
def test_an_actor_has_a_level(actor: str, level: Level | None) -> None:
    assert read_gazetteers().level(actor) is level


def test_every_country_has_its_name_among_the_words() -> None:
    with (shipped("catalog") / "evidence" / "country_words.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    named = {row["country"] for row in rows if row["kind"] == "name"}
    assert set(read_places().names) - named == set()
    assert {row["kind"] for row in rows} == set(KINDS)


def test_phrases_are_whole_words_and_the_longest_wins() -> None:
    phrases = Phrases(
        [("North Macedonia", "MKD", "name"), ("Macedonia", "X", "name"), ("US", "USA", "abbreviation")], any_case=False
    )
    found = [(each.start, each.end, each.value) for each in phrases.find("North Macedonia, MUSE and us: US")]
    assert found == [(0, 15, "MKD"), (30, 32, "USA")]


def test_faults_of_the_words_are_told_together(tmp_path: Path) -> None:
    (tmp_path / "country_words.csv").write_text(
        "word,country,kind\nNowhere,ZZZ,name\nHere,SWE,planet\nA,SWE,name\nA,NOR,name\n", encoding="utf-8"
    )
    (tmp_path / "vendor_words.csv").write_text("word,vendor\nHuawei,nobody-at-all\n", encoding="utf-8")
    (tmp_path / "actor_words.csv").write_text("pattern,level\n((,state\nx,emperor\n", encoding="utf-8")
    with pytest.raises(CatalogError) as problem:
        read_gazetteers(tmp_path)
    assert sorted(fault.code for fault in problem.value.faults) == [
        "actor-words", "actor-words", "unknown-code", "unknown-country", "unknown-vendor", "word-twice",
    ]  # fmt: skip


def test_what_only_holds_the_word_of_a_country_is_none() -> None:
    assert [each.value for each in read_gazetteers().countries.find("The Budapest Convention binds Hungary.")] == [
        "HUN"
    ]


def test_quotes_do_not_part_the_words_of_a_name() -> None:
    assert [each.value for each in read_gazetteers().vendors.find("“high-risk” vendors and “Huawei”")] == [
        "anyone",
        "huawei",
    ]


def test_the_people_of_a_country_stand_for_it() -> None:
    assert read_gazetteers().country("the Belgians") == "BEL"
