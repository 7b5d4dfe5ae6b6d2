from __future__ import annotations

from dataclasses import replace

from telvet.model.sharing import Facts, LawAnswer, LawOutcome
from telvet.model.status import Force
from telvet.sharing.deciding.law import law_permits, scenarios, to_consider
from tests.unit.sharing.deciding.cases import WAIVER, ask, case, no, shown

BARRED = LawAnswer("l.one", LawOutcome.BARRED, ("section 1",))
UNKNOWN = LawAnswer("l.two", LawOutcome.UNKNOWN)
CONSIDER = LawAnswer("l.three", LawOutcome.CONSIDER, ("section 3",))
TRIAL = LawAnswer("l.trial", LawOutcome.BARRED, force=Force.SCENARIO)


def test_what_is_barred_is_withheld_and_what_is_unknown_needs_a_person() -> None:
    found = list(law_permits(case(laws=frozenset({UNKNOWN, BARRED, LawAnswer("l.clear", LawOutcome.CLEAR)}))))
    assert shown(found) == [*no("law l.one"), *ask("law l.two")]
    assert found[0].cites == ("section 1",)
    assert [reason.unless for reason in found] == [("waiver of law l.one",), ("fact l.two",)]


def test_a_waiver_excuses_the_provision_that_it_names_and_no_other() -> None:
    waived = case(laws=frozenset({BARRED, UNKNOWN}), waivers=frozenset({replace(WAIVER, rule="law l.one")}))
    assert shown(law_permits(waived)) == ask("law l.two")


def test_what_is_to_be_considered_is_an_obligation_and_no_reason() -> None:
    weighing = case(laws=frozenset({CONSIDER}))
    assert list(law_permits(weighing)) == []
    (duty,) = to_consider(weighing)
    assert (duty.rule, duty.cites) == ("law l.three", ("section 3",))


def test_a_scenario_counts_and_says_that_it_is_no_law() -> None:
    trial = case(laws=frozenset({TRIAL, BARRED}))
    assert scenarios(trial) == ("l.trial",)
    assert ["not law" in reason.because for reason in law_permits(trial)] == [False, True]
    assert Facts(trial.facts.as_of).laws == frozenset()
