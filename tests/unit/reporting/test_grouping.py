from __future__ import annotations

from datetime import date

from telvet.model.finding import Coverage, SummaryRow
from telvet.model.status import Force, Status
from telvet.reporting import grouping
from tests.unit.reporting import sample


def summary(*rows: tuple[str | None, str, Status, Force, date | None, int]) -> tuple[SummaryRow, ...]:
    return tuple(SummaryRow(row[0], None, *row[1:]) for row in rows)


def test_a_provision_is_one_group_with_its_earliest_date_and_its_operators_most_first() -> None:
    rows = summary(
        ("a", "p.x", Status.DUE, Force.BINDING, date(2026, 1, 1), 2),
        ("b", "p.x", Status.DUE, Force.BINDING, date(2025, 1, 1), 3),
        ("a", "p.x", Status.DUE, Force.BINDING, date(2027, 1, 1), 4),
    )
    (group,) = grouping.by_provision(sample.assessment([], summary=rows), (Status.DUE,))
    assert (group.by, group.count, group.operators) == (date(2025, 1, 1), 9, (("a", 6), ("b", 3)))


def test_what_falls_due_is_ordered_soonest_first_and_undated_last() -> None:
    rows = summary(
        (None, "p.none", Status.DUE, Force.BINDING, None, 9),
        (None, "p.late", Status.DUE, Force.BINDING, date(2030, 1, 1), 1),
        (None, "p.soon", Status.DUE, Force.POLICY, date(2025, 1, 1), 1),
        (None, "p.past", Status.CONTRAVENTION, Force.BINDING, date(2020, 1, 1), 1),
    )
    groups = grouping.falling_due(sample.assessment([], summary=rows))
    assert [group.provision for group in groups] == ["p.soon", "p.late", "p.none"]


def test_counts_by_status_keep_law_apart_from_policy_and_scenario() -> None:
    rows = summary(
        ("a", "p.x", Status.CONTRAVENTION, Force.BINDING, None, 1),
        ("a", "p.y", Status.CONTRAVENTION, Force.POLICY, None, 2),
        ("a", "p.z", Status.BARRED, Force.SCENARIO, None, 3),
        ("a", "p.w", Status.BARRED, Force.CONTRACT, None, 4),
        ("a", "p.v", Status.BARRED, Force.BINDING, None, 5),
    )
    assert grouping.by_reading(sample.assessment([], summary=rows)) == [
        (Status.CONTRAVENTION, Force.BINDING, 1),
        (Status.CONTRAVENTION, Force.POLICY, 2),
        (Status.BARRED, Force.BINDING, 9),
        (Status.BARRED, Force.SCENARIO, 3),
    ]


def test_no_count_is_lost_between_summary_and_groups() -> None:
    assessment = sample.assessment()
    groups = grouping.by_provision(assessment, tuple(Status))
    assert sum(group.count for group in groups) == grouping.findings_of(assessment) == len(sample.findings())
    assert sum(count for _, _, count in grouping.by_reading(assessment)) == len(sample.findings())


def test_coverage_is_grouped_by_reason_and_evaluated_comes_first() -> None:
    groups = grouping.coverage_groups(sample.assessment())
    assert groups[0].state == "evaluated"
    assert groups[-1].state == "not bound"
    assert groups[-1].whom == ("northwind", "tamarack")


def test_a_country_without_any_law_is_named() -> None:
    coverage = (Coverage(None, "a", "KEN", "not covered", "w"), Coverage(None, "b", None, "not covered", "w"))
    (group,) = grouping.coverage_groups(sample.assessment(coverage=coverage))
    assert (group.pack, group.whom) == (None, ("KEN", "no country stated"))


def test_a_state_that_is_new_to_the_report_still_appears_last() -> None:
    coverage = (Coverage("p", "a", None, "something new", "w"), Coverage("q", "a", None, "not bound", "w"))
    states = [group.state for group in grouping.coverage_groups(sample.assessment(coverage=coverage))]
    assert states == ["not bound", "something new"]


def test_laws_that_may_bind_count_as_evaluated() -> None:
    coverage = (Coverage("p", "a", None, "bound unknown", "w"), Coverage("q", "a", None, "not bound", "w"))
    assert grouping.evaluated(sample.assessment(coverage=coverage)) == ["p"]


def test_makers_stand_in_the_order_of_the_network_with_the_unknown_part_last() -> None:
    makers = (
        ("unknown", "A", 1),
        ("cctv", "A", 1),
        ("core.auth", "B", 1),
        ("core.auth", "A", 1),
        ("core.auth", "C", 5),
    )
    assert grouping.makers_by_function(sample.assessment(makers=makers)) == [
        ("core.auth", [("C", 5), ("A", 1), ("B", 1)]),
        ("cctv", [("A", 1)]),
        ("unknown", [("A", 1)]),
    ]


def test_the_fact_that_settles_most_by_itself_comes_first() -> None:
    facts = (("equipment.many", 90, 0), ("equipment.one", 5, 5))
    assert grouping.settling(sample.assessment(unknown_facts=facts))[0][0] == "equipment.one"


def test_the_order_of_the_summary_does_not_depend_on_how_it_came() -> None:
    rows = sample.assessment().summary
    assert grouping.ordered_summary(rows) == grouping.ordered_summary(reversed(rows))
    assert grouping.ordered_summary(rows)[0].status is Status.CONTRAVENTION


def test_operators_are_those_of_coverage_and_findings() -> None:
    assert grouping.operators_of(sample.assessment()) == ["northwind", "quayside", "tamarack"]
