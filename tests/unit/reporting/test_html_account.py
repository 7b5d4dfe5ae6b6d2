from __future__ import annotations

from telvet.reporting import html_account
from tests.unit.reporting import sample


def test_coverage_names_what_was_not_evaluated_and_why() -> None:
    made = html_account.coverage_section(sample.assessment())
    assert "no law on file" in made
    assert "41 elements stand there; no pack of that country exists" in made
    assert "What was not evaluated: scenario not named 1, superseded 1, not in force 1, not bound 1" in made
    assert "holds no licence in 2300 or 3500 MHz in SWE" in made


def test_coverage_of_nothing_says_so() -> None:
    assert "No law was evaluated." in html_account.coverage_section(sample.assessment(coverage=()))


def test_every_row_is_accounted_for() -> None:
    made = html_account.rows_section(sample.assessment())
    assert "5,030 rows in = 5,010 judged + 20 rejected." in made
    assert "138 of them assumed so because no lifecycle is recorded" in made
    assert "installed_on: 03/04/2020 is day first" in made


def test_the_summary_counts_by_provision_and_operator() -> None:
    made = html_account.summary_section(sample.assessment())
    assert "northwind\N{NO-BREAK SPACE}23" in made
    assert "departs from policy" in made
    assert "Decided so far: candidate 254, confirmed 3." in made


def test_figures_keep_law_apart_from_scenario() -> None:
    assert "would be barred (not law)" in html_account.figures(sample.assessment())
    assert html_account.figures(sample.assessment([])) == ""


def test_the_lead_says_how_much_was_judged() -> None:
    assert html_account.lead(sample.assessment()).endswith("judged against 7 laws. 257 findings.")
    assert html_account.lead(sample.assessment([], coverage=())).endswith("Nothing is known: no law was evaluated.")


def test_the_run_names_versions_digests_and_options() -> None:
    made = html_account.run_section(sample.assessment(laws=("gbr.*",)))
    assert "2026.11.0" in made
    assert "laws asked for: gbr.*" in made
    assert "<code>known_by</code> 2024-01-15" in made
