from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from telvet.model.finding import Assessment, Finding, InputRead
from telvet.model.status import Status
from telvet.workspace.burn_down import CLOSED, disposed, open_summary, recalled
from telvet.workspace.entries import STATES
from telvet.workspace.ledger import Ledger
from tests.unit.reporting import sample

NOW = datetime(2024, 1, 15, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)
IDS = [f"f-{number:016x}" for number in range(1, 7)]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "workspace", create=True) as opened:
        yield opened


def found() -> list[Finding]:
    statuses = [Status.CONTRAVENTION, Status.CONTRAVENTION, Status.DUE, Status.UNKNOWN, Status.UNKNOWN, Status.EXCEPTED]
    return [sample.finding(id=name, status=status) for name, status in zip(IDS, statuses, strict=True)]


def assessment(**changes: object) -> Assessment:
    return replace(sample.assessment(found(), dispositions={}, burn_down=(), laws=("all",)), **changes)  # type: ignore[arg-type]


def record(ledger: Ledger, finding: str, state: str, now: datetime = NOW) -> None:
    ledger.record(finding, state, by="ana", why="seen on site", now=now)


def states(told: Assessment) -> list[str | None]:
    return [one.disposition.state if one.disposition else None for one in told.findings()]


def test_without_decisions_every_finding_is_a_candidate_and_open(ledger: Ledger) -> None:
    told = disposed(assessment(), ledger, NOW)
    assert told.dispositions == {"candidate": 6}
    assert told.burn_down == (("2024-01-15", 6),)
    assert states(told) == [None] * 6


def test_each_finding_shows_its_latest_decision(ledger: Ledger) -> None:
    record(ledger, IDS[0], "confirmed", NOW - DAY)
    record(ledger, IDS[0], "remediated")
    record(ledger, IDS[2], "confirmed")
    record(ledger, "f-feedfeedfeedfeed", "confirmed")
    told = disposed(assessment(), ledger, NOW)
    assert states(told) == ["remediated", None, "confirmed", None, None, None]
    assert told.dispositions == {"candidate": 4, "confirmed": 1, "remediated": 1}
    assert next(told.findings()).disposition == ledger.dispositions()[IDS[0]]


def test_findings_may_be_read_more_than_once_and_are_else_as_they_were(ledger: Ledger) -> None:
    record(ledger, IDS[1], "confirmed")
    told = disposed(assessment(), ledger, NOW)
    assert list(told.findings()) == list(told.findings())
    assert [replace(one, disposition=None) for one in told.findings()] == found()


@pytest.mark.parametrize("state", [state for state in STATES if state != "note"])
def test_a_finding_is_open_until_it_is_closed(ledger: Ledger, state: str) -> None:
    record(ledger, IDS[0], state)
    told = disposed(assessment(), ledger, NOW)
    assert told.burn_down == (("2024-01-15", 5 if state in CLOSED else 6),)


def test_three_states_close_a_finding() -> None:
    assert {"not covered", "accepted risk", "remediated"} == CLOSED


def test_a_run_is_remembered_with_what_was_open_by_status(ledger: Ledger) -> None:
    record(ledger, IDS[0], "remediated")
    disposed(assessment(), ledger, NOW)
    (run,) = ledger.runs()
    assert run.open == {"contravention": 1, "due": 1, "unknown": 2, "excepted": 1}
    assert (run.total, run.as_of, run.laws, run.recorded_at) == (5, sample.AS_OF, ("all",), NOW)


def test_looking_twice_is_not_progress(ledger: Ledger) -> None:
    for step in range(3):
        told = disposed(assessment(), ledger, NOW + step * DAY)
    assert len(ledger.runs()) == 1
    assert told.burn_down == (("2024-01-15", 6),)


def test_a_decision_between_two_looks_is_progress(ledger: Ledger) -> None:
    disposed(assessment(), ledger, NOW)
    record(ledger, IDS[0], "remediated", NOW + DAY)
    told = disposed(assessment(), ledger, NOW + DAY)
    assert [run.total for run in ledger.runs()] == [6, 5]
    assert told.burn_down == (("2024-01-15", 5),)


