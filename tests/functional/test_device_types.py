"""A public library of 2,984 device types: every Huawei and ZTE type is found, and no other maker's."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.functional.conftest import Write
from tests.functional.driver import ROOT, Ran, telvet

TYPES = ROOT.parent / "shared" / "samples" / "devices" / "device-types.csv"
ASKED = ("--law", "usa.ndaa-889", "--as-of", "2020-08-14", "--format", "jsonl")

pytestmark = pytest.mark.skipif(not TYPES.exists(), reason="the library of device types is not beside this checkout")


def covered() -> list[dict[str, str]]:
    """Return the rows whose maker's name says Huawei or ZTE."""
    with TYPES.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["manufacturer"] in {"Huawei", "ZTE"}]


@pytest.fixture(scope="module")
def bare() -> Ran:
    """Return the findings where nothing is known but the types."""
    return telvet("assess", TYPES, *ASKED)


def test_there_are_findings_for_exactly_the_types_of_two_makers(bare: Ran) -> None:
    assert bare.code == 0
    assert {one["equipment"] for one in bare.findings} == {row["slug"] for row in covered()}
    assert len(covered()) == 34
    assert {one["vendor"]["group"] for one in bare.findings} == {"huawei", "zte"}


def test_each_is_unknown_and_says_what_is_missing(bare: Ran) -> None:
    part_b = [one for one in bare.findings if one["provision"] == "usa.ndaa-889.part-b"]
    assert len(part_b) == 34
    assert {one["status"] for one in bare.findings} == {"unknown"}
    assert {tuple(one["missing"]) for one in part_b} == {
        ("operator.roles", "equipment.category", "equipment.component")
    }


def test_with_what_is_missing_each_bars_the_contract(write: Write, tmp_path: Path) -> None:
    with TYPES.open(encoding="utf-8", newline="") as source, (tmp_path / "owned.csv").open("w", newline="") as target:
        rows = list(csv.DictReader(source))
        writer = csv.DictWriter(target, [*rows[0], "operator", "category", "component"])
        writer.writeheader()
        known = {"operator": "quayside", "category": "telecom", "component": "substantial_or_essential"}
        writer.writerows({**row, **known} for row in rows)
    operators = write(
        "operators.yaml", "- {operator: quayside, country: USA, roles: [federal_contractor], named_in: none}\n"
    )
    ran = telvet("assess", tmp_path / "owned.csv", "--operators", operators, *ASKED)
    part_b = [one for one in ran.findings if one["provision"] == "usa.ndaa-889.part-b"]
    assert {one["equipment"] for one in part_b} == {row["slug"] for row in covered()}
    assert {(one["status"], one["subject"], one["subject_id"]) for one in part_b} == {
        ("barred", "operator", "quayside")
    }
