from __future__ import annotations

from datetime import date

import pytest

from telvet.model.handling import Classification
from telvet.sharing.markings.compiled import Compiled
from telvet.sharing.markings.statements import read_statement
from tests.unit.sharing.markings.marks import DAY, MARK, RULES, codes, countries, grounds, referrals


def read(text: str, on: date = DAY) -> Compiled:
    return read_statement(MARK, text, RULES, on)


@pytest.mark.parametrize(
    ("text", "rel_to"),
    [
        ("SECRET//REL TO USA, AUS, GBR", "USA AUS GBR"),
        ("SECRET//REL TO USA, FVEY", "USA AUS CAN GBR NZL"),
        ("SECRET//REL TO USA, GBR/DISPLAY ONLY AFG", "USA GBR"),
        ("SECRET//USA/AUS EYES ONLY", "USA AUS"),
        ("SECRET//DISPLAY ONLY AFG", "USA"),
        ("SECRET//NOFORN", "USA"),
        ("SECRET//REL TO USA, GBR//NOFORN", "USA"),
        ("SECRET", "USA"),
        ("(S//REL)", "USA"),
        ("SECRET//REL TO USA", "USA"),
        ("SECRET//REL TO USA, QQQ", "USA"),
        ("//GBR SECRET//REL TO GBR, USA", "GBR USA"),
        ("//JOINT SECRET CAN USA", "CAN USA"),
        ("//JOINT SECRET CAN USA//NOFORN", ""),
        ("//NATO SECRET", ""),
    ],
)
def test_countries_that_may_hold_it(text: str, rel_to: str) -> None:
    assert read(text).handling.rel_to == countries(rel_to)


@pytest.mark.parametrize("text", ["UNCLASSIFIED", "SECRET//RELIDO", "(U//FOUO)"])
def test_nothing_is_said_of_countries(text: str) -> None:
    assert read(text).handling.rel_to is None


def test_a_union_is_its_members_on_the_day() -> None:
    assert not read("SECRET//REL TO USA, NATO", date(2024, 3, 6)).handling.open_to("SWE")
    assert read("SECRET//REL TO USA, NATO", date(2024, 3, 7)).handling.open_to("SWE")


def test_what_may_be_shown_only_may_not_be_held() -> None:
    handling = read("SECRET//REL TO USA, GBR/DISPLAY ONLY AFG").handling
    assert handling.display_to == {"AFG"}
    assert handling.open_to("GBR")
    assert not handling.open_to("AFG")


def test_only_shown_holds_where_both_are_said() -> None:
    made = read("SECRET//REL TO USA, GBR/DISPLAY ONLY GBR")
    assert not made.handling.open_to("GBR")
    assert "display-and-release" in codes(made)


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("SECRET//BUTTERFLY", "ism-unread"), ("TOP SECRET//SI//REL TO USA, GBR", "ism-control"), ("NOFORN", "level-missing"),
        ("(S//REL)", "rel-without-list"), ("//NATO SECRET//REL TO USA, NATO", "owner-unknown"), ("//QQQ SECRET", "owner-unknown"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_withheld(text: str, ground: str) -> None:
    assert ground in grounds(read(text).handling)
    assert ground in codes(read(text))


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("SECRET//RELIDO", {"RELIDO"}), ("SECRET//ORCON/REL TO USA, GBR", {"OC"}), ("(U//FOUO)", {"FOUO"}),
        ("SECRET//REL TO USA, GBR/RELIDO", set()), ("SECRET//NOFORN/RELIDO", {"RELIDO"}),
    ],
)  # fmt: skip
def test_what_needs_a_person_is_referred(text: str, about: set[str]) -> None:
    assert referrals(read(text).handling) == about


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("SECRET//REL TO USA, AUS, GBR", []),
        ("SECRET//NOFORN", []),
        ("SECRET//REL TO USA, AUS, ACGU, FVEY", []),
        ("SECRET//REL TO GBR, USA", ["rel-order"]),
        ("SECRET//REL TO USA, FVEY, AUS", ["rel-order"]),
        ("SECRET//REL TO AUS, GBR", ["rel-without-owner"]),
        ("SECRET//REL TO USA", ["rel-to-owner-only"]),
        ("SECRET//REL TO USA, GBR/NOFORN", ["nf-with-rel"]),
        ("SECRET//NOFORN/RELIDO", ["nf-with-rel"]),
        ("SECRET//REL TO USA, GBR, QQQ", ["unknown-country-code"]),
        ("SECRET//USA/AUS EYES ONLY", ["eyes-only"]),
        ("SECRET", ["no-dissemination"]),
    ],
)
def test_the_manner_of_a_marking_is_told(text: str, found: list[str]) -> None:
    assert codes(read(text)) == found


def test_the_level_is_kept() -> None:
    assert read("TOP SECRET//NOFORN").handling.classification is Classification.TS
