from __future__ import annotations

from telvet.model.finding import InputRead
from telvet.reporting import table_account
from telvet.reporting.screen import Grid, Line, Part
from tests.unit.reporting import sample


def text(parts: list[Part]) -> str:
    lines = [part for part in parts if isinstance(part, Line)]
    lines += [cell for part in parts if isinstance(part, Grid) for row in part.rows for cell in row]
    return "\n".join("".join(words for words, _ in line.spans) for line in lines)


def test_the_headline_says_day_elements_operators_and_laws() -> None:
    said = text(table_account.headline(sample.assessment()))
    assert "telvet as of 2024-01-15: 5,010 elements of 3 operators, 4,612 in use" in said
    assert "7 laws evaluated: " in said
    assert "and 2 more" in said


def test_rows_are_summed() -> None:
    said = text(table_account.row_account(sample.assessment()))
    assert "5,030 in = 5,010 judged + 20 rejected; 4,612 in use, 138 of them assumed" in said
    assert "inventory.csv: installed_on: 03/04/2020 is day first" in said


def test_many_notes_are_cut_and_counted() -> None:
    read = InputRead("a.csv", "0" * 64, "csv", 1, 1, 0, tuple(f"note {n}" for n in range(9)))
    said = text(table_account.row_account(sample.assessment(inputs=(read,))))
    assert "note 5" in said
    assert "note 6" not in said
    assert "and 3 more notes in the json report" in said


def test_what_is_not_covered_is_said_with_its_reason() -> None:
    said = text(table_account.not_covered(sample.assessment()))
    assert "no law on file for KEN: 41 elements stand there" in said
    assert "usa.ndaa-889 may bind northwind: roles are not stated in full" in said
    assert "not bound 1: swe.pts-2020" in said


def test_names_that_are_nobody_are_listed_most_first() -> None:
    assert text(table_account.nobody(sample.assessment(), 80)).startswith("Blue Heron Networks 12, unknown 9, ")
    assert table_account.nobody(sample.assessment(unresolved=()), 80) == []


def test_decisions_and_earlier_runs_are_told() -> None:
    said = text(table_account.standing_lines(sample.assessment()))
    assert said.splitlines() == [
        "candidate 254, confirmed 3",
        "open findings: 2023-10-02 412, 2023-11-06 377, 2023-12-04 340",
    ]
    assert table_account.standing_lines(sample.assessment(dispositions={}, burn_down=())) == []
