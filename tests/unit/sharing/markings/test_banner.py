from __future__ import annotations

import pytest

from telvet.model.handling import Classification
from telvet.sharing.markings.banner import read_banner
from telvet.sharing.markings.ism import IsmMark
from tests.unit.sharing.markings.marks import RULES


def read(text: str) -> IsmMark:
    found = read_banner(text, RULES.ism)
    assert found is not None
    return found


def names(mark: IsmMark) -> list[str]:
    return [control.code for control in mark.controls]


@pytest.mark.parametrize(
    ("text", "level", "controls", "release", "display"),
    [
        ("SECRET//REL TO USA, AUS, GBR", "S", ["REL"], ("USA", "AUS", "GBR"), None),
        ("top secret // rel to USA,  FVEY", "TS", ["REL"], ("USA", "FVEY"), None),
        ("(S//NF)", "S", ["NF"], None, None),
        ("(U//FOUO)", "U", ["FOUO"], None, None),
        ("(C//REL)", "C", ["REL"], None, None),
        ("TOP SECRET//SI/TK//ORCON/NOFORN", "TS", ["SI", "TK", "OC", "NF"], None, None),
        ("SECRET//ORCON/REL TO USA, GBR/RELIDO", "S", ["OC", "REL", "RELIDO"], ("USA", "GBR"), None),
        ("SECRET//DISPLAY ONLY AFG, IRQ", "S", ["DISPLAYONLY"], None, ("AFG", "IRQ")),
        ("SECRET//REL TO USA, GBR/DISPLAY ONLY AFG", "S", ["REL", "DISPLAYONLY"], ("USA", "GBR"), ("AFG",)),
        ("SECRET//USA/AUS/CAN EYES ONLY", "S", ["EYES"], ("USA", "AUS", "CAN"), None),
        ("UNCLASSIFIED", "U", [], None, None),
    ],
)  # fmt: skip
def test_banners_and_portions_are_read(
    text: str, level: str, controls: list[str], release: tuple[str, ...] | None, display: tuple[str, ...] | None
) -> None:
    mark = read(text)
    assert mark.classification is Classification(level)
    assert mark.owners == ("USA",)
    assert (names(mark), mark.release, mark.display, mark.unread) == (controls, release, display, ())


@pytest.mark.parametrize(
    ("text", "owners", "level"),
    [
        ("//GBR SECRET//REL TO GBR, USA", ("GBR",), "S"),
        ("//DEU TOP SECRET", ("DEU",), "TS"),
        ("//JOINT SECRET CAN USA", ("CAN", "USA"), "S"),
        ("(//NATO SECRET)", ("NATO",), "S"),
    ],
)
def test_another_owner_stands_before_the_level(text: str, owners: tuple[str, ...], level: str) -> None:
    assert (read(text).owners, read(text).classification) == (owners, Classification(level))


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("SECRET//BUTTERFLY", ("BUTTERFLY",)),
        ("SECRET//REL TO USA, GBR AUS", ("REL TO USA, GBR AUS",)),
        ("SECRET//REL TO USA/AUS", ("AUS",)),
        ("SECRET//REL TO USA and friends", ("REL TO USA AND FRIENDS",)),
        ("SECRET//", ("",)),
        ("SECRET//NOFORN//25X1", ("25X1",)),
        ("//COSMIC TOP SECRET BOHEMIA", ("COSMIC TOP SECRET BOHEMIA",)),
        ("//", ("",)),
    ],
)
def test_what_is_not_understood_is_kept_as_unread(text: str, unread: tuple[str, ...]) -> None:
    assert read(text).unread == unread


def test_a_line_without_a_level_has_none() -> None:
    assert read("NOFORN").classification is None
    assert read("REL TO USA, GBR").release == ("USA", "GBR")


@pytest.mark.parametrize("text", ["Copyright 2024", "Secretly//", "See the terms // of use", "(c) Us", ""])
def test_other_text_is_no_banner(text: str) -> None:
    assert read_banner(text, RULES.ism) is None
