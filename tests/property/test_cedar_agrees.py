"""Cedar, an engine of others under policies written from the specification, decides about 100,000 whole objects as telvet does.

* Compared are the effect, and the set of rules that stand in the way, each with its effect. Parts, obligations and what would lift a
  reason are not: Cedar has none of these. The bounds of the domain are told in `tests.oracle.sharing_cedar`.
* The check can fail: no policy could be missing without a difference, and each of some small changes of a policy shows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from itertools import islice
from typing import Any

import pytest

from telvet.model.sharing import Decision
from telvet.sharing.decision import decide
from tests.oracle.sharing_cedar import POLICIES, Answer, Cedar
from tests.oracle.sharing_cedar_rows import inputs
from tests.property.test_decision import a_candidate, the_facts

pytestmark = pytest.mark.skipif(find_spec("cedarpy") is None, reason="cedarpy is not installed")

Row = Mapping[str, Any]
Input = tuple[Row, Sequence[Row]]
SEED, NUMBER, EACH, CHUNK, OFTEN = 20_240_601, 100_000, 8, 125, 200
WAIVED_OR_CONSENTED = {
    "purpose",
    "law",
    "referred",
    "tlp-cap",
    "tlp-red",
    "tlp-onward",
    "third-party",
    "classification",
}


def decided(chunk: Sequence[Input]) -> Iterator[tuple[Row, Row, Decision]]:
    for facts, candidates in chunk:
        known = the_facts(facts)
        yield from ((facts, each, decide(known, a_candidate(each))) for each in candidates)


def differences(cedar: Cedar, chunk: Sequence[Input]) -> Iterator[tuple[Answer, Decision, str]]:
    """Yield both answers to each input, and how they differ, if they do."""
    answers = [answer for each in cedar.answers(chunk) for answer in each]
    for answer, (facts, candidate, decision) in zip(answers, decided(chunk), strict=True):
        ours = frozenset((each.rule, str(each.effect)) for each in decision.reasons if each.counts)
        same = (answer.effect, answer.reasons) == (str(decision.effect), ours)
        yield (
            answer,
            decision,
            ""
            if same
            else f"Cedar: {answer.effect}, telvet: {decision.effect}; only Cedar: {sorted(answer.reasons - ours)}, "
            f"only telvet: {sorted(ours - answer.reasons)}; {facts} {candidate}",
        )


def alone(cedar: Cedar, answer: Answer) -> Iterator[str]:
    """Yield the policies without which a rule would not stand in the way."""
    named = Counter(cedar.rules[policy] for policy in answer.policies)
    yield from (policy for policy in answer.policies if named[cedar.rules[policy]] == 1)


@pytest.mark.slow
def test_cedar_agrees_on_100_000_inputs() -> None:
    cedar, drawn = Cedar(), inputs(SEED, NUMBER // EACH, EACH)
    effects, applied, needed, excused = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    while chunk := list(islice(drawn, CHUNK)):
        for answer, decision, difference in differences(cedar, chunk):
            assert not difference, difference
            effects[answer.effect] += 1
            applied.update(answer.policies)
            needed.update(alone(cedar, answer))
            excused.update({reason.rule.partition(" ")[0] for reason in decision.reasons if reason.excused_by})
    assert effects.total() == NUMBER
    assert effects["permit"] >= NUMBER * 3 / 100
    assert effects["refer"] >= OFTEN
    assert [rule for policy, rule in cedar.rules.items() if applied[policy] < OFTEN] == []
    assert [rule for policy, rule in cedar.rules.items() if needed[policy] < OFTEN // 4] == []
    assert [rule for rule in WAIVED_OR_CONSENTED if excused[rule] < OFTEN] == []


CHANGES = [
    (
        "the arrangement's level itself is too much",
        "resource.tlp > principal.arrangement.tlp",
        "resource.tlp >= principal.arrangement.tlp",
    ),
    (
        "an arrangement ends before its last day",
        "principal.arrangement.ends.last < principal.day",
        "principal.arrangement.ends.last <= principal.day",
    ),
    (
        "a waiver may be over",
        "waiver_law_barred.ends.first >= principal.day",
        "waiver_law_barred.ends.last >= principal.day",
    ),
    ("a waiver may have no end", "principal.waiver_law_barred.ends.last < 99991231", "true"),
    ("one person waives alone", "principal.waiver_law_barred.person1 != principal.waiver_law_barred.person2", "true"),
    ("a consent need not say where it is written", "resource has consent1.source &&", ""),
    ("consent of anybody will do", "resource.consent1.originator == resource.originator1", "true"),
    ("some reader of the nationality is enough", "acs.nationalities.containsAll(", "acs.nationalities.containsAny("),
    (
        "no codes are known codes",
        "principal has acs_organisations && !principal.acs_organisations.isEmpty() then",
        "principal has acs_organisations then",
    ),
    ("our own AMBER is a third party's", " && !principal.ours.contains(resource.originator1)", ""),
]


@cache
def few() -> list[list[Input]]:
    drawn = inputs(SEED + 1, 1_000, EACH)
    return list(iter(lambda: list(islice(drawn, CHUNK)), []))


@pytest.mark.parametrize(("old", "new"), [change[1:] for change in CHANGES], ids=[change[0] for change in CHANGES])
def test_a_changed_policy_is_found(old: str, new: str) -> None:
    changed = Cedar(POLICIES.replace(old, new))
    assert old in POLICIES
    assert any(difference for chunk in few() for _, _, difference in differences(changed, chunk))
