from __future__ import annotations

import csv as plain
import io

import pytest

from telvet.model.finding import Because
from telvet.reporting import csv
from tests.unit.reporting import sample


def rows(*findings: object) -> list[dict[str, str]]:
    out = io.StringIO()
    csv.write(sample.assessment(list(findings)), out)  # type: ignore[arg-type]  # findings, as the callers pass
    return list(plain.DictReader(io.StringIO(out.getvalue())))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_a_formula_is_defused(start: str) -> None:
    assert csv.defuse(start + "1+1") == "'" + start + "1+1"
    (row,) = rows(sample.finding(operator=start + 'HYPERLINK("x")', subject_id="plain"))
    assert row["operator"].startswith("'" + start)
    assert row["subject_id"] == "plain"


def test_no_cell_of_a_report_begins_like_a_formula() -> None:
    hostile = sample.finding(
        **dict.fromkeys(("id", "subject_id", "equipment", "operator", "country", "site", "provision"), "=1"),
        because=(Because("=fact", "@value", "+origin"),),
        missing=("-x",),
        unless=("@y",),
        excused_by="+z",
    )
    assert not [cell for row in rows(hostile) for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]


def test_lists_are_joined_and_reasons_name_their_origin() -> None:
    (row,) = rows(sample.finding(missing=("equipment.vendor", "operator.roles")))
    assert row["missing"] == "equipment.vendor; operator.roles"
    assert row["because"].startswith("equipment.vendor = huawei-technologies (core.csv record 212 manufacturer); ")
    assert row["cites"] == "direction: requirement on core network functions (secondary)"


def test_a_row_has_a_cell_for_every_column() -> None:
    found = rows(*sample.findings())
    assert len(found) == len(sample.findings())
    assert all(None not in row and tuple(row) == csv.COLUMNS for row in found)


def test_a_row_says_title_reading_maker_and_disposition() -> None:
    (row,) = rows(next(finding for finding in sample.findings() if finding.disposition))
    assert row["title"] == "Out of the core by the end of 2023"
    assert (row["status"], row["reading"], row["tier"]) == ("contravention", "contravention", "legal alias")
    assert (row["disposition"], row["ticket"]) == ("confirmed", "NET-412")


def test_the_same_assessment_gives_the_same_bytes() -> None:
    assert rows(*sample.findings()) == rows(*sample.findings())
