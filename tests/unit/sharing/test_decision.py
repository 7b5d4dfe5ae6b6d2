from __future__ import annotations

from dataclasses import replace
from datetime import date

from telvet.model.dates import Span
from telvet.model.handling import Tlp
from telvet.model.sharing import Effect, MarkedPart, Term
from telvet.sharing.decision import Decider, decide
from tests.unit.sharing.deciding.cases import AMBER, ARRANGEMENT, CONSENT, GREEN, RED, SINCE, THEIRS, candidate, facts


def test_what_nothing_stands_against_goes_under_the_arrangement_in_force() -> None:
    found = decide(facts(), candidate())
    assert found.effect is Effect.PERMIT
    assert [reason.rule for reason in found.reasons] == ["arrangement"]
    assert found.arrangement == "a"


def test_nothing_known_is_nothing_released() -> None:
    found = decide(facts(partner=None, arrangements=frozenset()), candidate())
    assert (found.effect, found.arrangement) == (Effect.WITHHOLD, None)


def test_an_arrangement_with_another_or_that_has_ended_is_none() -> None:
    others = replace(ARRANGEMENT, partner="q")
    ended = replace(ARRANGEMENT, term=Term(SINCE, Span(date(2024, 5, 31), date(2024, 5, 31))))
    found = decide(facts(arrangements=frozenset({others, ended})), candidate())
    assert [reason.rule for reason in found.reasons] == ["arrangement"]
    assert found.unless == (("fact arrangement",),)


def test_of_several_arrangements_the_most_open_holds() -> None:
    narrow, wide = replace(ARRANGEMENT, id="a", tlp=Tlp.CLEAR), replace(ARRANGEMENT, id="b")
    found = decide(facts(arrangements=frozenset({narrow, wide})), candidate())
    assert (found.effect, found.arrangement) == (Effect.PERMIT, "b")


def test_what_is_handled_alike_is_judged_once_whatever_its_id() -> None:
    decider = Decider(facts())
    first = decider.decide(candidate())
    assert decider.decide(replace(candidate(), id="y", required=frozenset({"name"}))) is first
    assert decider.decide(candidate(RED)).effect is Effect.WITHHOLD


def test_an_object_that_a_consent_names_is_judged_by_itself() -> None:
    named = replace(CONSENT, objects=frozenset({"x"}))
    decider = Decider(facts(consents=frozenset({named})))
    theirs = candidate(AMBER, originators=THEIRS)
    assert decider.decide(replace(theirs, id="y")).effect is Effect.WITHHOLD
    assert decider.decide(theirs).effect is Effect.PERMIT


def test_what_a_type_requires_matters_where_parts_are_marked() -> None:
    decider, parts = Decider(facts()), (MarkedPart("name", RED),)
    assert decider.decide(candidate(GREEN, parts=parts)).effect is Effect.REDACT
    assert decider.decide(candidate(GREEN, parts=parts, required=frozenset({"name"}))).effect is Effect.WITHHOLD
