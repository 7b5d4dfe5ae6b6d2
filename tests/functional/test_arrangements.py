"""The three facts of a country, and what is to be weighed before an arrangement is signed, as a user sees them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.functional.driver import telvet

LIST = """id,operator,country,manufacturer,function,generation,lifecycle
gnb-1,northwind,GBR,Huawei,ran.radio,5G,live
gnb-2,northwind,GBR,Ericsson,ran.radio,5G,live
fw-1,northwind,GBR,Huawei,sec,,live
"""
PARTNERS = "partners:\n  - {partner: harbour, country: GBR}\n  - {partner: home, country: USA}\n"
ARRANGEMENTS = """arrangements:
  - {arrangement: harbour-2020, partner: harbour, signed_on: 2020-01-20}
  - {arrangement: home-2020, partner: home, signed_on: 2020-01-20}
"""
ASSERTIONS = """assertions:
  - {id: sites, country: GBR, metric: share of radio sites, domain: telecommunications, supplier: Huawei, low: 60, high: 70,
     source: a survey, dated: 2019-12, by: ana}
  - {id: walls, region: EU, metric: firewalls, domain: cybersecurity, supplier: Huawei, low: 1, high: 5, source: a count,
     dated: 2019-12, by: ana}
"""
SAID = "Huawei was banned from all networks of the kingdom.\n"


@pytest.fixture
def asked(tmp_path: Path) -> list[object]:
    """Return an assessment of what is to be weighed on the day after signing."""
    for name, text in (("list.csv", LIST), ("p.yaml", PARTNERS), ("a.yaml", ARRANGEMENTS), ("s.yaml", ASSERTIONS)):
        (tmp_path / name).write_text(text, "utf-8")
    beside = [
        part
        for option, name in (("--partners", "p"), ("--arrangements", "a"), ("--assertions", "s"))
        for part in (option, tmp_path / f"{name}.yaml")
    ]
    return ["assess", tmp_path / "list.csv", *beside, "--law", "usa.fy2020-6307", "--as-of", "2020-01-21"]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Return a workspace in which a confirmed statement disagrees with the law."""
    place = tmp_path / "workspace"
    (tmp_path / "paper.txt").write_text(SAID, "utf-8")
    row = {"doc": "paper.txt", "quote": SAID.strip(), "actor": "the United Kingdom", "country": "GBR", "vendor": ["Huawei"],
           "measure": "BANNED", "modality": "done", "date": "2019-12"}  # fmt: skip
    (tmp_path / "rows.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    added = telvet("evidence", "add", tmp_path / "paper.txt", "--published", "2020-01-10", "--workspace", place)
    assert added.code == 0
    assert (
        telvet("evidence", "import", tmp_path / "rows.jsonl", "--confirm", "--by", "ana", "--workspace", place).code
        == 0
    )
    return place


def reasons(finding: dict[str, Any], fact: str) -> list[str]:
    return [one["value"] for one in finding["because"] if one["fact"] == fact]


def test_signing_with_a_foreign_partner_has_everything_weighed_and_nothing_decided(asked: list[object]) -> None:
    (finding,) = telvet(*asked, "--format", "jsonl").findings
    assert (finding["subject"], finding["subject_id"], finding["status"]) == ("arrangement", "harbour-2020", "consider")
    assert reasons(finding, "assertion") == [
        "share of radio sites, 60 % to 70 %, Huawei, telecommunications, GBR",
        "firewalls, 1 % to 5 %, Huawei, cybersecurity, EU",
    ]
    shares = reasons(finding, "share in GBR")
    assert shares[0].startswith("66.67 % to 66.67 % of elements")
    assert shares[1].startswith("100.00 % to 100.00 % of elements with the function sec")


def test_where_inventory_law_and_press_disagree_all_are_shown(asked: list[object], workspace: Path) -> None:
    (finding,) = telvet(*asked, "--format", "jsonl", "--workspace", workspace).findings
    assert "huawei in every generation" in reasons(finding, "partner.country.permits")
    assert {"huawei", "huawei/5G"} <= set(reasons(finding, "partner.country.deploys"))
    assert "huawei=banned" in reasons(finding, "partner.country.position")


def test_the_day_of_signing_ahead_is_due(asked: list[object]) -> None:
    (finding,) = telvet(*asked, "--format", "jsonl", "--as-of", "2020-01-19").findings
    assert (finding["status"], finding["by"]) == ("due", "2020-01-20")


def test_the_bill_reads_what_the_law_permits_and_not_what_is_said(asked: list[object], workspace: Path) -> None:
    ran = telvet(*asked, "--law", "usa.s3153-116", "--format", "jsonl", "--workspace", workspace)
    barred = [one for one in ran.findings if one["subject"] == "partner"]
    assert [(one["subject_id"], one["status"]) for one in barred] == [("GBR", "barred")]
    assert {part["fact"] for part in barred[0]["because"]} == {"partner.country.permits"}


def test_what_rests_on_evidence_is_replayed_as_it_was(asked: list[object], workspace: Path, tmp_path: Path) -> None:
    kept = tmp_path / "r.json"
    assert telvet(*asked, "-o", kept, "--workspace", workspace).code == 0
    row = {
        "doc": "paper.txt",
        "quote": SAID.strip(),
        "country": "GBR",
        "vendor": ["Huawei"],
        "measure": "ALLOWED",
        "modality": "done",
    }
    (tmp_path / "more.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    assert (
        telvet("evidence", "import", tmp_path / "more.jsonl", "--confirm", "--by", "bo", "--workspace", workspace).code
        == 0
    )
    ran = telvet("replay", kept, "--workspace", workspace)
    assert (ran.code, ran.out) == (0, "the same bytes\n")
    without = telvet("replay", kept)
    assert without.code == 2
    assert "replay-workspace" in without.err


def test_an_arrangement_never_leaves_the_house(asked: list[object]) -> None:
    ran = telvet(*asked, "--format", "json", "--redact")
    assert ran.document["findings"] == []
    assert "harbour" not in ran.out


def test_an_assertion_without_signature_source_or_day_is_refused(asked: list[object], tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text(
        "assertions:\n  - {id: x, country: GBR, metric: m, domain: telecomunications}\n", "utf-8"
    )
    ran = telvet(*asked)
    assert ran.code == 2
    assert all(word in ran.err for word in (", by:", ", source:", ", dated:", "did you mean 'telecommunications'"))
