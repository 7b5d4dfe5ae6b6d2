from __future__ import annotations

from datetime import date

from telvet.model.finding import SummaryRow
from telvet.model.status import Force, Grade, Status
from telvet.reporting import table_findings
from telvet.reporting.examples import examples
from telvet.reporting.screen import Grid, Line, Part
from tests.unit.reporting import sample


def cells(parts: list[Part]) -> str:
    lines = [cell for part in parts if isinstance(part, Grid) for row in part.rows for cell in row]
    lines += [part for part in parts if isinstance(part, Line)]
    return "\n".join("".join(words for words, _ in line.spans) for line in lines)


def test_a_provision_has_its_count_title_date_operators_and_a_few_examples() -> None:
    assessment = sample.assessment()
    said = cells(table_findings.contravened(assessment, examples(assessment, 2), 80))
    assert "23\nOut of the core by the end of 2023 \N{EN DASH} by 2023-12-31\n" in said
    assert "gbr.huawei-direction-2022.core \N{MIDDLE DOT} northwind 23\ne.g. amf-001, amf-002\n" in said


def test_an_unverified_source_is_said_to_be_one() -> None:
    assessment = sample.assessment()
    said = cells(table_findings.contravened(assessment, examples(assessment, 2), 80))
    assert "departs from guidance, source unverified" in said


def test_how_sure_the_source_is_comes_after_what_excuses() -> None:
    assessment = sample.assessment(
        [sample.finding(status=Status.EXCEPTED, excused_by="support", grade=Grade.UNVERIFIED)]
    )
    said = cells(table_findings.excused(assessment, examples(assessment, 2), 80))
    assert "\N{EN DASH} excepted by support, source unverified" in said


def test_what_falls_due_has_its_days_left() -> None:
    said = cells(table_findings.due(sample.assessment(), 80))
    assert said.startswith(
        "2024-06-28\n28\n5G equipment and managed services end by 28 June 2024 \N{EN DASH} in 165 days"
    )


def test_a_wide_console_adds_a_bar() -> None:
    assert "\u2588" not in cells(table_findings.due(sample.assessment(), 80))
    assert "\u2588" in cells(table_findings.due(sample.assessment(), 120))


def test_the_fact_that_would_settle_most_is_named() -> None:
    said = cells(table_findings.unknown(sample.assessment(), 80))
    assert "equipment.purpose would settle most: it alone is missing in 26 of 49 (53 %)" in said


def test_unknown_findings_without_a_named_fact_are_still_shown() -> None:
    row = SummaryRow("a", None, "p.x", Status.UNKNOWN, Force.BINDING, None, 7)
    said = cells(table_findings.unknown(sample.assessment([], summary=(row,)), 80))
    assert said == "in p.x 7"


def test_what_excuses_is_named_with_its_last_day() -> None:
    assessment = sample.assessment()
    said = cells(table_findings.excused(assessment, examples(assessment, 2), 80))
    assert "waived by written-notice-7 until 2024-03-31" in said
    assert "excepted by no-user-data" in said


def test_more_provisions_than_fit_are_counted() -> None:
    rows = tuple(SummaryRow("a", None, f"p.{n}", Status.DUE, Force.BINDING, date(2030 + n, 1, 1), 1) for n in range(9))
    assert "and 3 more later dates" in cells(table_findings.due(sample.assessment([], summary=rows), 80))


def test_what_is_not_there_makes_no_section() -> None:
    nothing = sample.assessment([])
    for show in (
        table_findings.contravened,
        table_findings.barred,
        table_findings.conditional,
        table_findings.to_weigh,
    ):
        assert show(nothing, {}, 80) == []
    assert table_findings.due(nothing, 80) == table_findings.unknown(nothing, 80) == []
