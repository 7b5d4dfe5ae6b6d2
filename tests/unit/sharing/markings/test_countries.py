from __future__ import annotations

from datetime import date

from telvet.sharing.markings.countries import read_countries
from tests.unit.sharing.markings.marks import DAY, RULES


def test_trigraphs_and_tetragraphs_become_countries() -> None:
    found = read_countries(("USA", "FVEY"), RULES, DAY)
    assert found.known == {"AUS", "CAN", "GBR", "NZL", "USA"}
    assert found.unknown == ()


def test_a_code_that_nobody_knows_stands_for_nobody() -> None:
    found = read_countries(("USA", "QQQ", "ISAF", "gbr", "QQQ"), RULES, DAY)
    assert found.known == {"USA"}
    assert found.unknown == ("QQQ", "ISAF", "gbr")


def test_members_are_those_of_the_day() -> None:
    assert "FIN" not in read_countries(("NATO",), RULES, date(2023, 4, 3)).known
    assert "FIN" in read_countries(("NATO",), RULES, date(2023, 4, 4)).known


def test_unions_may_be_left_out() -> None:
    assert read_countries(("NATO", "GBR"), RULES, DAY, unions=False).known == {"GBR"}
