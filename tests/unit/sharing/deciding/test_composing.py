from __future__ import annotations

from dataclasses import replace

from telvet.model.handling import Ground
from telvet.model.sharing import Decision, Effect, Reason
from telvet.sharing.deciding.composing import first_of, in_order, judged, strictest_effect
from tests.unit.sharing.deciding.cases import GREEN, RED, candidate, case


def decision(arrangement: str, *reasons: Reason) -> Decision:
    return Decision(strictest_effect(reasons), reasons, arrangement=arrangement)


NO = Reason("b", Effect.WITHHOLD, "no", unless=("waiver of b",))
ASK = Reason("a", Effect.REFER, "who knows", unless=("fact a",))
FIXED = Reason("c", Effect.WITHHOLD, "never")


def test_the_strictest_reason_that_nothing_excuses_decides() -> None:
    assert strictest_effect(()) is Effect.PERMIT
    assert strictest_effect((ASK, NO)) is Effect.WITHHOLD
    assert strictest_effect((ASK, replace(NO, excused_by="waiver w"))) is Effect.REFER


def test_reasons_are_told_once_and_those_first_that_stand_in_the_way_most() -> None:
    excused = replace(FIXED, excused_by="waiver w")
    assert in_order((excused, ASK, NO, ASK, FIXED)) == (NO, FIXED, ASK, excused)


def test_the_arrangement_that_lets_most_out_holds_then_the_one_with_fewest_rules_against_it() -> None:
    assert first_of([decision("a", NO), decision("b", ASK)]).arrangement == "b"
    assert first_of([decision("b", NO), decision("a", NO, FIXED)]).arrangement == "b"
    assert first_of([decision("b", NO), decision("a", NO)]).arrangement == "a"


def test_what_would_change_it_is_told_for_each_arrangement_fewest_facts_first() -> None:
    found = first_of([decision("a", ASK), decision("b", NO, ASK), decision("c", FIXED)])
    assert found.unless == (("fact a",), ("fact a", "waiver of b"))
    assert first_of([decision("a")]).unless == ()


def test_only_the_reasons_as_strict_as_the_decision_need_to_be_lifted() -> None:
    assert first_of([decision("a", NO, ASK)]).unless == (("waiver of b",),)


def test_a_case_is_judged_with_all_its_reasons() -> None:
    assert judged(case(), candidate()).effect is Effect.PERMIT
    handling = replace(RED, withheld=frozenset({Ground("x", "m")}))
    found = judged(case(), candidate(handling))
    assert [reason.rule for reason in found.reasons if reason.counts] == ["tlp-cap", "tlp-red", "withheld"]
    assert (found.arrangement, found.may_redact) == ("a", True)
    assert judged(case(), candidate(GREEN)).reasons[0].rule == "arrangement"