def test_a_decision_that_is_taken_back_is_remembered_again(ledger: Ledger) -> None:
    disposed(assessment(), ledger, NOW)
    record(ledger, IDS[0], "remediated", NOW + DAY)
    disposed(assessment(), ledger, NOW + DAY)
    record(ledger, IDS[0], "candidate", NOW + 2 * DAY)
    told = disposed(assessment(), ledger, NOW + 2 * DAY)
    assert [run.total for run in ledger.runs()] == [6, 5, 6]
    assert told.burn_down == (("2024-01-15", 6),)


@pytest.mark.parametrize(
    "changes",
    [
        {"inputs": (InputRead("inventory.csv", "aa" * 32, "csv", 1, 1, 0),)},
        {"beside": ()},
        {"as_of": date(2024, 2, 1)},
        {"laws": ("gbr",)},
    ],
)
def test_another_day_law_or_input_is_another_run(ledger: Ledger, changes: dict[str, object]) -> None:
    disposed(assessment(), ledger, NOW)
    disposed(assessment(**changes), ledger, NOW + DAY)
    assert len(ledger.runs()) == 2


def test_the_burn_down_is_of_the_same_law_by_day_of_judgement(ledger: Ledger) -> None:
    disposed(assessment(as_of=date(2024, 3, 1)), ledger, NOW)
    disposed(assessment(as_of=date(2024, 2, 1), laws=("gbr",)), ledger, NOW)
    record(ledger, IDS[0], "remediated")
    told = disposed(assessment(as_of=date(2024, 2, 1)), ledger, NOW)
    assert told.burn_down == (("2024-02-01", 5), ("2024-03-01", 6))


def test_the_report_says_up_to_which_moment_the_ledger_was_heard(ledger: Ledger) -> None:
    record(ledger, IDS[0], "confirmed", NOW - DAY)
    told = disposed(assessment(options={"redact": "yes"}), ledger, NOW)
    assert told.options == {"redact": "yes", "recorded_by": "2024-01-15T09:30:00.000000Z"}


def test_what_was_known_at_a_moment_can_be_told_again(ledger: Ledger) -> None:
    record(ledger, IDS[0], "remediated", NOW - DAY)
    first = disposed(assessment(), ledger, NOW)
    record(ledger, IDS[1], "remediated", NOW + DAY)
    disposed(assessment(as_of=date(2024, 2, 1)), ledger, NOW + DAY)
    again = recalled(assessment(), ledger, datetime.fromisoformat(first.options["recorded_by"]))
    assert list(again.findings()) == list(first.findings())
    assert replace(again, findings=first.findings) == first


def test_telling_again_remembers_nothing(ledger: Ledger) -> None:
    recalled(assessment(), ledger, NOW)
    assert ledger.runs() == ()


def test_the_open_summary_counts_what_nobody_closed(ledger: Ledger) -> None:
    record(ledger, IDS[0], "accepted risk")
    record(ledger, IDS[3], "confirmed")
    record(ledger, IDS[5], "not covered")
    summary = open_summary(disposed(assessment(), ledger, NOW))
    assert {row.status: row.count for row in summary} == {
        Status.CONTRAVENTION: 1,
        Status.DUE: 1,
        Status.UNKNOWN: 2,
    }
    assert all((row.operator, row.country) == ("northwind", "GBR") for row in summary)


def test_the_open_summary_of_findings_without_decisions_is_the_summary() -> None:
    one = assessment()
    assert set(open_summary(one)) == set(one.summary)


def test_without_findings_nothing_is_open(ledger: Ledger) -> None:
    told = disposed(replace(assessment(), findings=lambda: iter(())), ledger, NOW)
    assert (told.dispositions, told.burn_down, open_summary(told)) == ({}, (("2024-01-15", 0),), ())
