"""`telvet explain`: what touches an element, on which facts, and why the rest does not."""

from __future__ import annotations

from pathlib import Path

from tests.functional.driver import Ran, telvet


def explain(identifier: str, inventory: Path, operators: Path, *more: object) -> Ran:
    return telvet("explain", identifier, "--in", inventory, "--operators", operators, "--as-of", "2024-01-15", *more)


def test_a_hit_shows_each_condition_and_the_place_of_each_fact(inventory: Path, operators: Path) -> None:
    ran = explain("hss-1", inventory, operators, "--law", "gbr")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(
        "hss-1 of northwind, inventory.csv record 4\nwhose: huawei-technologies (legal alias; inventory.csv record 4 manufacturer)"
    )
    for said in (
        "gbr.huawei-direction-2022.core: contravention by 2023-12-31",
        "yes equipment.vendor designated huawei",
        "equipment.function = core.auth  [inventory.csv record 4 function]",
        "operator.named_in = gbr.huawei-direction-2022  [operators.yaml northwind named_in]",
        "cites direction, ",
    ):
        assert said in ran.out


def test_what_does_not_touch_it_says_why_not(inventory: Path, operators: Path) -> None:
    out = explain("gnb-2", inventory, operators, "--law", "gbr,can").out.replace("\n", " ")
    touching, _, others = out.partition("Does not touch it")
    assert "gbr.huawei-direction-2022.core: not equipment.vendor designated huawei (it is ericsson)" in others
    assert "can.policy-2022.5g-removal: " in others
    assert "contravention" not in touching.replace("5g-access-cap", "")


def test_an_unknown_says_what_would_settle_it(inventory: Path, operators: Path) -> None:
    out = explain("box-1", inventory, operators, "--law", "gbr.huawei-direction-2022.core").out
    assert "gbr.huawei-direction-2022.core: unknown" in out
    assert "?   equipment.vendor designated huawei" in out
    assert "would be settled by: equipment.vendor" in out


def test_an_element_that_counts_in_a_share_is_told_so(inventory: Path, operators: Path) -> None:
    out = explain("gnb-1", inventory, operators, "--law", "gbr.huawei-direction-2022.5g-access-cap").out
    assert "counts in a share of the network" in out
    assert "counts against the limit" in out


def test_an_id_that_is_not_there_is_a_usage_error(inventory: Path, operators: Path) -> None:
    ran = explain("hss-9", inventory, operators)
    assert (ran.code, ran.out) == (2, "")
    assert "no element is called 'hss-9'" in ran.err


def test_without_an_inventory_there_is_nothing_to_explain() -> None:
    ran = telvet("explain", "hss-1")
    assert (ran.code, ran.out) == (2, "")
    assert "Missing option '--in'" in ran.err
