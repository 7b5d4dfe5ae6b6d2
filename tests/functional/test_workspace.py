"""What people decide about findings outlives a run: it is shown, counted, and told over time."""

from __future__ import annotations

import csv
import io
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.functional.driver import Ran, telvet

CORE, REMOVAL, NOBODY, SHARE = "f-aca2efc12dddb9de", "f-03667a8a0a44690e", "f-ac3f26cc164aeb7e", "f-78c38a9321957bc3"

Assess = Callable[..., Ran]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return tmp_path / "workspace"


@pytest.fixture
def assess(inventory: Path, operators: Path, workspace: Path) -> Assess:
    """Return what judges the small inventory and keeps it in mind."""

    def run(*more: object, as_of: str = "2024-01-15") -> Ran:
        asked = ("--operators", operators, "--law", "gbr", "--as-of", as_of, "--workspace", workspace)
        return telvet("assess", inventory, *asked, *more)

    return run


def decide(verb: str, finding: str, workspace: Path, *more: str) -> Ran:
    return telvet("finding", verb, finding, "--by", "ada", "--why", f"to {verb} it", "--workspace", workspace, *more)


def test_decisions_are_shown_and_counted_by_the_next_run(assess: Assess, workspace: Path) -> None:
    first = assess("--format", "json").document
    assert first["dispositions"] == {"candidate": 4}
    said = [
        decide("confirm", CORE, workspace, "--ticket", "NET-7"),
        decide("dismiss", REMOVAL, workspace),
        decide("accept", SHARE, workspace),
        decide("note", NOBODY, workspace),
    ]
    assert [one.code for one in said] == [0] * 4
    assert said[0].out.startswith(f"{CORE}: confirmed, by ada, 20")
    later = assess("--format", "json", as_of="2024-03-01").document
    assert later["dispositions"] == {"accepted risk": 1, "candidate": 1, "confirmed": 1, "not covered": 1}
    assert later["burn_down"] == [{"on": "2024-01-15", "open": 4}, {"on": "2024-03-01", "open": 2}]
    held = {one["id"]: one.get("disposition") for one in later["findings"]}
    assert held[NOBODY] is None
    core = held[CORE]
    assert core is not None
    assert (core["state"], core["by"], core["why"], core["ticket"]) == ("confirmed", "ada", "to confirm it", "NET-7")
    assert [one["status"] for one in later["findings"] if one["id"] == SHARE] == ["contravention"]


def test_every_format_tells_of_decisions(assess: Assess, workspace: Path) -> None:
    assess(as_of="2023-12-31")
    decide("accept", CORE, workspace)
    table = assess().out
    assert "accepted risk 1, candidate 3" in table
    assert "open findings: 2023-12-31 4, 2024-01-15 3" in table
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(assess("--format", "csv").out))}
    assert (rows[CORE]["disposition"], rows[CORE]["disposition_by"]) == ("accepted risk", "ada")
    page = assess("--format", "html").out
    assert "Decided so far: accepted risk 1, candidate 3." in page
    assert "Open findings at earlier runs" in page


def test_what_a_person_has_closed_no_longer_fails_a_run(assess: Assess, workspace: Path) -> None:
    asked = ("--fail-on", "contravention", "--allow-unknown", "--law", "gbr.huawei-direction-2022.core")
    assert assess(*asked).code == 1
    decide("accept", CORE, workspace)
    decide("accept", SHARE, workspace)
    assert assess(*asked).code == 0
    decide("reopen", CORE, workspace)
    assert assess(*asked).code == 1


def test_looking_twice_is_no_progress_and_the_latest_word_counts(assess: Assess, workspace: Path) -> None:
    decide("dismiss", CORE, workspace)
    decide("confirm", CORE, workspace)
    first = assess("--format", "json")
    assert first.document["dispositions"] == {"candidate": 3, "confirmed": 1}
    assert assess("--format", "json").out == first.out


def test_the_history_of_a_finding_is_told_oldest_first(workspace: Path) -> None:
    decide("dismiss", CORE, workspace)
    decide("note", CORE, workspace, "--ticket", "NET-8")
    lines = telvet("finding", "history", CORE, "--workspace", workspace).out.splitlines()
    assert [line.partition("  ")[2] for line in lines] == [
        "not covered, by ada: to dismiss it",
        "note, by ada: to note it [NET-8]",
    ]
    assert telvet("finding", "history", REMOVAL, "--workspace", workspace).out == "nothing is recorded about it\n"


def test_a_workspace_is_private(assess: Assess, workspace: Path) -> None:
    assess()
    assert stat.S_IMODE(workspace.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in workspace.iterdir()} == {0o600}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("confirm", "f-zz", "--by", "ada", "--why", "so"), "'f-zz' is not the id of a finding"),
        (("confirm", CORE, "--by", "ada", "--why", " "), "a disposition needs a person and a reason"),
        (("confirm", CORE, "--by", "", "--why", "so"), "a disposition needs a person and a reason"),
        (("confirm", CORE, "--by", "ada"), "Missing option '--why'"),
        (("history", CORE), "no ledger here"),
        (("bless", CORE), "No such command 'bless'"),
    ],
)
def test_a_decision_that_nobody_could_account_for_is_refused(
    workspace: Path, arguments: tuple[str, ...], said: str
) -> None:
    ran = telvet("finding", *arguments, *(["--workspace", workspace] if arguments[0] != "bless" else []))
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_what_is_no_workspace_is_left_alone(assess: Assess, workspace: Path) -> None:
    workspace.write_text("a file")
    ran = assess()
    assert (ran.code, ran.out) == (2, "")
    assert "cannot be used as a workspace" in ran.err
    workspace.unlink()
    workspace.mkdir()
    (workspace / "ledger.db").write_bytes(b"not a database" * 100)
    ran = assess()
    assert (ran.code, ran.out) == (2, "")
    assert "ledger.db" in ran.err
