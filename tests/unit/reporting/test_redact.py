from __future__ import annotations

import io
from datetime import date

import pytest

from telvet.model.finding import Because, Coverage, Finding, InputRead
from telvet.model.law import Citation, Subject
from telvet.model.status import Grade, Status
from telvet.reporting import csv, html, json
from telvet.reporting.redact import MASK, Private, redact, redact_assessment
from tests.unit.reporting import sample

OPEN = Private()


def kept(finding: Finding, private: Private = OPEN) -> Finding:
    left = redact(finding, private)
    assert left is not None
    return left


def reason(fact: str, value: str, origin: str = "core.csv record 7 role") -> Because:
    return Because(fact, value, origin)


@pytest.mark.parametrize(
    "because",
    [
        reason("equipment.function", "li"),
        reason("equipment.function", "core.auth;li"),
        reason("equipment.tags", "Lawful-Intercept"),
        reason("equipment.site_tags", "lawful_intercept"),
    ],
)
def test_an_intercept_element_is_left_out_altogether(because: Because) -> None:
    assert redact(sample.finding(because=(because,))) is None


def test_an_intercept_element_that_no_reason_gives_away_is_left_out_by_name() -> None:
    assert redact(sample.finding(), Private(withheld={("northwind", "hss-02")})) is None
    assert redact(sample.finding(), Private(withheld={("tamarack", "hss-02")})) is not None


def test_a_name_that_only_looks_like_intercept_stays() -> None:
    assert redact(sample.finding(because=(reason("equipment.function", "core.policy"),))) is not None
    assert redact(sample.finding(because=(reason("equipment.manufacturer", "li"),))) is not None


@pytest.mark.parametrize("fact", ["equipment.site", "equipment.site_tags", "equipment.latitude", "equipment.longitude"])
def test_a_place_is_masked_also_where_its_origin_quotes_it(fact: str) -> None:
    left = kept(sample.finding(because=(reason(fact, "Bramley Down", "core.csv record 7 site 'Bramley Down'"),)))
    assert left.because == (Because(fact, MASK, "core.csv record 7 site"),)
    assert left.site is None


def test_a_network_that_is_a_site_loses_its_name() -> None:
    left = kept(sample.finding(subject=Subject.NETWORK, subject_id="LDN-0007", site="LDN-0007"))
    assert left.subject_id == MASK


@pytest.mark.parametrize(
    "origin", ["overlays", "overlays.yaml record 2", "overlay waiver 3", "orders/secret.yaml record 1"]
)
def test_what_an_overlay_says_and_the_days_it_sets_are_masked(origin: str) -> None:
    waived = sample.finding(
        status=Status.WAIVED,
        until=date(2024, 3, 31),
        excused_by="notice 7",
        because=(reason("overlay.waiver", "may keep two", origin), reason("equipment.vendor", "huawei-technologies")),
    )
    left = kept(waived, Private(overlays=("orders/secret.yaml",)))
    assert left.because == (Because("overlay.waiver", MASK, "overlay"), waived.because[1])
    assert (left.status, left.excused_by, left.until) == (Status.WAIVED, MASK, None)


def test_the_deadline_of_a_private_extension_is_masked_and_that_of_the_law_is_not() -> None:
    extended = sample.finding(because=(reason("extension", "2024-06-30", "overlays.yaml record 3"),))
    assert kept(extended).by is None
    assert kept(sample.finding()).by == date(2023, 12, 31)


@pytest.mark.parametrize("name", ["gbr.huawei-direction-2022.core", "gbr.huawei-direction-2022"])
def test_the_deadline_of_an_extension_that_no_reason_names_is_masked_for_its_operator(name: str) -> None:
    assert kept(sample.finding(), Private(extended={("northwind", name)})).by is None
    assert kept(sample.finding(), Private(extended={("tamarack", name)})).by == date(2023, 12, 31)


def test_a_waiver_is_masked_whoever_gave_it() -> None:
    left = kept(sample.finding(status=Status.WAIVED, until=date(2024, 3, 31), excused_by="notice 7", because=()))
    assert (left.status, left.excused_by, left.until) == (Status.WAIVED, MASK, None)


def test_why_a_law_does_not_bind_names_facts_and_not_what_they_are() -> None:
    why = "operator.named_in is secret order; operator.roles is mno"
    (row,) = redact_assessment(sample.assessment(coverage=(Coverage("p", "a", None, "not bound", why),))).coverage
    assert row.why == "operator.named_in; operator.roles"


def test_a_citation_of_an_overlay_is_dropped() -> None:
    cites = (Citation("direction", "core", Grade.SECONDARY), Citation("overlay", "order 12", Grade.SECONDARY))
    assert kept(sample.finding(cites=cites)).cites == cites[:1]


def test_an_exception_of_the_law_itself_keeps_its_name() -> None:
    assert kept(sample.finding(status=Status.EXCEPTED, excused_by="no-user-data")).excused_by == "no-user-data"


def test_a_redacted_assessment_counts_only_what_is_left() -> None:
    hidden = sample.finding(subject_id="lig-1", equipment="lig-1", because=(reason("equipment.function", "li"),))
    whole = sample.assessment([*sample.findings(), hidden], makers=(("li", "Huawei", 1), ("cctv", "Axis", 2)))
    left = redact_assessment(whole)
    assert sum(row.count for row in left.summary) == len(sample.findings()) == sum(1 for _ in left.findings())
    assert left.makers == (("cctv", "Axis", 2),)
    assert (left.burn_down, left.options["redact"]) == ((), "yes")


def test_unknown_facts_are_counted_anew() -> None:
    left = redact_assessment(sample.assessment())
    assert sorted(left.unknown_facts) == sorted(sample.assessment().unknown_facts)


def test_no_report_of_a_redacted_assessment_holds_a_site_or_a_private_text() -> None:
    beside = (InputRead("orders.yaml", "0" * 64, "yaml", 1, 1, 0, ("note on LDN-0003",)),)
    private = sample.finding(because=(reason("order", "a private text", "orders.yaml record 1"),))
    left = redact_assessment(sample.assessment([*sample.findings(), private], beside=beside, inputs=()))
    for format_ in (json, csv, html):
        out = io.StringIO()
        format_.write(left, out)
        assert "LDN-" not in out.getvalue()
        assert "a private text" not in out.getvalue()


@pytest.mark.parametrize(
    ("name", "format_", "private"),
    [
        ("who.yaml", "operators yaml", False),
        ("in/operators.csv", "csv", False),
        ("who.yaml", "overlays yaml", True),
        ("who.yaml", "", True),
    ],
)
def test_every_file_beside_is_private_unless_it_is_the_operators_table(name: str, format_: str, private: bool) -> None:
    part = reason("operator.named_in", "a regime", f"{name} northwind named_in")
    whole = sample.assessment([sample.finding(because=(part,))], beside=(InputRead(name, "0" * 64, format_, 1, 1, 0),))
    (left,) = redact_assessment(whole).findings()
    assert (left.because[0].value == MASK) is private
