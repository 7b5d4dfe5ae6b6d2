"""The example that ships: two days, told in full, and what changed between them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.functional.driver import EXAMPLE, Ran, telvet

ASKED = (
    "assess", EXAMPLE / "inventory.csv", "--operators", EXAMPLE / "operators.yaml", "--overlay", EXAMPLE / "overlays.yaml",
)  # fmt: skip


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ran, Path]:
    """Return what is printed of the later day with what changed, and the json report."""
    report = tmp_path_factory.mktemp("report") / "report.json"
    return telvet(*ASKED, "--as-of", "2024-01-15", "--since", "2023-12-01", "-o", report), report


def test_every_row_is_accounted_for(told: tuple[Ran, Path]) -> None:
    ran, report = told
    document = json.loads(report.read_text("utf-8"))
    counts = document["counts"]
    rows = (EXAMPLE / "inventory.csv").read_text("utf-8-sig").count("\n") - 1
    assert counts["rows_in"] == rows == counts["rows_judged"] + counts["rows_rejected"]
    assert f"{counts['rows_rejected']} of {rows:,} rows were set aside" in ran.err
    assert counts["findings"] == len(document["findings"]) == sum(row["count"] for row in document["summary"])


def test_each_of_the_statuses_and_forces_is_there(told: tuple[Ran, Path]) -> None:
    document = json.loads(told[1].read_text("utf-8"))
    statuses = {one["status"] for one in document["findings"]}
    assert statuses == {"contravention", "barred", "due", "unknown", "waived", "excepted"}
    assert {row["reading"] for row in document["summary"]} >= {"contravention", "departs from policy", "barred"}
    assert [(row["country"], row["state"]) for row in document["coverage"] if not row["pack"]] == [
        ("KEN", "not covered")
    ]


def test_every_finding_has_facts_with_places_and_sources(told: tuple[Ran, Path]) -> None:
    findings = json.loads(told[1].read_text("utf-8"))["findings"]
    assert [one["id"] for one in findings if not one["cites"]] == []
    assert [one["id"] for one in findings if not all(because["origin"] for because in one["because"])] == []
    assert [one["id"] for one in findings if one["status"] == "unknown" and not one["missing"]] == []


def test_what_changed_between_the_days_is_told(told: tuple[Ran, Path]) -> None:
    changed = " ".join(told[0].out.split())
    assert changed.startswith("What changed from 2023-12-01 to 2024-01-15")
    assert "due contravention 10 gbr.huawei-direction-2022.core \N{MIDDLE DOT} northwind NW-" in changed
    assert "due waived 1 gbr.huawei-direction-2022.core \N{MIDDLE DOT} northwind NW-01960" in changed
