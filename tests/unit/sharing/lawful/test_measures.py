from __future__ import annotations

from dataclasses import replace

from telvet.assessment.countries import Countries
from telvet.sharing.lawful.answers import Observed, judgement_on
from telvet.sharing.lawful.measures import asserted, counted, unmeasured
from tests.unit.assessment.toy_world import knowledge, row
from tests.unit.sharing.lawful.toy_posture import WEIGHED, law_of, observed

LAW = law_of(rule=WEIGHED)
(RULE,) = LAW.provisions
HERE = {"id": "a", "country": "XBB", "metric": "sites", "low": "5", "source": "s", "dated": "2021", "by": "ana"}
ROWS = (
    HERE,
    {**HERE, "id": "b", "country": "XCC"},
    {**HERE, "id": "c", "arrangement": "pact", "country": "XCC"},
    {**HERE, "id": "d", "arrangement": "other"},
    {**HERE, "id": "e", "dated": "2022"},
    {key: cell for key, cell in {**HERE, "id": "f", "region": "XU"}.items() if key != "country"},
)


def seen(given: Observed) -> Countries:
    known = knowledge(
        LAW,
        partners={"far": {"partner": "far", "country": "XBB"}},
        arrangements={"pact": {"arrangement": "pact", "partner": "far", "signed_on": "2021-06-15"}},
    )
    return judgement_on(known, [RULE], given).countries


def test_an_assertion_counts_for_its_arrangement_or_for_where_the_partner_is_once_it_was_made() -> None:
    countries = Countries(knowledge(LAW, assertions=ROWS))
    for country, expected in (("XBB", "ac"), ("XAA", "cf"), (None, "c")):
        found = [one.origin.split()[1].rstrip(":") for one in asserted(countries, "pact", country, RULE)]
        assert found == list(expected)


def test_an_assertion_is_told_as_it_was_entered() -> None:
    (one,) = asserted(Countries(knowledge(LAW, assertions=(HERE,))), "pact", "XBB", RULE)
    assert (one.metric, one.low, one.high, one.where, one.dated, one.by) == ("sites", "5", None, "XBB", "2021", "ana")


def test_shares_are_counted_in_the_country_and_in_the_unions_named_with_what_is_not_known_going_both_ways() -> None:
    mine = observed(
        row("a", country="XBB", function="sec"),
        row("b", country="XBB", manufacturer="Borea AG"),
        row("c", country="XAA", manufacturer=None),
    )
    found = list(counted(seen(mine), "XBB", RULE, [None, "XU", "the north"]))
    assert [(one.where, one.metric, one.low, one.high) for one in found] == [
        ("XBB", "elements in use", "50.00", "50.00"),
        ("XBB", "elements in use for security", "50.00", "100.00"),
        ("XU", "elements in use", "0.00", "100.00"),
        ("XU", "elements in use for security", "0.00", "100.00"),
    ]


def test_nothing_is_counted_without_a_country_an_inventory_or_something_to_weigh() -> None:
    full = seen(observed(row("a", country="XBB")))
    assert list(counted(full, None, RULE, [])) == []
    assert list(counted(Countries(knowledge(LAW)), "XBB", RULE, [])) == []
    assert list(counted(full, "XBB", replace(RULE, weigh=None), [])) == []


def test_what_nobody_measured_is_said() -> None:
    countries = Countries(knowledge(LAW, assertions=ROWS))
    claims = tuple(asserted(countries, "pact", "XBB", RULE))
    told = list(unmeasured(countries, "XBB", claims, (), equipped=False))
    assert told == [
        "sites, XBB: the most that it may be",
        "sites, XCC: the most that it may be",
        "what an inventory would show: none was given",
    ]
    assert list(unmeasured(countries, None, (), (), equipped=True)) == [
        "no assertion of how pervasive it is was entered",
        "what the inventory shows: none of it may be in use there",
    ]
