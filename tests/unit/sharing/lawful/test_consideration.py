"""What a person weighed before an arrangement. The day is 2021-06-15; the duty is of 2020-01-01."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

import pytest

from telvet.errors import UsageError
from telvet.model.dates import Span
from telvet.model.sharing import NEVER, Arrangement, Partner, Term
from telvet.sharing.lawful.consideration import Asks, Consideration, considered
from telvet.sharing.lawful.gathering import Posture
from tests.unit.assessment.toy_world import row
from tests.unit.packs.toy_law import pack, rule
from tests.unit.sharing.lawful.toy_posture import BARRED_IF_PERMITTED, WEIGHED, law_of, overlay, ready

FAR = Partner("far", "XBB")
ASSERTION = {
    "id": "a1", "country": "XBB", "metric": "sites", "domain": "telecommunications", "supplier": "Acme Ltd", "low": "10",
    "high": "20", "source": "a survey", "dated": "2021-05", "by": "ana", "origin_file": "s.yaml",
}  # fmt: skip


def day(text: str) -> Span:
    return Span(date.fromisoformat(text), date.fromisoformat(text))


def agreed(begins: Span | None = None, ends: Span | None = None) -> Arrangement:
    return Arrangement("pact", "far", Term(begins or day("2021-06-15"), ends), source="a letter")


def weighed(posture: Posture, arrangement: Arrangement | None = None, **more: Any) -> Consideration:
    return considered(arrangement or agreed(), more.pop("partner", FAR), posture, by="bo", **more)


def test_a_record_names_who_weighed_what_on_which_day_for_whom_and_by_which_law() -> None:
    found = weighed(ready(law_of(rule=WEIGHED), assertions=[ASSERTION]))
    assert (found.arrangement, found.partner, found.country, found.by) == ("pact", "far", "XBB", "bo")
    assert found.as_of == date(2021, 6, 15)
    (duty,) = found.duties
    assert (duty.provision, duty.asks, duty.cites) == ("xa.toy.rule", Asks.YES, ("act, section 1 (verified)",))
    assert [(one.fact, one.value) for one in duty.because] == [
        ("partner.country", "XBB"),
        ("arrangement.signed_on", "2021-06-15"),
    ]
    assert found.digests == {"pack xa.toy 2020.1.0": "d1" * 32}


def test_a_record_has_no_field_that_could_say_yes_or_no() -> None:
    assert {each.name for each in fields(Consideration)}.isdisjoint({"effect", "outcome", "decision", "approved"})


def test_what_was_asserted_and_what_was_counted_stand_beside_each_other() -> None:
    found = weighed(
        ready(
            law_of(rule=WEIGHED),
            assertions=[ASSERTION],
            equipment=[row("a", country="XBB"), row("b", country="XBB", manufacturer=None)],
        )
    )
    assert [(one.metric, one.low, one.high, one.by) for one in found.measures] == [
        ("sites", "10", "20", "ana"),
        ("elements in use", "50.00", "100.00", None),
        ("elements in use for security", "0.00", "100.00", None),
    ]
    assert "elements in use, XBB: what lies between 50.00 and 100.00 %" in found.unknown
    assert any("s.yaml a1" in source for source in found.sources)


def test_what_law_permits_is_deployed_and_is_said_is_told_of_vendors_that_matter() -> None:
    found = weighed(ready(law_of(rule=WEIGHED), overlays=[overlay("XBB", "deploys", "acme/5G")]))
    assert [(one.fact, one.value, one.origin) for one in found.facts] == [
        ("partner.country.deploys", "acme/5G", "overlay XBB")
    ]
    assert "permits, position of acme in XBB" in found.unknown


@pytest.mark.parametrize(
    ("begins", "asks", "by"),
    [
        (day("2021-06-15"), Asks.YES, None),
        (day("2019-12-31"), Asks.NO, None),
        (day("2021-07-01"), Asks.AHEAD, date(2021, 7, 1)),
        (Span(date(2019, 12, 1), date(2020, 1, 31)), Asks.UNKNOWN, None),
        (Span(date(2021, 7, 1), date(2021, 9, 30)), Asks.AHEAD, date(2021, 7, 1)),
    ],
)
def test_whether_it_is_asked_for_follows_from_the_day_of_signing(begins: Span, asks: Asks, by: date | None) -> None:
    (duty,) = weighed(ready(law_of(rule=WEIGHED)), agreed(begins)).duties
    assert (duty.asks, duty.by) == (asks, by)


def test_the_day_of_signing_may_be_told_apart_from_the_term() -> None:
    (duty,) = weighed(ready(law_of(rule=WEIGHED)), agreed(day("2021-06-15")), signed_on=day("2019-06-01")).duties
    assert duty.asks is Asks.NO


def test_what_is_not_known_of_term_or_partner_is_said_and_nothing_follows() -> None:
    unsigned = Arrangement("pact", "far", Term(None, NEVER))
    found = weighed(ready(law_of(rule=WEIGHED)), unsigned, partner=None)
    (duty,) = found.duties
    assert (found.country, duty.asks) == (None, Asks.UNKNOWN)
    assert {"partner.country", "arrangement.signed_on"} <= set(found.unknown)
    assert found.facts == ()


def test_what_is_over_asks_for_nothing_and_what_never_ends_is_not_over() -> None:
    over = agreed(day("2021-01-01"), day("2021-06-14"))
    assert weighed(ready(law_of(rule=WEIGHED)), over).duties[0].asks is Asks.NO
    lasting = agreed(day("2021-01-01"), NEVER)
    assert weighed(ready(law_of(rule=WEIGHED)), lasting).duties[0].asks is Asks.YES


def test_without_a_person_or_a_law_that_asks_there_is_no_record() -> None:
    with pytest.raises(UsageError, match="nobody is named"):
        considered(agreed(), FAR, ready(law_of(rule=WEIGHED)), by="  ")
    for posture in (ready(law_of(rule=BARRED_IF_PERMITTED)), ready(law_of(rule=WEIGHED), home="XCC")):
        with pytest.raises(UsageError, match="no chosen law"):
            weighed(posture)


def test_a_scenario_is_marked_as_no_law() -> None:
    (duty,) = weighed(ready(pack(rule("rule", WEIGHED), force="scenario"))).duties
    assert duty.scenario
