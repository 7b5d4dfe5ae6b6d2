from __future__ import annotations

from telvet.model.status import Status
from telvet.reporting.html_findings import findings_section
from tests.unit.reporting import sample


def test_the_strongest_are_shown_and_the_rest_is_counted() -> None:
    made = findings_section(sample.assessment(), most=10)
    assert made.count('<tr><th scope="row">') == 10
    assert "Shown are the 10 strongest; 247 more are in the json report." in made
    assert "status due" not in made


def test_all_are_shown_where_there_is_room() -> None:
    made = findings_section(sample.assessment())
    assert made.count('<tr><th scope="row">') == len(sample.findings())
    assert "in the json report" not in made


def test_no_more_is_held_than_is_shown() -> None:
    assert findings_section(sample.large(30_000), most=5).count('<tr><th scope="row">') == 5


def test_equal_strength_keeps_the_order_of_the_stream() -> None:
    made = findings_section(sample.large(9), most=3)
    assert made.index("nf-001") < made.index("nf-002") < made.index("nf-003")


def test_a_row_says_why_what_is_missing_and_what_a_person_decided() -> None:
    some = [
        sample.finding(status=Status.UNKNOWN, missing=("equipment.vendor",), unless=("equipment.capabilities",)),
        *[finding for finding in sample.findings() if finding.disposition or finding.excused_by],
    ]
    made = findings_section(sample.assessment(some))
    assert "missing: <code>equipment.vendor</code>" in made
    assert "unless: <code>equipment.capabilities</code>" in made
    assert "confirmed, j.doe, 2024-01-10T09:12:00Z, NET-412" in made
    assert "by written-notice-7, until 2024-03-31" in made
    assert "core.csv record 212 manufacturer" in made


def test_nothing_found_makes_no_section() -> None:
    assert findings_section(sample.assessment([])) == ""
