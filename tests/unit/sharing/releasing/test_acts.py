from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from telvet.catalog.approvals import ApprovalRules
from telvet.model.dates import Span
from telvet.model.handling import Classification, Handling, Tlp
from telvet.model.release import Authority, Judgement, Recall, Verdict
from telvet.model.sharing import NEVER, Decision, Effect, Reason, Term
from telvet.sharing.releasing.acts import Acts, acted, approved, knowing, referring

DAY = date(2024, 6, 1)
SINCE = Span(date(2024, 1, 1), date(2024, 1, 1))
END = Span(date(2024, 12, 31), date(2024, 12, 31))
GREEN = Handling(frozenset({"m"}), tlp=Tlp.GREEN)
PERMIT = Decision(Effect.PERMIT, ())
REFER = Decision(
    Effect.REFER, (Reason("third-party", Effect.REFER, "not known", unless=("fact x",)),), unless=(("fact x",),)
)
WITHHOLD = Decision(Effect.WITHHOLD, (Reason("marks", Effect.WITHHOLD, "none"),))
REDACT = Decision(Effect.REDACT, (Reason("parts", Effect.REDACT, "a part goes missing"),), redacted=("name",))
RULES = ApprovalRules(Tlp.AMBER_STRICT, Classification.C, frozenset({"acs", "law"}))
AUTHORITY = Authority(
    "A", "p", "An Officer", date(2024, 1, 1), Term(SINCE, END), frozenset({"defence"}), Tlp.GREEN, Classification.U
)
SEEN = frozenset({"authority", "third-party"})


def acts(**changed: Any) -> Acts:
    return replace(Acts(DAY, (AUTHORITY,), purpose="defence", collections=frozenset({"files"})), **changed)


def said(by: str, verdict: Verdict = Verdict.APPROVE, rules: frozenset[str] = SEEN, at: str = "1") -> Judgement:
    return Judgement("p", "x", "v", "d", verdict, by, at, "because", rules)


def released(decision: Decision = PERMIT, handling: Handling = GREEN, kind: str = "tool", **changed: Any) -> Decision:
    return acted(decision, handling, kind, acts(**changed), RULES)


def test_a_standing_authority_lets_go_what_the_decision_permits() -> None:
    found = released()
    assert found.effect is Effect.PERMIT
    assert "A covers it" in found.reasons[-1].because
    assert released(authorities=()).effect is Effect.REFER
    assert released(authorities=()).unless == (("approval",),)


@pytest.mark.parametrize(
    "changed",
    [
        {"signed_on": None},
        {"signed_on": date(2024, 6, 2)},
        {"officer": " "},
        {"term": Term(SINCE, None)},
        {"term": Term(None, END)},
        {"term": Term(SINCE, NEVER)},
        {"term": Term(SINCE, Span(date(2024, 5, 31), date(2024, 5, 31)))},
        {"term": Term(SINCE, Span(date(2024, 5, 1), date(2024, 7, 1)))},
        {"purposes": None},
        {"purposes": frozenset({"trade"})},
        {"types": frozenset({"malware"})},
        {"collections": frozenset({"another"})},
        {"tlp": Tlp.CLEAR},
        {"tlp": None},
    ],
)
def test_an_authority_that_lacks_anything_covers_nothing(changed: dict[str, Any]) -> None:
    assert released(authorities=(replace(AUTHORITY, **changed),)).effect is Effect.REFER


def test_what_is_not_capped_covers_the_lowest_level_alone() -> None:
    bare = replace(AUTHORITY, tlp=None, classification=None)
    clear = Handling(frozenset({"m"}), tlp=Tlp.CLEAR)
    assert released(handling=clear, authorities=(bare,)).effect is Effect.PERMIT
    secret = replace(clear, classification=Classification.R)
    assert released(handling=secret, authorities=(bare,)).effect is Effect.REFER
    assert released(purpose=None).effect is Effect.REFER


def test_an_object_without_some_parts_needs_an_authority_that_says_so() -> None:
    assert released(REDACT).effect is Effect.REFER
    assert released(REDACT, authorities=(replace(AUTHORITY, redacted=True),)).effect is Effect.REDACT


def test_no_authority_covers_what_is_referred_and_a_person_may_approve_it() -> None:
    assert released(REFER).effect is Effect.REFER
    found = released(REFER, judgements=[said("Ann")])
    assert found.effect is Effect.PERMIT
    assert [each.excused_by for each in found.reasons if each.rule == "third-party"] == ["approval of Ann"]
    assert not any(each.counts for each in found.reasons)


def test_whoever_did_not_see_a_rule_did_not_approve_it() -> None:
    assert released(REFER, judgements=[said("Ann", rules=frozenset({"authority"}))]).effect is Effect.REFER


def test_two_persons_are_two_persons() -> None:
    strict = replace(GREEN, tlp=Tlp.AMBER_STRICT)
    one = released(REFER, strict, judgements=[said("Ann"), said(" ANN ")])
    assert one.effect is Effect.REFER
    assert released(REFER, strict, judgements=[said("Ann"), said("Ben")]).effect is Effect.PERMIT


def test_nobody_can_approve_what_is_withheld() -> None:
    assert released(WITHHOLD, judgements=[said("Ann"), said("Ben")]).effect is Effect.WITHHOLD


@pytest.mark.parametrize(("verdict", "effect"), [(Verdict.REFUSE, Effect.WITHHOLD), (Verdict.RETURN, Effect.REFER)])
def test_a_refusal_holds_against_authority_and_approval_until_it_is_taken_back(
    verdict: Verdict, effect: Effect
) -> None:
    assert released(judgements=[said("Ben"), said("Ann", verdict)]).effect is effect
    assert released(judgements=[said("Ann", verdict), said("Ann")]).effect is Effect.PERMIT


def test_what_is_recalled_stays_from_its_day_on() -> None:
    recall = Recall("R", frozenset({"x"}), None, "Ann", "wrong", DAY)
    assert released(recalls=(recall,)).effect is Effect.WITHHOLD
    assert released(recalls=(replace(recall, on=date(2024, 6, 2)),)).effect is Effect.PERMIT
    assert released(REFER, judgements=[said("Ann")], recalls=(recall,)).effect is Effect.WITHHOLD


def test_what_names_the_unknown_needs_an_approval_that_saw_it() -> None:
    seen = said("Ann", rules=frozenset({"references"}))
    assert knowing(PERMIT, GREEN, acts(judgements=[said("Ann")]), RULES) is None
    assert knowing(REFER, GREEN, acts(judgements=[seen]), RULES) is None
    found = knowing(PERMIT, GREEN, acts(judgements=[seen]), RULES)
    assert found is not None
    assert found.reasons[0].excused_by == "approval of Ann"


def test_an_approval_names_who_gave_it_in_order() -> None:
    assert approved([said("Ben"), said("Ann")], SEEN, 2) == "approval of Ann and Ben"
    assert approved([said("Ben")], SEEN, 2) is None
    assert approved([], SEEN, 0) is None
    assert referring(REFER) == {"third-party"}
