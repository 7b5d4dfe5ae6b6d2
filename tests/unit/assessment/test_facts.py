from __future__ import annotations

from datetime import date

import pytest

from telvet.assessment.facts import COLUMNS, dated, fact_of
from telvet.model.dates import Span
from telvet.model.facts import Dated, Fact, Members, Quantity, Single


def listed(*stated: str, denied: tuple[str, ...] = (), complete: bool = False) -> Members:
    return Members(frozenset(stated), frozenset(denied), complete)


@pytest.mark.parametrize(
    ("fact", "cell", "value"),
    [
        ("equipment.country", "XAA", Single(("XAA",))),
        ("equipment.lifecycle", "live", Single(("live",))),
        ("equipment.us_sanctions_affected", "yes", Single(("yes",))),
        ("equipment.site", "s1", Single(("s1",))),
        ("operator.country", "XAA", Single(("XAA",))),
        ("equipment.traffic", "2.5", Quantity(2.5)),
        ("operator.customers", "1000", Quantity(1000.0)),
        ("equipment.installed_on", "2020-02", Dated(Span(date(2020, 2, 1), date(2020, 2, 29)))),
    ],
)
def test_a_cell_becomes_a_fact_of_its_columns_form(fact: str, cell: str, value: Fact) -> None:
    assert fact_of(COLUMNS[fact], cell) == value


@pytest.mark.parametrize(
    ("fact", "nothing"),
    [
        ("equipment.country", Single()),
        ("equipment.function", Members()),
        ("equipment.bands", Members()),
        ("equipment.traffic", Quantity()),
        ("equipment.installed_on", Dated()),
    ],
)
def test_an_empty_cell_is_an_unknown_fact(fact: str, nothing: Fact) -> None:
    assert fact_of(COLUMNS[fact], None) == nothing


@pytest.mark.parametrize(
    ("cell", "closed", "open_"),
    [
        ("a", listed("a", complete=True), listed("a")),
        ("a;-b", listed("a", denied=("b",), complete=True), listed("a", denied=("b",))),
        ("-b;-c", listed(denied=("b", "c")), listed(denied=("b", "c"))),
        ("none", listed(complete=True), listed(complete=True)),
    ],
)
def test_a_list_is_complete_once_it_states_a_member_where_absence_means_no(
    cell: str, closed: Members, open_: Members
) -> None:
    assert fact_of(COLUMNS["operator.licences"], cell) == closed
    assert fact_of(COLUMNS["equipment.tags"], cell) == open_


def test_a_minor_component_and_a_commercial_purpose_deny_the_others() -> None:
    minor = fact_of(COLUMNS["equipment.component"], "minor")
    assert minor == listed("minor", denied=("substantial_or_essential", "critical_technology", "critical_component"))
    commercial = fact_of(COLUMNS["equipment.purpose"], "commercial")
    assert isinstance(commercial, Members)
    assert commercial.denied == {
        "public_safety", "gov_facility_security", "ci_physical_surveillance", "other_national_security"
    }  # fmt: skip


def test_what_is_stated_beside_minor_is_not_denied() -> None:
    both = fact_of(COLUMNS["equipment.component"], "critical_technology;minor")
    assert both == listed("critical_technology", "minor", denied=("substantial_or_essential", "critical_component"))


def test_numbers_are_listed_as_they_are_written() -> None:
    assert fact_of(COLUMNS["equipment.bands"], "700;3500") == listed("700", "3500", complete=True)


def test_a_date_cell_gives_its_span() -> None:
    assert dated(None) == Dated()
    assert dated("2019Q3") == Dated(Span(date(2019, 7, 1), date(2019, 9, 30)))


def test_every_column_of_elements_and_operators_is_a_fact() -> None:
    assert {"equipment.function", "equipment.site_tags", "operator.named_in", "operator.revenue"} <= COLUMNS.keys()
    assert all(name.partition(".")[2] == column.name for name, column in COLUMNS.items())
