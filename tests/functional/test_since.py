"""`--since` shows what changed, after the table, and aside where standard output is for a program."""

from __future__ import annotations

import json
from pathlib import Path

from tests.functional.driver import telvet

ASKED = ("--law", "gbr", "--as-of", "2024-01-15")
CHANGED = "due contravention 1 gbr.huawei-direction-2022.core \N{MIDDLE DOT} northwind hss-1"


def words(text: str) -> str:
    return " ".join(text.split())


def test_what_changed_stands_below_the_table(inventory: Path, operators: Path) -> None:
    ran = telvet("assess", inventory, "--operators", operators, *ASKED, "--since", "2023-12-31")
    assert (ran.code, ran.err) == (0, "")
    report, title, changes = ran.out.partition("What changed from 2023-12-31 to 2024-01-15")
    assert "Contravenes" in report
    assert title
    assert words(changes).endswith(f"provision, operator, for example {CHANGED}")


def test_a_report_for_a_program_stays_whole_and_the_changes_stand_aside(inventory: Path, operators: Path) -> None:
    ran = telvet("assess", inventory, "--operators", operators, *ASKED, "--since", "2023-12-31", "--format", "json")
    assert len(json.loads(ran.out)["findings"]) == 4
    assert CHANGED in words(ran.err)


def test_with_the_report_in_a_file_the_changes_are_on_standard_output(
    inventory: Path, operators: Path, tmp_path: Path
) -> None:
    target = tmp_path / "report.json"
    ran = telvet("assess", inventory, "--operators", operators, *ASKED, "--since", "2023-12-31", "-o", target)
    assert CHANGED in words(ran.out)
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(target.read_text("utf-8"))["as_of"] == "2024-01-15"


def test_nothing_that_changed_is_said_in_words(inventory: Path, operators: Path) -> None:
    ran = telvet("assess", inventory, "--operators", operators, *ASKED, "--since", "2024-01-14")
    assert "Nothing: every finding stands as it did." in ran.out


def test_a_day_that_is_not_earlier_is_a_usage_error(inventory: Path) -> None:
    for day in ("2024-01-15", "2024-02-01"):
        ran = telvet("assess", inventory, *ASKED, "--since", day)
        assert (ran.code, ran.out) == (2, "")
        assert f"{day} is not before 2024-01-15" in ran.err
