from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from telvet.model.finding import Finding
from telvet.model.status import Grade, Status
from telvet.reporting.examples import examples
from tests.unit.reporting import sample

CORE = "gbr.huawei-direction-2022.core"


def test_a_few_elements_stand_for_their_kind() -> None:
    found = examples(sample.assessment(), 3)
    assert found[CORE, Status.CONTRAVENTION].shown == ["amf-001", "amf-002", "amf-003"]


def test_a_share_is_shown_by_its_figure() -> None:
    found = examples(sample.assessment(), 3)
    cap = "gbr.huawei-direction-2022.access-cap"
    assert found[cap, Status.CONTRAVENTION].shown == ["share.sites 36.2 % to 38.0 %, at most 35 %"]


def test_what_excuses_and_until_when_is_kept() -> None:
    found = examples(sample.assessment(), 3)
    assert found[CORE, Status.WAIVED].excused_by == {"written-notice-7"}
    assert found[CORE, Status.WAIVED].until == {date(2024, 3, 31)}


def test_the_weakest_grade_is_kept() -> None:
    found = examples(sample.assessment(), 3)
    assert found["gbr.ncsc-advice-2020.one-vendor", Status.CONTRAVENTION].grade is Grade.UNVERIFIED


def test_reading_stops_when_every_kind_has_its_examples() -> None:
    read = []

    def counting() -> Iterator[Finding]:
        for finding in sample.large(10_000).findings():
            read.append(finding.id)
            yield finding

    whole = sample.large(10_000)
    assert examples(sample.assessment([], summary=whole.summary, findings=counting), 3)
    assert len(read) == 3


def test_nothing_found_reads_nothing() -> None:
    def refuse() -> Iterator[Finding]:
        raise AssertionError

    assert examples(sample.assessment([], findings=refuse), 3) == {}
