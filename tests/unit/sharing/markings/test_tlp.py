from __future__ import annotations

from typing import Any

import pytest

from telvet.model.handling import Tlp
from telvet.sharing.markings.definition import read_definition
from telvet.sharing.markings.tlp import read_level, read_tlp, says_tlp
from tests.unit.sharing.markings.marks import DAY, MARK, OFFICIAL, RULES, codes, data, grounds, ids, marking, statement

STANDARD = data("tlp.json")["standard"]
WILD = data("tlp.json")["wild"]


@pytest.mark.parametrize("row", STANDARD, ids=lambda row: row["definition"]["name"] + row["definition"]["created"][:4])
def test_the_definitions_of_the_standards_are_their_levels_without_a_finding(row: dict[str, Any]) -> None:
    made = read_definition(row["definition"]["id"], row["definition"], RULES, DAY)
    assert made.handling.tlp == row["level"]
    assert not made.handling.withheld
    assert made.findings == ()


@pytest.mark.parametrize("row", STANDARD, ids=lambda row: row["definition"]["name"] + row["definition"]["created"][:4])
def test_an_official_id_is_enough_where_the_definition_is_not_sent(row: dict[str, Any]) -> None:
    made = read_definition(row["definition"]["id"], None, RULES, DAY)
    assert made.handling.tlp == row["level"]
    assert not made.handling.withheld


@pytest.mark.parametrize("row", WILD, ids=ids(WILD))
def test_wild_variants_are_found_and_taken_at_their_strictest(row: dict[str, Any]) -> None:
    made = read_definition(row["id"], row["definition"], RULES, DAY)
    assert made.handling.tlp == row["level"]
    assert bool(made.handling.withheld) == row["withheld"]
    assert row["code"] in codes(made)


@pytest.mark.parametrize("one", list(Tlp))
@pytest.mark.parametrize("other", list(Tlp))
def test_ids_and_contents_that_are_swapped_in_any_way_are_withheld(one: Tlp, other: Tlp) -> None:
    content = next(row["definition"] for row in STANDARD if row["level"] == other and "extensions" in row["definition"])
    made = read_definition(OFFICIAL[one], {**content, "id": OFFICIAL[one]}, RULES, DAY)
    assert bool(made.handling.withheld) == (one is not other)
    assert made.handling.tlp is (one if one is other else Tlp.RED)


def test_the_fix_names_the_official_id() -> None:
    (finding,) = read_definition(MARK, statement("TLP:GREEN"), RULES, DAY).findings
    assert OFFICIAL[Tlp.GREEN] in finding.fix


def test_what_is_not_of_tlp_is_left_to_others() -> None:
    assert read_tlp(MARK, statement("Copyright"), RULES) is None
    assert read_tlp(MARK, marking(name="TLPs and you"), RULES) is None
    assert read_tlp(MARK, None, RULES) is None


def test_a_second_extension_beside_a_level_is_not_overlooked() -> None:
    content = next(
        row["definition"] for row in STANDARD if row["level"] == "clear" and "extensions" in row["definition"]
    )
    both = {**content, "extensions": {**content["extensions"], "extension-definition--x": {}}}
    made = read_definition(content["id"], both, RULES, DAY)
    assert grounds(made.handling) == {"extension-unknown"}


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("red", Tlp.RED), ("TLP:RED", Tlp.RED), ("tlp: amber+strict", Tlp.AMBER_STRICT), ("White", Tlp.CLEAR), ("amber-strict", Tlp.AMBER_STRICT),
        ("ex:chr", None), ("unclear", None), ("", None), (4, None), (None, None),
    ],
)  # fmt: skip
def test_levels_are_read_by_their_words(text: object, level: Tlp | None) -> None:
    assert read_level(text) is level


def test_a_text_is_of_tlp_if_it_begins_so() -> None:
    assert says_tlp(" tlp:nonsense")
    assert not says_tlp("see TLP:RED")
    assert not says_tlp(7)
