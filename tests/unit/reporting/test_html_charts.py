from __future__ import annotations

from datetime import date

from telvet.model.finding import SummaryRow
from telvet.model.status import Force, Status
from telvet.reporting import html_charts
from tests.unit.reporting import sample


def test_more_dates_than_are_drawn_are_counted_and_stand_in_the_table() -> None:
    rows = tuple(
        SummaryRow("a", None, f"p.{year}", Status.DUE, Force.BINDING, date(year, 1, 1), 1) for year in range(2025, 2045)
    )
    made = html_charts.due_section(sample.assessment([], summary=rows))
    assert "8 later dates not drawn; the table has all." in made
    assert made.count("<circle") == 12
    assert "<code>p.2044</code>" in made


def test_nothing_due_and_nothing_unknown_make_no_section() -> None:
    assert html_charts.due_section(sample.assessment([])) == ""
    assert html_charts.unknown_section(sample.assessment([])) == ""


def test_the_fact_that_would_settle_most_is_named() -> None:
    made = html_charts.unknown_section(sample.assessment())
    assert "<code>equipment.purpose</code> would settle most: 26 of the 26 findings that miss it" in made


def test_makers_beyond_the_colours_are_drawn_as_others_and_named_in_the_table() -> None:
    made = html_charts.makers_section(sample.assessment())
    assert '<i class="others"></i>others' in made
    assert '<i class="nobody"></i>unknown' in made
    assert ">Mavenir<" in made


def test_names_that_are_nobody_are_listed_even_without_a_chart() -> None:
    made = html_charts.makers_section(sample.assessment(makers=()))
    assert "Generic OEM &lt;rev 2&gt;" in made
    assert html_charts.makers_section(sample.assessment(makers=(), unresolved=())) == ""
