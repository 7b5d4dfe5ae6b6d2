from __future__ import annotations

from datetime import date
from typing import Any as Anything

import pytest

from telvet.model.condition import All, Any, Not, Operand, Test, Uses
from telvet.packs.conditions import ConditionReader, always

FUNCTIONS = {"core": ("core.auth", "li"), "access": ("ran.radio",)}


@pytest.fixture
def reader() -> ConditionReader:
    return ConditionReader("xa.toy", FUNCTIONS, frozenset({"acme", "borea"}))


def test_no_condition_at_all_is_always_true(reader: ConditionReader) -> None:
    assert reader.read(None) == always == All(())


def test_trees_keep_their_shape_and_order(reader: ConditionReader) -> None:
    left, right = {"equipment.site": {"is": "s1"}}, {"equipment.region": {"is": "a"}}
    one, two = Test("equipment.site", "is", "s1"), Test("equipment.region", "is", "a")
    document = {"all": [{"operator.uses": {"any": [left, {"not": right}]}}, right]}
    assert reader.read(document) == All((Uses(Any((one, Not(two)))), two))


@pytest.mark.parametrize(
    ("test", "operator", "operand"),
    [
        ({"is": "a"}, "is", "a"),
        ({"has": 700}, "has", "700"),
        ({"is": 5}, "is", "5"),
        ({"any of": ["a", 700, 2.5]}, "any of", ("a", "700", "2.5")),
        ({"all of": ["a"]}, "all of", ("a",)),
        ({"denies": "a"}, "denies", "a"),
        ({"in": "core"}, "any of", ("core.auth", "li")),
        ({"between": [[3400, 3800], [700, 700]]}, "between", ((3400.0, 3800.0), (700.0, 700.0))),
        ({"at least": 2}, "at least", 2.0),
        ({"below": 0.5}, "below", 0.5),
        ({"on or after": "2020-02-29"}, "on or after", date(2020, 2, 29)),
        ({"on or before": "2020-01-01"}, "on or before", date(2020, 1, 1)),
        ({"member of": "XU"}, "member of", "XU"),
        ({"designated": "acme"}, "designated", ("xa.toy#acme",)),
        ({"designated": ["borea", "acme"]}, "designated", ("xa.toy#borea", "xa.toy#acme")),
        ({"permits": {"vendor": "acme", "generation": "5G"}}, "permits", "acme/5G"),
        ({"deploys": {"vendor": "acme", "generation": "5G"}}, "deploys", "acme/5G"),
        ({"deploys": {"vendor": "acme"}}, "deploys", "acme"),
        (
            {"position": {"vendor": "acme", "any of": ["banned", "restricted"]}},
            "position",
            ("acme=banned", "acme=restricted"),
        ),
    ],
)
def test_a_test_has_the_operand_that_its_operator_compares_with(
    reader: ConditionReader, test: dict[str, Anything], operator: str, operand: Operand
) -> None:
    assert reader.read({"equipment.some_fact": test}) == Test("equipment.some_fact", operator, operand)
    assert reader.unresolved == []


def test_a_label_that_looks_like_a_number_stays_a_label(reader: ConditionReader) -> None:
    numbered = reader.read({"equipment.tags": {"has": 7}})
    assert numbered == reader.read({"equipment.tags": {"has": "7"}})


def test_names_that_lead_nowhere_are_collected_and_not_raised_one_by_one(reader: ConditionReader) -> None:
    reader.read(
        {"all": [{"equipment.function": {"in": "edge"}}, {"equipment.vendor": {"designated": ["acme", "zeta"]}}]}
    )
    assert reader.unresolved == [
        "function set 'edge' is not declared in pack.yaml",
        "designation 'zeta' is not declared in designations.yaml",
    ]
